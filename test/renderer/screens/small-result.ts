import type { AccountResult, Line, MarginResult, MatrixCell, PositionResult } from "../../../renderer/client/types.ts";

const asOfMs = Date.UTC(2026, 10, 20, 8);
const december = Date.UTC(2026, 11, 25, 8);

type Changes<T> = { readonly [K in keyof T]?: T[K] };

export function line(id: string, amount: number, change: Changes<Line> = {}): Line {
  return {
    id,
    label: id,
    amount,
    unit: "BTC",
    combine: { kind: "leaf" },
    component: "total",
    rule: "1",
    basis: "computed",
    inputs: [],
    children: [],
    ...change,
  };
}

export function cell(priceMove: number, volatility: string, amount: number, group = "standard"): MatrixCell {
  const scenarioId = `${group} ${priceMove} ${volatility}`;
  return { scenarioId, label: scenarioId, priceMove, volatility, group, beforeOffsets: 2 * amount, amount };
}

/** Three price moves by two volatilities, one extended scenario; the worst is −2 at −10 % and down. */
export const cells: readonly MatrixCell[] = [
  cell(-0.1, "up", -1),
  cell(0, "up", 0.25),
  cell(0.1, "up", 0.5),
  cell(-0.1, "down", -2),
  cell(0, "down", 0),
  cell(0.1, "down", 1),
  cell(-0.5, "up", -1.5, "extended"),
];

export const bitcoin: AccountResult = {
  id: "BTC",
  unit: "BTC",
  usdPerUnit: 100_000,
  initial: line("BTC/initial", 2.5, {
    combine: { kind: "sum" },
    children: [
      line("BTC/initial/worst", 2, {
        combine: { kind: "loss" },
        component: "scenario",
        rule: "5.5",
        children: [line("BTC/initial/worst/call", -2, { positionId: "call" as never, component: "position" })],
      }),
      line("BTC/initial/orders", 0.5, { basis: "set", inputs: [{ label: "set by you", value: 0.5, unit: "BTC" }] }),
    ],
  }),
  maintenance: line("BTC/maintenance", 2),
  equity: line("BTC/equity", 10),
  marginBalance: line("BTC/margin-balance", 10),
  matrices: [
    { setId: "matrix-BTC", title: "Risk matrix", unit: "BTC", cells, bindingScenarioId: "standard -0.1 down" },
  ],
};

export const ether: AccountResult = {
  id: "ETH",
  unit: "ETH",
  usdPerUnit: 4000,
  initial: line("ETH/initial", 12, { unit: "ETH" }),
  maintenance: line("ETH/maintenance", 9, { unit: "ETH" }),
  equity: line("ETH/equity", 10, { unit: "ETH" }),
  marginBalance: line("ETH/margin-balance", 10, { unit: "ETH" }),
  matrices: [],
};

export function position(id: string, change: Changes<PositionResult>): PositionResult {
  return {
    id: id as PositionResult["id"],
    symbol: id,
    underlying: "BTC",
    kind: "option",
    expiryMs: december,
    strike: 100_000,
    optionType: "call",
    quantity: 2,
    quantityUnit: "BTC",
    settlement: "BTC",
    terms: {
      index: 100_000,
      forward: 101_000,
      years: 35 / 365,
      volatility: 0.6125,
      mark: 0.05,
      sources: { forward: "parity", volatility: "mark", mark: "quoted" },
    },
    value: 0.1,
    notionalUsd: 200_000,
    greeks: { delta: 1.1, netDelta: 1, gamma: 0.0001, vega: 200, theta: -100 },
    bindingPnl: -2,
    standAlone: 0.3,
    ...change,
  };
}

const etherTerms = {
  index: 4000,
  forward: 4010,
  years: 35 / 365,
  volatility: 0.7,
  mark: 0.04,
  sources: { forward: "parity", volatility: "mark", mark: "quoted" },
} as const;

/** Two segregated accounts: a BTC call and perpetual, an ETH put; one position left out. */
export function smallResult(change: Changes<MarginResult> = {}): MarginResult {
  const {
    expiryMs: _,
    strike: _s,
    optionType: _o,
    ...perpetual
  } = position("perpetual", {
    kind: "perpetual",
    quantity: -50_000,
    quantityUnit: "USD",
    value: 0,
    notionalUsd: 50_000,
    greeks: { delta: -0.5, netDelta: -0.5, gamma: 0, vega: 0, theta: 0 },
    bindingPnl: 0.05,
    standAlone: 0.02,
  });
  return {
    methodology: { id: "example", title: "Example", venue: "example" },
    rules: {
      methodology: "example",
      version: "example-1",
      effectiveFrom: "2026-09-23",
      source: { title: "Page", url: "page", retrieved: "2026-11-01" },
      parameters: { general: { factor: 0.8, words: ["up", "down"] }, pairs: { btc_usd: { range: 0.2 } } },
      parametersHash: "hash",
      overrides: [{ path: "/pairs/btc_usd/range", value: 0.2, replaced: 0.16 }],
      cites: { "/general": "page, general", "/pairs/btc_usd/range": "page, table 1" },
      uncertain: { "/general/factor": "not published" },
    },
    portfolioName: "Small",
    marketName: "Small market",
    asOfMs,
    accounts: [bitcoin, ether],
    totals: {
      initialUsd: 298_000,
      maintenanceUsd: 236_000,
      equityUsd: 1_040_000,
      marginBalanceUsd: 1_040_000,
      availableFundsUsd: 742_000,
    },
    positions: [
      position("call", {}),
      perpetual,
      position("put", {
        underlying: "ETH",
        settlement: "ETH",
        quantityUnit: "ETH",
        optionType: "put",
        strike: 4000,
        terms: etherTerms,
        value: -0.4,
        greeks: { delta: 3, netDelta: 3, gamma: -0.01, vega: -10, theta: 5 },
        bindingPnl: -9,
        standAlone: 10,
      }),
    ],
    excluded: [],
    included: { positions: 3, of: 3 },
    accuracy: "exact",
    remarks: [],
    synthetic: false,
    kernel: "test",
    inputs: { portfolio: "p", market: "m", parameters: "q" },
    ...change,
  };
}
