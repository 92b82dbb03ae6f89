import type { Position } from "../../../portfolio/index.ts";
import type { BookPosition } from "../../contract.ts";
import type { VarEsRules } from "./rules.ts";

/** The factor of a price. */
export function priceFactor(underlying: string): string {
  return `price:${underlying}`;
}

/** Tenors of the volatility factors an option needs under the rules, days ascending; none where volatility is not shocked. */
export function volatilityTenors({ shocks }: VarEsRules): readonly number[] {
  if (shocks.volatility === "none") return [];
  const named = shocks.volatility === "index" ? [shocks.index] : shocks.tenors;
  return [...new Set(named.map((tenor) => Number.parseFloat(tenor)))].sort((a, b) => a - b);
}

/** The factor of a volatility. */
export function volatilityFactor(underlying: string, tenorDays: number): string {
  return `volatility:${underlying}:${tenorDays}d`;
}

/** Factors of the history behind some positions, in alphabetical order: nothing depends on the order of positions. */
export function factorsOf(positions: readonly Position[], rules: VarEsRules): readonly string[] {
  return [
    ...new Set(
      positions.flatMap(({ instrument: { underlying, kind } }) => [
        priceFactor(underlying),
        ...(kind === "option" ? volatilityTenors(rules).map((days) => volatilityFactor(underlying, days)) : []),
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
