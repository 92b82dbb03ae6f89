import { formatNumber, formatPercent, moneyDecimals } from "../../../core/base/format.ts";
import type { MatrixCell } from "../../client/types.ts";
import { priceAxis, shockText } from "../../figures/axes.ts";
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

/** A price move in percent without its unit, which stands in the caption. */
export function moveText(priceMove: number): string {
  return shockText(priceAxis, priceMove).replace(" %", "");
}

/** A cell's value as the grid shows it: one precision for the whole matrix, the full value is in the read-out. */
export function cellText(value: number | undefined, mode: ValueMode, decimals: number): string {
  if (mode === "equity") return formatNumber(value === undefined ? undefined : value * 100, { decimals: 2 });
  return formatNumber(value, { decimals });
}

/** Decimals that leave the largest value of a matrix about four digits; never more than its unit has. */
export function cellDecimals(reach: number, unit: string): number {
  const digits = reach >= 1 ? Math.floor(Math.log10(reach)) + 1 : 1;
  return Math.max(0, Math.min(moneyDecimals(unit), 4 - digits));
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
