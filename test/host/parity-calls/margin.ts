import type { Earlier, ParityCall } from "./call.ts";
import { listedMarket, listedPositions, marketFile, override, positionsFile, sample, unknownTable } from "./inputs.ts";

/** Margins and surfaces. */
export const marginCalls: readonly ParityCall[] = [
  ...["deribit-standard", "deribit-portfolio", "deribit-cross-portfolio"].map(
    (methodology): ParityCall => ({
      title: `margin by ${methodology}`,
      operation: "margin.run",
      input: { ...sample, methodology },
      expected: "ok",
    }),
  ),
  {
    title: "margin of stored inputs, with changes",
    operation: "margin.run",
    input: (earlier: Earlier) => ({
      portfolio: { id: earlier("import", "portfolio") },
      market: { id: earlier("import", "market") },
      methodology: "deribit-portfolio",
      rules: { name: "erm-2026-02-15" },
      overrides: [override],
      balances: [{ currency: "BTC", equity: 100 }],
      components: [{ id: "open-orders", currency: "BTC", amount: 0.5 }],
      standAlone: true,
    }),
    expected: "ok",
  },
  {
    title: "margin of files",
    operation: "margin.run",
    input: { portfolio: { files: [positionsFile] }, market: { files: [marketFile] }, methodology: "deribit-portfolio" },
    expected: "ok",
  },
  {
    title: "margin without a market",
    operation: "margin.run",
    input: { ...sample, market: { files: [unknownTable] }, methodology: "deribit-portfolio" },
    expected: "any refusal",
  },
  {
    title: "margin of a missing portfolio",
    operation: "margin.run",
    input: { ...sample, portfolio: { id: "none" }, methodology: "deribit-portfolio" },
    expected: "not-found",
  },
  {
    title: "override of nothing",
    operation: "margin.run",
    input: { ...sample, methodology: "deribit-portfolio", overrides: [{ path: "/nothing/here", value: 1 }] },
    expected: "invalid-input",
  },
  {
    title: "netting benefit",
    operation: "margin.netting-benefit",
    input: { portfolio: { files: [listedPositions] }, market: { files: [listedMarket] }, mostPositions: 2 },
    expected: "ok",
  },
  {
    title: "netting benefit of crypto positions",
    operation: "margin.netting-benefit",
    input: { ...sample, mostPositions: 0 },
    expected: "any refusal",
  },
  {
    title: "coverage of a listed book",
    operation: "margin.coverage",
    input: { portfolio: { files: [listedPositions] }, market: { files: [listedMarket] } },
    expected: "ok",
  },
  {
    title: "coverage by an unknown method",
    operation: "margin.coverage",
    input: { ...sample, methodologies: ["none"] },
    expected: "not-found",
  },
  {
    title: "mixed margin",
    operation: "margin.mixed",
    input: {
      ...sample,
      parts: [
        { methodology: "deribit-standard", underlyings: ["ETH"] },
        { methodology: "risk-based-customer", contracts: "listed" },
        { methodology: "deribit-portfolio" },
      ],
    },
    expected: "ok",
  },
  {
    title: "mixed margin without parts",
    operation: "margin.mixed",
    input: { ...sample, parts: [] },
    expected: "invalid-input",
  },
  {
    title: "comparison",
    operation: "margin.compare",
    input: { requests: ["deribit-standard", "deribit-portfolio"].map((methodology) => ({ ...sample, methodology })) },
    expected: "ok",
  },
  {
    title: "margin totals",
    operation: "margin.totals",
    input: { requests: ["deribit-standard", "deribit-portfolio"].map((methodology) => ({ ...sample, methodology })) },
    expected: "ok",
  },
  {
    title: "surface",
    operation: "surface.run",
    input: {
      ...sample,
      methodology: "deribit-portfolio",
      axes: { price: { from: -0.2, to: 0.2, count: 5 }, volatility: { from: -0.2, to: 0.2, count: 3 } },
    },
    expected: "ok",
  },
  {
    title: "coarse surface alone",
    operation: "surface.run",
    input: {
      ...{ ...sample, methodology: "deribit-portfolio", stage: "coarse" },
      axes: { price: { from: -0.2, to: 0.2, count: 21 }, volatility: { from: -0.2, to: 0.2, count: 21 } },
    },
    expected: "ok",
  },
  {
    title: "surface with a wrong axis",
    operation: "surface.run",
    input: { ...sample, methodology: "deribit-portfolio", axes: { price: { from: 0.2, to: -0.2, count: 5 } } },
    expected: "invalid-input",
  },
  {
    title: "cancelled surface",
    operation: "surface.run",
    input: {
      ...sample,
      methodology: "deribit-portfolio",
      axes: { price: { from: -0.5, to: 0.5, count: 161 }, volatility: { from: -0.5, to: 0.5, count: 161 } },
    },
    cancel: true,
    expected: "cancelled",
  },
  {
    title: "surfaces at two dates over skew",
    operation: "surface.run",
    input: {
      ...{ ...sample, methodology: "deribit-portfolio" },
      axes: {
        price: { from: -0.2, to: 0.2, count: 4 },
        volatility: { from: -0.2, to: 0.2, count: 3 },
        ...{ vertical: { kind: "skew" }, days: [0, 7] },
      },
    },
    expected: "ok",
  },
  {
    title: "difference of two surfaces",
    operation: "surface.difference",
    input: {
      a: { ...sample, methodology: "deribit-portfolio" },
      b: { ...sample, methodology: "deribit-standard", days: 3 },
      axes: { price: { from: -0.2, to: 0.2, count: 4 }, volatility: { from: -0.2, to: 0.2, count: 3 } },
    },
    expected: "ok",
  },
  {
    title: "borders of a surface",
    operation: "surface.borders",
    input: {
      ...{ ...sample, methodology: "deribit-portfolio", tolerance: 0.02, by: "structure" },
      axes: { price: { from: -0.2, to: 0.2, count: 5 }, volatility: { from: -0.2, to: 0.2, count: 3 } },
    },
    expected: "ok",
  },
  { title: "cancel of nothing", operation: "job.cancel", input: { job: "none" }, expected: "ok" },
];
