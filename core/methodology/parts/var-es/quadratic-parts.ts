import type { QuadraticPart, SquareMatrix } from "../../../measure/index.ts";
import { priceFactor } from "./factors.ts";
import type { Sensitivities } from "./sensitivities.ts";

/** Sensitivities of some positions added up, at the places of all factors. */
export function laidOut(name: string, all: readonly Sensitivities[], size: number): QuadraticPart {
  const deltas = new Float64Array(size);
  const values = new Float64Array(size * size);
  for (const { places, deltas: own, gammas } of all) {
    places.forEach((place, i) => {
      deltas[place] = (deltas[place] ?? 0) + (own[i] ?? 0);
      places.forEach((other, j) => {
        values[place * size + other] = (values[place * size + other] ?? 0) + (gammas[i * places.length + j] ?? 0);
      });
    });
  }
  return { name, deltas, gammas: { size, values } };
}

/** Exposures added up. */
export function added(
  parts: readonly QuadraticPart[],
  size: number,
): { readonly deltas: Float64Array; readonly gammas: SquareMatrix } {
  const deltas = new Float64Array(size);
  const values = new Float64Array(size * size);
  for (const part of parts) {
    for (let i = 0; i < size; i++) deltas[i] = (deltas[i] as number) + (part.deltas[i] ?? 0);
    for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) + (part.gammas.values[i] ?? 0);
  }
  return { deltas, gammas: { size, values } };
}

/** Coins held: a price move gains their value times it. */
export function collateralPart(collateral: ReadonlyMap<string, number>, factors: readonly string[]): QuadraticPart {
  const deltas = Float64Array.from(
    factors,
    (factor) => [...collateral].find(([coin]) => priceFactor(coin) === factor)?.[1] ?? 0,
  );
  return {
    name: "collateral",
    deltas,
    gammas: { size: factors.length, values: new Float64Array(factors.length ** 2) },
  };
}
