import type { BacktestPoint, BacktestResult, MethodPoint } from "../analysis/index.ts";
import { csvText, formatInstant } from "../base/format.ts";
import { canonicalJson } from "../base/index.ts";
import { syntheticMark } from "./validation-document.ts";

/** A backtest as canonical JSON with the version of its layout; reading it back gives the same points. */
export function backtestJson(result: BacktestResult): string {
  return `${canonicalJson({ schema: "backtest/1", result })}\n`;
}

/**
 * Every day and method of a backtest as one table (RFC 4180): from it counts, shortfalls, calls and changes of margin can be
 * made again in a spreadsheet. Amounts in USD with full precision, losses > 0; a day that no method could answer has a row too.
 */
export function backtestCsv(result: BacktestResult): string {
  const header = [
    ...["time", "time_ms", "market", "positions", "profit_usd", "period_end", "loss_usd", "not_valued"],
    ...["method", "version", "parameters", "initial_usd", "maintenance_usd", "breach", "shortfall_usd"],
    ...["equity_usd", "call_usd", "excluded", "binding", "remark", "data"],
  ];
  const mark = result.synthetic ? syntheticMark : "observed";
  const rows = result.points.flatMap((point) => [
    ...point.methods.map((method) => [...dayCells(point), ...methodCells(point, method), "", mark]),
    ...point.gaps.map(({ label, reason }) => [...dayCells(point), label, ...blank(10), reason, mark]),
  ]);
  const skipped = result.skipped.map(({ asOfMs, marketId, reason }) => [
    ...[formatInstant(asOfMs), asOfMs, marketId, ...blank(16 - 1), reason, mark],
  ]);
  return csvText([header, ...rows, ...skipped]);
}

function dayCells(point: BacktestPoint): readonly (string | number | undefined)[] {
  const { asOfMs, marketId, positions, profitUsd, exposure } = point;
  return [
    ...[formatInstant(asOfMs), asOfMs, marketId, positions, profitUsd],
    ...[exposure && formatInstant(exposure.toMs), exposure?.lossUsd, exposure?.unvalued.join(" ")],
  ];
}

function methodCells({ exposure }: BacktestPoint, method: MethodPoint): readonly (string | number | undefined)[] {
  const { label, version, parameters, initialUsd, maintenanceUsd, equityUsd, callUsd, excluded, binding } = method;
  const shortfall = exposure && Math.max(0, exposure.lossUsd - initialUsd);
  return [
    ...[label, version, parameters, initialUsd, maintenanceUsd],
    ...[shortfall === undefined ? undefined : shortfall > 0 ? 1 : 0, shortfall],
    ...[equityUsd, callUsd, excluded, binding.join("; ")],
  ];
}

const blank = (count: number): readonly undefined[] => Array.from({ length: count }, () => undefined);
