import type { ParityCall } from "./call.ts";
import { sample } from "./inputs.ts";

const book = { ...sample, methodology: "deribit-portfolio" };
const near = { from: "book", kinds: ["perpetual", "option"], expiries: 1, strikes: 3, most: 8 };
const stated = { from: "stated", spot: 100, years: 0.5, smile: [{ strike: 100, volatility: 0.6 }] };

const rise = {
  name: "Rise",
  scenarios: [
    {
      id: "rise",
      label: "Rise",
      shocks: [
        { kind: "price", factor: "*", mode: "relative", amount: 0.3 },
        { kind: "volatility", factor: "*", mode: "relative", amount: 0.3 },
      ],
    },
  ],
};
const stress = { sets: [{ set: rise }] };

/** Hedges, insurance and rebalancing: the solver answers the same through every door. */
export const hedgeCalls: readonly ParityCall[] = [
  {
    title: "cheapest margin relief, any size and in lots",
    operation: "hedge.propose",
    input: { ...book, candidates: near, methods: [{ methodology: "deribit-portfolio-legacy" }] },
    expected: "ok",
  },
  {
    title: "a hedge that reaches a margin at least cost",
    operation: "hedge.propose",
    input: { ...book, candidates: near, lots: false, objective: { kind: "target", marginRatio: 0.6 } },
    expected: "ok",
  },
  {
    title: "a target that no quantities reach",
    operation: "hedge.propose",
    input: {
      ...{ ...book, objective: { kind: "target", marginUsd: 1 } },
      candidates: { from: "symbols", instruments: [{ symbol: "BTC-PERPETUAL", mostBought: 10, mostSold: 10 }] },
    },
    expected: "not-applicable",
  },
  {
    title: "a hedge with an instrument nobody knows",
    operation: "hedge.propose",
    input: { ...book, candidates: { from: "symbols", instruments: [{ symbol: "NO-SUCH" }] } },
    expected: "invalid-input",
  },
  {
    title: "a hedge that keeps the loss in a scenario of the library",
    operation: "hedge.propose",
    input: {
      ...{ ...book, candidates: near, stress },
      objective: { kind: "target", stressLossUsd: 400_000 },
      limits: [{ measure: "stress-loss", most: 500_000 }],
    },
    expected: "ok",
  },
  {
    title: "a bound on stress loss without scenarios",
    operation: "hedge.propose",
    input: { ...book, candidates: near, limits: [{ measure: "stress-loss", most: 1000 }] },
    expected: "invalid-input",
  },
  {
    title: "a bound on the stress loss of one underlying",
    operation: "hedge.propose",
    input: { ...book, stress, limits: [{ measure: "stress-loss", underlying: "BTC", most: 1000 }] },
    expected: "invalid-input",
  },
  {
    title: "order of closing a book",
    operation: "hedge.unwind",
    input: { ...book, days: 2 },
    expected: "ok",
  },
  {
    title: "order of closing a book, its stress each day",
    operation: "hedge.unwind",
    input: { ...book, days: 2, stress },
    expected: "ok",
  },
  {
    title: "closing more than the whole volume",
    operation: "hedge.unwind",
    input: { ...book, participation: 1.5 },
    expected: "invalid-input",
  },
  {
    title: "collar at no cost",
    operation: "hedge.insure",
    input: { terms: stated, strategy: { kind: "collar", quantity: 2, putStrike: 90 } },
    expected: "ok",
  },
  {
    title: "constant proportion over drawn paths",
    operation: "hedge.insure",
    input: {
      terms: stated,
      strategy: {
        ...{ kind: "cppi", wealth: 1000, floor: 900, multiple: 4, steps: 50, paths: 200, gapProbability: 0.05 },
        jumps: { perYear: 3, meanLog: -0.08, deviationLog: 0.12 },
      },
    },
    expected: "ok",
  },
  {
    title: "a floor that cash alone does not reach",
    operation: "hedge.insure",
    input: { terms: stated, strategy: { kind: "option-based", wealth: 1000, floor: 1000 } },
    expected: "not-applicable",
  },
  {
    title: "insurance on an expiry the market does not have",
    operation: "hedge.insure",
    input: {
      terms: { from: "market", market: { sample: true }, underlying: "BTC", expiryMs: 0 },
      strategy: { kind: "protective-put", quantity: 1, strike: 90_000 },
    },
    expected: "missing-data",
  },
  {
    title: "rules of delta hedging compared",
    operation: "hedge.bands",
    input: {
      ...{ spot: 100, strike: 100, years: 0.25, volatility: 0.3, proportionalCost: 0.002, steps: 20, paths: 100 },
      rules: [
        { kind: "time", steps: 1 },
        { kind: "whalley-wilmott", riskAversion: 1 },
        { kind: "zakamouline", riskAversion: 1 },
      ],
    },
    expected: "ok",
  },
  {
    title: "too many paths of delta hedging",
    operation: "hedge.bands",
    input: {
      ...{ spot: 100, strike: 100, years: 0.25, volatility: 0.3, proportionalCost: 0, steps: 2000, paths: 50_000 },
    },
    expected: "invalid-input",
  },
];
