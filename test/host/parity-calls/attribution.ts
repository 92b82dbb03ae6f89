import type { ParityCall } from "./call.ts";
import { sample } from "./inputs.ts";

const book = { ...sample, methodology: "deribit-portfolio" };

/** Where a requirement comes from, and why it changed. */
export const attributionCalls: readonly ParityCall[] = [
  {
    title: "attribution by underlying, every way",
    operation: "attribution.run",
    input: book,
    expected: "ok",
  },
  {
    title: "attribution by position with sampled Shapley values",
    operation: "attribution.run",
    input: { ...book, grouping: "position", kinds: ["shapley"], permutations: 4, exactUpTo: 0, seed: 7 },
    expected: "ok",
  },
  {
    title: "attribution by a grouping there is not",
    operation: "attribution.run",
    input: { ...book, grouping: "mood" },
    expected: "invalid-input",
  },
  {
    title: "attribution that is cancelled",
    operation: "attribution.run",
    input: { ...book, grouping: "expiry" },
    cancel: true,
    expected: "cancelled",
  },
  {
    title: "explain of change, one position and the rules",
    operation: "change.explain",
    input: {
      from: { request: { ...book, rules: { name: "erm-2024-02-01" } } },
      to: { request: { ...book, balances: [{ currency: "BTC", equity: 12 }] } },
      average: "all-orders",
    },
    expected: "ok",
  },
  {
    title: "explain of change from a run there is not",
    operation: "change.explain",
    input: { from: { run: "none" }, to: { request: book } },
    expected: "not-found",
  },
];
