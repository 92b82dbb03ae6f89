import {
  evenlySpaced,
  percentLabel,
  type Scenario,
  type ScenarioSet,
  type VolatilityShock,
} from "../../scenario/index.ts";

/** A grid of price moves under several volatility shocks, all underlyings together. */
export interface WideGrid {
  /** Ascending, with 0. */
  readonly priceMoves: readonly number[];
  readonly volatilities: readonly { readonly label: string; readonly shock?: VolatilityShock }[];
  /** `method`: twice as wide as its own scenarios; `default`: it has none that move prices. */
  readonly basis: "method" | "default";
  /** Scenarios in order: by volatility, then by price. */
  readonly scenarios: readonly Scenario[];
  /** Scenarios within the method's own range, nodes or between them. */
  readonly inside: readonly boolean[];
}

const lowestMove = -0.95;
/** Scenarios that more than double the price guard a tail, damped by their method: they are no part of its grid. */
const highestNode = 1;
/** More nodes than these (histories of days) are taken by their range; of more shocks the lowest and the highest. */
const [mostNodes, mostShocks] = [40, 2];
/** With more moves than these the middles are left out: a book of ten thousand legs is revalued at every point. */
const mostMoves = 80;
const evenNodes = 21;
const usual = { from: -0.3, to: 0.3, change: 0.5 };

/**
 * A grid twice as wide as the scenarios of a method: each price node, everything again at twice the move, and (of up to 40) the middles
 * between neighbours; no volatility shock, the method's lowest and highest, and these doubled. What a hedge only gains at the nodes of the margin grid shows between and
 * beyond them.
 *
 * @param sets the method's scenarios for the book; only those revalued by model move prices
 */
export function wideGrid(sets: readonly ScenarioSet[]): WideGrid {
  const scenarios = sets.filter(({ repricer }) => repricer === "model").flatMap((set) => set.scenarios);
  const moves = [...new Set(scenarios.map(({ priceMove }) => priceMove))].filter((move) => move <= highestNode);
  const [from, to] = [Math.min(0, ...moves), Math.max(0, ...moves)];
  if (from === 0 && to === 0) return defaultGrid();
  const nodes = moves.length <= mostNodes ? moves : spread(from, to);
  const priceMoves = withMiddles(nodes);
  const shocks = shocksOf(scenarios);
  const isInside = (move: number, doubled: boolean): boolean => !doubled && move >= from && move <= to;
  return grid(priceMoves, [{ label: "same", doubled: false }, ...shocks], "method", isInside);
}

function defaultGrid(): WideGrid {
  const shocks = [usual.change, -usual.change].flatMap((change) =>
    [change, doubled({ change, mode: "relative" }).change].map((one, at) => ({
      ...{ label: `volatility ${percentLabel(one)}`, doubled: at === 1 },
      shock: { change: one, mode: "relative" as const },
    })),
  );
  const isInside = (move: number, twice: boolean): boolean => !twice && move >= usual.from && move <= usual.to;
  const moves = withMiddles(spread(usual.from, usual.to));
  return grid(moves, [{ label: "same", doubled: false }, ...shocks], "default", isInside);
}

interface Shock {
  readonly label: string;
  readonly shock?: VolatilityShock;
  readonly doubled: boolean;
}

function grid(
  priceMoves: readonly number[],
  shocks: readonly Shock[],
  basis: WideGrid["basis"],
  isInside: (move: number, doubled: boolean) => boolean,
): WideGrid {
  const points = shocks.flatMap(({ label, shock, doubled: twice }) =>
    priceMoves.map((priceMove) => ({
      inside: isInside(priceMove, twice),
      scenario: {
        id: `${priceMove}/${label}`,
        label: `price ${percentLabel(priceMove)}, ${label === "same" ? "volatility same" : label}`,
        priceMove,
        ...(shock === undefined ? {} : { volatility: shock }),
      },
    })),
  );
  return {
    priceMoves,
    volatilities: shocks.map(({ label, shock }) => ({ label, ...(shock === undefined ? {} : { shock }) })),
    basis,
    scenarios: points.map(({ scenario }) => scenario),
    inside: points.map(({ inside }) => inside),
  };
}

/** Distinct shocks and their doubles; of many, the lowest and the highest of those that change volatility relatively. */
function shocksOf(scenarios: readonly Scenario[]): readonly Shock[] {
  const distinct = new Map<string, VolatilityShock>();
  for (const { volatility } of scenarios)
    if (volatility !== undefined && volatility.change !== 0) distinct.set(JSON.stringify(volatility), volatility);
  const ascending = [...distinct.values()].sort((a, b) => a.change - b.change);
  const few = ascending.length <= mostShocks ? ascending : [ascending[0], ascending.at(-1)].flatMap((one) => one ?? []);
  return few.flatMap((shock) => [
    { label: labelOf(shock), shock, doubled: false },
    { label: labelOf(doubled(shock)), shock: doubled(shock), doubled: true },
  ]);
}

function doubled(shock: VolatilityShock): VolatilityShock {
  const { change, leastChange, mode } = shock;
  const twice = mode === "relative" ? Math.max(lowestMove, 2 * change) : 2 * change;
  return { ...shock, change: twice, ...(leastChange === undefined ? {} : { leastChange: 2 * leastChange }) };
}

function labelOf({ change, mode, tenor, byDays, byDelta }: VolatilityShock): string {
  const size =
    mode === "relative"
      ? percentLabel(change)
      : `${change > 0 ? "+" : ""}${Number((change * 100).toPrecision(6))} points`;
  const shaped = tenor !== undefined || byDays !== undefined || byDelta !== undefined;
  return `volatility ${size}${shaped ? " by tenor" : ""}`;
}

function spread(from: number, to: number): readonly number[] {
  const half = (end: number): readonly number[] => (end === 0 ? [] : [...evenlySpaced(0, end, evenNodes)]);
  return [...half(from), ...half(to)];
}

/** Nodes with 0, their doubles, and the middles between neighbours; ascending, none below −95 %. */
function withMiddles(nodes: readonly number[]): readonly number[] {
  const wide = [...new Set([0, ...nodes, ...nodes.map((move) => 2 * move)].map((move) => Math.max(lowestMove, move)))];
  const ascending = wide.sort((a, b) => a - b);
  if (2 * ascending.length > mostMoves) return ascending;
  return ascending.flatMap((move, at) => {
    const next = ascending[at + 1];
    return next === undefined ? [move] : [move, (move + next) / 2];
  });
}
