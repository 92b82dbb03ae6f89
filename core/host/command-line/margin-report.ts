import {
  formatInstant,
  formatMoney,
  formatNumber,
  formatPercent,
  formatQuantity,
  moneyDecimals,
} from "../../base/format.ts";
import type { AccountResult, MarginResult } from "../../margin/index.ts";
import type { Line } from "../../methodology/index.ts";
import { sumInWords } from "../../report/index.ts";
import { type Column, textTable } from "./text-table.ts";

/** A margin result as a page of text: totals, accounts, statement down to components, decompositions, what was left out, remarks. */
export function marginReport(result: MarginResult): string {
  return [
    heading(result),
    textTable(totalColumns, totalsOf(result)),
    textTable(accountColumns, result.accounts),
    ...result.accounts.map(statementOf),
    ...result.accounts.flatMap(splitsOf),
    ...excludedOf(result),
    ...remarksOf(result),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function heading({
  methodology,
  rules,
  portfolioName,
  marketName,
  asOfMs,
  accuracy,
  included,
  remarks,
  synthetic,
}: MarginResult): string {
  const overridden = rules.overrides.map(
    ({ path, value, replaced }) => `  set by you: ${path} = ${value} (was ${replaced})`,
  );
  return [
    `${methodology.title}${synthetic ? "  [synthetic sample]" : ""}`,
    `rules ${rules.version}, from ${rules.effectiveFrom}: ${rules.source.title}`,
    ...overridden,
    `${portfolioName} at ${marketName}, ${formatInstant(asOfMs)}`,
    `accuracy: ${accuracy}; ${formatQuantity(included.positions)} of ${formatQuantity(included.of)} positions included`,
    // Positions that were never read are in no count: the reader of a total must not miss them.
    ...(remarks.some(({ message }) => message.endsWith("rejected when it was imported"))
      ? ["  rows of the imported files were rejected and are not in these totals: see the remarks at the end"]
      : []),
  ].join("\n");
}

const totalColumns: readonly Column<readonly [string, number | undefined]>[] = [
  { title: "All accounts, USD", text: ([title]) => title },
  { title: "", text: ([, amount]) => formatNumber(amount), right: true },
];

function totalsOf({ totals }: MarginResult): readonly (readonly [string, number | undefined])[] {
  return [
    ["Initial margin", totals.initialUsd],
    ["Maintenance margin", totals.maintenanceUsd],
    ["Equity", totals.equityUsd],
    ["Margin balance", totals.marginBalanceUsd],
    ["Available funds", totals.availableFundsUsd],
  ];
}

const amountIn = (unit: string, amount: number | undefined): string =>
  formatNumber(amount, { decimals: moneyDecimals(unit) });

const accountColumns: readonly Column<AccountResult>[] = [
  { title: "Account", text: ({ id }) => id },
  { title: "Unit", text: ({ unit }) => unit },
  { title: "Initial", text: ({ unit, initial }) => amountIn(unit, initial.amount), right: true },
  { title: "Maintenance", text: ({ unit, maintenance }) => amountIn(unit, maintenance.amount), right: true },
  { title: "Margin balance", text: ({ unit, marginBalance }) => amountIn(unit, marginBalance?.amount), right: true },
  { title: "Available", text: ({ unit, availableFunds }) => amountIn(unit, availableFunds), right: true },
  { title: "Ratio", text: ({ maintenanceRatio }) => formatPercent(maintenanceRatio), right: true },
  { title: "Binding scenario", text: (account) => bindingOf(account) },
];

function bindingOf({ matrices }: AccountResult): string {
  const bindings = matrices.flatMap(({ title, unit, cells, bindingScenarioId }) => {
    const cell = cells.find(({ scenarioId }) => scenarioId === bindingScenarioId);
    if (cell === undefined) return [];
    const named = matrices.length > 1 ? `${title}: ` : "";
    return [`${named}${cell.label} (${formatMoney(cell.amount, unit)})`];
  });
  return bindings.length === 0 ? "none" : bindings.join("; ");
}

interface StatementRow {
  readonly line: Line;
  readonly depth: number;
}

const statementColumns: readonly Column<StatementRow>[] = [
  { title: "Statement", text: ({ line, depth }) => `${"  ".repeat(depth)}${line.label}` },
  { title: "Amount", text: ({ line }) => amountIn(line.unit, line.amount), right: true },
  { title: "Unit", text: ({ line }) => line.unit },
  { title: "How", text: ({ line }) => howOf(line) },
  { title: "Rule", text: ({ line }) => line.rule },
];

function statementOf({ id, initial, maintenance, equity, marginBalance }: AccountResult): string {
  const roots = [initial, maintenance, equity, marginBalance].filter((line) => line !== undefined);
  const rows = roots.flatMap((line) => [...componentRows(line, 0)]);
  return `Account ${id}\n${textTable(statementColumns, rows)}`;
}

/** The lines of a statement without those of single positions. */
function* componentRows(line: Line, depth: number): Generator<StatementRow> {
  if (line.component === "position" || line.positionId !== undefined) return;
  yield { line, depth };
  for (const child of line.children) yield* componentRows(child, depth + 1);
}

function howOf({ combine, basis }: Line): string {
  const how = combine.kind === "product" ? `× ${combine.factorLabel}` : combine.kind === "leaf" ? "" : combine.kind;
  return basis === "computed" ? how : `${how} [${basis}]`.trim();
}

/** Parts of a decomposition that are printed; files have all. */
const shownParts = 12;

function splitsOf({ id, decompositions = [] }: AccountResult): readonly string[] {
  return decompositions.map((split) => {
    const parts = [...split.entries].sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount)).slice(0, shownParts);
    const of =
      parts.length < split.entries.length ? `; the ${parts.length} largest of ${split.entries.length} parts` : "";
    const table = textTable(
      [
        { title: split.title, text: ({ label }) => label },
        { title: `${split.unit}, loss > 0`, text: ({ amount }) => amountIn(split.unit, amount), right: true },
        { title: "Weight", text: ({ weight }) => (weight === undefined ? "" : formatPercent(weight)), right: true },
      ],
      parts,
    );
    return `Account ${id}, rule ${split.rule}: ${sumInWords(split)}${of}\n${table}`;
  });
}

function excludedOf({ excluded }: MarginResult): readonly string[] {
  if (excluded.length === 0) return [];
  const rows = textTable(
    [
      { title: "Left out", text: ({ symbol }) => symbol },
      { title: "Quantity", text: ({ quantity }) => formatQuantity(quantity), right: true },
      { title: "Why", text: ({ failure }) => failure.message },
    ],
    excluded,
  );
  return [rows];
}

function remarksOf({ remarks }: MarginResult): readonly string[] {
  if (remarks.length === 0) return [];
  const lines = remarks.map(({ message, rule, accuracy }) => {
    const marks = [accuracy, rule === undefined ? undefined : `rule ${rule}`].filter((mark) => mark !== undefined);
    return marks.length === 0 ? `- ${message}` : `- ${message} (${marks.join(", ")})`;
  });
  return [["Remarks", ...lines].join("\n")];
}
