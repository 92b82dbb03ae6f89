import type { CsvTable } from "../../app/download.ts";
import type { NettingAmounts, NettingBenefit } from "../../client/listed.ts";
import type { FlatRow, TreeNode } from "../../grids/tree.ts";

/** Of a position: on its own, or what the book needs more because of it. */
export type PositionFigure = "alone" | "incremental";

export interface NettingFigures extends Partial<NettingAmounts> {
  readonly quantity?: number;
  /** What the row is beyond its name. */
  readonly note?: string;
}

export type NettingRow = FlatRow<NettingFigures>;

/** Share of the baseline that a method saves; nothing where the baseline asks for nothing. */
export function savedFraction(
  { amounts = [], benefits = [] }: Partial<NettingAmounts>,
  place: number,
  reference: number,
): number | null {
  const [base, benefit] = [amounts[reference] ?? null, benefits[place] ?? null];
  return base === null || benefit === null || base <= 0 ? null : benefit / base;
}

/** Groups of underlyings with their positions. */
export function nettingTree(benefit: NettingBenefit, figure: PositionFigure): TreeNode<NettingFigures>[] {
  return benefit.groups.map(({ underlyings, amounts, benefits }) => ({
    id: `group ${underlyings.join(" ")}`,
    label: underlyings.join(", "),
    value: { amounts, benefits },
    children: benefit.positions
      .filter(({ underlying }) => underlyings.includes(underlying))
      .map(({ id, symbol, quantity, alone, incremental }) => ({
        id: `position ${id}`,
        label: symbol,
        value: { quantity, ...(figure === "alone" ? alone : incremental) },
        children: [],
      })),
  }));
}

/** Below the groups: what joining them changes, and the whole book; they add up. */
export function nettingTotals({ betweenGroups, reference, total }: NettingBenefit): NettingRow[] {
  const between = betweenGroups.map((amount) => (amount === null ? null : -amount));
  const base = between[reference] ?? null;
  const benefits = between.map((amount) => (amount === null || base === null ? null : base - amount));
  const groups = { amounts: between.map((amount) => (amount === 0 ? 0 : amount)), benefits };
  return [
    ...(between.some((amount) => amount !== null && Math.abs(amount) > 0.005)
      ? [{ id: "between", level: 1, label: "Between groups", value: groups }]
      : []),
    { id: "total", level: 1, label: "Total", value: total },
  ];
}

/** One method in one line: its requirement of the book, and what it saves. */
export interface MethodTotal {
  readonly id: string;
  readonly title: string;
  readonly version: string | undefined;
  readonly isReference: boolean;
  readonly failure: string | undefined;
  readonly amount: number | null;
  readonly benefit: number | null;
  readonly fraction: number | null;
  /** Every position on its own, added. */
  readonly apart: number | null;
  /** Requirement beside the largest of all, 0 to 1. */
  readonly share: number;
  readonly leftOut: readonly { readonly symbol: string; readonly reason: string }[];
  readonly remarks: readonly string[];
  readonly approximate: boolean;
}

export function methodTotals({ columns, total, apart, reference }: NettingBenefit): MethodTotal[] {
  const largest = Math.max(0, ...total.amounts.map((amount) => amount ?? 0));
  return columns.map(({ methodology, version, accuracy, failure, leftOut, remarks }, place) => {
    const amount = total.amounts[place] ?? null;
    return {
      ...{ id: methodology.id, title: methodology.title, version, isReference: place === reference },
      ...{ failure: failure?.message, amount, benefit: total.benefits[place] ?? null },
      fraction: savedFraction(total, place, reference),
      apart: apart.amounts[place] ?? null,
      share: largest > 0 ? (amount ?? 0) / largest : 0,
      leftOut: leftOut.map(({ symbol, failure: why }) => ({ symbol, reason: why.message })),
      remarks: [...new Set(remarks.map(({ message }) => message))],
      approximate: accuracy === "approximate",
    };
  });
}

/** One row a figure, with columns of every method that has amounts. */
export function nettingCsv(benefit: NettingBenefit): CsvTable {
  const { columns, reference, unit } = benefit;
  const numbers = (given: Partial<NettingAmounts> = {}) =>
    columns.flatMap((_, place) => [
      given.amounts?.[place],
      given.benefits?.[place],
      savedFraction(given, place, reference),
    ]);
  return {
    header: [
      ...["row", "group", "position", "quantity"],
      ...columns.flatMap(({ label }) => [
        `${label}: requirement (${unit})`,
        `${label}: saving (${unit})`,
        `${label}: saving (fraction of the baseline)`,
      ]),
    ],
    rows: [
      ["total", "", "", null, ...numbers(benefit.total)],
      ["positions apart", "", "", null, ...numbers(benefit.apart)],
      ...benefit.groups.map((group) => ["group", group.underlyings.join(" "), "", null, ...numbers(group)]),
      ...benefit.positions.flatMap(({ symbol, underlying, quantity, alone, incremental }) => [
        ["position alone", underlying, symbol, quantity, ...numbers(alone)],
        ...(incremental ? [["position incremental", underlying, symbol, quantity, ...numbers(incremental)]] : []),
      ]),
    ],
    remarks: [
      `netting benefit of ${benefit.portfolioName} at ${benefit.marketName}, baseline ${columns[reference]?.label ?? ""}`,
      ...columns.flatMap(({ label, failure }) => (failure ? [`${label}: ${failure.message}`] : [])),
      ...columns.flatMap(({ label, leftOut }) =>
        leftOut.map(({ symbol, failure }) => `${label} leaves out ${symbol}: ${failure.message}`),
      ),
    ],
  };
}
