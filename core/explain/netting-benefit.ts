import { type Failure, failed, type Result, success, sum, type Work } from "../base/index.ts";
import { type MarginResult, type MarginRun, marginTotals, runMargin } from "../margin/index.ts";
import type { Portfolio, Position, PositionId } from "../portfolio/index.ts";
import { nettingGroups } from "./netting-groups.ts";

/** One method over the book. */
export interface NettingColumn {
  readonly label: string;
  readonly methodology: { readonly id: string; readonly title: string };
  readonly version?: string;
  readonly accuracy?: MarginResult["accuracy"];
  /** Positions this method cannot margin, each with the reason: they are in no column. */
  readonly leftOut: readonly { readonly symbol: string; readonly quantity: number; readonly failure: Failure }[];
  readonly remarks: MarginResult["remarks"];
  /** Why this column has no amounts. */
  readonly failure?: Failure;
}

/** Amounts by method, USD; `null` where a method has none. */
export interface NettingAmounts {
  /** Initial requirement, ≥ 0. */
  readonly amounts: readonly (number | null)[];
  /** Requirement of the reference method less this one: what the other method saves, > 0. */
  readonly benefits: readonly (number | null)[];
}

export interface NettingGroup extends NettingAmounts {
  /** Underlyings that stand together. */
  readonly underlyings: readonly string[];
  readonly positions: number;
}

export interface NettingPosition {
  readonly id: PositionId;
  readonly symbol: string;
  readonly underlying: string;
  readonly quantity: number;
  /** The position on its own. */
  readonly alone: NettingAmounts;
  /** The book less the book without it; below 0 where it hedges. Absent beyond the positions that were asked for. */
  readonly incremental?: NettingAmounts;
}

/** What netting under one method saves against another, on the same positions. Plain data. */
export interface NettingBenefit {
  readonly portfolioName: string;
  readonly marketName: string;
  readonly asOfMs: number;
  readonly unit: "USD";
  /** Place of the method the benefits are against: the baseline. */
  readonly reference: number;
  readonly columns: readonly NettingColumn[];
  readonly total: NettingAmounts;
  /** Every position on its own, added: what netting inside each method saves is this less its total. */
  readonly apart: NettingAmounts;
  readonly groups: readonly NettingGroup[];
  /** Σ groups less the total: what a method saves between groups, below 0 where together costs more. */
  readonly betweenGroups: readonly (number | null)[];
  readonly positions: readonly NettingPosition[];
  readonly synthetic: boolean;
}

/** One method with everything it runs on; portfolio and market are the same in all. */
export interface NettingRun {
  readonly label: string;
  readonly outcome: Result<MarginRun>;
  readonly methodology: NettingColumn["methodology"];
}

/**
 * Runs methods over one book and says what each saves against the reference, in all, by group of underlyings and by position. Only positions
 * that every method can margin are in the amounts; balances and stated components are not.
 *
 * @param book      what is margined
 * @param runs      one a method; a run that failed leaves its column without amounts
 * @param reference place of the baseline
 * @param most      positions whose incremental amounts are computed: each costs one run a method
 * @returns `cancelled`, or the failure of the first method when none can be computed
 */
export async function nettingBenefit(
  book: Portfolio,
  runs: readonly NettingRun[],
  reference: number,
  most: number,
  work: Work,
): Promise<Result<NettingBenefit>> {
  const first: { result?: MarginResult; failure?: Failure }[] = [];
  for (const [index, { outcome }] of runs.entries()) {
    work.progress(index, runs.length, "methods");
    const run = outcome.ok
      ? await runMargin({ ...outcome.value, portfolio: bare(book, book.positions), work: quiet(work) })
      : outcome;
    if (!run.ok && run.failure.reason === "cancelled") return run;
    first.push(run.ok ? { result: run.value } : { failure: run.failure });
  }
  const [known] = first.flatMap(({ result }) => (result === undefined ? [] : [result]));
  if (known === undefined)
    return { ok: false, failure: first[0]?.failure ?? { reason: "invalid-input", message: "no method was named" } };
  const common = commonPositions(book, first);
  if (common.length === 0)
    return failed("not-applicable", "no position can be margined by every method: nothing can be compared");

  const margins = runs.map(({ outcome }, k) => marginOfPart(book, outcome, first[k]?.failure === undefined));
  const compare = (positions: readonly Position[]): NettingAmounts =>
    against(
      margins.map((margin) => margin(positions)),
      reference,
    );
  const total = compare(common);
  const groups = nettingGroups(
    common.map(({ instrument }) => instrument.underlying),
    margins.map((margin) => (underlyings) => margin(held(common, underlyings)) ?? undefined),
  ).map((underlyings): NettingGroup => {
    const positions = held(common, underlyings);
    return { underlyings, positions: positions.length, ...compare(positions) };
  });
  const positions: NettingPosition[] = [];
  for (const [index, position] of common.entries()) {
    work.progress(index, common.length, "positions");
    await work.pause();
    if (work.cancelled()) return failed("cancelled", "cancelled");
    const { id, quantity, instrument } = position;
    const without = index < most ? compare(common.filter((other) => other !== position)) : undefined;
    positions.push({
      ...{ id, symbol: instrument.symbol, underlying: instrument.underlying, quantity },
      alone: compare([position]),
      ...(without === undefined ? {} : { incremental: less(total, without, reference) }),
    });
  }
  work.progress(common.length, common.length, "positions");
  const added = (parts: readonly NettingAmounts[]) =>
    runs.map((_, k) => addedOf(parts.map(({ amounts }) => amounts[k] ?? null)));
  const inGroups = added(groups);
  return success({
    portfolioName: book.name,
    ...{ marketName: known.marketName, asOfMs: known.asOfMs, unit: "USD", reference },
    columns: runs.map(({ label, methodology }, k) => columnOf(label, methodology, first[k])),
    total,
    apart: against(added(positions.map(({ alone }) => alone)), reference),
    groups,
    betweenGroups: inGroups.map((amount, k) => withoutRounding(difference(amount, total.amounts[k]), amount)),
    positions,
    synthetic: known.synthetic,
  });
}

/** Initial requirement of part of the book by one method, USD; the same part is computed once. */
function marginOfPart(
  book: Portfolio,
  outcome: Result<MarginRun>,
  usable: boolean,
): (positions: readonly Position[]) => number | null {
  const seen = new Map<string, number | null>();
  return (positions) => {
    if (!outcome.ok || !usable) return null;
    if (positions.length === 0) return 0;
    const key = positions.map(({ id }) => id).join("\n");
    const known = seen.get(key);
    if (known !== undefined) return known;
    const found = marginTotals({ ...outcome.value, portfolio: bare(book, positions) });
    const amount = found.ok ? found.value.totals.initialUsd : null;
    seen.set(key, amount);
    return amount;
  };
}

/** The book with these positions only: requirements of positions, without balances and stated amounts. */
function bare(book: Portfolio, positions: readonly Position[]): Portfolio {
  return { ...book, positions, balances: [], components: [] };
}

function commonPositions(book: Portfolio, columns: readonly { readonly result?: MarginResult }[]): readonly Position[] {
  const excluded = new Set(columns.flatMap(({ result }) => (result?.excluded ?? []).map(({ id }) => id)));
  return book.positions.filter(({ id }) => !excluded.has(id));
}

function held(positions: readonly Position[], underlyings: readonly string[]): readonly Position[] {
  return positions.filter(({ instrument }) => underlyings.includes(instrument.underlying));
}

function against(amounts: readonly (number | null)[], reference: number): NettingAmounts {
  return { amounts, benefits: amounts.map((amount) => difference(amounts[reference], amount)) };
}

function less(total: NettingAmounts, without: NettingAmounts, reference: number): NettingAmounts {
  return against(
    total.amounts.map((amount, k) => difference(amount, without.amounts[k])),
    reference,
  );
}

function difference(a: number | null | undefined, b: number | null | undefined): number | null {
  return typeof a === "number" && typeof b === "number" ? a - b : null;
}

/** A difference that is only the rounding of sums in another order is none. */
function withoutRounding(found: number | null, of: number | null): number | null {
  return found !== null && Math.abs(found) <= 1e-9 * Math.abs(of ?? 0) ? 0 : found;
}

function addedOf(amounts: readonly (number | null)[]): number | null {
  const known = amounts.filter((amount) => amount !== null);
  return known.length < amounts.length ? null : sum(known);
}

function columnOf(
  label: string,
  methodology: NettingColumn["methodology"],
  { result, failure }: { readonly result?: MarginResult; readonly failure?: Failure } = {},
): NettingColumn {
  if (result === undefined)
    return { label, methodology, leftOut: [], remarks: [], ...(failure === undefined ? {} : { failure }) };
  const { rules, accuracy, excluded, remarks } = result;
  return {
    ...{ label, methodology, version: rules.version, accuracy, remarks },
    leftOut: excluded.map(({ symbol, quantity, failure: why }) => ({ symbol, quantity, failure: why })),
  };
}

function quiet(work: Work): Work {
  return { ...work, progress: () => {} };
}
