import { normalCdf, yearsBetween } from "../base/index.ts";
import type { Forward, MarketSnapshot, Smile, SmilePoint } from "../market/index.ts";
import { factorName } from "./factor.ts";

/** Tenors at which a surface is observed through time, days. */
export const surfaceTenors = [7, 30, 90, 180] as const;
/** Call deltas beside the money; a put of delta −0.25 is 0.75 here. */
export const surfaceDeltas = [0.1, 0.25, 0.75, 0.9] as const;

/** Expiries nearer than this say nothing of a tenor: their volatilities are those of the last hours. */
const nearestYears = 0.5 / 365;
/** A tenor this many times beyond the last expiry, or before the first, is not observed. */
const farthest = 2;

export interface MarketFactor {
  readonly factor: string;
  readonly value: number;
}

interface Expiry {
  readonly years: number;
  readonly forward: number;
  readonly points: readonly SmilePoint[];
}

/**
 * What one snapshot says of each risk factor: index price, and at fixed tenors basis, at-the-money volatility and volatility by delta.
 *
 *     ATM     σ at K = F, linear in ln K between strikes
 *     delta   σ where N(d1) is the delta, linear in delta between strikes
 *     tenor   σ²·τ linear in τ between the neighbouring expiries, flat volatility beyond the first and the last
 *     basis   ln(F/S) linear in τ, over τ; fraction per year
 *
 * @param market of one instant
 * @returns factors of the underlyings with an index, in their order; what the market does not show is left out
 * @source resources/docs/history.md, "Panels of markets"
 */
export function marketFactors(market: MarketSnapshot): readonly MarketFactor[] {
  return market.indices.flatMap(({ underlying, price }): MarketFactor[] => {
    const expiries = expiriesOf(market, underlying);
    const basis = surfaceTenors.flatMap((tenorDays) => {
      const value = atTenor(expiries, tenorDays, ({ forward }) => Math.log(forward / price), "rate");
      return value === undefined ? [] : [{ factor: factorName({ kind: "basis", underlying, tenorDays }), value }];
    });
    const volatilities = surfaceTenors.flatMap((tenorDays) =>
      [undefined, ...surfaceDeltas].flatMap((delta) => {
        const level = (expiry: Expiry) => (delta === undefined ? atTheMoney(expiry) : atDelta(expiry, delta));
        const value = atTenor(expiries, tenorDays, level, "variance");
        const named = { kind: "volatility" as const, underlying, tenorDays, ...(delta === undefined ? {} : { delta }) };
        return value === undefined ? [] : [{ factor: factorName(named), value }];
      }),
    );
    return [{ factor: factorName({ kind: "price", underlying }), value: price }, ...basis, ...volatilities];
  });
}

/** Expiries of an underlying, ascending; of several quote currencies the one with most strikes. */
function expiriesOf(market: MarketSnapshot, underlying: string): readonly Expiry[] {
  const strikes = new Map<string, number>();
  const own = market.smiles.filter((smile) => smile.underlying === underlying);
  for (const { quote, points } of own) strikes.set(quote, (strikes.get(quote) ?? 0) + points.length);
  const [chosen] = [...strikes].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0] ?? [];
  return own
    .filter(({ quote }) => quote === chosen)
    .flatMap((smile): Expiry[] => {
      const forward = market.forwards.find((of) => isOf(of, smile));
      const years = yearsBetween(market.asOfMs, smile.expiryMs);
      if (forward === undefined || years < nearestYears || smile.points.length === 0) return [];
      return [{ years, forward: forward.value, points: smile.points }];
    })
    .sort((a, b) => a.years - b.years);
}

function isOf(forward: Forward, { underlying, quote, expiryMs }: Smile): boolean {
  return forward.underlying === underlying && forward.quote === quote && forward.expiryMs === expiryMs;
}

/**
 * A level at a tenor from those of the expiries that have one. `variance` levels are volatilities, joined in σ²·τ; `rate` levels grow
 * with time from 0, and come back per year.
 */
function atTenor(
  expiries: readonly Expiry[],
  tenorDays: number,
  level: (expiry: Expiry) => number | undefined,
  kind: "variance" | "rate",
): number | undefined {
  const wanted = tenorDays / 365;
  const known = expiries.flatMap((expiry) => {
    const value = level(expiry);
    if (value === undefined) return [];
    return [{ years: expiry.years, total: kind === "variance" ? value * value * expiry.years : value }];
  });
  const after = known.find(({ years }) => years >= wanted);
  const before = known.filter(({ years }) => years < wanted).at(-1);
  const back = (total: number, years: number) => (kind === "variance" ? Math.sqrt(total / years) : total / years);
  if (after !== undefined && before !== undefined) {
    const share = (wanted - before.years) / (after.years - before.years);
    return back(before.total + (after.total - before.total) * share, wanted);
  }
  const nearest = before ?? after;
  if (nearest === undefined) return undefined;
  const ratio = wanted / nearest.years;
  return ratio > farthest || ratio < 1 / farthest ? undefined : back(nearest.total, nearest.years);
}

/** Volatility at the forward; absent where the strikes do not reach it on both sides. */
function atTheMoney({ points, forward }: Expiry): number | undefined {
  const right = points.findIndex(({ strike }) => strike >= forward);
  const [above, below] = [points[right], points[right - 1]];
  if (above?.strike === forward) return above.volatility;
  if (above === undefined || below === undefined) return undefined;
  const share = Math.log(forward / below.strike) / Math.log(above.strike / below.strike);
  return below.volatility + (above.volatility - below.volatility) * share;
}

/** Volatility at a call delta; absent where the strikes do not reach it. */
function atDelta({ points, forward, years }: Expiry, delta: number): number | undefined {
  let before: { readonly delta: number; readonly volatility: number } | undefined;
  for (const { strike, volatility } of points) {
    const deviation = volatility * Math.sqrt(years);
    const here = { delta: normalCdf(Math.log(forward / strike) / deviation + deviation / 2), volatility };
    // deltas fall with the strike; where a smile is so steep that one rises, the first crossing counts
    if (before !== undefined && before.delta >= delta && here.delta <= delta) {
      const share = before.delta > here.delta ? (before.delta - delta) / (before.delta - here.delta) : 0;
      return before.volatility + (here.volatility - before.volatility) * share;
    }
    before = here;
  }
  return undefined;
}
