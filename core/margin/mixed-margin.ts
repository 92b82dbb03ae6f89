import { type Failure, type Result, success, sum, type Work } from "../base/index.ts";
import { type InstrumentKind, isListed } from "../instrument/index.ts";
import { completedPortfolio } from "../parameter-file/index.ts";
import type { Balance, Component, Portfolio, Position, PositionId } from "../portfolio/index.ts";
import { type BookInputs, type RuledMethodology, reasonsOf } from "./coverage.ts";
import { type Changes, effectivePortfolio } from "./effective-portfolio.ts";
import type { MarginResult, Totals } from "./margin-result.ts";
import { runMargin } from "./run-margin.ts";

/** Which positions a part of a mixed book is for; absent members accept all. */
export interface PartScope {
  readonly contracts?: "crypto" | "listed" | undefined;
  readonly venues?: readonly string[] | undefined;
  readonly kinds?: readonly InstrumentKind[] | undefined;
  readonly underlyings?: readonly string[] | undefined;
  readonly accounts?: readonly string[] | undefined;
}

export interface MixedPartRequest {
  readonly label: string;
  readonly scope: PartScope;
  /** A failure where its rules cannot be found: its positions go to later parts. */
  readonly ruled: Result<RuledMethodology>;
}

/** One method's part of a mixed book. */
export interface MixedPart {
  readonly label: string;
  readonly methodology?: { readonly id: string; readonly title: string };
  readonly positions: number;
  /** Absent for a part without positions, or whose run failed. */
  readonly result?: MarginResult;
  readonly failure?: Failure;
}

/** Where a position went. */
export interface Assignment {
  readonly id: PositionId;
  readonly symbol: string;
  /** Signed, long > 0. */
  readonly quantity: number;
  /** Place of its part; `null` when no part margins it. */
  readonly part: number | null;
  /** Why the parts before it (all parts, where none margins it) did not take it. */
  readonly passed: readonly { readonly part: number; readonly failure: Failure }[];
}

/** One book under several methods, each position margined by exactly one of them. Plain data. */
export interface MixedMargin {
  readonly portfolioName: string;
  readonly marketName: string;
  readonly asOfMs: number;
  readonly parts: readonly MixedPart[];
  readonly assignments: readonly Assignment[];
  /** Positions in some result, of all. */
  readonly included: { readonly positions: number; readonly of: number };
  /** Which part counts the money of a currency. */
  readonly balances: readonly { readonly currency: string; readonly equity: number; readonly part: number }[];
  /** Sum of the parts, USD at the index of the market: no netting between methods. */
  readonly totals: Totals;
  /** USD per unit of each currency that is not the dollar. */
  readonly rates: readonly { readonly currency: string; readonly usdPerUnit: number; readonly source: string }[];
}

/**
 * Splits one book over methods and margins each part: a position goes to the first part whose scope accepts it and whose method
 * margins it. Money of a currency goes with the first part that settles in it, else with the first that holds positions, so that
 * it counts once.
 *
 *     requirement = Σ requirement of the parts
 *
 * @param inputs one book and market
 * @param parts  in order of precedence
 * @returns the parts' results with every position's place; failure of a change that cannot be made, or `cancelled`
 */
export async function mixedMargin(
  inputs: BookInputs,
  parts: readonly MixedPartRequest[],
  changes: Changes,
  work: Work,
): Promise<Result<MixedMargin>> {
  const { parameterFile: file } = inputs;
  const completed = file === undefined ? inputs.portfolio : completedPortfolio(inputs.portfolio, file);
  const effective = effectivePortfolio(completed, changes);
  if (!effective.ok) return effective;
  const portfolio: Portfolio = { ...inputs.portfolio, ...effective.value };
  const assignments = assigned({ ...inputs, portfolio }, parts);
  const placeOf = new Map(assignments.map(({ id, part }) => [id, part]));
  const held = parts.map((_, place) => portfolio.positions.filter(({ id }) => placeOf.get(id) === place));
  const money = portfolio.balances.map((balance) => ({ balance, part: ownerOf(balance, held) }));
  const charged = portfolio.components.map((component) => ({ component, part: ownerOf(component, held) }));
  const made: MixedPart[] = [];
  for (const [place, { label, ruled }] of parts.entries()) {
    work.progress(place, parts.length, "methods");
    const positions = held[place] ?? [];
    const named = ruled.ok ? { methodology: nameOf(ruled.value) } : {};
    if (!ruled.ok || positions.length === 0) {
      made.push({ label, ...named, positions: 0, ...(ruled.ok ? {} : { failure: ruled.failure }) });
      continue;
    }
    const own: Portfolio = {
      ...{ ...portfolio, positions },
      balances: money.filter(({ part }) => part === place).map(({ balance }) => balance),
      components: charged.filter(({ part }) => part === place).map(({ component }) => component),
    };
    const { methodology, rules } = ruled.value;
    const run = { ...inputs, portfolio: own, methodology, rules, work: { ...work, progress: () => {} } };
    const result = await runMargin(run);
    if (!result.ok && result.failure.reason === "cancelled") return result;
    made.push({
      ...{ label, ...named, positions: positions.length },
      ...(result.ok ? { result: result.value } : { failure: result.failure }),
    });
  }
  work.progress(parts.length, parts.length, "methods");
  return success({
    ...{ portfolioName: portfolio.name, marketName: inputs.market.name, asOfMs: inputs.market.asOfMs },
    ...{ parts: made, assignments },
    included: {
      positions: sum(made.map(({ result }) => result?.positions.length ?? 0)),
      of: portfolio.positions.length,
    },
    balances: money.flatMap(({ balance: { currency, equity }, part }) =>
      part === undefined ? [] : [{ currency, equity, part }],
    ),
    totals: totalsOf(made.flatMap(({ result }) => (result === undefined ? [] : [result.totals]))),
    rates: ratesOf(portfolio, inputs),
  });
}

function nameOf({ methodology: { id, title } }: RuledMethodology): { readonly id: string; readonly title: string } {
  return { id, title };
}

function assigned(inputs: BookInputs, parts: readonly MixedPartRequest[]): readonly Assignment[] {
  const asked = parts.map(({ ruled }) => (ruled.ok ? reasonsOf(inputs, ruled.value) : ruled));
  return inputs.portfolio.positions.map((position): Assignment => {
    const passed: { part: number; failure: Failure }[] = [];
    const { id, instrument, quantity } = position;
    const at = { id, symbol: instrument.symbol, quantity };
    for (const [part, { scope }] of parts.entries()) {
      const reasons = asked[part];
      const outside = outsideOf(scope, position);
      const failure =
        outside === undefined
          ? reasons?.ok === false
            ? reasons.failure
            : reasons?.value.get(id)
          : { reason: "not-applicable" as const, message: outside };
      if (failure === undefined) return { ...at, part, passed };
      passed.push({ part, failure });
    }
    return { ...at, part: null, passed };
  });
}

/** Why a position is not for a part, in words; `undefined` when it is. */
function outsideOf(scope: PartScope, { instrument, account }: Position): string | undefined {
  const { symbol, venue, kind, underlying } = instrument;
  const contracts = isListed(instrument) ? "listed" : "crypto";
  if (scope.contracts !== undefined && scope.contracts !== contracts)
    return `${symbol} is ${contracts === "listed" ? "a listed contract" : "of a crypto venue"}; this part is for others`;
  const wrong = [
    ["venue", venue, scope.venues] as const,
    ["kind", kind, scope.kinds] as const,
    ["underlying", underlying, scope.underlyings] as const,
    ["account", account ?? "none", scope.accounts] as const,
  ].find(([, value, accepted]) => accepted !== undefined && !accepted.some((one) => one === value));
  if (wrong === undefined) return undefined;
  const [what, value, accepted = []] = wrong;
  return `${symbol} has ${what} ${value}; this part is for ${accepted.join(", ")}`;
}

/** The first part that has positions settled in the currency (of the component's underlying), else the first with positions. */
function ownerOf(
  { currency, ...entry }: Balance | Component,
  held: readonly (readonly Position[])[],
): number | undefined {
  const underlying = "underlying" in entry ? entry.underlying : undefined;
  // Margin figures of a whole cross account are a crypto venue's.
  const whole = "wholeAccount" in entry && entry.wholeAccount === true;
  const fits = ({ instrument }: Position) =>
    whole
      ? !isListed(instrument)
      : instrument.settlement === currency && (underlying === undefined || instrument.underlying === underlying);
  const own = held.findIndex((positions) => positions.some(fits));
  const first = own >= 0 ? own : held.findIndex((positions) => positions.length > 0);
  return first < 0 ? undefined : first;
}

function totalsOf(totals: readonly Totals[]): Totals {
  const added = (name: keyof Totals) => {
    const amounts = totals.flatMap((one) => one[name] ?? []);
    return amounts.length === 0 ? {} : { [name]: sum(amounts) };
  };
  const lacks = totals.some((one) => one.availableFundsUsd === undefined && one.initialUsd > 0);
  return {
    initialUsd: sum(totals.map(({ initialUsd }) => initialUsd)),
    maintenanceUsd: sum(totals.map(({ maintenanceUsd }) => maintenanceUsd)),
    ...added("equityUsd"),
    ...added("marginBalanceUsd"),
    ...(lacks ? {} : added("availableFundsUsd")),
  };
}

function ratesOf({ positions, balances }: Portfolio, { market }: BookInputs): MixedMargin["rates"] {
  const used = new Set([
    ...positions.map(({ instrument }) => instrument.settlement),
    ...balances.map((b) => b.currency),
  ]);
  return market.indices
    .filter(({ underlying }) => used.has(underlying))
    .map(({ underlying, price, source }) => ({ currency: underlying, usdPerUnit: price, source }));
}
