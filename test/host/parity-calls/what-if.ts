import type { ParityCall } from "./call.ts";
import { sample } from "./inputs.ts";

const leg = { instrument: { symbol: "BTC-PERPETUAL" }, quantity: 50_000 };
const columns = [{ methodology: "deribit-portfolio" }, { methodology: "bybit-portfolio" }];
const scenarios = [
  { id: "down", label: "20 % down", priceMove: -0.2, volatility: { change: 0.3, mode: "relative" } },
  { id: "up", label: "20 % up", priceMove: 0.2 },
];
const limits = [
  { measure: "initial", bound: 2_000_000 },
  { measure: "delta", bound: 3_000_000, underlying: "BTC" },
];
const one = { ...sample, methodology: "deribit-portfolio" };

const fall = {
  name: "Parity",
  scenarios: [
    {
      id: "fall",
      label: "Fall",
      shocks: [
        { kind: "price", factor: "*", mode: "relative", amount: -0.3 },
        { kind: "volatility", factor: "*", mode: "relative", amount: 0.5 },
        { kind: "haircut", factor: "BTC", amount: 0.1 },
      ],
    },
  ],
};

const move = (amount: number) => [{ kind: "price", factor: "*", mode: "relative", amount }];
const turn = {
  name: "Turn",
  scenarios: [
    {
      ...{ id: "turn", label: "Turn", shocks: move(-0.1) },
      path: [
        { label: "first", days: 1, shocks: move(-0.3) },
        { label: "second", days: 3, shocks: move(-0.1) },
      ],
    },
  ],
};

/** Trades that are not made. */
export const whatIfCalls: readonly ParityCall[] = [
  {
    title: "what-if of two legs under two methods in the contracts of each venue",
    operation: "what-if.run",
    input: {
      ...{ ...sample, columns, scenarios, limits, map: true },
      legs: [leg, { ...leg, price: { basis: "stated", price: 90_000 }, unit: "underlying", quantity: -0.5 }],
    },
    expected: "ok",
  },
  {
    title: "what-if of a book made from nothing",
    operation: "what-if.run",
    input: {
      portfolio: { empty: true, name: "Idea", venue: "deribit" },
      market: { sample: true },
      ...{ columns: [{ methodology: "deribit-portfolio" }], legs: [leg] },
      balances: [{ currency: "BTC", equity: 2 }],
    },
    expected: "ok",
  },
  {
    title: "what-if of a contract that nobody knows",
    operation: "what-if.run",
    input: { ...sample, columns, legs: [{ instrument: { symbol: "NOTHING" }, quantity: 1 }] },
    expected: "parse-error",
  },
  {
    title: "what-if with the worst of stress sets, two of one name",
    operation: "what-if.run",
    input: {
      ...{ ...sample, columns: [{ methodology: "deribit-portfolio" }], legs: [leg], scenarios },
      ...{ stress: { sets: [{ set: fall }, { set: fall }] }, limits: [{ measure: "stress-loss", bound: 1_000_000 }] },
    },
    expected: "ok",
  },
  {
    title: "ticket under stress, two methods in the contracts of their venues",
    operation: "what-if.stress",
    input: { ...sample, columns, legs: [leg], map: true, stress: { sets: [{ set: fall }], betas: "product" } },
    expected: "ok",
  },
  {
    title: "ticket along the path of a scenario, every step twice as far",
    operation: "what-if.stress",
    input: {
      ...{ ...sample, columns: columns.slice(0, 1), legs: [leg] },
      stress: { sets: [{ set: turn }], mode: "path", scale: 2 },
    },
    expected: "ok",
  },
  {
    title: "ticket under stress of more than the largest scale",
    operation: "what-if.stress",
    input: { ...sample, columns, legs: [leg], stress: { sets: [{ set: fall }], mode: "scaled", scale: 4 } },
    expected: "invalid-input",
  },
  {
    title: "ticket under a stress set that is not there",
    operation: "what-if.stress",
    input: { ...sample, columns, legs: [leg], stress: { sets: [{ id: "none" }] } },
    expected: "not-found",
  },
  {
    title: "size of a ticket within limits",
    operation: "what-if.size",
    input: { ...sample, columns: [{ methodology: "deribit-portfolio" }], legs: [leg], limits, mostLots: 200 },
    expected: "ok",
  },
  {
    title: "ranked candidates of the market",
    operation: "what-if.candidates",
    input: { ...one, candidates: { from: "market", most: 4, moneyness: 0.1 }, scenarios, measure: "relief-per-cost" },
    expected: "ok",
  },
  {
    title: "candidates ranked by the worst stress of the library",
    operation: "what-if.candidates",
    input: {
      ...{ ...one, candidates: { from: "market", most: 4, moneyness: 0.1 }, measure: "stress-relief" },
      stress: { sets: [{ set: fall }, { set: turn }], mode: "path" },
    },
    expected: "ok",
  },
  {
    title: "candidates under a stress set that is not there",
    operation: "what-if.candidates",
    input: { ...one, stress: { sets: [{ id: "none" }] } },
    expected: "not-found",
  },
  {
    title: "margin at each step of execution",
    operation: "what-if.steps",
    input: { ...one, legs: [leg, { ...leg, quantity: -25_000, account: "second" }], slices: 2 },
    expected: "ok",
  },
  {
    title: "an order of execution that names a leg twice",
    operation: "what-if.steps",
    input: { ...one, legs: [leg, leg], order: [0, 0] },
    expected: "invalid-input",
  },
  {
    title: "half of a book less nothing",
    operation: "what-if.algebra",
    input: {
      name: "Half",
      terms: [
        { portfolio: { sample: true }, times: 0.5 },
        { portfolio: { empty: true }, times: -1 },
      ],
    },
    expected: "ok",
  },
  {
    title: "a portfolio made of two books is stored",
    operation: "what-if.save-algebra",
    input: { name: "Twice", terms: [{ portfolio: { sample: true } }, { portfolio: { sample: true } }] },
    holdsIds: true,
    expected: "ok",
  },
  {
    title: "a book with its legs is stored",
    operation: "what-if.save",
    input: { ...sample, name: "With legs", legs: [leg] },
    holdsIds: true,
    expected: "ok",
  },
  {
    title: "contracts of the market by words",
    operation: "what-if.instruments",
    input: { market: { sample: true }, words: "btc c", most: 5 },
    expected: "ok",
  },
];
