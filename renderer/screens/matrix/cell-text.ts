import { formatNumber, formatPercent, moneyDecimals } from "../../../core/base/format.ts";
import type { MatrixCell } from "../../client/types.ts";
import type { ValueMode } from "./matrix-grid.ts";

export const modeWords: Readonly<Record<ValueMode, string>> = {
  amount: "Amount",
  equity: "% of equity",
  before: "Before offsets",
};

const volatilityWords: Readonly<Record<string, string>> = { up: "Vol up", same: "Vol same", down: "Vol down" };

export function volatilityText(volatility: string): string {
  return volatilityWords[volatility] ?? volatility;
}

/** A cell's value as the grid shows it; one precision for the whole matrix. */
export function cellText(value: number | undefined, mode: ValueMode, unit: string): string {
  if (mode === "equity") return formatPercent(value, { unit: "", decimals: 2 }).trim();
  return formatNumber(value, { decimals: decimalsOf(unit) });
}

/** A cell in one sentence: the read-out, and its accessible name. */
export function cellSentence(cell: MatrixCell, unit: string, equity: number | undefined, binds: boolean): string {
  const decimals = Math.min(8, moneyDecimals(unit));
  const share = equity === undefined ? "" : `, ${formatPercent(equity)} of equity`;
  const before =
    cell.beforeOffsets === cell.amount
      ? ""
      : `, ${formatNumber(cell.beforeOffsets, { decimals, unit })} before offsets`;
  return `${cell.label}: ${formatNumber(cell.amount, { decimals, unit })}${share}${before}${binds ? ", binding" : ""}`;
}

function decimalsOf(unit: string): number {
  const decimals = moneyDecimals(unit);
  return decimals === 2 ? 0 : 4;
}
