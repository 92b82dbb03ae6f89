import { formatPercent } from "../base/format.ts";
import type { ValidationReport } from "../validation/index.ts";
import { number, text } from "./column.ts";
import type { ReportSection } from "./report-document.ts";

/** One-at-a-time and global sensitivity, and the interval of estimation. */
export function sensitivitySections(report: ValidationReport): readonly ReportSection[] {
  const { sensitivity, globalSensitivity, estimation } = report;
  const moved: readonly ReportSection[] =
    sensitivity === undefined
      ? []
      : [
          {
            heading: "Sensitivity, one parameter at a time",
            paragraphs: [`Margin at the base: ${sensitivity.baseMargin}.`],
            table: {
              columns: [
                ...[text("Parameter"), number("Base"), number("Moved to"), number("Margin"), number("Change")],
                ...[number("Relative"), number("Elasticity"), number("Exceptions"), text("Note")],
              ],
              rows: sensitivity.rows.map((row) => [
                ...[row.label, row.base, row.value, row.margin, row.change],
                ...[row.relativeChange, row.elasticity, row.exceptions, row.failure?.message ?? ""],
              ]),
            },
          },
        ];
  const whole: readonly ReportSection[] =
    globalSensitivity === undefined
      ? []
      : [
          {
            heading: "Sensitivity over the whole box of parameters",
            paragraphs: [
              `Margin from ${globalSensitivity.least} over the median ${globalSensitivity.median} to ${globalSensitivity.greatest}; ${globalSensitivity.points} points a sample, seed ${globalSensitivity.seed}, ${globalSensitivity.generator}.`,
            ],
            table: {
              columns: [text("Parameter"), number("First-order index"), number("Total index")],
              rows: globalSensitivity.indices.map(({ id, first, total }) => [id, first, total]),
            },
          },
        ];
  const error: readonly ReportSection[] =
    estimation === undefined
      ? []
      : [
          {
            heading: "Error of estimation",
            paragraphs: [
              `Margin ${estimation.estimate}; ${formatPercent(estimation.coverage)} of ${estimation.resamples} stationary resamples (mean block ${estimation.meanBlock}, seed ${estimation.seed}) lie from ${estimation.lower} to ${estimation.upper}.`,
            ],
          },
        ];
  return [...moved, ...whole, ...error];
}

/** Exceptions by look-back and confidence. */
export function mapSections({ exceptionMap }: ValidationReport): readonly ReportSection[] {
  if (exceptionMap === undefined) return [];
  return [
    {
      heading: "Exceptions by look-back and confidence",
      paragraphs: [],
      table: {
        columns: [number("Look-back"), number("Confidence"), number("Rows"), number("Exceptions"), text("Zone")],
        rows: exceptionMap.cells.map(({ lookback, confidence, observations, exceptions, zone }) => [
          ...[lookback, confidence, observations, exceptions, zone],
        ]),
      },
    },
  ];
}

/** The same books under other methods. */
export function benchmarkSections({ benchmarks }: ValidationReport): readonly ReportSection[] {
  if (benchmarks === undefined) return [];
  const { reference, threshold, unit, rows, leftOut } = benchmarks;
  return [
    {
      heading: "Benchmark books under other methods",
      paragraphs: [
        `Differences from ${reference} above ${formatPercent(threshold)} ask for an explanation.`,
        ...leftOut.map(({ message }) => `Left out: ${message}`),
      ],
      table: {
        columns: [
          ...[text("Book"), text("Method"), number(`Margin, ${unit}`), number("Difference")],
          ...[number("Positions left out"), text("Explanation")],
        ],
        rows: rows.map(({ book, method, margin, difference, excluded, toExplain, explanation }) => [
          ...[book, method, margin, difference, excluded, explanation ?? (toExplain ? "to be explained" : "")],
        ]),
      },
    },
  ];
}
