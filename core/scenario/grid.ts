import { DomainError, failed, type Result, success } from "../base/index.ts";
import type { Scenario, ScenarioSet, VolatilityShock } from "./scenario.ts";

/** One volatility column of a grid: `down`, `same`, `up`, or a word of the method. */
export interface VolatilityColumn {
  readonly id: string;
  readonly volatility?: VolatilityShock;
}

/**
 * Every price move under every volatility column, price by price (the columns of one move stand together).
 *
 * @param priceMoves relative moves, > −1; −0.15 is 15 % down
 * @param columns    volatility columns in the order wanted
 * @returns scenarios with ids `<move>/<column>`, e.g. `-0.08/up`
 */
export function priceVolatilityGrid(
  priceMoves: readonly number[],
  columns: readonly VolatilityColumn[],
): readonly Scenario[] {
  return priceMoves.flatMap((priceMove) =>
    columns.map(({ id, volatility }) => ({
      id: `${priceMove}/${id}`,
      label: `price ${percentLabel(priceMove)}, volatility ${id}`,
      priceMove,
      ...(volatility && { volatility }),
    })),
  );
}

/**
 * Evenly spaced values from `from` to `to`, ends included exactly; a value that should be 0 is exactly 0.
 *
 * @param from  first value, finite
 * @param to    last value, finite
 * @param count how many; an integer ≥ 1 (1 gives `from`)
 */
export function evenlySpaced(from: number, to: number, count: number): Float64Array {
  if (!Number.isInteger(count) || count < 1) throw new DomainError("count must be a whole number from 1", count);
  if (!Number.isFinite(from) || !Number.isFinite(to))
    throw new DomainError("a range needs finite ends", `${from}, ${to}`);
  const values = new Float64Array(count);
  const width = Math.max(Math.abs(from), Math.abs(to));
  for (let i = 0; i < count; i++) {
    const value = count === 1 ? from : (from * (count - 1 - i) + to * i) / (count - 1);
    values[i] = Math.abs(value) < width * 1e-14 ? 0 : value;
  }
  return values;
}

/** A relative move in words: `-8 %`, `+50 %`, `0 %`. */
export function percentLabel(move: number): string {
  const percent = Number((move * 100).toPrecision(6));
  return `${percent > 0 ? "+" : ""}${percent} %`;
}

/**
 * Checks a scenario set that came from outside.
 *
 * @returns the set itself, or the first thing wrong with it: no scenarios, a repeated id, a move of −1 or below, a number that is not finite, points of arrays that are not one a scenario
 */
export function validScenarioSet(set: ScenarioSet): Result<ScenarioSet> {
  if (set.scenarios.length === 0) return failed("invalid-input", "a scenario set needs at least one scenario", set.id);
  const points = set.generation?.points.length;
  if (points !== undefined && points !== set.scenarios.length)
    return failed(
      "invalid-input",
      `arrays have one point a scenario; found ${points} points and ${set.scenarios.length} scenarios`,
      set.id,
    );
  const seen = new Set<string>();
  for (const scenario of set.scenarios) {
    const at = `${set.id}/${scenario.id}`;
    if (seen.has(scenario.id)) return failed("invalid-input", `the scenario id ${scenario.id} is used twice`, at);
    seen.add(scenario.id);
    if (!(scenario.priceMove > -1 && scenario.priceMove < Number.POSITIVE_INFINITY))
      return failed("invalid-input", `a price move must be above -1; found ${scenario.priceMove}`, at);
    const wrong = shockProblem(scenario.volatility);
    if (wrong !== undefined) return failed("invalid-input", wrong, at);
  }
  return success(set);
}

function shockProblem(shock: VolatilityShock | undefined): string | undefined {
  if (shock === undefined) return undefined;
  const { change, floor = 0, startFloor = 0, tenor, byDays, byDelta, leastChange = 0 } = shock;
  if (!Number.isFinite(change)) return `a volatility change must be finite; found ${change}`;
  if (!Number.isFinite(leastChange)) return `a least volatility change must be finite; found ${leastChange}`;
  if (byDays !== undefined && !(byDays.length > 0 && byDays.every(isUsableNode)))
    return "a volatility change by days needs days ascending from 0 or more, each with a finite factor";
  if (
    byDelta?.some(
      ({ delta, byDays: table }, at) => !(delta > (byDelta[at - 1]?.delta ?? -1) && table.every(isUsableNode)),
    )
  )
    return "a volatility change by delta needs deltas ascending, each with days ascending and finite factors";
  for (const least of [floor, startFloor])
    if (!(least >= 0 && least < Number.POSITIVE_INFINITY))
      return `a volatility floor must be 0 or more; found ${least}`;
  if (tenor === undefined) return undefined;
  const { referenceDays, minimumDays, shortPower, longPower } = tenor;
  if (!(referenceDays > 0 && referenceDays < Number.POSITIVE_INFINITY))
    return `reference days must be above 0; found ${referenceDays}`;
  if (!(minimumDays >= 0 && minimumDays < Number.POSITIVE_INFINITY))
    return `minimum days must be 0 or more; found ${minimumDays}`;
  if (!Number.isFinite(shortPower) || !Number.isFinite(longPower))
    return `tenor powers must be finite; found ${shortPower} and ${longPower}`;
  return undefined;
}

type Node = NonNullable<VolatilityShock["byDays"]>[number];

function isUsableNode({ days, factor }: Node, index: number, nodes: readonly Node[]): boolean {
  const before = nodes[index - 1]?.days ?? -1;
  return Number.isFinite(days) && days >= 0 && days > before && Number.isFinite(factor);
}
