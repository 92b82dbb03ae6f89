import { formatNumber } from "../../../core/base/format.ts";
import type { CsvTable } from "../../app/download.ts";
import type { Comparison, ComparisonColumn } from "../../client/reports.ts";

/** One amount of one column, ready to show. */
export interface ComparedCell {
  readonly amount: number | null;
  readonly difference: number | null;
  readonly isReference: boolean;
  /** Size of the amount beside the largest of its row, from 0 to 1; only of totals that are requirements. */
  readonly share?: number | undefined;
}

export interface ComparedRow {
  readonly id: string;
  readonly label: string;
  readonly cells: readonly ComparedCell[];
}

export interface ComparedRows {
  readonly totals: readonly ComparedRow[];
  /** Parts of the initial margin; column by column they add up to it. */
  readonly components: readonly ComparedRow[];
}

const withBars = new Set(["initial", "maintenance"]);

/** Rows without any amount are left out: no column has them. */
export function comparedRows({ rows, reference }: Pick<Comparison, "rows" | "reference">): ComparedRows {
  const shown = rows
    .filter(({ amounts }) => amounts.some((amount) => amount !== null))
    .map(({ id, label, component, amounts, differences }) => {
      const largest = Math.max(0, ...amounts.map((amount) => amount ?? 0));
      const cells = amounts.map((amount, place) => ({
        amount,
        difference: differences[place] ?? null,
        isReference: place === reference,
        share: withBars.has(id) && amount !== null && largest > 0 ? amount / largest : undefined,
      }));
      return { row: { id, label, cells }, isComponent: component !== undefined };
    });
  return {
    totals: shown.filter(({ isComponent }) => !isComponent).map(({ row }) => row),
    components: shown.filter(({ isComponent }) => isComponent).map(({ row }) => row),
  };
}

/** Sums in another order differ by less than this fraction. */
const arithmetic = 1e-12;

/** `+1,234 (+12 %)`; the percentage is of the reference. */
export function differenceWords({ amount, difference }: Pick<ComparedCell, "amount" | "difference">): string {
  if (difference === null || amount === null) return "";
  if (Math.abs(difference) <= arithmetic * Math.abs(amount)) return "equal";
  const base = amount - difference;
  const percent =
    base === 0 ? "" : ` (${formatNumber((difference / Math.abs(base)) * 100, { decimals: 0, signed: true })} %)`;
  return `${formatNumber(difference, { signed: true, decimals: 0 })}${percent}`;
}

/** Positions a column leaves out, those with the same reason together. */
export function leftOutByReason({
  leftOut,
}: Pick<ComparisonColumn, "leftOut">): { readonly reason: string; readonly symbols: readonly string[] }[] {
  const groups = new Map<string, string[]>();
  for (const { symbol, failure } of leftOut) {
    const group = groups.get(failure.message);
    if (group) group.push(symbol);
    else groups.set(failure.message, [symbol]);
  }
  return [...groups].map(([reason, symbols]) => ({ reason, symbols }));
}

/** One row a line and column: amounts, differences, binding scenarios, positions left out. */
export function comparisonCsv(comparison: Comparison): CsvTable {
  const { columns, rows, reference, unit } = comparison;
  return {
    header: ["row", `amount (${unit})`, `difference to reference (${unit})`, "column", "method", "version", "note"],
    rows: [
      ...rows.flatMap(({ label, amounts, differences }) =>
        columns.map((column, place) => [
          ...[label, amounts[place], differences[place], column.label, column.methodology.id],
          ...[column.rules?.version, place === reference ? "reference" : ""],
        ]),
      ),
      ...columns.flatMap((column) =>
        column.binding.map(({ account, matrix, scenario, amount, unit: own }) => [
          ...["binding scenario", amount, null, column.label, column.methodology.id, column.rules?.version],
          `${account} ${matrix}: ${scenario}, ${own}`,
        ]),
      ),
      ...columns.flatMap((column) =>
        column.leftOut.map(({ symbol, quantity, failure }) => [
          ...["left out", quantity, null, column.label, column.methodology.id, column.rules?.version],
          `${symbol}: ${failure.message}`,
        ]),
      ),
    ],
    remarks: [`comparison of ${comparison.portfolioName} at ${comparison.marketName}`],
  };
}
