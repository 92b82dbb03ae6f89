import { formatMoney, formatNumber, formatQuantity } from "../../base/format.ts";
import type { Comparison, ComparisonRow } from "../../explain/index.ts";
import { type Column, textTable } from "./text-table.ts";

/** A comparison as a page of text: one column a method, then what each column rests on. */
export function comparisonText({ portfolioName, marketName, columns, rows, reference, unit }: Comparison): string {
  const amounts: Column<ComparisonRow>[] = columns.flatMap(({ label }, at): Column<ComparisonRow>[] => [
    { title: label, text: (row) => formatNumber(row.amounts[at]), right: true },
    ...(at === reference
      ? []
      : [
          {
            title: "±",
            text: (row: ComparisonRow) => formatNumber(row.differences[at], { signed: true }),
            right: true,
          },
        ]),
  ]);
  return [
    `${portfolioName} at ${marketName}, ${unit}; differences against ${columns[reference]?.label}`,
    textTable([{ title: "", text: ({ label }) => label }, ...amounts], rows),
    ...columns.map(columnText),
  ].join("\n\n");
}

function columnText(column: Comparison["columns"][number]): string {
  const { label, failure, rules, accuracy, binding, mappings, leftOut } = column;
  const head = rules === undefined ? label : `${label}: rules ${rules.version}, ${accuracy}`;
  return [
    head,
    ...(failure === undefined ? [] : [`  not computed: ${failure.message}`]),
    ...binding.map(
      ({ matrix, scenario, amount, unit }) => `  binds: ${matrix}, ${scenario} (${formatMoney(amount, unit)})`,
    ),
    ...mappingsText(mappings),
    ...leftOut.map(
      ({ symbol, quantity, failure: why }) => `  left out: ${symbol}, ${formatQuantity(quantity)}: ${why.message}`,
    ),
  ].join("\n");
}

/** Instruments mapped in the same way together. */
function mappingsText(mappings: Comparison["columns"][number]["mappings"]): readonly string[] {
  const notes = [...new Set(mappings.map(({ note }) => note))];
  return notes.map((note) => {
    const symbols = mappings.filter((mapping) => mapping.note === note).map(({ from }) => from);
    return `  mapped, ${note}: ${symbols.join(", ")}`;
  });
}
