import { formatGreek, formatNumber } from "../../../core/base/format.ts";
import type { CsvTable } from "../../app/download.ts";
import type { WhatIfColumn, WhatIfFigures, WhatIfResult } from "../../client/what-if.ts";

/** One figure of a method before and after, in the order it is shown. */
export interface FigureRow {
  readonly id: string;
  readonly label: string;
  readonly before: number | undefined;
  readonly after: number | undefined;
  readonly change: number | undefined;
  /** A change above 0 is worse: requirements. Absent: neither. */
  readonly worse?: "up" | "down";
  readonly title?: string;
}

type Pick1 = (figures: WhatIfFigures) => number | undefined;

const figures: readonly (readonly [string, string, Pick1, FigureRow["worse"], string?])[] = [
  ["initial", "Initial margin", (f) => f.initialUsd, "up"],
  ["maintenance", "Maintenance margin", (f) => f.maintenanceUsd, "up"],
  ["equity", "Equity", (f) => f.equityUsd, "down"],
  ["available", "Available", (f) => f.availableUsd, "down", "Margin balance less initial margin"],
  [
    "headroom",
    "Headroom to liquidation",
    (f) => f.headroomUsd,
    "down",
    "Margin balance less maintenance margin, nearest account",
  ],
  ["delta", "Delta × index", (f) => f.exposure.deltaUsd, undefined, "Delta × index, USD"],
  ["gamma", "Gamma for 1 %", (f) => f.exposure.gammaUsd, undefined, "Change of delta for 1 % of price, USD"],
  ["vega", "Vega per point", (f) => f.exposure.vegaUsd, undefined, "USD per volatility point"],
  ["theta", "Theta per day", (f) => f.exposure.thetaUsd, undefined, "USD per calendar day"],
  [
    ...(["stress", "Worst stress", (f: WhatIfFigures) => f.worstStress?.profitUsd, "down"] as const),
    "Lowest profit over the scenarios of the ticket, those of its stress sets too",
  ],
  ["wide", "Worst on the wide grid", (f) => f.worstWide.profitUsd, "down", "A grid twice as wide as the method's"],
];

/** Figures of one method; those that neither side has are left out. */
export function figureRows({ before, after }: Pick<WhatIfColumn, "before" | "after">): readonly FigureRow[] {
  return figures.flatMap(([id, label, of, worse, title]) => {
    const [one, other] = [of(before), of(after)];
    if (one === undefined && other === undefined) return [];
    const change = one === undefined || other === undefined ? undefined : other - one;
    return [
      {
        ...{ id, label, before: one, after: other, change },
        ...(worse === undefined ? {} : { worse }),
        ...(title === undefined ? {} : { title }),
      },
    ];
  });
}

/** Whether a change goes the wrong way: told by a word, not by colour alone. */
export function verdictOf({ change, worse }: FigureRow): "better" | "worse" | undefined {
  if (change === undefined || change === 0 || worse === undefined) return undefined;
  return change > 0 === (worse === "up") ? "worse" : "better";
}

export function amount(value: number | undefined): string {
  return formatNumber(value, { decimals: 0 });
}

export function signed(value: number | undefined): string {
  return formatNumber(value, { decimals: 0, signed: true });
}

/** Shares as percent, everything else in whole dollars. */
export function limitValue(measure: string, value: number | undefined): string {
  if (measure.endsWith("share"))
    return formatNumber(value === undefined ? value : value * 100, { decimals: 1, unit: "%" });
  return value !== undefined && Math.abs(value) < 10 ? formatGreek(value) : amount(value);
}

export function computedColumns({ columns }: WhatIfResult): readonly WhatIfColumn[] {
  return columns.filter((column): column is WhatIfColumn => !("failure" in column));
}

/** Every figure of every method, full precision. */
export function resultCsv(result: WhatIfResult): CsvTable {
  return {
    header: ["WHAT-IF method", "figure", "before, USD", "after, USD", "change, USD"],
    rows: computedColumns(result).flatMap((column) =>
      figureRows(column).map(({ label, before, after, change }) => [column.label, label, before, after, change]),
    ),
  };
}
