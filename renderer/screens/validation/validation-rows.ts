import { formatDay, formatNumber, formatPercent } from "../../../core/base/format.ts";
import type { CsvTable } from "../../app/download.ts";
import type { SeriesValidation, TestGroup, TestOutcome, ValidationReport } from "../../client/through-time.ts";

/** One figure of one method: text on screen, number for files. */
export interface ValidationCell {
  readonly text: string;
  readonly raw?: number | undefined;
  /** What stands behind it; shown on hover. */
  readonly title?: string;
  /** A decision: told by its word and mark, coloured besides. */
  readonly verdict?: Verdict;
}

export type Verdict = "accept" | "reject" | "not testable" | "green" | "yellow" | "red";

export interface ValidationRow {
  readonly id: string;
  readonly label: string;
  readonly unit: string;
  /** In the order of the series. */
  readonly cells: readonly ValidationCell[];
}

export interface ValidationSection {
  readonly title: string;
  readonly note?: string;
  readonly rows: readonly ValidationRow[];
}

const none: ValidationCell = { text: "—" };

/** A verdict is told by its word and its mark; colour only repeats them. */
export const verdictMarks: Readonly<Record<Verdict, string>> = {
  accept: "✓",
  reject: "✕",
  "not testable": "○",
  green: "●",
  yellow: "▲",
  red: "■",
};

/** The dashboard: figures down, methods across. */
export function validationSections({ series, settings }: ValidationReport): readonly ValidationSection[] {
  return [
    { title: "Coverage", rows: coverageRows(series) },
    {
      title: "Tests of the margin",
      note: `A test rejects below a p-value of ${formatPercent(settings.level, { decimals: 1 })}`,
      rows: testRows(series.map(({ groups }) => groups.find(({ against }) => against === "margin"))),
    },
    {
      title: "Tests of the forecast",
      note: "Of methods that state a value at risk",
      rows: testRows(series.map(({ groups }) => groups.find(({ against }) => against === "valueAtRisk"))),
    },
    { title: "Procyclicality", rows: procyclicalityRows(series) },
  ].filter(({ rows }) => rows.length > 0);
}

function coverageRows(series: readonly SeriesValidation[]): readonly ValidationRow[] {
  const row = (
    id: string,
    label: string,
    unit: string,
    cell: (one: SeriesValidation) => ValidationCell,
  ): ValidationRow => ({ ...{ id, label, unit }, cells: series.map(cell) });
  const money = { decimals: 0 };
  return [
    row("zone", "Traffic light", "", zoneCell),
    row("observations", "Observations", "", ({ coverage }) => number(coverage.observations, { decimals: 0 })),
    row("exceptions", "Breaches", "", ({ coverage, exceptions }) => ({
      ...number(coverage.exceptions, { decimals: 0 }),
      ...(exceptions.length > 0 && { title: exceptions.map(({ timeMs }) => formatDay(timeMs)).join(", ") }),
    })),
    row("in-count", "Covered, by count", "%", ({ coverage }) => ({
      ...percent(coverage.inCount),
      title: `${coverage.meetsTarget ? "meets" : "below"} the promised ${formatPercent(coverage.target)}`,
    })),
    row("in-value", "Covered, by value", "%", ({ coverage }) => percent(coverage.inValue)),
    row("mean-shortfall", "Mean shortfall", "USD", ({ coverage }) => number(coverage.meanShortfall, money)),
    row("largest-shortfall", "Largest shortfall", "USD", ({ coverage }) => number(coverage.largestShortfall, money)),
    row("mean-margin", "Mean margin", "USD", ({ coverage }) => number(coverage.meanMargin, money)),
  ];
}

function zoneCell({ groups }: SeriesValidation): ValidationCell {
  const light = groups.find(({ against }) => against === "margin")?.trafficLight;
  if (!light) return none;
  const { zone, exceptions, observations, firstYellow, firstRed, atLeast } = light;
  return {
    text: zone,
    verdict: zone,
    title: `${exceptions} breaches of ${observations}; yellow from ${firstYellow}, red from ${firstRed}; probability of as many or more when right ${formatNumber(atLeast, { significant: 3 })}`,
  };
}

/** A row a test that any series has, in the order they first come. */
function testRows(groups: readonly (TestGroup | undefined)[]): readonly ValidationRow[] {
  const tests = new Map(groups.flatMap((group) => group?.tests ?? []).map(({ id, title }) => [id, title]));
  return [...tests].map(([id, label]) => ({
    ...{ id, label, unit: "p" },
    cells: groups.map((group) => {
      const test = group?.tests.find((one) => one.id === id);
      return test ? testCell(test) : none;
    }),
  }));
}

function testCell(test: TestOutcome): ValidationCell {
  const { decision, pValue } = test;
  return {
    text: pValue === undefined ? decision : `${decision}, ${formatNumber(pValue, { decimals: 3 })}`,
    raw: pValue,
    verdict: decision,
    title: testWords(test),
  };
}

/** Statistic against critical value, sample, direction and reservations in one line. */
export function testWords(test: TestOutcome): string {
  const { statistic, criticalValue, rejects, distribution, sampleSize, direction, remarks } = test;
  const digits = { significant: 4 };
  return [
    ...(statistic === undefined
      ? []
      : [`statistic ${formatNumber(statistic, digits)}, rejects ${rejects} ${formatNumber(criticalValue, digits)}`]),
    ...(distribution === "" ? [] : [distribution]),
    `sample ${formatNumber(sampleSize, { decimals: 0 })}`,
    ...(direction === undefined ? [] : [direction]),
    ...remarks,
  ].join("; ");
}

function procyclicalityRows(series: readonly SeriesValidation[]): readonly ValidationRow[] {
  const peaks = [undefined, 12, 3].map((months): ValidationRow => {
    const of = months === undefined ? "whole series" : `last ${months} months`;
    return {
      ...{ id: `peak ${months ?? "all"}`, label: `Peak to trough, ${of}`, unit: "times" },
      cells: series.map(({ procyclicality }) => {
        const found = procyclicality.find((one) => one.months === months);
        return found
          ? { ...number(found.peakToTrough, { decimals: 2 }), title: `${found.rows} rows${partWords(found.complete)}` }
          : none;
      }),
    };
  });
  const rises = [3, 12].flatMap((months) =>
    [1, 20].map(
      (rows): ValidationRow => ({
        ...{ id: `rise ${rows} ${months}`, label: `Largest ${rows}-day rise, ${months} months`, unit: "%" },
        cells: series.map(({ responsiveness }) => {
          const found = responsiveness.figures.find((one) => one.months === months && one.rows === rows);
          if (!found?.largest) return none;
          const { relative, fromMs, toMs, absolute } = found.largest;
          return {
            ...percent(relative, true),
            title: `${formatDay(fromMs)} to ${formatDay(toMs)}, ${formatNumber(absolute, { decimals: 0, signed: true })} USD${partWords(found.complete)}`,
          };
        }),
      }),
    ),
  );
  const least = Math.min(...series.map(({ coverage }) => coverage.meanMargin));
  const cost: ValidationRow = {
    ...{ id: "cost", label: "Cost: mean margin over the least of the methods", unit: "%" },
    cells: series.map(({ coverage }) => percent(least > 0 ? coverage.meanMargin / least - 1 : undefined, true)),
  };
  const tools: ValidationRow = {
    ...{ id: "tools", label: "Cost of the anti-procyclicality tools", unit: "%" },
    cells: series.map(({ toolCost }) => percent(toolCost, true)),
  };
  return [...peaks, ...rises, cost, ...(series.some(({ toolCost }) => toolCost !== undefined) ? [tools] : [])];
}

const partWords = (complete: boolean): string => (complete ? "" : "; the series is shorter than the window");

/** Every figure with its raw number, decision and reservations. */
export function validationCsv(report: ValidationReport): CsvTable {
  return {
    header: ["section", "figure", "unit", "method", "value", "shown", "detail"],
    rows: validationSections(report).flatMap(({ title, rows }) =>
      rows.flatMap(({ label, unit, cells }) =>
        cells.map(({ raw, text, title: detail }, place) => [
          ...[title, label, unit, report.series[place]?.label, raw, text, detail],
        ]),
      ),
    ),
    remarks: [`validation sha256 ${report.sha256}`, ...report.limitations, ...report.gaps],
  };
}

function number(value: number | undefined, options: { readonly decimals: number }): ValidationCell {
  return { text: formatNumber(value, options), raw: value };
}

function percent(value: number | undefined, signed = false): ValidationCell {
  return { text: formatNumber(value === undefined ? undefined : value * 100, { decimals: 2, signed }), raw: value };
}
