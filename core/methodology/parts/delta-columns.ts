import type { MarketColumns } from "../market-columns.ts";

/** Delta of what a position holds at each market, coins; as `deltasOf` of spot hedges. */
export function deltaColumn({ book, count, marks, deltas }: MarketColumns, place: number): Float64Array {
  const held = book.positions[place]?.position;
  const [mark, delta] = [marks[place], deltas[place]];
  if (held === undefined || mark === undefined || delta === undefined) return new Float64Array(count);
  const { instrument, quantity } = held;
  if (instrument.kind === "option") return delta.map((unit) => quantity * unit);
  const isInverse = instrument.payoff === "inverse" && instrument.kind !== "spot";
  return isInverse ? mark.map((price) => quantity / price) : new Float64Array(count).fill(quantity);
}
