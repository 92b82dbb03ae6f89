import { formatNumber, formatQuantity } from "../../../core/base/format.ts";
import type { CsvTable } from "../../app/download.ts";
import type { StressDrill, StressedPosition } from "../../client/stress.ts";
import { type GridColumn, numberColumn, textColumn } from "../../grids/columns.ts";

type FactorName = keyof StressDrill["totals"];

const factorLabels: Readonly<Record<FactorName, string>> = {
  price: "Price",
  volatility: "Volatility",
  basis: "Basis",
  rate: "Rate",
  time: "Time",
  funding: "Funding",
  stablecoin: "Stablecoin",
  cross: "Together",
};
const factorNames = Object.keys(factorLabels) as readonly FactorName[];

export interface DrillRow {
  readonly id: string;
  readonly symbol: string;
  readonly underlying: string;
  readonly quantity: number | undefined;
  readonly pnlUsd: number;
  readonly byFactor: StressDrill["totals"];
  readonly remarks: readonly string[];
}

/** Positions by what they lose, worst first. */
export function drillRows({ positions }: Pick<StressDrill, "positions">): DrillRow[] {
  return [...positions].sort((a, b) => a.pnlUsd - b.pnlUsd).map((position: StressedPosition) => ({ ...position }));
}

export function drillTotal({ outcome, totals, positions }: StressDrill): DrillRow {
  return {
    ...{ id: "total", symbol: `Total, ${positions.length} positions`, underlying: "", quantity: undefined },
    ...{ pnlUsd: outcome.pnlUsd, byFactor: totals, remarks: [] },
  };
}

/** Factors that make anything in this scenario. */
export function actingFactors({ totals, positions }: Pick<StressDrill, "totals" | "positions">): readonly FactorName[] {
  return factorNames.filter(
    (name) => totals[name] !== 0 || positions.some(({ byFactor }) => Math.abs(byFactor[name]) > 1e-9),
  );
}

const money = (value: number | null | undefined): string => formatNumber(value, { decimals: 0, signed: true });

export function drillColumns(drill: StressDrill): GridColumn<DrillRow>[] {
  return [
    textColumn<DrillRow>({
      id: "symbol",
      header: "Position",
      value: ({ symbol }) => symbol,
      width: 190,
      pinned: "left",
    }),
    textColumn<DrillRow>({ id: "underlying", header: "Underlying", value: ({ underlying }) => underlying, width: 96 }),
    numberColumn<DrillRow>({
      ...{ id: "quantity", header: "Quantity", value: ({ quantity }) => quantity, format: formatQuantity, width: 92 },
      applies: (row) => (row as DrillRow).quantity !== undefined,
    }),
    numberColumn<DrillRow>({
      ...{ id: "pnl", header: "P&L, USD", value: ({ pnlUsd }) => pnlUsd, format: money, signal: true, width: 112 },
    }),
    ...actingFactors(drill).map((name) =>
      numberColumn<DrillRow>({
        ...{ id: name, header: `${factorLabels[name]}, USD`, value: ({ byFactor }) => byFactor[name], format: money },
        ...(name === "cross" && { tooltip: "What the factors make together beyond each alone" }),
        width: 118,
      }),
    ),
    textColumn<DrillRow>({ id: "remarks", header: "Remarks", value: ({ remarks }) => remarks.join("; "), width: 220 }),
  ];
}

/** Parts of the profit by factor, for a waterfall. */
export function factorBars(drill: StressDrill) {
  return [
    ...actingFactors(drill).map((name) => ({
      ...{ label: factorLabels[name], amount: drill.totals[name], kind: "change" as const },
    })),
    { label: "P&L", amount: drill.outcome.pnlUsd, kind: "total" as const },
  ];
}

/** Positions of the scenario that is open, by factor. */
export function drillCsv(drill: StressDrill): CsvTable {
  const { scenario, column, notice } = drill;
  return {
    header: [
      ...["position", "underlying", "quantity", "P&L (USD)"],
      ...factorNames.map((name) => `${factorLabels[name].toLowerCase()} (USD)`),
      "remarks",
    ],
    rows: [...drillRows(drill), drillTotal(drill)].map((row) => [
      ...[row.symbol, row.underlying, row.quantity, row.pnlUsd],
      ...factorNames.map((name) => row.byFactor[name]),
      row.remarks.join("; "),
    ]),
    remarks: [`scenario ${scenario.label} under ${column.label}`, notice],
  };
}
