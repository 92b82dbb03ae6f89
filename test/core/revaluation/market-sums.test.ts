import { describe, expect, it } from "vitest";
import { normalPdf } from "../../../core/base/index.ts";
import { instrumentId, type Option } from "../../../core/instrument/index.ts";
import { blackGreeks, blackValue, logMoneyness } from "../../../core/pricing/index.ts";
import {
  type HeldOption,
  marketPlan,
  marketSensitivities,
  marketSums,
  sensitivityRows,
  typedArrayKernel,
} from "../../../core/revaluation/engine/index.ts";
import { densityTable, tableReach, tableScale } from "../../../core/revaluation/engine/normal-table.ts";
import { type Scenario, shockedVolatility, type VolatilityShock } from "../../../core/scenario/index.ts";
import { simd } from "./engine-book.ts";

const part = (i: number, step: number): number => (i * step) % 1;

const options: readonly HeldOption[] = Array.from({ length: 300 }, (_, i) => {
  const symbol = `ETH-${i}`;
  const forward = 3_100;
  const instrument: Option = {
    ...{ id: instrumentId("test", symbol), venue: "test", symbol, underlying: "ETH", quote: "USD", kind: "option" },
    ...{ payoff: i % 2 === 0 ? "inverse" : "linear", settlement: "USD", expiryMs: 1 },
    ...{ strike: forward * (0.5 + part(i, 0.618034)), optionType: i % 3 === 0 ? "put" : "call" },
  };
  const terms = { forward, index: forward, mark: 0, sources: { forward: "set", mark: "model" } } as const;
  const years = [0.002, 0.05, 0.4, 1.5][i % 4] ?? 1;
  const held = { instrument, terms: { ...terms, years, volatility: 0.3 + part(i, 0.414214) } };
  return {
    ...held,
    quantity: Math.round(40 * part(i, 0.732051)) - 20,
    distance: logMoneyness(forward, instrument.strike),
  };
});
const gross = options.reduce((total, { quantity, terms }) => total + Math.abs(quantity) * 2 * terms.forward, 0);

const priceMoves = Float64Array.of(-0.4, 0, 0.15, 0.5, -0.1);
const shocks: readonly (VolatilityShock | undefined)[] = [
  undefined,
  { change: 0.4, mode: "relative" },
  { change: -0.2, mode: "absolute" },
];
const tenor = { referenceDays: 30, shortPower: 0.3, longPower: 0.13, minimumDays: 1 };
const scenarios: readonly Scenario[] = [
  { id: "down", label: "", priceMove: -0.16, volatility: { change: -0.25, mode: "relative", tenor } },
  { id: "still", label: "", priceMove: 0 },
  { id: "up", label: "", priceMove: 0.66, volatility: { change: 0.5, mode: "relative", tenor, floor: 0.5 } },
  { id: "later", label: "", priceMove: 0.02, decayDays: 3 },
];

function value({ instrument, terms }: HeldOption, move: number, volatility: number, days: number): number {
  const forward = terms.forward * (1 + move);
  const years = Math.max(0, terms.years - days / 365);
  const price = blackValue(forward, instrument.strike, years, volatility, instrument.optionType === "call");
  return instrument.payoff === "inverse" ? price / forward : price;
}

describe("marketSums", () => {
  const plan = marketPlan(priceMoves, scenarios);
  const sums = new Float64Array(shocks.length * priceMoves.length * scenarios.length);
  const values = new Float64Array(shocks.length * priceMoves.length);
  marketSums(simd, plan, options, shocks, sums, values);

  it("are the profits by the formula, from every shocked market", () => {
    shocks.forEach((shock, row) => {
      priceMoves.forEach((move, point) => {
        const at = row * priceMoves.length + point;
        scenarios.forEach(({ priceMove, volatility, decayDays = 0 }, scenario) => {
          let expected = 0;
          for (const option of options) {
            const { years } = option.terms;
            const now = shockedVolatility(option.terms.volatility, years, shock);
            const then = shockedVolatility(now, years, volatility);
            const after = value(option, (1 + move) * (1 + priceMove) - 1, then, decayDays);
            expected += option.quantity * (after - value(option, move, now, 0));
          }
          expect(Math.abs((sums[at * scenarios.length + scenario] ?? Number.NaN) - expected) / gross).toBeLessThan(
            1e-14,
          );
        });
        const worth = options.reduce(
          (total, one) =>
            total + one.quantity * value(one, move, shockedVolatility(one.terms.volatility, one.terms.years, shock), 0),
          0,
        );
        expect(Math.abs((values[at] ?? Number.NaN) - worth) / gross).toBeLessThan(1e-14);
        expect(sums[at * scenarios.length + 1]).toBe(0);
      });
    });
  });

  it("are the same bits from WebAssembly and from typed arrays", () => {
    const other = new Float64Array(sums.length);
    marketSums(typedArrayKernel(1 << 17), plan, options, shocks, other);
    expect(other).toEqual(sums);
  });
});

describe("marketSensitivities", () => {
  const plan = marketPlan(priceMoves, []);
  const points = priceMoves.length;

  it.each(shocks)("are the greeks by the formula (%j)", (shock) => {
    const sums = new Float64Array(sensitivityRows * points);
    marketSensitivities(simd, plan, options, shock, sums);
    priceMoves.forEach((move, point) => {
      const expected = [0, 0, 0, 0];
      const scale = [0, 0, 0, 0];
      for (const { instrument, terms, quantity } of options) {
        const { years } = terms;
        const forward = terms.forward * (1 + move);
        const volatility = shockedVolatility(terms.volatility, years, shock);
        const greeks = blackGreeks(forward, instrument.strike, years, volatility, instrument.optionType === "call");
        [greeks.delta, greeks.gamma * forward, greeks.vega, greeks.theta].forEach((greek, row) => {
          expected[row] = (expected[row] ?? 0) + quantity * greek;
          scale[row] = (scale[row] ?? 0) + Math.abs(quantity * greek);
        });
      }
      expected.forEach((greek, row) => {
        const found = sums[row * points + point] ?? Number.NaN;
        expect(Math.abs(found - greek) / (scale[row] ?? 1)).toBeLessThan(1e-12);
      });
    });
  });
});

describe("densityTable", () => {
  it("is the density to 1e-14 between its ends", () => {
    const table = densityTable();
    let worst = 0;
    for (let at = 0.5; at < 2 * tableReach * tableScale - 0.5; at += 0.0437) {
      const record = Math.round(at);
      const f = at - record;
      let found = 0;
      for (let power = 5; power >= 0; power--) found = found * f + (table[6 * record + power] ?? Number.NaN);
      worst = Math.max(worst, Math.abs(found - normalPdf(at / tableScale - tableReach)));
    }
    expect(worst).toBeLessThan(1e-14);
  });
});
