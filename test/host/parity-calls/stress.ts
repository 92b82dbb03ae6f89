import type { ParityCall } from "./call.ts";
import { sample } from "./inputs.ts";

const book = { ...sample, methodology: "deribit-portfolio" };
const few = { solutions: 1, mostPairs: 0, randomStarts: 0, mostDeviations: 4 };

const fall = {
  name: "Parity",
  scenarios: [
    {
      id: "fall",
      label: "Fall",
      shocks: [
        { kind: "price", factor: "BTC", mode: "relative", amount: -0.3 },
        { kind: "price", factor: "ETH", mode: "absolute", amount: -500 },
        { kind: "volatility", factor: "*", mode: "relative", amount: 0.5 },
        { kind: "skew", factor: "*", amount: 0.1 },
        { kind: "basis", factor: "*", amount: -0.05, contracts: "perpetual" },
      ],
      path: [{ label: "low", days: 1, shocks: [{ kind: "price", factor: "*", mode: "relative", amount: -0.4 }] }],
    },
  ],
};
const columns = [{ methodology: "deribit-portfolio" }, { methodology: "bybit-portfolio" }];

/** Stress runs, reverse stress and what else is asked backwards. */
export const stressCalls: readonly ParityCall[] = [
  {
    title: "reverse stress by the history of the sample",
    operation: "stress.reverse",
    input: { ...book, ...few, goal: { kind: "loss", amountUsd: 100_000 } },
    expected: "ok",
  },
  {
    title: "reverse stress of a covariance that is none",
    operation: "stress.reverse",
    input: {
      ...{ ...book, ...few },
      covariance: { from: "stated", factors: [{ factor: "price:BTC", deviation: 0.1 }], correlation: [[1, 2]] },
    },
    expected: "invalid-input",
  },
  {
    title: "reverse stress of a loss below 0",
    operation: "stress.reverse",
    input: { ...book, goal: { kind: "loss", amountUsd: -1 } },
    expected: "invalid-input",
  },
  {
    title: "diversification failure",
    operation: "stress.dependence",
    input: { ...book, shares: [1] },
    expected: "ok",
  },
  {
    title: "diversification failure beyond one",
    operation: "stress.dependence",
    input: { ...book, shares: [2] },
    expected: "invalid-input",
  },
  {
    title: "distance to the next kinks",
    operation: "kink.distance",
    input: { ...book, axes: [{ kind: "price", from: -0.3, to: 0.3 }], steps: 8, tolerance: 1e-6 },
    expected: "ok",
  },
  {
    title: "distance along an axis without 0",
    operation: "kink.distance",
    input: { ...book, axes: [{ kind: "price", from: 0.1, to: 0.3 }] },
    expected: "invalid-input",
  },
  {
    title: "stress run of a set given in full",
    operation: "stress.run",
    input: { ...sample, columns, sets: [{ set: fall }], days: [0, 2] },
    expected: "ok",
  },
  {
    title: "stress run along a path",
    operation: "stress.run",
    input: { ...sample, columns, sets: [{ set: fall }], mode: "path", betas: "product" },
    expected: "ok",
  },
  {
    title: "stress run along the paths of two sets of one name",
    operation: "stress.run",
    input: { ...sample, columns: [columns[0]], sets: [{ set: fall }, { set: fall }], mode: "path" },
    expected: "ok",
  },
  {
    title: "stress run of a set that is not there",
    operation: "stress.run",
    input: { ...sample, columns, sets: [{ id: "none" }] },
    expected: "not-found",
  },
  {
    title: "stress run of a scale beyond 3",
    operation: "stress.run",
    input: { ...sample, columns, sets: [{ set: fall }], mode: "scaled", scale: 5 },
    expected: "invalid-input",
  },
  {
    title: "one scenario opened",
    operation: "stress.positions",
    input: { ...sample, column: columns[1], set: { set: fall }, scenario: "fall" },
    expected: "ok",
  },
  {
    title: "the low of its path opened",
    operation: "stress.positions",
    input: { ...sample, column: columns[0], set: { set: fall }, scenario: "fall", step: 0 },
    expected: "ok",
  },
  {
    title: "a scenario opened that the set has not",
    operation: "stress.positions",
    input: { ...sample, column: columns[0], set: { set: fall }, scenario: "rise" },
    expected: "not-found",
  },
  {
    title: "factor push",
    operation: "stress.push",
    input: { ...book, ladder: [1, 3] },
    expected: "ok",
  },
  {
    title: "factor push of no deviations",
    operation: "stress.push",
    input: { ...book, push: 0 },
    expected: "invalid-input",
  },
];
