import { DomainError, sum } from "../../base/index.ts";
import type { Book, BookPosition, Revalued } from "../contract.ts";
import { usdPerUnit } from "../parts/usd-per-unit.ts";
import type { ClassGroup, ProductGroup, TopGroup } from "./groups.ts";
import { setIdOf } from "./points.ts";

/** Profit of a class group at each point, USD; gain > 0. */
export interface ClassProfits {
  readonly group: ClassGroup;
  readonly totals: readonly number[];
  /** Profit of each position at a point, in the order of the group. */
  readonly byPosition: (point: number) => readonly number[];
}

export interface ProductProfits {
  readonly group: ProductGroup;
  readonly classes: readonly ClassProfits[];
  /** After the offset between class groups; not capped. */
  readonly totals: readonly number[];
}

export interface TopProfits {
  readonly group: TopGroup;
  readonly products: readonly ProductProfits[];
  /** After the offset between product groups; not capped. */
  readonly totals: readonly number[];
  /** Point of the largest loss, the first on ties; absent when no point loses. */
  readonly worst?: number;
}

/**
 * Profits of a group tree at every point.
 *
 *     class    P_k = Σ q·(V(S(1+x_k)) − V(S))
 *     product  T_k = Σ min(0, P_k) + offset·Σ max(0, P_k) over its class groups; a portfolio group the same over its product groups
 *
 * @param points number of valuation points
 */
export function topProfits(top: TopGroup, points: number, book: Book, { cube }: Pick<Revalued, "cube">): TopProfits {
  const products = top.products.map((group): ProductProfits => {
    const classes = group.classes.map((one) => classProfits(one, points, book, cube));
    return { group, classes, totals: offsetTotals(classes, group.offset, points) };
  });
  const totals = offsetTotals(products, top.offset, points);
  const least = Math.min(0, ...totals);
  if (least >= 0) return { group: top, products, totals };
  // Points that differ in the last bits of a sum are one loss: the first is named whatever the order of additions.
  return { group: top, products, totals, worst: totals.findIndex((total) => total <= least * (1 - 1e-12)) };
}

/**
 * Profit at each point after a partial offset of gains.
 *
 *     T_k = Σ min(0, P_k) + offset·Σ max(0, P_k);   one member alone: P_k
 *
 * @param members profits by point, USD
 * @param offset  share of gains that counts, 0 to 1
 * @param points  number of points
 */
export function offsetTotals(
  members: readonly { readonly totals: readonly number[] }[],
  offset: number,
  points: number,
): readonly number[] {
  const [only] = members;
  if (only !== undefined && members.length === 1) return only.totals;
  return Array.from({ length: points }, (_, k) =>
    sum(members.map(({ totals }) => offsetProfit(totals[k] ?? 0, offset))),
  );
}

/** A gain counts by its share, a loss in full. */
export function offsetProfit(profit: number, offset: number): number {
  return profit > 0 ? offset * profit : profit;
}

function classProfits(group: ClassGroup, points: number, book: Book, cube: Revalued["cube"]): ClassProfits {
  const rows = group.positions.map(({ position }: BookPosition) => {
    const { id, underlying, settlement } = position.instrument;
    const units = cube(setIdOf(underlying));
    const row = units.rowOf.get(id);
    if (row === undefined) throw new DomainError("the cube must hold every instrument of the book", id);
    return { units, start: row * points, factor: position.quantity * usdPerUnit(book.indices, settlement) };
  });
  const byPosition = (point: number): number[] =>
    rows.map(({ units, start, factor }) => factor * (units.values[start + point] ?? 0));
  return { group, byPosition, totals: Array.from({ length: points }, (_, point) => sum(byPosition(point))) };
}
