import type { Position } from "../../../portfolio/index.ts";
import type { BookPosition } from "../../contract.ts";
import type { VarEsRules } from "./rules.ts";

/** The factor of a price. */
export function priceFactor(underlying: string): string {
  return `price:${underlying}`;
}

/** A place of the volatility surface in the history. */
export interface VolatilityNode {
  readonly days: number;
  /** Call delta; absent where the series is one of all strikes, or at the money. */
  readonly delta?: number;
}

/** The places of the surface an option needs under the rules, by days and then by delta; none where volatility is not shocked. */
export function volatilityNodes({ shocks }: VarEsRules): readonly VolatilityNode[] {
  if (shocks.volatility === "none") return [];
  const named = shocks.volatility === "index" ? [shocks.index] : shocks.tenors;
  const tenors = [...new Set(named.map((tenor) => Number.parseFloat(tenor)))].sort((a, b) => a - b);
  if (shocks.volatility !== "buckets") return tenors.map((days) => ({ days }));
  const deltas = [...new Set(shocks.deltas)].sort((a, b) => deltaOf(a) - deltaOf(b));
  return tenors.flatMap((days) => deltas.map((name) => (name === "atm" ? { days } : { days, delta: deltaOf(name) })));
}

function deltaOf(name: string): number {
  return name === "atm" ? 0.5 : Number(name);
}

/** The factor of a volatility. */
export function volatilityFactor(underlying: string, { days, delta }: VolatilityNode): string {
  return `volatility:${underlying}:${days}d${delta === undefined ? "" : `:${delta}`}`;
}

/** Factors of the history behind some positions, in alphabetical order: nothing depends on the order of positions. */
export function factorsOf(positions: readonly Position[], rules: VarEsRules): readonly string[] {
  return [
    ...new Set(
      positions.flatMap(({ instrument: { underlying, kind } }) => [
        priceFactor(underlying),
        ...(kind === "option" ? volatilityNodes(rules).map((node) => volatilityFactor(underlying, node)) : []),
      ]),
    ),
  ].sort();
}

/** Underlyings of positions, each once, in alphabetical order; with options or without. */
export function underlyingsOf(
  positions: readonly BookPosition[],
): readonly { readonly underlying: string; readonly hasOptions: boolean }[] {
  const found = new Map<string, boolean>();
  for (const { position } of positions) {
    const { underlying, kind } = position.instrument;
    found.set(underlying, found.get(underlying) === true || kind === "option");
  }
  return [...found.keys()].sort().map((underlying) => ({ underlying, hasOptions: found.get(underlying) === true }));
}
