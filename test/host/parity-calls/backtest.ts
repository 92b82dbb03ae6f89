import type { Earlier, ParityCall } from "./call.ts";
import { marketFile } from "./inputs.ts";

const book = { kind: "short-strangle", underlying: "BTC", size: 1 };
const methods = [{ methodology: "deribit-portfolio" }];
const panel = (earlier: Earlier) => ({ id: earlier("panel of a backtest", "panel") });
const run = (earlier: Earlier) => ({ id: earlier("backtest") });

/** Margin through time. */
export const backtestCalls: readonly ParityCall[] = [
  {
    title: "panel of a backtest",
    operation: "panel.import",
    input: { files: [marketFile], name: "One day" },
    holdsIds: true,
    expected: "ok",
  },
  {
    title: "backtest",
    operation: "backtest.run",
    input: (earlier: Earlier) => ({ name: "Strangle", request: { panel: panel(earlier), book, methods } }),
    holdsIds: true,
    expected: "ok",
  },
  {
    title: "backtest of an unknown method",
    operation: "backtest.run",
    input: (earlier: Earlier) => ({
      name: "Strangle",
      request: { panel: panel(earlier), book, methods: [{ methodology: "none" }] },
    }),
    expected: "not-found",
  },
  { title: "resumed backtest", operation: "backtest.resume", input: run, holdsIds: true, expected: "ok" },
  { title: "backtests", operation: "backtest.list", input: {}, holdsIds: true, expected: "ok" },
  { title: "stored backtest", operation: "backtest.get", input: run, holdsIds: true, expected: "ok" },
  {
    title: "backtest as a file",
    operation: "backtest.export",
    input: (earlier: Earlier) => ({ ...run(earlier), format: "csv" }),
    holdsIds: true,
    expected: "ok",
  },
  {
    title: "point that is not there",
    operation: "backtest.open-point",
    input: (earlier: Earlier) => ({ ...run(earlier), asOfMs: 0, label: "deribit-portfolio" }),
    expected: "not-found",
  },
  {
    title: "renamed backtest",
    operation: "backtest.rename",
    input: (earlier: Earlier) => ({ ...run(earlier), name: "Other" }),
    holdsIds: true,
    expected: "ok",
  },
  { title: "deleted backtest", operation: "backtest.delete", input: run, holdsIds: true, expected: "ok" },
  {
    // The panel has many days: a walk of one is over before a cancel comes through every door. Last, because the days so far are kept.
    title: "cancelled backtest",
    operation: "backtest.run",
    input: (earlier: Earlier) => ({
      name: "Cancelled",
      request: { panel: { id: earlier("sample panel", "panel") }, book, methods },
    }),
    cancel: true,
    expected: "cancelled",
  },
];
