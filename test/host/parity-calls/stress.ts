import type { ParityCall } from "./call.ts";
import { sample } from "./inputs.ts";

const book = { ...sample, methodology: "deribit-portfolio" };
const few = { solutions: 1, mostPairs: 0, randomStarts: 0, mostDeviations: 4 };

/** Reverse stress and what else is asked backwards. */
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
];
