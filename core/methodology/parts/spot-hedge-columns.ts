import { sum } from "../../base/index.ts";
import type { MarketColumns } from "../market-columns.ts";
import { addColumn } from "./columns.ts";
import { deltaColumn } from "./delta-columns.ts";
import { countedSpot } from "./spot-hedge.ts";
import type { UnitPlaces } from "./unit-entries.ts";

/**
 * Spot that hedges the derivatives of a coin at each market, as `spotHedge`.
 *
 * @returns value at the index, USD; long > 0
 */
export function spotHedgeColumn(
  markets: MarketColumns,
  coin: string,
  { derivatives, spot }: UnitPlaces,
  size: "offsetting" | "held",
): Float64Array {
  const { book, count, indices } = markets;
  const held = sum(spot.map((place) => book.positions[place]?.position.quantity ?? 0));
  const index = indices.get(coin);
  if (held === 0 || index === undefined) return new Float64Array(count);
  if (size === "held") return index.map((price) => held * price);
  const delta = new Float64Array(count);
  for (const place of derivatives) addColumn(delta, deltaColumn(markets, place));
  return index.map((price, at) => countedSpot(held, delta[at] as number) * price);
}
