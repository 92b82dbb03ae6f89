import { sum } from "../base/index.ts";
import type { Exception } from "./coverage.ts";
import { exceptionsOf } from "./coverage.ts";
import { type CoverageSeries, rowsOf } from "./coverage-series.ts";
import { lastMonths } from "./margin-series.ts";
import type { ModelCard } from "./model-card.ts";
import type { Responsiveness } from "./responsiveness.ts";

/** Whose margin an account holds, and whether clients are netted. */
export type Origin = "house" | "client-gross" | "client-net";

export interface DisclosureAccount {
  readonly series: CoverageSeries;
  readonly origin: Origin;
}

/** Margin held in one kind of asset, before and after its haircut, ≥ 0. */
export interface HeldCollateral {
  readonly assetType: string;
  readonly unit: string;
  readonly before: number;
  readonly after: number;
}

/** A margin rate fixed by contract. */
export interface ContractRate {
  readonly contract: string;
  readonly rate: number;
  readonly unit: string;
  readonly source: string;
}

export interface DisclosureInput {
  readonly accounts: readonly DisclosureAccount[];
  readonly collateral?: readonly HeldCollateral[];
  readonly contractRates?: readonly ContractRate[];
  readonly model: ModelCard;
  readonly responsiveness: readonly {
    readonly label: string;
    readonly unit: string;
    readonly report: Responsiveness;
  }[];
  /** Period before the last row; 12 in the standard, any other for reports sooner than quarterly. */
  readonly months?: number;
}

/** One row of the disclosure: a number, or text, or why there is none. */
export interface DisclosureItem {
  readonly item: string;
  readonly label: string;
  readonly value?: number | string;
  readonly unit?: string;
  readonly note?: string;
}

/**
 * Items 6.1 to 6.9 of the public quantitative disclosure, computed from series.
 *
 * Amounts of different currencies stand in rows of their own, never in one sum.
 *
 * @source CPMI-IOSCO, Public quantitative disclosure standards (February 2015), Principle 6; 6.9 as proposed in d232 (May 2026).
 *         The numbers of sub-items are from general knowledge of the standard.
 */
export function disclosureItems({ months = 12, ...input }: DisclosureInput): readonly DisclosureItem[] {
  const periods = input.accounts.map((account) => ({ ...account, series: lastPart(account.series, months) }));
  return [
    ...initialMargins(input.accounts),
    ...collateralItems(input.collateral ?? []),
    ...rateItems(input.contractRates ?? []),
    ...designItems(input.model),
    ...coverageItems(periods, months),
    ...variationItems(periods),
    ...callItems(periods),
    ...input.responsiveness.flatMap(responsivenessItems),
  ];
}

function lastPart(series: CoverageSeries, months: number): CoverageSeries {
  const { first, last } = lastMonths(series.timesMs, months);
  return rowsOf(
    series,
    Array.from({ length: last - first + 1 }, (_, at) => first + at),
  );
}

const unitsOf = (accounts: readonly DisclosureAccount[]) => [...new Set(accounts.map(({ series }) => series.unit))];

function initialMargins(accounts: readonly DisclosureAccount[]): readonly DisclosureItem[] {
  const ends = new Set(accounts.map(({ series }) => series.timesMs.at(-1)));
  const note = ends.size > 1 ? { note: "accounts end on different days; each enters with its last margin" } : {};
  return (["house", "client-gross", "client-net"] as const).flatMap((origin) => {
    const own = accounts.filter((account) => account.origin === origin);
    return unitsOf(own).map((unit) => ({
      ...{ item: "6.1", label: `total initial margin required, ${origin}`, unit, ...note },
      value: sum(own.filter(({ series }) => series.unit === unit).map(({ series }) => series.margins.at(-1) ?? 0)),
    }));
  });
}

function collateralItems(collateral: readonly HeldCollateral[]): readonly DisclosureItem[] {
  if (collateral.length === 0) return [missing("6.2", "initial margin held by asset type", "no collateral was given")];
  return collateral.flatMap(({ assetType, unit, before, after }) => [
    { item: "6.2", label: `${assetType}, before haircut`, value: before, unit },
    { item: "6.2", label: `${assetType}, after haircut`, value: after, unit },
  ]);
}

function rateItems(rates: readonly ContractRate[]): readonly DisclosureItem[] {
  if (rates.length === 0)
    return [missing("6.3", "initial margin rates by contract", "the model sets margin by portfolio, not by contract")];
  return rates.map(({ contract, rate, unit, source }) => ({
    ...{ item: "6.3", label: contract, value: rate, unit, note: source },
  }));
}

function designItems({ title, design }: ModelCard): readonly DisclosureItem[] {
  return [
    { item: "6.4", label: "model", value: title },
    ...design.map(({ label, value }) => ({ item: "6.4", label, value })),
  ];
}

function coverageItems(accounts: readonly DisclosureAccount[], months: number): readonly DisclosureItem[] {
  const observations = accounts.reduce((total, { series }) => total + series.losses.length, 0);
  const exceptions = accounts.map(({ series }) => exceptionsOf(series));
  const count = exceptions.reduce((total, { length }) => total + length, 0);
  const period = `last ${months} months`;
  const uncovered = unitsOf(accounts).flatMap((unit): readonly DisclosureItem[] => {
    const own: readonly Exception[] = exceptions.filter((_, at) => accounts[at]?.series.unit === unit).flat();
    if (own.length === 0) return [missing("6.5.4", "uncovered amount", `no exception in ${unit}`)];
    const amounts = own.map(({ shortfall }) => shortfall);
    return [
      { item: "6.5.4", label: "peak uncovered amount", value: greatest(amounts), unit },
      { item: "6.5.5", label: "average uncovered amount", value: sum(amounts) / amounts.length, unit },
    ];
  });
  return [
    { item: "6.5.1", label: `times margin fell below the exposure, ${period}`, value: count },
    { item: "6.5.2", label: "observations: accounts times days", value: observations },
    { item: "6.5.3", label: "achieved coverage", value: 1 - count / observations, unit: "fraction" },
    ...uncovered,
  ];
}

function variationItems(accounts: readonly DisclosureAccount[]): readonly DisclosureItem[] {
  const paying = accounts.filter(({ series }) => series.variationMargins !== undefined);
  if (paying.length === 0) return [missing("6.6", "variation margin paid", "the series hold no variation margin")];
  return unitsOf(paying).flatMap((unit) => {
    const days = dailyTotals(paying, unit, ({ variationMargins }, row) => Math.max(0, variationMargins?.[row] ?? 0));
    return [
      { item: "6.6", label: "average daily variation margin paid", value: sum(days) / days.length, unit },
      { item: "6.7", label: "maximum daily variation margin paid", value: greatest(days), unit },
    ];
  });
}

function callItems(accounts: readonly DisclosureAccount[]): readonly DisclosureItem[] {
  return unitsOf(accounts).map((unit) => ({
    ...{ item: "6.8", label: "maximum aggregate initial margin call on one day", unit },
    value: greatest(dailyTotals(accounts, unit, riseOf)),
    note: "sum over accounts of the rise of margin from the row before",
  }));
}

function responsivenessItems({
  label,
  unit,
  report,
}: DisclosureInput["responsiveness"][number]): readonly DisclosureItem[] {
  return report.figures.flatMap(({ rows, months, largest, complete }): readonly DisclosureItem[] => {
    const name = `${label}: largest ${rows}-day change within ${months} months`;
    if (largest === undefined) return [missing("6.9", name, "the series has no two margins that far apart")];
    const note = complete ? {} : { note: "the series does not reach back over the whole window" };
    const relative: readonly DisclosureItem[] =
      largest.relative === undefined
        ? []
        : [{ item: "6.9", label: name, value: largest.relative, unit: "fraction", ...note }];
    return [...relative, { item: "6.9", label: `${name}, amount`, value: largest.absolute, unit, ...note }];
  });
}

function riseOf({ margins }: CoverageSeries, row: number): number {
  return row === 0 ? 0 : Math.max(0, (margins[row] ?? 0) - (margins[row - 1] ?? 0));
}

/** Sum over the accounts of one currency for each time that any of them has. */
function dailyTotals(
  accounts: readonly DisclosureAccount[],
  unit: string,
  amount: (series: CoverageSeries, row: number) => number,
): readonly number[] {
  const totals = new Map<number, number>();
  for (const { series } of accounts) {
    if (series.unit !== unit) continue;
    for (const [row, time] of series.timesMs.entries()) totals.set(time, (totals.get(time) ?? 0) + amount(series, row));
  }
  return [...totals.values()];
}

/** 0 for none. */
function greatest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

function missing(item: string, label: string, note: string): DisclosureItem {
  return { item, label, note };
}
