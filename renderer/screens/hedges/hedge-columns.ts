import { formatNumber, formatQuantity } from "../../../core/base/format.ts";
import type { CsvTable } from "../../app/download.ts";
import type { CandidateRanking, HedgeProposal, RankedCandidate } from "../../client/what-if.ts";
import { type GridColumn, numberColumn, textColumn } from "../../grids/columns.ts";

const money = (value: number | null | undefined): string => formatNumber(value, { decimals: 0 });
const change = (value: number | null | undefined): string => formatNumber(value, { decimals: 0, signed: true });
const ratio = (value: number | null | undefined): string => formatNumber(value, { decimals: 2 });

/** `−1,200 USD (Fall, low)`: the lowest profit, its scenario, and of a path its worst step. */
export function worstText({ profitUsd, label, step }: NonNullable<RankedCandidate["worstStressAfter"]>): string {
  return `${formatNumber(profitUsd, { decimals: 0, signed: true })} USD (${label}${step === undefined ? "" : `, ${step}`})`;
}

/** A trade of the optimised plan. */
export type PlanTrade = HedgeProposal["exact"]["trades"][number];

/** Contracts traded alone, best first. Relief above 0 lowers the requirement. */
export const candidateColumns: GridColumn<RankedCandidate>[] = [
  textColumn<RankedCandidate>({ id: "label", header: "Trade", value: ({ label }) => label, width: 200 }),
  numberColumn<RankedCandidate>({
    ...{ id: "quantity", header: "Quantity", value: ({ legs }) => legs[0]?.quantity, format: formatQuantity },
    width: 84,
  }),
  textColumn<RankedCandidate>({ id: "unit", header: "Unit", value: ({ legs }) => legs[0]?.quantityUnit, width: 56 }),
  numberColumn<RankedCandidate>({
    ...{ id: "relief", header: "Relief, USD", tooltip: "Initial margin before less after", format: change },
    value: (row) => -row.change.initialUsd,
    signal: true,
    width: 92,
  }),
  numberColumn<RankedCandidate>({
    ...{ id: "cost", header: "Cost, USD", tooltip: "Half of bid to ask (or basis points) and fee", format: money },
    value: ({ cost }) => cost.costUsd,
    width: 76,
  }),
  numberColumn<RankedCandidate>({
    ...{ id: "per-cost", header: "Relief per cost", format: ratio, width: 92 },
    value: ({ change: { initialUsd }, cost: { costUsd } }) => (costUsd > 0 ? -initialUsd / costUsd : undefined),
    whyMissing: () => "costs nothing",
  }),
  numberColumn<RankedCandidate>({
    ...{ id: "delta", header: "Δ USD", tooltip: "Change of delta × index", format: change, width: 84 },
    value: (row) => row.change.deltaUsd,
  }),
  numberColumn<RankedCandidate>({
    ...{ id: "vega", header: "Vega", tooltip: "Change, USD per volatility point", format: change, width: 72 },
    value: (row) => row.change.vegaUsd,
  }),
  numberColumn<RankedCandidate>({
    ...{ id: "wide", header: "Wide grid", format: change, width: 92 },
    tooltip: "Worst loss on a grid twice as wide as the method's, less: above 0 is better",
    value: ({ wideReliefUsd }) => wideReliefUsd,
    signal: true,
  }),
  numberColumn<RankedCandidate>({
    ...{ id: "stress", header: "Worst stress", format: change, width: 104, signal: true },
    tooltip: "Worst loss over price and volatility and the ticket's stress sets, less: above 0 is better",
    value: ({ stressReliefUsd }) => stressReliefUsd,
    whyMissing: () => "no scenarios were asked",
  }),
  textColumn<RankedCandidate>({
    ...{ id: "worst-after", header: "Worst after", width: 200 },
    value: ({ worstStressAfter }) => worstStressAfter && worstText(worstStressAfter),
  }),
  textColumn<RankedCandidate>({
    ...{ id: "binding", header: "Binds after", value: ({ bindingAfter }) => bindingAfter ?? "nothing", width: 220 },
  }),
];

export const planColumns: GridColumn<PlanTrade>[] = [
  textColumn<PlanTrade>({
    ...{ id: "symbol", header: "Trade", width: 220 },
    value: ({ symbol, quantity }) => `${quantity >= 0 ? "Buy" : "Sell"} ${symbol}`,
  }),
  numberColumn<PlanTrade>({
    ...{ id: "quantity", header: "Quantity", value: ({ quantity }) => quantity, format: formatQuantity, width: 96 },
  }),
  textColumn<PlanTrade>({ id: "unit", header: "Unit", value: ({ quantityUnit }) => quantityUnit, width: 64 }),
  numberColumn<PlanTrade>({
    ...{ id: "saved", header: "Relief, USD", format: change, signal: true, width: 104 },
    tooltip: "Margin saved by this trade after those above it",
    value: ({ savedUsd }) => savedUsd,
  }),
  numberColumn<PlanTrade>({
    ...{ id: "cost", header: "Cost, USD", value: ({ costUsd }) => costUsd, format: money, width: 84 },
  }),
  numberColumn<PlanTrade>({
    ...{ id: "premium", header: "Premium, USD", format: change, width: 104 },
    tooltip: "Paid > 0, received < 0",
    value: ({ premiumUsd }) => premiumUsd,
  }),
  numberColumn<PlanTrade>({
    ...{ id: "after", header: "Requirement after", format: money, width: 124 },
    value: ({ requirementAfterUsd }) => requirementAfterUsd,
  }),
];

/** The ranking with every figure, full precision. */
export function candidatesCsv({ ranked }: CandidateRanking): CsvTable {
  return {
    header: [
      "trade",
      "quantity",
      "unit",
      "relief, USD",
      "cost, USD",
      "cost source",
      "delta, USD",
      "vega, USD",
      "wide grid, USD",
      "worst stress less, USD",
      "worst stress after, USD",
      "worst stress in",
    ],
    rows: ranked.map(({ label, legs, change: { initialUsd, deltaUsd, vegaUsd }, cost, wideReliefUsd, ...under }) => [
      ...[label, legs[0]?.quantity, legs[0]?.quantityUnit, -initialUsd, cost.costUsd, cost.source],
      ...[deltaUsd, vegaUsd, wideReliefUsd],
      ...[under.stressReliefUsd, under.worstStressAfter?.profitUsd, under.worstStressAfter?.label],
    ]),
  };
}

export function planCsv({ exact, inLots }: HedgeProposal): CsvTable {
  return {
    header: ["trade", "quantity", "unit", "relief, USD", "cost, USD", "premium, USD", "requirement after, USD"],
    rows: (inLots ?? exact).trades.map((trade) => [
      ...[trade.symbol, trade.quantity, trade.quantityUnit, trade.savedUsd, trade.costUsd, trade.premiumUsd],
      trade.requirementAfterUsd,
    ]),
  };
}
