import type { ParityCall } from "./call.ts";

const rows = Array.from({ length: 300 }, (_, row) => row);
const series = {
  ...{ label: "book", unit: "USD", confidence: 0.99, synthetic: true },
  timesMs: rows.map((row) => Date.UTC(2025, 0, 1 + row)),
  losses: rows.map((row) => 400 * Math.sin(row * row)),
  margins: rows.map((row) => 390 + (row % 7)),
  valueAtRisk: rows.map((row) => 380 + (row % 5)),
  expectedShortfall: rows.map((row) => 395 + (row % 5)),
};
const data = { series: [series] };
const model = { methodology: "deribit-portfolio" };
const settings = { draws: 2000 };
const margin = { portfolio: { sample: true }, market: { sample: true }, methodology: "deribit-portfolio" };
const daily = { name: "daily.csv", text: "time,loss,margin\n2026-01-01,5,100\n2026-01-02,120,100\n" };

/** Validation packs and sensitivities. */
export const validationCalls: readonly ParityCall[] = [
  { title: "validation", operation: "validation.run", input: { data, model, settings }, expected: "ok" },
  {
    title: "validation of a file",
    operation: "validation.run",
    input: { data: { files: [daily] }, model },
    expected: "ok",
  },
  {
    title: "validation of damaged series",
    operation: "validation.run",
    input: { data: { files: [{ ...daily, text: "time,loss\n2026-01-01,5\n" }] }, model },
    expected: "parse-error",
  },
  {
    title: "validation of negative margins",
    operation: "validation.run",
    input: { data: { series: [{ ...series, margins: rows.map(() => -1) }] }, model },
    expected: "invalid-input",
  },
  {
    title: "validation of no method",
    operation: "validation.run",
    input: { data, model: { methodology: "nobody" } },
    expected: "not-found",
  },
  {
    title: "validation page",
    operation: "validation.export",
    input: { data, model, settings, format: "html" },
    expected: "ok",
  },
  {
    title: "validation series",
    operation: "validation.export",
    input: { data, model, settings, format: "series" },
    expected: "ok",
  },
  {
    title: "sensitivity",
    operation: "validation.sensitivity",
    input: { ...margin, parameters: [{ path: "/pairs/btc_usd/priceRange", values: [0.1, 0.2] }] },
    expected: "ok",
  },
  {
    title: "sensitivity cancelled",
    operation: "validation.sensitivity",
    input: { ...margin },
    cancel: true,
    expected: "cancelled",
  },
  {
    title: "global sensitivity",
    operation: "validation.global-sensitivity",
    input: { ...margin, box: [{ path: "/pairs/btc_usd/priceRange", from: 0.1, to: 0.2 }], points: 8 },
    expected: "ok",
  },
  {
    title: "global sensitivity of an empty side",
    operation: "validation.global-sensitivity",
    input: { ...margin, box: [{ path: "/pairs/btc_usd/priceRange", from: 0.2, to: 0.1 }] },
    expected: "invalid-input",
  },
  {
    title: "benchmark books",
    operation: "validation.portfolios",
    input: { market: { sample: true }, underlying: "BTC", random: 1 },
    expected: "ok",
  },
  {
    title: "benchmark books of nothing",
    operation: "validation.portfolios",
    input: { market: { sample: true }, underlying: "DOGE" },
    expected: "missing-data",
  },
  {
    title: "benchmarks",
    operation: "validation.benchmarks",
    input: { market: { sample: true }, underlying: "ETH", random: 1, methods: [{ methodology: "deribit-standard" }] },
    expected: "ok",
  },
];
