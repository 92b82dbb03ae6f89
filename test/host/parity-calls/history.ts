import type { Earlier, ParityCall } from "./call.ts";
import { marketFile, sample } from "./inputs.ts";

const prices = { name: "btc.csv", text: "date,price:BTC\n2026-01-01,100\n2026-01-02,110\n2026-01-03,99\n" };
const unknown = { name: "unknown.csv", text: "day,gold\n2026-01-01,4000\n" };
const mapping = { time: "day", stamp: "day", values: [{ column: "gold", factor: "price:GOLD" }] };
const imported = (earlier: Earlier) => earlier("imported history", "history");

/** Histories of risk factors, and panels of markets. */
export const historyCalls: readonly ParityCall[] = [
  {
    title: "inspected history",
    operation: "history.inspect",
    input: { files: [prices, unknown, marketFile] },
    expected: "ok",
  },
  {
    title: "imported history",
    operation: "history.import",
    input: { files: [prices], name: "Prices" },
    expected: "ok",
  },
  { title: "unmapped history", operation: "history.import", input: { files: [unknown] }, expected: "missing-data" },
  {
    title: "mapped history",
    operation: "history.import",
    input: { files: [unknown], mappings: { "unknown.csv": mapping } },
    expected: "ok",
  },
  { title: "histories", operation: "history.list", input: {}, expected: "ok" },
  {
    title: "history",
    operation: "history.get",
    input: (earlier: Earlier) => ({ id: imported(earlier) }),
    expected: "ok",
  },
  {
    title: "coverage",
    operation: "history.summary",
    input: (earlier: Earlier) => ({ history: { id: imported(earlier) } }),
    expected: "ok",
  },
  {
    title: "coverage of the sample",
    operation: "history.summary",
    input: { history: { sample: true } },
    expected: "ok",
  },
  {
    title: "changes",
    operation: "history.changes",
    input: {
      history: { sample: true },
      factors: ["price:BTC", "price:ETH"],
      horizonDays: 10,
      windows: "nonoverlapping",
    },
    expected: "ok",
  },
  {
    title: "changes of what is not there",
    operation: "history.changes",
    input: { history: { sample: true }, factors: ["price:SOL"] },
    expected: "not-found",
  },
  {
    title: "filtered history",
    operation: "history.filter",
    input: { history: { sample: true }, factor: "price:BTC", fromMs: Date.UTC(2024, 0, 1), filter: { kind: "garch" } },
    expected: "ok",
  },
  {
    title: "filter of what is not there",
    operation: "history.filter",
    input: { history: { sample: true }, factor: "price:SOL" },
    expected: "not-found",
  },
  {
    title: "correlation",
    operation: "history.correlation",
    input: { history: { sample: true }, factors: ["price:BTC", "price:ETH", "volatility:BTC:30d"], lambda: 0.97 },
    expected: "ok",
  },
  {
    title: "correlation of a factor with itself",
    operation: "history.correlation",
    input: { history: { sample: true }, factors: ["price:BTC", "price:BTC"] },
    expected: "invalid-input",
  },
  {
    title: "merged history",
    operation: "history.merge",
    input: (earlier: Earlier) => ({
      name: "Both",
      parts: [{ id: imported(earlier) }, { id: earlier("mapped history", "history") }],
    }),
    expected: "ok",
  },
  {
    title: "history as a file",
    operation: "history.export",
    input: (earlier: Earlier) => ({ id: earlier("merged history") }),
    expected: "ok",
  },
  {
    title: "renamed history",
    operation: "history.rename",
    input: (earlier: Earlier) => ({ id: imported(earlier), name: "Bitcoin" }),
    expected: "ok",
  },
  {
    title: "margin with a history",
    operation: "margin.run",
    input: { ...sample, methodology: "deribit-portfolio", history: { sample: true } },
    expected: "ok",
  },
  {
    title: "deleted history",
    operation: "history.delete",
    input: (earlier: Earlier) => ({ id: imported(earlier) }),
    expected: "ok",
  },
  {
    title: "history that is gone",
    operation: "history.get",
    input: (earlier: Earlier) => ({ id: imported(earlier) }),
    expected: "not-found",
  },
  {
    title: "panel",
    operation: "panel.import",
    input: { files: [marketFile], name: "Panel" },
    holdsIds: true,
    expected: "ok",
  },
  { title: "panel of no market", operation: "panel.import", input: { files: [prices] }, expected: "missing-data" },
  {
    title: "panel again",
    operation: "panel.get",
    input: (earlier: Earlier) => ({ id: earlier("panel", "panel") }),
    holdsIds: true,
    expected: "ok",
  },
  {
    title: "panel of no stored market",
    operation: "panel.save",
    input: { name: "One", marketIds: ["none"] },
    expected: "not-found",
  },
  {
    title: "renamed panel",
    operation: "panel.rename",
    input: (earlier: Earlier) => ({ id: earlier("panel", "panel"), name: "Still one" }),
    expected: "ok",
  },
  {
    title: "deleted panel",
    operation: "panel.delete",
    input: (earlier: Earlier) => ({ id: earlier("panel", "panel"), markets: true }),
    holdsIds: true,
    expected: "ok",
  },
  { title: "sample panel", operation: "panel.sample", input: {}, holdsIds: true, expected: "ok" },
  { title: "panels", operation: "panel.list", input: {}, holdsIds: true, expected: "ok" },
  {
    title: "cancelled panel",
    operation: "panel.import",
    input: { files: [marketFile, marketFile] },
    cancel: true,
    expected: "cancelled",
  },
];
