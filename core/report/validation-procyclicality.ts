import { formatDay } from "../base/format.ts";
import type { Procyclicality, SeriesValidation } from "../validation/index.ts";
import { number, text } from "./column.ts";
import type { ReportCell, ReportSection } from "./report-document.ts";

/** Procyclicality table and responsiveness report of one series. */
export function procyclicalitySections(series: SeriesValidation): readonly ReportSection[] {
  return [procyclicalitySection(series), responsivenessSection(series)];
}

function procyclicalitySection(series: SeriesValidation): ReportSection {
  const { label, unit, procyclicality, toolCost, unmitigated, marginToVolatility } = series;
  const named = procyclicality.map((one) => ({ name: windowName(one), one }));
  const all = [...named, ...(unmitigated === undefined ? [] : [{ name: "whole, without tools", one: unmitigated }])];
  return {
    heading: `${label}: procyclicality`,
    paragraphs: [
      ...(toolCost === undefined
        ? []
        : [
            `Cost of the anti-procyclicality tools: mean margin with them over mean margin without, less one: ${toolCost}.`,
          ]),
      ...(marginToVolatility === undefined
        ? []
        : [
            `ln margin on ln volatility: slope ${marginToVolatility.slope}, standard error ${marginToVolatility.slopeStandardError}, R² ${marginToVolatility.rSquared}, ${marginToVolatility.sampleSize} rows.`,
          ]),
    ],
    table: {
      columns: [text("Figure"), text("Unit"), ...all.map(({ name }) => number(name))],
      rows: figureRows(
        all.map(({ one }) => one),
        unit,
      ),
    },
  };
}

function figureRows(windows: readonly Procyclicality[], unit: string): readonly (readonly ReportCell[])[] {
  const across = (label: string, of: string, value: (one: Procyclicality) => number | undefined): ReportCell[] => [
    ...[label, of, ...windows.map(value)],
  ];
  const rises = (windows[0]?.rises ?? []).flatMap(({ rows }) => {
    const figure = (one: Procyclicality) => one.rises.find((rise) => rise.rows === rows);
    return [
      across(`Largest ${rows}-day rise`, "fraction", (one) => figure(one)?.largest?.relative),
      across(`Largest ${rows}-day rise, amount`, unit, (one) => figure(one)?.largest?.absolute),
      across(`99th percentile of ${rows}-day changes`, "by the measure chosen", (one) => figure(one)?.percentile99),
    ];
  });
  return [
    across("Rows", "rows", ({ rows }) => rows),
    across("Mean margin", unit, ({ mean }) => mean),
    across("Peak to trough", "ratio", ({ peakToTrough }) => peakToTrough),
    across("Peak after trough", "ratio", ({ orderedPeakToTrough }) => orderedPeakToTrough),
    across("Standard deviation of daily log changes", "fraction", ({ stability }) => stability),
    ...rises,
  ];
}

function windowName({ months, complete }: Procyclicality): string {
  if (months === undefined) return "whole";
  return `${months} months${complete ? "" : " (not complete)"}`;
}

function responsivenessSection({ label, unit, responsiveness }: SeriesValidation): ReportSection {
  const { figures, options } = responsiveness;
  return {
    heading: `${label}: responsiveness`,
    paragraphs: [
      `Largest ${options.measure} ${options.falls ? "change, rise or fall" : "rise"}; the earlier margin ${options.fromBefore ? "may lie" : "does not lie"} before the window.`,
    ],
    table: {
      columns: [
        ...[text("Over"), text("Within"), number("Relative"), number(`Amount, ${unit}`), text("From"), text("To")],
        ...[number("Changes"), text("Window")],
      ],
      rows: figures.map(({ rows, months, largest, changes, complete }) => [
        ...[`${rows} ${rows === 1 ? "day" : "days"}`, `${months} months`, largest?.relative, largest?.absolute],
        ...[
          largest === undefined ? "" : formatDay(largest.fromMs),
          largest === undefined ? "" : formatDay(largest.toMs),
        ],
        ...[changes, complete ? "complete" : "the series is shorter"],
      ]),
    },
  };
}
