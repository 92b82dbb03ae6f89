import { formatNumber } from "../../../core/base/format.ts";
import type { CsvTable } from "../../app/download.ts";
import type { StressedScenario, StressOutcome, StressRun } from "../../client/stress.ts";
import type { RankedScenario } from "../../figures/stress-figure.ts";
import { type GridColumn, numberColumn, textColumn } from "../../grids/columns.ts";
import { flagText, leadingFlags, leadingPnl, worstStepOf } from "./stress-words.ts";

/** A scenario with its outcome under each column; a column that could not be computed has none. */
export interface StressRow {
  readonly id: string;
  readonly scenario: StressedScenario;
  readonly outcomes: readonly (StressOutcome | undefined)[];
  /** Under the column that is shown. */
  readonly outcome: StressOutcome | undefined;
  readonly failure: string | undefined;
}

/** Scenarios ranked by loss under a column; those without an outcome come last. */
export function stressRows({ scenarios, columns }: StressRun, column: number): StressRow[] {
  return scenarios
    .map((scenario): StressRow => {
      const outcomes = columns.map((_, place) => scenario.outcomes.find((one) => one.column === place));
      const failure = scenario.failures.find((one) => one.column === column)?.failure.message;
      return { id: scenario.id, scenario, outcomes, outcome: outcomes[column], failure };
    })
    .sort((a, b) => (a.outcome?.rank ?? Number.MAX_VALUE) - (b.outcome?.rank ?? Number.MAX_VALUE));
}

export function rankedScenarios(rows: readonly StressRow[], selected: string | undefined): RankedScenario[] {
  return rows.flatMap(({ id, scenario, outcome }) =>
    outcome
      ? [
          {
            ...{ label: labelOf(scenario), pnlUsd: leadingPnl(outcome) },
            ...{ flag: flagText(leadingFlags(outcome)), selected: id === selected },
          },
        ]
      : [],
  );
}

/** Factors of the book that the scenario has no figure for; what it names beyond the book is not among them. */
export function stillInBook({ notMoved }: Pick<StressedScenario, "notMoved">): StressedScenario["notMoved"] {
  return notMoved.filter(({ factor }) => factor.includes(":"));
}

/** `price:BTC` as `BTC price`, `volatility:BTC:30d` as `BTC volatility 30d`. */
export function factorText({ factor }: { readonly factor: string }): string {
  const [kind = "", name = "", ...rest] = factor.split(":");
  return name === "" ? kind : [name, kind, ...rest].join(" ");
}

export const labelOf = ({ label, days }: StressedScenario): string => (days > 0 ? `${label} +${days} d` : label);

const money = (value: number | null | undefined): string => formatNumber(value, { decimals: 0 });
const signedMoney = (value: number | null | undefined): string => formatNumber(value, { decimals: 0, signed: true });
const why = (row: unknown): string => (row as StressRow).failure ?? "no balance is known";

interface AmountColumn {
  readonly id: string;
  readonly header: string;
  readonly tooltip?: string;
  readonly value: (outcome: StressOutcome) => number | undefined;
  readonly format?: (value: number | null | undefined) => string;
  readonly signal?: boolean;
  readonly width?: number;
}

const amount = ({ value, format = money, ...column }: AmountColumn): GridColumn<StressRow> =>
  numberColumn<StressRow>({
    ...column,
    format,
    value: ({ outcome }) => outcome && value(outcome),
    whyMissing: why,
    width: column.width ?? 112,
  });

const name: GridColumn<StressRow> = textColumn<StressRow>({
  ...{ id: "scenario", header: "Scenario", value: ({ scenario }) => labelOf(scenario), width: 230, pinned: "left" },
});

const rank: GridColumn<StressRow> = numberColumn<StressRow>({
  ...{ id: "rank", header: "#", tooltip: "1 is the largest loss, of a path that at its worst step", width: 44 },
  pinned: "left",
  value: ({ outcome }) => outcome?.rank,
  format: money,
  whyMissing: why,
});

/** The worst step of a path leads; the columns behind are of the event at once. */
const pathColumns: GridColumn<StressRow>[] = [
  amount({
    ...{ id: "worst", header: "Worst step, USD", tooltip: "P&L since the start at the worst step of the path" },
    ...{ value: leadingPnl, format: signedMoney, signal: true, width: 124 },
  }),
  textColumn<StressRow>({
    ...{ id: "worstStep", header: "Worst at", width: 150 },
    value: ({ outcome }) => outcome && worstStepOf(outcome)?.label,
  }),
  textColumn<StressRow>({
    ...{ id: "pathFlag", header: "Leads to", tooltip: "At any step, before its call is met", width: 118 },
    value: ({ outcome, failure }) => (outcome ? flagText(leadingFlags(outcome)) : failure),
  }),
  amount({
    ...{ id: "called", header: "Called, USD", tooltip: "All calls along the path, met in cash" },
    value: ({ steps }) => steps?.at(-1)?.calledUsd,
  }),
];

const pnlColumn = (header: string): GridColumn<StressRow> =>
  amount({ id: "pnl", header, value: ({ pnlUsd }) => pnlUsd, format: signedMoney, signal: true, width: 128 });

const flagColumn: GridColumn<StressRow> = textColumn<StressRow>({
  ...{ id: "flag", header: "Leads to", width: 118 },
  value: ({ outcome, failure }) => (outcome ? flagText(outcome.flags) : failure),
});

/** Everything about one method. */
export function outcomeColumns(mode: StressRun["mode"]): GridColumn<StressRow>[] {
  const leading = mode === "path" ? [...pathColumns, pnlColumn("At once, USD")] : [pnlColumn("P&L, USD"), flagColumn];
  return [rank, name, ...leading, ...amountColumns];
}

const amountColumns: GridColumn<StressRow>[] = [
  amount({ id: "call", header: "Call, USD", value: ({ after }) => after.callUsd }),
  amount({ id: "before", header: "Initial before, USD", value: ({ before }) => before.initialUsd, width: 130 }),
  amount({ id: "after", header: "Initial after, USD", value: ({ after }) => after.initialUsd, width: 124 }),
  amount({
    id: "maintenance",
    header: "Maintenance after, USD",
    value: ({ after }) => after.maintenanceUsd,
    width: 156,
  }),
  amount({ id: "equity", header: "Equity after, USD", value: ({ after }) => after.equityUsd, width: 126 }),
  amount({
    ...{ id: "balance", header: "Margin balance after, USD", value: ({ after }) => after.marginBalanceUsd, width: 172 },
  }),
  amount({
    ...{ id: "ratio", header: "Ratio, %", tooltip: "Maintenance ÷ margin balance; liquidation at 100", width: 84 },
    value: ({ after }) => after.marginRatio,
    format: (value) => formatNumber(typeof value === "number" ? value * 100 : value, { decimals: 1 }),
  }),
  textColumn<StressRow>({
    ...{ id: "binding", header: "Binding after", value: ({ outcome }) => outcome?.after.binding, width: 200 },
  }),
  numberColumn<StressRow>({
    ...{ id: "norm", header: "Norm, sd", tooltip: "Mahalanobis norm under the history", width: 88 },
    value: ({ scenario }) => scenario.severity.norm,
    whyMissing: (row) => (row as StressRow).scenario.severity.note ?? "no history",
  }),
  numberColumn<StressRow>({
    ...{ id: "percentile", header: "Percentile", tooltip: "Share of the history's moves that are less far", width: 94 },
    value: ({ scenario }) => scenario.severity.percentile,
    format: (value) => formatNumber(typeof value === "number" ? value * 100 : value, { decimals: 2 }),
    whyMissing: (row) => (row as StressRow).scenario.severity.note ?? "no history",
  }),
  textColumn<StressRow>({
    ...{ id: "notMoved", header: "Not moved", width: 170 },
    value: ({ scenario }) => stillInBook(scenario).map(factorText).join(", "),
  }),
  textColumn<StressRow>({
    ...{ id: "parameters", header: "Parameters", value: ({ outcome }) => outcome?.parameters, width: 190 },
  }),
  textColumn<StressRow>({ id: "set", header: "Set", value: ({ scenario }) => scenario.setName, width: 160 }),
];

/** One group of columns a method: loss, margin after, call. */
export function comparedColumns({ columns, mode }: StressRun): GridColumn<StressRow>[] {
  const isPath = mode === "path";
  return [
    name,
    ...columns.flatMap(({ label, methodology }, place) => [
      numberColumn<StressRow>({
        ...{
          id: `pnl ${place}`,
          header: `${isPath ? "Worst step" : "P&L"}, ${methodology.id}`,
          tooltip: `Profit under ${label}${isPath ? " at the worst step of the path" : ""}, USD`,
          signal: true,
          width: 150,
        },
        value: ({ outcomes }) => ofOutcome(outcomes[place], leadingPnl),
        format: signedMoney,
        whyMissing: (row) => failureOf(row as StressRow, place),
      }),
      numberColumn<StressRow>({
        ...{ id: `initial ${place}`, header: "Initial after", width: 108 },
        tooltip: `Under ${label}${isPath ? ", the event at once" : ""}, USD`,
        value: ({ outcomes }) => outcomes[place]?.after.initialUsd,
        format: money,
        whyMissing: (row) => failureOf(row as StressRow, place),
      }),
      numberColumn<StressRow>({
        ...{ id: `call ${place}`, header: isPath ? "Called" : "Call", width: 96 },
        tooltip: `Under ${label}${isPath ? ", all calls along the path" : ""}, USD`,
        value: ({ outcomes }) =>
          ofOutcome(outcomes[place], ({ steps, after }) => steps?.at(-1)?.calledUsd ?? after.callUsd),
        format: money,
        whyMissing: (row) => failureOf(row as StressRow, place),
      }),
      textColumn<StressRow>({
        ...{ id: `flag ${place}`, header: "Leads to", tooltip: `Under ${label}`, width: 112 },
        value: ({ outcomes }) => flagText(ofOutcome(outcomes[place], leadingFlags) ?? []),
      }),
    ]),
  ];
}

function ofOutcome<T>(outcome: StressOutcome | undefined, read: (outcome: StressOutcome) => T): T | undefined {
  return outcome && read(outcome);
}

function failureOf({ scenario }: StressRow, column: number): string {
  return scenario.failures.find((one) => one.column === column)?.failure.message ?? "no balance is known";
}

function pathCells(outcome: StressOutcome | undefined): (string | number | undefined)[] {
  const step = outcome && worstStepOf(outcome);
  const called = outcome?.steps?.at(-1)?.calledUsd;
  return [step?.label, step?.pnlUsd, called, outcome && leadingFlags(outcome).join(" ")];
}

/** Every scenario under every method. */
export function stressCsv(run: StressRun): CsvTable {
  const { columns, scenarios, notice, mode, scale, parameters } = run;
  return {
    header: [
      ...["set", "scenario", "label", "kind", "days", "method", "parameters", "rank", "P&L (USD)", "collateral (USD)"],
      ...["initial before (USD)", "initial after (USD)", "maintenance before (USD)", "maintenance after (USD)"],
      ...["equity before (USD)", "equity after (USD)", "margin balance after (USD)", "margin ratio after (fraction)"],
      ...["call (USD)", "flags", "binding after", "norm (sd)", "percentile", "not moved", "failure"],
      ...(mode === "path" ? ["worst step", "P&L at worst step (USD)", "called along path (USD)", "flags of path"] : []),
    ],
    rows: scenarios.flatMap((scenario) =>
      columns.map(({ label }, place) => {
        const outcome = scenario.outcomes.find(({ column }) => column === place);
        const failure = scenario.failures.find(({ column }) => column === place)?.failure.message;
        const { before, after } = outcome ?? {};
        return [
          ...[scenario.setName, scenario.scenarioId, scenario.label, scenario.kind, scenario.days, label],
          ...[outcome?.parameters, outcome?.rank, outcome?.pnlUsd, outcome?.collateralUsd],
          ...[before?.initialUsd, after?.initialUsd, before?.maintenanceUsd, after?.maintenanceUsd],
          ...[before?.equityUsd, after?.equityUsd, after?.marginBalanceUsd, after?.marginRatio, after?.callUsd],
          ...[outcome?.flags.join(" "), after?.binding, scenario.severity.norm, scenario.severity.percentile],
          ...[scenario.notMoved.map(({ factor }) => factor).join(" "), failure],
          ...(mode === "path" ? pathCells(outcome) : []),
        ];
      }),
    ),
    remarks: [
      ...[notice, `mode ${mode}${mode === "scaled" ? `, each shock ${scale} times` : ""}, parameters of ${parameters}`],
      ...columns.flatMap(({ label, remarks, excluded }) => [
        ...remarks.map((remark) => `${label}: ${remark}`),
        ...excluded.map(({ symbol, failure }) => `${label} leaves out ${symbol}: ${failure.message}`),
      ]),
    ],
  };
}
