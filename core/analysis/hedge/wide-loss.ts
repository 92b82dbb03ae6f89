import type { Steps } from "../../base/index.ts";
import { type AccountCharge, type Book, usdPerUnit } from "../../methodology/index.ts";
import { buildCube } from "../../revaluation/index.ts";
import type { Scenario, ScenarioSet, VolatilityShock } from "../../scenario/index.ts";
import type { HedgeBook } from "./hedge-book.ts";
import type { WideLoss } from "./hedge-result.ts";

/** Each scenario of the margin is taken at these multiples of its moves: twice as wide, and between the nodes. */
const multiples = [0.5, 1, 1.5, 2];
/** No price and no volatility falls by more than this. */
const deepest = -0.95;
/** Sets longer than this (histories, simulations) are taken at twice their moves only. */
const longSet = 200;

/**
 * Worst profit of a book on a grid twice as wide as the scenarios of its margin: a hedge that only satisfies the nodes of the margin grid shows
 * itself here. Joint sets are added scenario by scenario; others count at their own worst each, as margin does.
 *
 * Extreme scenarios that a method sets beside its grid, with a part of their loss only, are left out.
 *
 * @returns USD at the moved index; in steps
 */
export function* wideLoss(hedge: HedgeBook, book: Book): Steps<WideLoss> {
  const sets = hedge.under.scenarios(book).filter(({ repricer }) => repricer === "model");
  const beside = besideGrid(hedge.charge(book).accounts);
  const chosen = sets.length > 0 ? sets.map((set) => widened(set, beside)) : [usualGrid];
  const groups = new Map<string, ScenarioSet[]>();
  for (const set of chosen) {
    const name = set.joint ?? set.id;
    groups.set(name, [...(groups.get(name) ?? []), set]);
  }
  const places: { setId: string; label: string; pnlUsd: number }[] = [];
  for (const [setId, group] of groups) {
    const totals = new Float64Array(group[0]?.scenarios.length ?? 0);
    for (const set of group) {
      addProfits(totals, set, book, hedge);
      yield;
    }
    let worst = 0;
    totals.forEach((profit, at) => {
      if (profit < (totals[worst] ?? 0)) worst = at;
    });
    places.push({ setId, label: group[0]?.scenarios[worst]?.label ?? "", pnlUsd: totals[worst] ?? 0 });
  }
  return { pnlUsd: places.reduce((total, { pnlUsd }) => total + pnlUsd, 0), places };
}

function addProfits(totals: Float64Array, set: ScenarioSet, book: Book, { kernel }: HedgeBook): void {
  const instruments = book.positions.map(({ position, terms }) => ({ instrument: position.instrument, terms }));
  const { values, rowOf } = buildCube(set, instruments, kernel);
  const width = set.scenarios.length;
  for (const { position } of book.positions) {
    const { instrument, quantity } = position;
    const row = rowOf.get(instrument.id);
    if (row === undefined) continue;
    const usd = quantity * usdPerUnit(book.indices, instrument.settlement);
    // A coin that is lost is worth what it is worth after the move.
    const inCoin = instrument.payoff === "inverse" && instrument.kind !== "spot";
    for (let at = 0; at < width; at++) {
      const worth = inCoin ? 1 + (set.scenarios[at]?.priceMove ?? 0) : 1;
      totals[at] = (totals[at] ?? 0) + usd * worth * (values[row * width + at] ?? 0);
    }
  }
}

/** Scenarios outside the grid of their matrix, as `set/scenario`. */
function besideGrid(accounts: readonly AccountCharge[]): ReadonlySet<string> {
  return new Set(
    accounts.flatMap(({ matrices }) =>
      matrices.flatMap(({ setId, cells }) => {
        if (cells.every(({ group }) => group !== "standard")) return [];
        return cells.flatMap(({ scenarioId, group }) => (group === "standard" ? [] : [`${setId}/${scenarioId}`]));
      }),
    ),
  );
}

function widened(set: ScenarioSet, beside: ReadonlySet<string>): ScenarioSet {
  const grid = set.scenarios.filter(({ id }) => !beside.has(`${set.joint ?? set.id}/${id}`));
  const factors = grid.length > longSet ? [2] : multiples;
  const scenarios = grid.flatMap((scenario) => factors.map((factor) => scaled(scenario, factor)));
  return { ...set, id: `${set.id}/wide`, scenarios: [...scenarios, { id: "still", label: "no move", priceMove: 0 }] };
}

function scaled(scenario: Scenario, factor: number): Scenario {
  const { id, label, priceMove, volatility, ...rest } = scenario;
  return {
    ...rest,
    ...{ id: `${id} × ${factor}`, label: factor === 1 ? label : `${factor} × (${label})` },
    priceMove: Math.max(deepest, factor * priceMove),
    ...(volatility === undefined ? {} : { volatility: scaledVolatility(volatility, factor) }),
  };
}

function scaledVolatility(shock: VolatilityShock, factor: number): VolatilityShock {
  const change = factor * shock.change;
  return { ...shock, change: shock.mode === "relative" ? Math.max(deepest, change) : change };
}

/** Where a method has no scenarios of its own: ±30 % in price, ±50 % in volatility. */
const usualGrid: ScenarioSet = {
  ...{ id: "wide", repricer: "model" },
  scenarios: [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3].flatMap((priceMove) =>
    [-0.5, 0, 0.5].map(
      (change): Scenario => ({
        ...{
          id: `${priceMove}/${change}`,
          label: `price ${Math.round(100 * priceMove)} %, volatility ${100 * change} %`,
        },
        priceMove,
        ...(change === 0 ? {} : { volatility: { change, mode: "relative" as const } }),
      }),
    ),
  ),
};
