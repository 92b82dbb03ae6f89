import type { Displacement, UnderlyingShock } from "../reverse-stress/moved-book.ts";
import type { VolatilityShape } from "../volatility-shape.ts";

/** Evenly spaced shocks, both ends included. */
export interface SurfaceAxis {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/**
 * What the rows of a surface move. volatility: all volatilities alike. skew, term: points by delta and by tenor, as `VolatilityShape`.
 * price: the price of another underlying alone.
 */
export type SurfaceVertical =
  | { readonly kind: "volatility" | "skew" | "term" }
  | { readonly kind: "price"; readonly underlying: string };

export interface SurfaceAxes {
  /** Relative price moves; > −1. */
  readonly price: SurfaceAxis;
  /** Rows: of volatility, or of what `vertical` says. */
  readonly volatility: SurfaceAxis;
  /** Relative changes, or points: 0.1 is ten volatility points. Of parallel changes only: skew and term are points, prices relative. */
  readonly volatilityMode: "relative" | "absolute";
  /** Absent: volatility. */
  readonly vertical?: SurfaceVertical;
  /** Only this underlying moves (price and volatility). Absent: all; with a vertical price all but that one. */
  readonly underlying?: string;
  /** Days that pass, ascending, ≥ 0: a surface for each. Absent: none pass. */
  readonly days?: readonly number[];
}

/** Where a surface of one date stands beyond price and parallel volatility of all underlyings. */
export interface SurfaceDepth {
  readonly vertical: SurfaceVertical;
  readonly volatilityMode: SurfaceAxes["volatilityMode"];
  readonly underlying?: string;
  readonly days: number;
}

/** Dates of one request, at most. */
const mostDates = 24;

/** What is wrong with axes, in words; the names of underlyings are checked where they are known. */
export function axesProblem({ price, volatility, vertical, underlying, days }: SurfaceAxes): string | undefined {
  const name = vertical === undefined || vertical.kind === "volatility" ? "volatility" : "vertical";
  for (const [axis, { from, to, count }] of [["price", price] as const, [name, volatility] as const]) {
    if (!(Number.isFinite(from) && Number.isFinite(to) && from < to))
      return `the ${axis} axis must run from a smaller to a larger number; found ${from} to ${to}`;
    if (!(Number.isInteger(count) && count >= 2 && count <= 161))
      return `the ${axis} axis takes 2 to 161 points; found ${count}`;
  }
  if (!(price.from > -1)) return `price moves must be above -1; found ${price.from}`;
  if (vertical?.kind === "price") {
    if (!(volatility.from > -1)) return `price moves must be above -1; found ${volatility.from}`;
    if (vertical.underlying === underlying) return `both axes move the price of ${underlying}; name two underlyings`;
  }
  if (days === undefined) return undefined;
  if (days.length === 0 || days.length > mostDates) return `1 to ${mostDates} dates are taken; found ${days.length}`;
  const wrong = days.find((day, at) => !(day >= 0 && day < 36_500 && day > (days[at - 1] ?? -1)));
  return wrong === undefined ? undefined : `days that pass must ascend from 0 or more; found ${days.join(", ")}`;
}

/** What is wrong with the underlyings that axes name, in words. */
export function unknownUnderlying(
  { vertical, underlying }: SurfaceAxes,
  names: readonly string[] = [],
): string | undefined {
  const named = [underlying, vertical?.kind === "price" ? vertical.underlying : undefined];
  const unknown = named.find((name) => name !== undefined && !names.includes(name));
  if (unknown === undefined) return undefined;
  return `${unknown} does not move this portfolio; its underlyings are ${names.join(", ")}`;
}

/** The surfaces that axes ask for, one a date; `undefined` where price and parallel volatility of all underlyings are all that moves. */
export function depthsOf({
  vertical = { kind: "volatility" },
  volatilityMode,
  underlying,
  days = [0],
}: SurfaceAxes): readonly (SurfaceDepth | undefined)[] {
  return days.map((day) =>
    day === 0 && underlying === undefined && vertical.kind === "volatility"
      ? undefined
      : { vertical, volatilityMode, ...(underlying === undefined ? {} : { underlying }), days: day },
  );
}

/**
 * Where a point of a surface takes a book.
 *
 * @param names     underlyings that move the book
 * @param priceMove of the column
 * @param change    of the row
 * @returns `undefined` where nothing moves
 */
export function displacementAt(
  { vertical, volatilityMode, underlying, days }: SurfaceDepth,
  names: readonly string[],
  priceMove: number,
  change: number,
): Displacement | undefined {
  if (priceMove === 0 && change === 0 && days === 0) return undefined;
  const shocks = new Map<string, UnderlyingShock>();
  for (const name of names) {
    const isOther = vertical.kind === "price" && name === vertical.underlying;
    if (isOther) shocks.set(name, { price: change, volatility: 0 });
    else if (underlying === undefined || name === underlying)
      shocks.set(name, { price: priceMove, ...volatilityOf(vertical, volatilityMode, change) });
  }
  return { shocks, days };
}

function volatilityOf(
  { kind }: SurfaceVertical,
  mode: SurfaceAxes["volatilityMode"],
  change: number,
): Omit<UnderlyingShock, "price"> {
  if (kind === "price") return { volatility: 0 };
  if (kind === "volatility" && mode === "relative") return { volatility: change };
  const shape: VolatilityShape = { kind: kind === "volatility" ? "points" : kind, change };
  return { volatility: 0, shape };
}
