import { formatInstant, formatNumber, formatQuantity } from "../../base/format.ts";
import type { BreakLine, BreakReport } from "../../explain/index.ts";
import { type Column, textTable } from "./text-table.ts";

/** A break report as a page of text: verdict, lines, the way from our figure to the charged one, what was tried. */
export function breakReportText(report: BreakReport): string {
  return [
    heading(report),
    textTable(lineColumns, report.lines),
    ...report.bridges.map(bridgeText),
    ...(report.swaps.length === 0 ? [] : [textTable(swapColumns, report.swaps)]),
    ...cellsText(report),
    ...positionsText(report),
    ...listText(
      "Left out of our figure",
      report.excluded.map(({ symbol, failure }) => `${symbol}: ${failure.message}`),
    ),
    ...listText(
      "Parameters of the reply that differ",
      report.parameters.overrides.map(({ path, value }) => `${path} = ${value}`),
    ),
    ...listText(
      "Parameters that cannot be used",
      report.parameters.refused.map(({ parameter, reason }) => `${parameter.at}: ${reason}`),
    ),
    ...listText("Notes", report.remarks),
  ].join("\n\n");
}

function heading(report: BreakReport): string {
  const { verdict, counts, methodology, rules, formats, chargedAsOfMs } = report;
  const when = chargedAsOfMs === undefined ? "time not stated" : formatInstant(chargedAsOfMs);
  return [
    `${report.portfolioName} against ${report.venue}: ${verdict}`,
    `${counts.matched} matched, ${counts["within-rounding"]} within rounding, ${counts.explained} explained, ${counts.unexplained} unexplained`,
    `${methodology.title}, rules ${rules.version}, at ${report.marketName}, ${formatInstant(report.asOfMs)}`,
    `charged: ${formats.map(({ title }) => title).join("; ")}, ${when}`,
  ].join("\n");
}

const amount = (value: number | undefined): string => formatNumber(value, { significant: 12 });

const lineColumns: readonly Column<BreakLine>[] = [
  { title: "Line", text: ({ label, depth }) => `${"  ".repeat(depth)}${label}` },
  { title: "Own", text: ({ own }) => amount(own), right: true },
  { title: "Charged", text: ({ charged }) => amount(charged), right: true },
  { title: "Difference", text: (line) => differenceOf(line), right: true },
  { title: "Unit", text: ({ unit }) => unit },
  { title: "Verdict", text: ({ verdict }) => verdict },
  { title: "Because of", text: ({ explainedBy }) => explainedBy.map(({ label }) => label).join("; ") },
];

/** A matched line differs by the noise of arithmetic at most: that shows as nothing. */
function differenceOf({ difference, verdict }: BreakLine): string {
  return verdict === "matched" ? "" : formatNumber(difference, { significant: 6, signed: true });
}

function bridgeText({ label, account, unit, own, charged, steps, decimals }: BreakReport["bridges"][number]): string {
  const rows = [
    ["own", own] as const,
    ...steps.map((step) => [step.label, step.amount] as const),
    ["charged", charged] as const,
  ];
  return textTable(
    [
      { title: `${label}, ${account}`, text: ([name]) => name },
      { title: unit, text: ([, value]) => formatNumber(value, { decimals: Math.min(decimals, 20) }), right: true },
    ],
    rows,
  );
}

const swapColumns: readonly Column<BreakReport["swaps"][number]>[] = [
  { title: "One input at a time", text: ({ label }) => label },
  {
    title: "Outcome",
    text: ({ outcome, failure }) => (failure === undefined ? outcome : `${outcome}: ${failure.message}`),
  },
  { title: "Lines it closes", text: ({ closes }) => formatQuantity(closes.length), right: true },
];

function cellsText({ cells }: BreakReport): readonly string[] {
  if (cells === undefined) return [];
  const { compared, matched, withinRounding, openCount, notComparable, open } = cells;
  const shown = open.slice(0, 10);
  const summary = `Scenario cells: ${compared} compared, ${matched} matched, ${withinRounding} within rounding, ${openCount} apart, ${notComparable} without a counterpart`;
  if (shown.length === 0) return [summary];
  const table = textTable(
    [
      { title: "Vector", text: ({ vector }) => vector },
      { title: "Cell", text: ({ cell }) => cell },
      { title: "Own", text: ({ own }) => amount(own), right: true },
      { title: "Charged", text: ({ charged }) => amount(charged), right: true },
    ],
    shown,
  );
  return [`${summary}\n${table}`];
}

function positionsText({ positions }: BreakReport): readonly string[] {
  if (positions.length === 0) return [];
  return [
    textTable(
      [
        { title: "Position that differs", text: ({ symbol }) => symbol },
        { title: "Own", text: ({ own }) => formatQuantity(own), right: true },
        { title: "Reply", text: ({ stated }) => formatQuantity(stated), right: true },
      ],
      positions,
    ),
  ];
}

function listText(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [[title, ...items.map((item) => `- ${item}`)].join("\n")];
}
