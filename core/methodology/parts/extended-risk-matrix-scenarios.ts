import type { ScenarioSet, VolatilityShock } from "../../scenario/index.ts";
import type { Book } from "../contract.ts";
import { type MatrixRules, type PairRules, pairOf } from "./extended-risk-matrix-rules.ts";
import { nothingElse, oncePerContracts } from "./once-per-contracts.ts";
import { oncePerPositions } from "./once-per-positions.ts";

export type VolatilityColumn = "down" | "same" | "up";

/** One of the entries of a matrix: what is needed to read its scenario back. */
export interface MatrixColumn {
  readonly scenarioId: string;
  readonly label: string;
  readonly priceMove: number;
  readonly volatility: VolatilityColumn;
  readonly group: "standard" | "extended";
}

/** Id of the scenario set of one underlying. */
export const matrixSetId = (underlying: string): string => `matrix-${underlying}`;

/**
 * Entries of the matrix of one underlying in the venue's order: buckets from −R to +R with the volatility columns inside each,
 * then the extended moves.
 *
 * @param general buckets per side n, columns, extended moves
 * @param pair    R
 * @returns 3·(2n + 1) standard entries (27 for n = 4) with moves R·k/n, then one extended entry a move
 */
export function matrixColumns(general: MatrixRules["general"], pair: PairRules): readonly MatrixColumn[] {
  const byPair = columnsOfRules.get(general) ?? new WeakMap<PairRules, readonly MatrixColumn[]>();
  columnsOfRules.set(general, byPair);
  const columns = byPair.get(pair) ?? columnsOf(general, pair);
  byPair.set(pair, columns);
  return columns;
}

/** Rules never change, and surfaces ask for their columns at every point. */
const columnsOfRules = new WeakMap<MatrixRules["general"], WeakMap<PairRules, readonly MatrixColumn[]>>();

function columnsOf(general: MatrixRules["general"], pair: PairRules): readonly MatrixColumn[] {
  const { bucketsPerSide, volatilityColumns, extendedMoves } = general;
  const buckets = Array.from({ length: 2 * bucketsPerSide + 1 }, (_, index) => index - bucketsPerSide);
  const standard = buckets.flatMap((k, index) =>
    volatilityColumns.map((volatility): MatrixColumn => {
      const priceMove = k === 0 ? 0 : (pair.priceRange * k) / bucketsPerSide;
      return {
        scenarioId: `bucket-${index + 1}-${volatility}`,
        label: `${signedPercent(priceMove)} / vol ${volatility}`,
        priceMove,
        volatility,
        group: "standard",
      };
    }),
  );
  const extended = extendedMoves.map(
    (priceMove, index): MatrixColumn => ({
      scenarioId: `extended-${index + 1}`,
      label: `${signedPercent(priceMove)} / vol up, extended`,
      priceMove,
      volatility: "up",
      group: "extended",
    }),
  );
  return [...standard, ...extended];
}

/** One scenario set for each underlying of the book that has parameters: each has its own range and volatility shocks. */
export function matrixScenarios({ rules, book }: { rules: MatrixRules; book: Book }): ScenarioSet[] {
  return underlyingsOf(book.positions, nothingElse).flatMap((underlying) => {
    const pair = pairOf(rules, underlying)?.rules;
    return pair === undefined ? [] : [setOf(rules.general, pair, underlying)];
  });
}

const underlyingsOf = oncePerPositions(
  oncePerContracts((list) => [...new Set(list.map(({ instrument }) => instrument.underlying))]),
);

/** The set of an underlying; the same object for the same rules, because surfaces ask for it at every point. */
function setOf(general: MatrixRules["general"], pair: PairRules, underlying: string): ScenarioSet {
  const byPair = setsOfRules.get(general) ?? new WeakMap<PairRules, Map<string, ScenarioSet>>();
  setsOfRules.set(general, byPair);
  const byUnderlying = byPair.get(pair) ?? new Map<string, ScenarioSet>();
  byPair.set(pair, byUnderlying);
  const known = byUnderlying.get(underlying);
  if (known !== undefined) return known;
  const shocks = volatilityShocks(general, pair);
  const scenarios = matrixColumns(general, pair).map(({ scenarioId: id, label, priceMove, volatility }) => {
    const shock = shocks[volatility];
    return { id, label, priceMove, ...(shock === undefined ? {} : { volatility: shock }) };
  });
  const set: ScenarioSet = { id: matrixSetId(underlying), repricer: "model", underlying, scenarios };
  byUnderlying.set(underlying, set);
  return set;
}

const setsOfRules = new WeakMap<MatrixRules["general"], WeakMap<PairRules, Map<string, ScenarioSet>>>();

function volatilityShocks(
  { minimumDays, minimumVolatility }: MatrixRules["general"],
  pair: PairRules,
): Readonly<Record<VolatilityColumn, VolatilityShock | undefined>> {
  const tenor = {
    referenceDays: pair.referenceDays,
    shortPower: pair.shortTermVegaPower,
    longPower: pair.longTermVegaPower,
    minimumDays,
  };
  return {
    down: { change: -pair.volatilityDown, mode: "relative", tenor },
    same: undefined,
    up: {
      change: pair.volatilityUp,
      mode: "relative",
      tenor,
      [minimumVolatility === "after-shock" ? "floor" : "startFloor"]: pair.minimumVolatilityUp,
    },
  };
}

/** A relative move as scenario labels write it: `−8 %`, `+2.6667 %`, `0 %`. */
export function signedPercent(move: number): string {
  const text = `${Number((Math.abs(move) * 100).toFixed(4))} %`;
  return move === 0 ? text : `${move < 0 ? "−" : "+"}${text}`;
}
