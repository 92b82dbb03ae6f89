import { formatDay, formatNumber, rawNumber } from "../../../core/base/format.ts";
import type { SeriesCoverage } from "../../client/through-time.ts";
import { numberColumn, textColumn } from "../../grids/columns.ts";
import type { CsvTable } from "../download.ts";

const whole = (value: number | null | undefined): string => formatNumber(value, { decimals: 0 });
const plain = (value: number | null | undefined): string => rawNumber(value).replace("-", "−");

/** `every-day` as a reader says it. */
const words = (value: string): string => value.replaceAll("-", " ");

/** What a history holds of each factor. */
export const coverageColumns = [
  textColumn<SeriesCoverage>({ id: "factor", header: "Factor", value: ({ factor }) => factor, width: 150 }),
  textColumn<SeriesCoverage>({ id: "first", header: "First", value: ({ firstMs }) => formatDay(firstMs), width: 92 }),
  textColumn<SeriesCoverage>({ id: "last", header: "Last", value: ({ lastMs }) => formatDay(lastMs), width: 92 }),
  numberColumn<SeriesCoverage>({
    id: "observations",
    header: "Values",
    tooltip: "Observations",
    value: ({ observations }) => observations,
    format: whole,
    width: 72,
  }),
  numberColumn<SeriesCoverage>({
    id: "missing",
    header: "Missing days",
    tooltip: "Days of the calendar without a value; no change is taken across them",
    value: ({ missingDays }) => missingDays,
    format: whole,
    width: 104,
  }),
  numberColumn<SeriesCoverage>({
    id: "gaps",
    header: "Gaps",
    tooltip: "Runs of missing days",
    value: ({ gaps }) => gaps,
    format: whole,
    width: 62,
  }),
  numberColumn<SeriesCoverage>({
    id: "notPositive",
    header: "≤ 0",
    tooltip: "Values not above 0: no relative or log change can be taken of them",
    value: ({ notPositive }) => notPositive,
    format: whole,
    width: 56,
  }),
  textColumn<SeriesCoverage>({ id: "unit", header: "Unit", value: ({ unit }) => unit, width: 150 }),
  textColumn<SeriesCoverage>({ id: "change", header: "Change", value: ({ change }) => change, width: 84 }),
  textColumn<SeriesCoverage>({
    id: "calendar",
    header: "Calendar",
    value: ({ calendar }) => words(calendar),
    width: 96,
  }),
  numberColumn<SeriesCoverage>({ id: "least", header: "Least", value: ({ least }) => least, format: plain, width: 88 }),
  numberColumn<SeriesCoverage>({
    id: "largest",
    header: "Largest",
    value: ({ largest }) => largest,
    format: plain,
    width: 88,
  }),
  numberColumn<SeriesCoverage>({
    id: "breaks",
    header: "Joins",
    tooltip: "Where one source follows another; no change is taken across them",
    value: ({ breaks }) => breaks,
    format: whole,
    width: 60,
  }),
  textColumn<SeriesCoverage>({ id: "source", header: "Source", value: ({ source }) => source, width: 180 }),
];

export function coverageCsv(series: readonly SeriesCoverage[]): CsvTable {
  return {
    header: [
      ...["factor", "first", "last", "observations", "missing days", "gaps", "not above 0", "least", "largest"],
      ...["unit", "change", "calendar", "joins", "source", "warnings"],
    ],
    rows: series.map((s) => [
      ...[s.factor, new Date(s.firstMs).toISOString(), new Date(s.lastMs).toISOString(), s.observations],
      ...[s.missingDays, s.gaps, s.notPositive, s.least, s.largest, s.unit, s.change, s.calendar, s.breaks, s.source],
      s.warnings.join("; "),
    ]),
  };
}
