import { formatDay, formatInstant, formatNumber } from "../../../core/base/format.ts";
import type { CsvTable } from "../../app/download.ts";
import type { BacktestPoint, BacktestResult, MethodPoint } from "../../client/through-time.ts";
import { isBreach, methodLabels } from "../../figures/backtest-series.ts";
import { type GridColumn, numberColumn, textColumn } from "../../grids/columns.ts";

/** One instant with what every method said of it. */
export interface DayRow {
  readonly id: string;
  readonly asOfMs: number;
  readonly indices: Readonly<Record<string, number>>;
  readonly profitUsd: number | undefined;
  readonly lossUsd: number | undefined;
  readonly drivers: string;
  /** By label; absent where a method had no answer. */
  readonly methods: Readonly<Record<string, DayMethod>>;
  /** Labels of the methods whose requirement was below the loss. */
  readonly breaches: readonly string[];
  readonly gaps: Readonly<Record<string, string>>;
}

export interface DayMethod extends Pick<MethodPoint, "initialUsd" | "callUsd" | "version" | "excluded"> {
  /** Requirement less loss, USD; below 0 in a breach; absent while the loss is not known. */
  readonly headroomUsd: number | undefined;
}

export type DayView = "breaches" | "calls" | "all";

export function dayRows({ points }: Pick<BacktestResult, "points">): readonly DayRow[] {
  return points.map((point) => ({
    id: String(point.asOfMs),
    asOfMs: point.asOfMs,
    indices: point.indices,
    profitUsd: point.profitUsd,
    lossUsd: point.exposure?.lossUsd,
    drivers: point.exposure?.drivers.map(({ symbol }) => symbol).join(", ") ?? "",
    methods: Object.fromEntries(point.methods.map((method) => [method.label, dayMethod(point, method)])),
    breaches: point.methods.filter(({ initialUsd }) => isBreach(point, initialUsd)).map(({ label }) => label),
    gaps: Object.fromEntries(point.gaps.map(({ label, reason }) => [label, reason])),
  }));
}

/** Rows of a view in time order; breaches and calls may be none. */
export function rowsOfView(rows: readonly DayRow[], view: DayView): readonly DayRow[] {
  if (view === "all") return rows;
  if (view === "breaches") return rows.filter(({ breaches }) => breaches.length > 0);
  return rows.filter(({ methods }) => Object.values(methods).some(({ callUsd }) => callUsd > 0));
}

/** The method a day opens with: the one that was breached by most, else the first that answered. */
export function methodToOpen({ methods, breaches }: DayRow): string | undefined {
  const worst = [...breaches].sort((a, b) => (methods[a]?.headroomUsd ?? 0) - (methods[b]?.headroomUsd ?? 0));
  return worst[0] ?? Object.keys(methods)[0];
}

const whole = (value: number | null | undefined): string => formatNumber(value, { decimals: 0 });

export function dayColumns(
  result: Pick<BacktestResult, "points">,
  letterOf: (place: number) => string,
): GridColumn<DayRow>[] {
  const labels = methodLabels(result.points);
  const underlyings = [...new Set(result.points.flatMap(({ indices }) => Object.keys(indices)))];
  return [
    textColumn<DayRow>({
      id: "day",
      header: "Day, UTC",
      tooltip: "Instant of the market",
      value: ({ asOfMs }) => formatInstant(asOfMs).slice(0, 16),
      width: 150,
      pinned: "left",
    }),
    textColumn<DayRow>({
      id: "breaches",
      header: "Breach",
      tooltip: "Methods whose requirement was below the loss over the close-out period",
      value: ({ breaches }) =>
        breaches.length === 0 ? "" : `✕ ${breaches.map((label) => letterOf(labels.indexOf(label))).join(" ")}`,
      width: 84,
      pinned: "left",
    }),
    numberColumn<DayRow>({
      id: "loss",
      header: "Loss, USD",
      tooltip: "Of the positions held then, over the close-out period; loss > 0",
      value: ({ lossUsd }) => lossUsd,
      format: whole,
      whyMissing: () => "no market at the end of the close-out period",
      width: 96,
    }),
    ...labels.flatMap((label, place) => methodColumns(label, letterOf(place))),
    numberColumn<DayRow>({
      id: "profit",
      header: "Profit, USD",
      tooltip: "Since the instant before, of what was held then; gain > 0",
      value: ({ profitUsd }) => profitUsd,
      format: (value) => formatNumber(value, { decimals: 0, signed: true }),
      whyMissing: () => "nothing was held before",
      signal: true,
      width: 96,
    }),
    ...underlyings.map((name) =>
      numberColumn<DayRow>({ id: `index ${name}`, header: `${name}, USD`, value: ({ indices }) => indices[name] }),
    ),
    textColumn<DayRow>({ id: "drivers", header: "Lost most", value: ({ drivers }) => drivers, width: 260 }),
  ];
}

function methodColumns(label: string, letter: string): GridColumn<DayRow>[] {
  return [
    numberColumn<DayRow>({
      id: `margin ${label}`,
      header: `${letter} margin, USD`,
      tooltip: `Initial margin under ${label}`,
      value: ({ methods }) => methods[label]?.initialUsd,
      format: whole,
      whyMissing: (row) => (row as DayRow).gaps[label] ?? "not computed",
    }),
    numberColumn<DayRow>({
      id: `headroom ${label}`,
      header: `${letter} less loss, USD`,
      tooltip: `Requirement of ${label} less the loss; below 0 in a breach`,
      value: ({ methods }) => methods[label]?.headroomUsd,
      format: (value) => formatNumber(value, { decimals: 0, signed: true }),
      whyMissing: () => "no loss or no requirement on this day",
      signal: true,
    }),
    numberColumn<DayRow>({
      id: `call ${label}`,
      header: `${letter} call, USD`,
      tooltip: `Paid in under ${label}, because equity fell below maintenance`,
      value: ({ methods }) => methods[label]?.callUsd,
      format: (value) => (value === 0 ? "" : whole(value)),
      width: 92,
    }),
  ];
}

/** Every row of the grid with full precision. */
export function daysCsv(rows: readonly DayRow[]): CsvTable {
  const labels = [...new Set(rows.flatMap(({ methods }) => Object.keys(methods)))];
  return {
    header: [
      ...["time (UTC)", "loss (USD, loss > 0)", "profit (USD)", "lost most"],
      ...labels.flatMap((label) => [
        `${label} initial margin (USD)`,
        `${label} margin less loss (USD)`,
        `${label} call (USD)`,
        `${label} rules`,
        `${label} positions left out`,
      ]),
    ],
    rows: rows.map(({ asOfMs, lossUsd, profitUsd, drivers, methods }) => [
      ...[formatInstant(asOfMs), lossUsd, profitUsd, drivers],
      ...labels.flatMap((label) => {
        const method = methods[label];
        return [method?.initialUsd, method?.headroomUsd, method?.callUsd, method?.version, method?.excluded];
      }),
    ]),
  };
}

/** `2 of 42 days with a breach, 2026-02-02 to 2026-02-06`. */
export function breachSentence(rows: readonly DayRow[]): string {
  const breached = rowsOfView(rows, "breaches");
  const [first, last] = [breached[0], breached.at(-1)];
  if (!first || !last) return `no breach on ${rows.length} days`;
  const span = first === last ? formatDay(first.asOfMs) : `${formatDay(first.asOfMs)} to ${formatDay(last.asOfMs)}`;
  return `${breached.length} of ${rows.length} days with a breach, ${span}`;
}

function dayMethod(point: BacktestPoint, method: MethodPoint): DayMethod {
  const { initialUsd, callUsd, version, excluded } = method;
  const loss = point.exposure?.lossUsd;
  return {
    ...{ initialUsd, callUsd, version, excluded },
    headroomUsd: loss === undefined ? undefined : initialUsd - loss,
  };
}
