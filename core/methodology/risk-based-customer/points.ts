import { evenlySpaced, percentLabel, type Scenario, type ScenarioSet } from "../../scenario/index.ts";
import type { Book } from "../contract.ts";
import { groupsOf, leverageOf } from "./groups.ts";
import type { PriceRange, RiskBasedRules } from "./rules.ts";

/**
 * Relative price moves of the valuation points, falls first. The price itself is not one of them.
 *
 *     by-side       x = down·k/n for k = n..1, then up·k/n for k = 1..n
 *     equal-steps   2n points from down to up in equal steps
 *
 * @param range     down < 0 < up
 * @param leverage  factor of a leveraged fund; > 0
 * @returns 2n moves, > −1
 */
export function pointMoves({ down, up }: PriceRange, points: RiskBasedRules["points"], leverage: number): number[] {
  const { perSide, layout } = points;
  const [low, high] = [Math.max(down * leverage, -0.99), up * leverage];
  const moves =
    layout === "equal-steps"
      ? [...evenlySpaced(low, high, 2 * perSide)]
      : Array.from({ length: 2 * perSide }, (_, k) =>
          k < perSide ? (low * (perSide - k)) / perSide : (high * (k - perSide + 1)) / perSide,
        );
  // Twelve digits keep a move what the rule says: −0.12 and not −0.12000000000000001.
  return moves.map((move) => Number(move.toPrecision(12)));
}

/** One set of points per underlying: those of a class group align by their place, not by their percentage. */
export function pointSets(book: Book, rules: RiskBasedRules): readonly ScenarioSet[] {
  const sets = new Map<string, ScenarioSet>();
  for (const { products } of groupsOf(book, rules))
    for (const { classes } of products)
      for (const { positions, range } of classes)
        for (const { position } of positions) {
          const { underlying } = position.instrument;
          if (sets.has(underlying)) continue;
          const moves = pointMoves(range, rules.points, leverageOf(rules, underlying));
          sets.set(underlying, {
            id: setIdOf(underlying),
            repricer: "model",
            underlying,
            scenarios: moves.map(
              (priceMove, k): Scenario => ({ id: String(k + 1), label: `price ${percentLabel(priceMove)}`, priceMove }),
            ),
          });
        }
  return [...sets.values()];
}

/** Id of the points of an underlying. */
export function setIdOf(underlying: string): string {
  return `points-${underlying}`;
}
