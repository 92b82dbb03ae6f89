import { formatNumber, formatQuantity } from "../../base/format.ts";
import type { NettingAmounts, NettingBenefit } from "../../explain/index.ts";
import { type Column, textTable } from "./text-table.ts";

/** A netting-benefit report as a page of text: totals and groups, then positions, then what each column rests on. */
export function nettingText(report: NettingBenefit): string {
  const { portfolioName, marketName, columns, reference, unit, synthetic } = report;
  const label = columns[reference]?.label ?? "";
  return [
    `${portfolioName} at ${marketName}, ${unit}${synthetic ? ", synthetic" : ""}; benefit against ${label}`,
    bookTable(report),
    "Positions alone, and what the book needs more with them than without",
    positionTable(report),
    ...columns.map(({ label: name, accuracy, failure, leftOut, remarks }) =>
      [
        accuracy === undefined ? name : `${name}: ${accuracy}`,
        ...(failure === undefined ? [] : [`  not computed: ${failure.message}`]),
        ...leftOut.map(
          ({ symbol, quantity, failure: why }) => `  left out: ${symbol}, ${formatQuantity(quantity)}: ${why.message}`,
        ),
        ...remarks.map(({ message }) => `  ${message}`),
      ].join("\n"),
    ),
  ].join("\n\n");
}

interface Row {
  readonly name: string;
  readonly of: NettingAmounts;
}

function bookTable({ columns, reference, groups, betweenGroups, total, apart }: NettingBenefit): string {
  const between: NettingAmounts = {
    amounts: betweenGroups.map((amount) => (amount === null ? null : -amount)),
    benefits: columns.map(() => null),
  };
  const rows: readonly Row[] = [
    ...groups.map((group) => ({ name: group.underlyings.join(", "), of: group })),
    { name: "between groups", of: between },
    { name: "Requirement", of: total },
    { name: "positions apart", of: apart },
  ];
  return textTable<Row>(
    [{ title: "Group", text: ({ name }) => name }, ...amountColumns(columns, reference, (row: Row) => row.of)],
    rows,
  );
}

function positionTable({ columns, reference, positions }: NettingBenefit): string {
  type Position = NettingBenefit["positions"][number];
  return textTable<Position>(
    [
      { title: "Position", text: ({ symbol }) => symbol },
      { title: "Quantity", text: ({ quantity }) => formatQuantity(quantity), right: true },
      ...amountColumns(columns, reference, ({ alone }: Position) => alone, "alone: "),
      ...columns.map(
        ({ methodology }, k): Column<Position> => ({
          title: `with: ${methodology.id}`,
          text: ({ incremental }) => formatNumber(incremental?.amounts[k] ?? null),
          right: true,
        }),
      ),
    ],
    positions,
  );
}

function amountColumns<R>(
  columns: NettingBenefit["columns"],
  reference: number,
  of: (row: R) => NettingAmounts,
  prefix = "",
): Column<R>[] {
  return columns.flatMap(({ methodology }, k): Column<R>[] => [
    { title: `${prefix}${methodology.id}`, text: (row) => formatNumber(of(row).amounts[k] ?? null), right: true },
    ...(k === reference
      ? []
      : [{ title: "benefit", text: (row: R) => formatNumber(of(row).benefits[k] ?? null), right: true }]),
  ]);
}
