import type { CsvTable } from "../../app/download.ts";
import type { AttributionRun, AttributionSplit } from "../../client/attribution.ts";
import { splitTitle, splitWords } from "../../figures/attribution.ts";

/** One group in all ways that were computed, or a line below them: a residual, the sum. */
export interface SplitRow {
  readonly id: string;
  readonly label: string;
  readonly count: number | undefined;
  readonly positions: readonly string[];
  /** By kind; absent where the row says nothing about the way. */
  readonly amounts: Readonly<Partial<Record<AttributionSplit["kind"], number>>>;
  readonly errors: Readonly<Partial<Record<AttributionSplit["kind"], number>>>;
}

/** Groups, one a row. */
export function splitRows({ groups, splits }: AttributionRun): readonly SplitRow[] {
  return groups.map(({ id, label, positions }, at) => ({
    ...{ id, label, positions, count: positions.length },
    amounts: Object.fromEntries(splits.map(({ kind, amounts }) => [kind, amounts[at] ?? 0])),
    errors: Object.fromEntries(splits.flatMap(({ kind, errors }) => (errors ? [[kind, errors[at] ?? 0]] : []))),
  }));
}

/** Below the groups: their sum, what belongs to none, and the requirement that both make. */
export function totalRows({ splits, total }: AttributionRun): readonly SplitRow[] {
  const byKind = (amountOf: (split: AttributionSplit) => number): SplitRow["amounts"] =>
    Object.fromEntries(splits.map((split) => [split.kind, amountOf(split)]));
  const row = (id: string, label: string, amounts: SplitRow["amounts"]): SplitRow => ({
    ...{ id, label, amounts, errors: {}, positions: [], count: undefined },
  });
  return [
    row(
      "sum",
      "Sum of groups",
      byKind(({ sum }) => sum),
    ),
    row(
      "residual",
      "Of no group, see below",
      byKind(({ residuals }) => residuals.reduce((added, { amount }) => added + amount, 0)),
    ),
    row(
      "total",
      "Requirement",
      byKind(() => total),
    ),
  ];
}

/** All ways as a file: groups, residuals by name, sums. */
export function splitCsv(run: AttributionRun): CsvTable {
  const { splits, unit, refused } = run;
  const columns = splits.flatMap((split) => [
    { header: `${split.title}, ${unit}`, value: ({ amounts }: SplitRow) => amounts[split.kind] },
    ...(split.errors
      ? [{ header: `${split.title}, standard error, ${unit}`, value: ({ errors }: SplitRow) => errors[split.kind] }]
      : []),
  ]);
  return {
    header: ["Group", "Positions", ...columns.map(({ header }) => header)],
    rows: [...splitRows(run), ...totalRows(run)].map((row) => [
      row.label,
      row.count,
      ...columns.map(({ value }) => value(row)),
    ]),
    remarks: [
      ...splits.map((split) => `${splitTitle(run, split)}: ${splitWords(run, split)}`),
      ...refused.map(({ title, failure }) => `${title}: not computed, ${failure.message}`),
    ],
  };
}
