import type { BacktestPoint, BacktestResult, MethodPoint } from "../../../core/analysis/index.ts";

const day = 86_400_000;
const start = Date.UTC(2026, 0, 1, 8);

const method = (label: string, initialUsd: number, version: string): MethodPoint => ({
  ...{ label, initialUsd, maintenanceUsd: 0.8 * initialUsd, binding: [], version, parameters: "p", excluded: 0 },
  ...{
    equityUsd: 2 * initialUsd,
    callUsd: 0,
    valueAtRiskUsd: 0.7 * initialUsd,
    expectedShortfallUsd: 0.9 * initialUsd,
  },
});

/** A backtest of two methods over some days; a close-out period of two days; losses of 40 a day's number. */
export function madeBacktest(days: number): BacktestResult {
  const points = Array.from({ length: days }, (_, at): BacktestPoint => {
    const ended = at < days - 2;
    return {
      ...{ asOfMs: start + at * day, marketId: `m${at}`, indices: { BTC: 60_000 }, gaps: [], positions: 0 },
      portfolio: { name: "book", venue: "deribit", positions: [], balances: [], components: [], sources: [] },
      ...(at > 0 && { profitUsd: at % 2 === 0 ? 30 : -20 }),
      ...(ended && {
        exposure: {
          ...{ toMs: start + (at + 2) * day, lossUsd: 40 * (at % 5) - 60, unvalued: at === 3 ? ["X"] : [] },
          drivers: [{ symbol: "BTC-1", lossUsd: 5 }],
        },
      }),
      methods: at === 1 ? [method("a", 80, "v1")] : [method("a", 80, at < 5 ? "v1" : "v2"), method("b", 200, "w")],
      ...(at === 1 && { gaps: [{ label: "b", reason: "no history" }] }),
    };
  });
  return {
    ...{ panelName: "panel", bookName: "book", horizonDays: 2, startMultiple: 2, points, synthetic: true },
    skipped: [{ asOfMs: start - day, marketId: "s", reason: "no index" }],
  };
}
