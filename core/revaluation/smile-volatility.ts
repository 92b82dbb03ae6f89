import { yearsBetween } from "../base/index.ts";
import type { MarketSnapshot, Smile, SmilePoint } from "../market/index.ts";
import { logMoneyness } from "../pricing/index.ts";
import { volatilityAt } from "./smile-slide.ts";
import { forwardKey, indexOf, surfaceKey } from "./snapshot-index.ts";

/** A place on the surface: an option without a volatility of its own. */
export interface SmilePlace {
  readonly underlying: string;
  readonly quote: string;
  readonly expiryMs: number;
  readonly strike: number;
  /** Forward of the expiry, quote currency; > 0. */
  readonly forward: number;
}

/**
 * Volatility interpolated on the smiles of a snapshot.
 * On the smile of its own expiry: linear in volatility over ln K, flat beyond the first and last strike.
 * Where that expiry has no smile: total variance σ²·τ linear in τ between the neighbouring expiries at the same
 * k = ln(K/F); flat volatility before the first and after the last expiry.
 *
 * @param snapshot market
 * @param place    strike, expiry and forward
 * @returns σ, fraction per √year; ≥ 0; `undefined` when the underlying has no smile at all
 * @source resources/docs/glossary.md, "smile"; J. Gatheral, The Volatility Surface, on total variance
 */
export function smileVolatility(snapshot: MarketSnapshot, place: SmilePlace): number | undefined {
  const smiles = indexOf(snapshot).smiles.get(surfaceKey(place)) ?? [];
  const own = smiles.find(({ expiryMs }) => expiryMs === place.expiryMs);
  if (own !== undefined) return volatilityAt(own.points, Math.log(place.strike));
  const after = smiles.find(({ expiryMs }) => expiryMs > place.expiryMs);
  const before = smiles.filter(({ expiryMs }) => expiryMs < place.expiryMs).at(-1);
  const moneyness = -logMoneyness(place.forward, place.strike);
  const at = (smile: Smile): number => {
    const forward = indexOf(snapshot).forwards.get(forwardKey(smile))?.value ?? place.forward;
    return volatilityAt(smile.points, Math.log(forward) + moneyness);
  };
  if (before === undefined || after === undefined) {
    const nearest = before ?? after;
    return nearest && at(nearest);
  }
  const years = yearsBetween(snapshot.asOfMs, place.expiryMs);
  const [first, last] = [before, after].map((smile) => yearsBetween(snapshot.asOfMs, smile.expiryMs));
  if (first === undefined || last === undefined || years <= 0 || last <= first) return at(after);
  const share = (years - first) / (last - first);
  const variance = (1 - share) * at(before) ** 2 * first + share * at(after) ** 2 * last;
  return Math.sqrt(variance / years);
}

/**
 * The smile of an option's own expiry, for scenarios in which it slides with the price.
 *
 * @returns points, strikes ascending; `undefined` when the snapshot has none
 */
export function smileOf(
  snapshot: MarketSnapshot,
  option: { readonly underlying: string; readonly quote: string; readonly expiryMs: number },
): readonly SmilePoint[] | undefined {
  const smiles = indexOf(snapshot).smiles.get(surfaceKey(option)) ?? [];
  return smiles.find(({ expiryMs }) => expiryMs === option.expiryMs)?.points;
}
