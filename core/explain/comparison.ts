import type { Failure } from "../base/index.ts";
import type { ExcludedPosition, MarginResult, Totals } from "../margin/index.ts";
import type { ComponentKind } from "../methodology/index.ts";
import type { MappedBook } from "./mapped-book.ts";
import { partsOf } from "./parts.ts";

/** One method, rule version or parameter set over the book. */
export interface ComparisonColumn {
  readonly label: string;
  readonly methodology: { readonly id: string; readonly title?: string; readonly venue?: string };
  readonly rules?: Pick<MarginResult["rules"], "version" | "effectiveFrom" | "overrides">;
  readonly accuracy?: MarginResult["accuracy"];
  /** Scenario that sets the requirement, one entry a matrix that binds. */
  readonly binding: readonly {
    readonly account: string;
    readonly matrix: string;
    readonly scenario: string;
    readonly amount: number;
    readonly unit: string;
  }[];
  readonly mappings: MappedBook["mappings"];
  /** Positions that are not in this column, each with the reason. */
  readonly leftOut: readonly Pick<ExcludedPosition, "symbol" | "quantity" | "failure">[];
  readonly remarks: MarginResult["remarks"];
  /** Why this column has no amounts. */
  readonly failure?: Failure;
}

/** One line of the comparison; absent where a column has none. USD. */
export interface ComparisonRow {
  /** `initial`, `maintenance`, ... for totals; `component:<kind>` for parts of the initial margin. */
  readonly id: string;
  readonly label: string;
  readonly component?: ComponentKind | "rounding";
  readonly amounts: readonly (number | null)[];
  /** Amount less that of the reference column. */
  readonly differences: readonly (number | null)[];
}

/** Methods side by side over one book, in USD at the index of the market. Plain data. */
export interface Comparison {
  readonly portfolioName: string;
  readonly marketName: string;
  /** Made from generated data. */
  readonly synthetic: boolean;
  readonly unit: "USD";
  /** Place of the column the differences are against. */
  readonly reference: number;
  readonly columns: readonly ComparisonColumn[];
  /** Totals first, then the components of the initial margin: these add up to it, column by column. */
  readonly rows: readonly ComparisonRow[];
}

export interface ComparedRun {
  readonly label: string;
  readonly methodology: ComparisonColumn["methodology"];
  readonly mapped: Pick<MappedBook, "mappings" | "leftOut">;
  readonly outcome:
    | { readonly ok: true; readonly value: MarginResult }
    | { readonly ok: false; readonly failure: Failure };
}

const totals: readonly (readonly [keyof Totals, string, string])[] = [
  ["initialUsd", "initial", "Initial margin"],
  ["maintenanceUsd", "maintenance", "Maintenance margin"],
  ["equityUsd", "equity", "Equity"],
  ["marginBalanceUsd", "margin-balance", "Margin balance"],
  ["availableFundsUsd", "available", "Available funds"],
];

const kindLabels: Readonly<Partial<Record<string, string>>> = {
  scenario: "Scenario loss",
  position: "Single positions",
  roll: "Roll and basis",
  delta: "Delta",
  contingency: "Contingencies",
  floor: "Floors and minimum charges",
  orders: "Orders",
  haircut: "Haircuts",
  balance: "Balances",
  total: "Other parts",
  rounding: "Rounding",
};

/**
 * Aligns results by component kind. The components of a column are the parts its initial margin is made of.
 *
 * @param runs      one a column, in order
 * @param reference place of the column the differences are against
 */
export function comparisonOf(runs: readonly ComparedRun[], reference: number): Comparison {
  const results = runs.map(({ outcome }) => (outcome.ok ? outcome.value : undefined));
  const first = results.find((result) => result !== undefined);
  const row = (id: string, label: string, amounts: readonly (number | undefined)[]): ComparisonRow => {
    const base = amounts[reference];
    return {
      ...{ id, label },
      amounts: amounts.map((amount) => amount ?? null),
      differences: amounts.map((amount) => (amount === undefined || base === undefined ? null : amount - base)),
    };
  };
  const parts = results.map((result) => (result === undefined ? undefined : componentsOf(result)));
  const kinds = Object.keys(kindLabels).filter((kind) => parts.some((one) => one?.has(kind)));
  return {
    portfolioName: first?.portfolioName ?? "",
    marketName: first?.marketName ?? "",
    synthetic: results.some((result) => result?.synthetic === true),
    ...{ unit: "USD", reference },
    columns: runs.map(columnOf),
    rows: [
      ...totals.map(([name, id, label]) =>
        row(
          id,
          label,
          results.map((result) => result?.totals[name]),
        ),
      ),
      ...kinds.map((kind) => ({
        ...row(
          `component:${kind}`,
          kindLabels[kind] ?? kind,
          parts.map((one) => (one === undefined ? undefined : (one.get(kind) ?? 0))),
        ),
        component: kind as ComponentKind | "rounding",
      })),
    ],
  };
}

/** What each component kind adds to the initial margin of all accounts, USD. */
function componentsOf(result: MarginResult): ReadonlyMap<string, number> {
  const amounts = new Map<string, number>();
  for (const { initial, usdPerUnit } of result.accounts) {
    for (const { line, amount } of partsOf(initial, ({ component }) => component !== "total")) {
      const kind = line.combine.kind === "round" && line.component === "total" ? "rounding" : line.component;
      if (amount !== 0) amounts.set(kind, (amounts.get(kind) ?? 0) + amount * usdPerUnit);
    }
  }
  return amounts;
}

function columnOf({ label, methodology, mapped, outcome }: ComparedRun): ComparisonColumn {
  const common = { label, mappings: mapped.mappings };
  const unmapped = mapped.leftOut.map(({ symbol, quantity, failure }) => ({ symbol, quantity, failure }));
  if (!outcome.ok)
    return { ...common, methodology, binding: [], leftOut: unmapped, remarks: [], failure: outcome.failure };
  const { rules, accuracy, accounts, excluded, remarks } = outcome.value;
  const { version, effectiveFrom, overrides } = rules;
  return {
    ...common,
    methodology: outcome.value.methodology,
    rules: { version, effectiveFrom, overrides },
    accuracy,
    binding: accounts.flatMap(({ id, matrices }) =>
      matrices.flatMap(({ title, unit, cells, bindingScenarioId }) => {
        const cell = cells.find(({ scenarioId }) => scenarioId === bindingScenarioId);
        if (cell === undefined) return [];
        return [{ account: id, matrix: title, scenario: cell.label, amount: cell.amount, unit }];
      }),
    ),
    leftOut: [...unmapped, ...excluded.map(({ symbol, quantity, failure }) => ({ symbol, quantity, failure }))],
    remarks,
  };
}
