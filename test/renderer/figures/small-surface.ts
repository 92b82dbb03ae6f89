import type { Surface } from "../../../renderer/figures/layer.ts";

const prices = [-0.2, -0.1, 0, 0.1, 0.2];
const volatilities = [-0.5, 0, 0.5];

const over = (value: (price: number, volatility: number) => number): Float64Array =>
  Float64Array.from(volatilities.flatMap((volatility) => prices.map((price) => value(price, volatility))));

/**
 * Five price moves by three volatility changes. Profit is 1,000 per unit of price and −200 per unit of volatility, the
 * requirement is 100 plus the loss, the balance 230: headroom is 0 at price −0.13 without a change of volatility.
 * Down moves bind `down`, up moves `up`, and nothing binds at no move.
 */
export function smallSurface(change: Partial<Surface> = {}): Surface {
  const pnl = over((price, volatility) => 1000 * price - 200 * volatility);
  const maintenance = over((price, volatility) => 100 + Math.max(0, -(1000 * price - 200 * volatility)));
  const surface: Omit<Surface, "asOfMs" | "layers"> = {
    priceMoves: Float64Array.from(prices),
    volatilityChanges: Float64Array.from(volatilities),
    volatilityMode: "relative",
    binding: Int16Array.from(over((price) => (price < 0 ? 0 : price > 0 ? 1 : -1))),
    bindings: ["down", "up"],
    stage: "final",
    methodology: "example",
    version: "example-1",
    overridden: false,
    accuracy: "exact",
    excluded: 0,
    kernel: "test",
  };
  return {
    ...surface,
    asOfMs: 1_774_569_600_000,
    layers: {
      pnl,
      initial: maintenance.map((value) => 1.3 * value),
      maintenance,
      headroom: maintenance.map((value) => 230 - value),
      callRoom: maintenance.map((value) => 230 - 1.3 * value),
      delta: over(() => 10),
      gamma: over(() => 0),
      vega: over(() => -2),
      theta: over(() => 0),
    },
    ...change,
  };
}
