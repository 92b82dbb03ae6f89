import { hasUsdRate } from "../../methodology/index.ts";
import type { FactorShock } from "../../scenario/index.ts";
import { leastRelativeMove, type ShocksByKind, type StressShocks } from "./stress-shocks.ts";

type PriceShock = NonNullable<ShocksByKind["price"]>[number];
type VolatilityShockEntry = NonNullable<ShocksByKind["volatility"]>[number];

/** Slack of the ends of a bucket: days that floating point puts a hair outside are inside. */
const hair = 1e-9;

interface Bucketed {
  readonly tenor?: { readonly fromDays: number; readonly toDays: number };
  readonly delta?: { readonly from: number; readonly to: number };
}

/**
 * Of the shocks of one kind, the one that counts for a contract: that of the narrowest bucket it lies in (delta before tenor), the last of
 * equal ones. Shocks without a bucket reach every contract.
 *
 * @param days  to expiry; `undefined` where the contract has none: only shocks without a tenor reach it
 * @param delta N(d1) before the shock; where it does not apply only shocks without a bucket of deltas count
 */
export function narrowest<S extends FactorShock & Bucketed>(
  shocks: readonly S[] | undefined,
  days: number | undefined,
  delta?: number,
): S | undefined {
  let found: S | undefined;
  for (const shock of shocks ?? []) {
    if (!reaches(shock, days, delta)) continue;
    if (found === undefined || widthOf(shock) <= widthOf(found)) found = shock;
  }
  return found;
}

function reaches({ tenor, delta: bucket }: Bucketed, days: number | undefined, delta: number | undefined): boolean {
  if (tenor !== undefined && (days === undefined || days < tenor.fromDays - hair || days > tenor.toDays + hair))
    return false;
  return bucket === undefined || (delta !== undefined && delta >= bucket.from - hair && delta <= bucket.to + hair);
}

/** A bucket of deltas is narrower than any of tenors alone. */
function widthOf({ tenor, delta }: Bucketed): number {
  const days = tenor === undefined ? 1e6 : Math.min(tenor.toDays - tenor.fromDays, 1e6);
  return (delta === undefined ? 4e6 : 2e6 * (delta.to - delta.from)) + days;
}

/**
 * A price after a shock.
 *
 *     relative: P·(1 + k·a), a move of more than −1 held at −99 %;   absolute: P + k·a;   level: P + k·(a − P)
 *
 * @param price any finite number
 * @returns same unit; may be 0 or below
 */
export function shockedPrice(price: number, shock: PriceShock | undefined, scale: number): number {
  if (shock === undefined) return price;
  if (shock.mode === "relative") return price * (1 + relativeMove(shock.amount, scale));
  if (shock.mode === "absolute") return price + scale * shock.amount;
  return scale === 1 ? shock.amount : price + scale * (shock.amount - price);
}

/** A relative price move, k times; one of more than −1 stays above it. */
export function relativeMove(amount: number, scale: number): number {
  const move = scale === 1 ? amount : amount * scale;
  return amount > -1 && move < leastRelativeMove ? Math.min(amount, leastRelativeMove) : move;
}

/**
 * A volatility after a shock without a rule of its own, not yet floored.
 *
 *     relative: σ·(1 + k·a);   absolute: σ + k·a;   level: σ + k·(a − σ)
 */
export function shockedLevel(volatility: number, shock: VolatilityShockEntry, scale: number): number {
  if (shock.mode === "relative") return volatility * (1 + scale * shock.amount);
  if (shock.mode === "absolute") return volatility + scale * shock.amount;
  return scale === 1 ? shock.amount : volatility + scale * (shock.amount - volatility);
}

/** A peg never falls below this share of its price: prices in the coin are divided by it. */
const leastPeg = 1e-6;
const noIndices: ReadonlyMap<string, number> = new Map();

/**
 * Price of a stablecoin over what it was: its peg's shock, else a price shock of its own. Other currencies have no peg: 1.
 *
 * @param price USD per coin before; > 0
 * @returns ≥ 1e-6; 1 where nothing moves it
 */
export function pegRatio({ byFactor, scale }: StressShocks, coin: string, price: number): number {
  const own = byFactor.get(coin);
  if (own === undefined || coin === "USD") return 1;
  const peg = own.stablecoin?.at(-1);
  if (peg !== undefined) {
    if (peg.mode === "relative") return Math.max(leastPeg, 1 + relativeMove(peg.amount, scale));
    return Math.max(leastPeg, (price + scale * (peg.amount - price)) / price);
  }
  const shock = hasUsdRate(noIndices, coin) ? narrowest(own.price, undefined) : undefined;
  return shock === undefined ? 1 : Math.max(leastPeg, shockedPrice(price, shock, scale) / price);
}
