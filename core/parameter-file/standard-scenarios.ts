import type { ScenarioPoint } from "./parameter-file.ts";

const priceThirds = [0, 1, -1, 2, -2, 3, -3];

/**
 * The sixteen scenarios in the order of every layout, for files that do not define them.
 *
 * @param multiplier of the two extreme moves, price scan ranges
 * @param cover      share of their loss that counts
 */
export function standardScenarios(multiplier: number, cover: number): readonly ScenarioPoint[] {
  const moves = priceThirds.flatMap((thirds, index) =>
    [1, -1].map((volatilityFraction, side) => ({
      point: 2 * index + side + 1,
      priceFraction: thirds / 3,
      volatilityFraction,
      weight: 1,
      paired: 2 * index + 2 - side,
    })),
  );
  const extremes = [1, -1].map((sign, index) => ({
    point: 15 + index,
    priceFraction: sign * multiplier,
    volatilityFraction: 0,
    weight: cover,
    paired: 15 + index,
  }));
  return [...moves, ...extremes];
}
