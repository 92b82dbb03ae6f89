import { DomainError } from "../../base/index.ts";
import { underRules } from "../../margin/index.ts";
import { type Book, type Charge, catalog, type MethodologyUnderRules } from "../../methodology/index.ts";
import {
  type BlockWork,
  bestEngine,
  bestKernel,
  type EngineKernel,
  type RevaluationKernel,
  type WorkKind,
} from "../../revaluation/index.ts";
import { amongSets } from "../class-sums.ts";
import { holdingsOf } from "../holdings.ts";
import { mergedBook } from "../merged-book.ts";
import { type PointCubes, pointCubes } from "../point-cubes.ts";
import { chargeAt } from "../surface-point.ts";
import { closingCost, type HalfSpreads } from "./closing-cost.ts";
import { afterHaircuts, haircutCuts, underHaircuts } from "./haircut.ts";
import { type MergedMarkets, mergedCharger, mergedMarkets } from "./merged-stress.ts";
import { stressAmounts, stressFlags } from "./stress-amounts.ts";
import type { StressAmounts, StressFlag } from "./stress-result.ts";
import type { StressShocks } from "./stress-shocks.ts";
import { namesOf, type StressedBook, type StressedCharge, stressedBook, stressedBooks } from "./stressed-book.ts";

/** Scenarios of a book under methods as plain data, which any thread can compute. */
export interface StressPointsInput {
  /** By id in the catalogue; several add options up alike (`mergesAlike`). */
  readonly methods: readonly { readonly methodology: string; readonly parameters: unknown }[];
  /** Its balances derived. */
  readonly book: Book;
  readonly scenarios: readonly StressShocks[];
  readonly spreads: HalfSpreads;
}

/** A book under one method in one scenario. */
export interface StressPoint {
  readonly pnlUsd: number;
  readonly byUnderlying: readonly { readonly underlying: string; readonly pnlUsd: number }[];
  readonly collateralUsd: number;
  /** Taken off margin balances by haircuts, USD ≥ 0. */
  readonly haircutUsd: number;
  readonly closingCostUsd?: number;
  readonly amounts: StressAmounts;
  readonly flags: readonly StressFlag[];
  readonly remarks: readonly string[];
}

/** Charges a book in scenarios, one after the other. */
export interface StressCharger {
  /** Single positions after a scenario. */
  readonly stressed: (shocks: StressShocks) => StressedBook;
  /**
   * Amounts in several scenarios, by place: options are added up where the method allows it (`mergedCharger`). The same bits whatever
   * other scenarios stand beside one.
   */
  readonly amountsIn: (shocks: readonly StressShocks[], engine?: EngineKernel) => (scenario: number) => StressedCharge;
  /** The statement of single positions. */
  readonly charge: (at: StressedBook) => Charge;
  /** The methodology with the scenario's haircuts on its margin balances. */
  readonly under: (at: StressedBook) => MethodologyUnderRules;
}

/**
 * Margins of one book under stress; what its scenarios share is made once.
 *
 * @param markets as of `mergedCharger`
 */
export function stressCharger(
  book: Book,
  methodology: MethodologyUnderRules,
  kernel: RevaluationKernel,
  markets?: MergedMarkets,
): StressCharger {
  const cubes: PointCubes = pointCubes(holdingsOf(book).instruments, kernel);
  const merged = mergedCharger(book, methodology, kernel, markets);
  const charged = (at: StressedBook, under: MethodologyUnderRules, detail: boolean | "amounts"): Charge =>
    chargeAt({ ...at, terms: at.chargedTerms }, under, cubes, detail);
  const underOf = (at: StressedBook): MethodologyUnderRules => {
    const cuts = haircutCuts(at.book, at.haircuts, (other) => charged({ ...at, book: other }, methodology, "amounts"));
    return underHaircuts(methodology, cuts);
  };
  return {
    under: underOf,
    stressed: (shocks) => stressedBook(book, shocks, kernel),
    charge: (at) => charged(at, underOf(at), true),
    amountsIn(scenarios, engine = bestEngine()) {
      const together = merged?.(engine, scenarios);
      const singly =
        together === undefined
          ? stressedBooks(book, scenarios, kernel)
          : (at: number) => stressedBook(book, scenarios[at] as StressShocks, kernel);
      return (at) => {
        const found = together?.(at);
        if (found !== undefined) return found;
        const stressed = singly(at);
        return { stressed, charge: charged(stressed, underOf(stressed), "amounts") };
      };
    },
  };
}

/** Everything a stress run says of one scenario under one method. */
export function stressPoint(
  book: Book,
  shocks: StressShocks,
  { stressed: at, charge }: StressedCharge,
  spreads: HalfSpreads,
): StressPoint {
  const closing =
    shocks.liquidity === undefined
      ? undefined
      : closingCost(book, at.terms, at.book.indices, spreads, shocks.liquidity.spreadTimes);
  const { pnlUsd, byUnderlying, collateralUsd } = at;
  return {
    ...{ pnlUsd, byUnderlying, collateralUsd, haircutUsd: haircutUsd(charge) },
    ...(closing === undefined || closing.counted === 0 ? {} : { closingCostUsd: closing.costUsd }),
    amounts: stressAmounts(charge.accounts),
    flags: stressFlags(charge.accounts),
    remarks: [...at.remarks, ...closingRemarks(closing)],
  };
}

function haircutUsd({ accounts }: Charge): number {
  let total = 0;
  for (const { marginBalance, usdPerUnit } of accounts) {
    if (marginBalance?.id.endsWith(afterHaircuts) !== true) continue;
    for (const { amount } of marginBalance.children.slice(1)) total -= amount * usdPerUnit;
  }
  return total;
}

function closingRemarks(closing: ReturnType<typeof closingCost> | undefined): readonly string[] {
  if (closing === undefined || closing.counted === closing.held) return [];
  if (closing.counted === 0) return ["the market quotes no bid and ask of these contracts: no cost of closing"];
  return [`the cost of closing counts ${closing.counted} of ${closing.held} contracts: the others have no bid and ask`];
}

const names = [
  "initialUsd",
  "maintenanceUsd",
  "equityUsd",
  "marginBalanceUsd",
  "marginRatio",
  "callUsd",
  "shortfallUsd",
] as const;
const flagNames = ["call", "liquidation", "insolvent"] as const;
/** Profit, collateral, haircuts, cost of closing, amounts, flags, binding text, remarks. */
const leading = 4;
const fixedWidth = leading + names.length + 3;

/** Scenarios of a book as work of any thread; `stressPointsOf` reads the result. */
export const stressPointsKind: WorkKind<StressPointsInput> = {
  name: "stress-points",
  make(input) {
    const methodologies = input.methods.map((method) => {
      const methodology = catalog.get(method.methodology);
      const under = methodology && underRules(methodology, method);
      if (under?.ok !== true) throw new DomainError("a methodology of the catalogue is needed", method.methodology);
      return under.value;
    });
    return stressPointsWork(input, methodologies, bestKernel());
  },
};

/** Positions × scenarios of one block, about. Fixed, whatever the number of threads. */
const positionsPerBlock = 24_000;

/** The blocks of scenarios: each by the methodologies' own charges at its stressed market, one after the other. */
export function stressPointsWork(
  { book, scenarios, spreads }: Omit<StressPointsInput, "methods">,
  methodologies: readonly MethodologyUnderRules[],
  kernel: RevaluationKernel,
): BlockWork {
  const perBlock = Math.max(1, Math.min(64, Math.floor(positionsPerBlock / (book.positions.length + 1))));
  const underlyings = underlyingsOf(book);
  const point = fixedWidth + underlyings.length;
  const width = methodologies.length * point;
  // The thread that asks only plans; those that compute make them once.
  let chargers: readonly StressCharger[] | undefined;
  return {
    blocks: Math.ceil(scenarios.length / perBlock),
    length: scenarios.length * width,
    range: (block) => [block * perBlock * width, Math.min(scenarios.length, (block + 1) * perBlock) * width],
    run(engine, block, out, note) {
      const own = scenarios.slice(block * perBlock, (block + 1) * perBlock);
      chargers ??= chargersOf(book, methodologies, kernel);
      const chargedAt = chargers.map((charger) => charger.amountsIn(own, engine));
      own.forEach((shocks, at) => {
        chargedAt.forEach((charged, method) => {
          write(out, at * width + method * point, stressPoint(book, shocks, charged(at), spreads), note);
        });
      });
    },
  };
}

/** Whether methods add up the options of a book alike and ask for the same scenarios: one pass over its stressed markets does for both. */
export function mergesAlike(book: Book, one: MethodologyUnderRules, other: MethodologyUnderRules): boolean {
  if (one.mergesOptions !== other.mergesOptions || mergedBook(book, one.mergesOptions) === undefined) return false;
  const [sets, others] = [one.scenarios(book), other.scenarios(book)];
  const isCommon = amongSets(others);
  return sets.length === others.length && sets.every(isCommon);
}

function chargersOf(
  book: Book,
  methodologies: readonly MethodologyUnderRules[],
  kernel: RevaluationKernel,
): readonly StressCharger[] {
  const [first] = methodologies;
  const markets = first === undefined ? undefined : mergedMarkets(book, first, kernel);
  return methodologies.map((methodology) => stressCharger(book, methodology, kernel, markets));
}

function underlyingsOf(book: Book): readonly string[] {
  const { underlyings } = namesOf(holdingsOf(book));
  return underlyings;
}

function write(out: Float64Array, from: number, point: StressPoint, note: (text: string) => number): void {
  const { amounts, flags, remarks, byUnderlying } = point;
  const { binding } = amounts;
  out.set(
    [
      ...[point.pnlUsd, point.collateralUsd, point.haircutUsd, point.closingCostUsd ?? Number.NaN],
      ...names.map((name) => amounts[name] ?? Number.NaN),
      flagNames.reduce((bits, name, bit) => bits + (flags.includes(name) ? 1 << bit : 0), 0),
      binding === undefined ? -1 : note(binding),
      remarks.length === 0 ? -1 : note(JSON.stringify(remarks)),
      ...byUnderlying.map(({ pnlUsd }) => pnlUsd),
    ],
    from,
  );
}

/** The points of a result for each of its methods, in the order of the scenarios. */
export function stressPointsOf(
  work: Pick<BlockWork, "range">,
  { values, notes }: { readonly values: Float64Array; readonly notes: readonly (readonly string[])[] },
  book: Book,
  methods: number,
): readonly (readonly StressPoint[])[] {
  const underlyings = underlyingsOf(book);
  const point = fixedWidth + underlyings.length;
  const width = methods * point;
  return Array.from({ length: methods }, (_, method) =>
    notes.flatMap((texts, block) => {
      const [from, to] = work.range?.(block) ?? [0, 0];
      const first = from + method * point;
      return Array.from({ length: (to - from) / width }, (__, at) =>
        read(values, first + at * width, texts, underlyings),
      );
    }),
  );
}

function read(
  values: Float64Array,
  from: number,
  texts: readonly string[],
  underlyings: readonly string[],
): StressPoint {
  const at = (place: number): number => values[from + place] ?? Number.NaN;
  const flagsAt = leading + names.length;
  const [bindingAt, remarksAt] = [flagsAt + 1, flagsAt + 2];
  const amounts: Partial<Record<(typeof names)[number], number>> = {};
  names.forEach((name, place) => {
    const value = at(leading + place);
    if (!Number.isNaN(value)) amounts[name] = value;
  });
  const { initialUsd = Number.NaN, maintenanceUsd = Number.NaN, ...others } = amounts;
  const binding = texts[at(bindingAt)];
  const remarks = texts[at(remarksAt)];
  const closing = at(3);
  return {
    pnlUsd: at(0),
    collateralUsd: at(1),
    haircutUsd: at(2),
    ...(Number.isNaN(closing) ? {} : { closingCostUsd: closing }),
    byUnderlying: underlyings.map((underlying, place) => ({ underlying, pnlUsd: at(fixedWidth + place) })),
    amounts: { initialUsd, maintenanceUsd, ...others, ...(binding === undefined ? {} : { binding }) },
    flags: flagNames.filter((_, bit) => (at(flagsAt) & (1 << bit)) !== 0),
    remarks: remarks === undefined ? [] : (JSON.parse(remarks) as string[]),
  };
}
