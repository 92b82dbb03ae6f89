import { describe, expect, it } from "vitest";
import { instrumentId, type Option } from "../../../core/instrument/index.ts";
import { engineRevaluation, typedArrayKernel } from "../../../core/revaluation/engine/index.ts";
import { type PricedInstrument, scalarKernel } from "../../../core/revaluation/index.ts";
import type { Scenario, VolatilityShock } from "../../../core/scenario/index.ts";
import { simd } from "./engine-book.ts";

const engine = engineRevaluation(simd);
const fallback = engineRevaluation(typedArrayKernel(1 << 18));

const part = (i: number, step: number): number => (i * step) % 1;

const instruments: readonly PricedInstrument[] = Array.from({ length: 300 }, (_, i) => {
  const symbol = `BTC-${i}`;
  const inverse = i % 3 === 0;
  const common = {
    ...{ id: instrumentId("test", symbol), venue: "test", symbol, underlying: "BTC", quote: "USD" },
    ...{ payoff: inverse ? ("inverse" as const) : ("linear" as const), settlement: inverse ? "BTC" : "USD" },
  };
  const option: Option = {
    ...{ ...common, kind: "option", expiryMs: 1, strike: 40_000 + 90_000 * part(i, 0.618034) },
    optionType: i % 2 === 0 ? "call" : "put",
  };
  const terms = { forward: 91_000, index: 91_000, mark: 0, sources: { forward: "set", mark: "model" } } as const;
  if (i % 10 === 9)
    return { instrument: { ...common, kind: "perpetual" }, terms: { ...terms, years: 0, volatility: 0 } };
  const years = [0, 1 / 365, 0.05, 0.3, 1.5][i % 5] ?? 0;
  return { instrument: option, terms: { ...terms, years, volatility: i === 7 ? 0 : 0.2 + part(i, 0.414214) } };
});

function listOf(count: number, shockOf: (i: number) => VolatilityShock): readonly Scenario[] {
  return Array.from({ length: count }, (_, i) => ({
    ...{ id: `${i}`, label: "", priceMove: i === 3 ? 0 : 0.8 * part(i, 0.732051) - 0.4 },
    ...(i === 3 ? {} : { volatility: shockOf(i), decayDays: i % 4 }),
  }));
}

const tenor = { referenceDays: 30, shortPower: 0.3, longPower: 0.13, minimumDays: 1 };
const lists: readonly (readonly [string, readonly Scenario[]])[] = [
  ["relative", listOf(101, (i) => ({ change: 1.5 * part(i, 0.236068) - 0.6, mode: "relative" }))],
  ["absolute, with floors", listOf(64, (i) => ({ change: part(i, 0.2) - 0.5, mode: "absolute", floor: 0.1 }))],
  [
    "damped by time",
    listOf(77, (i) => ({ change: part(i, 0.645751) - 0.3, mode: "relative", tenor, startFloor: 0.3 })),
  ],
];

describe("units along a list of joint scenarios", () => {
  it.each(lists)("have the bits of each scenario alone: %s", (_, scenarios) => {
    const whole = engine.unitPnl(instruments, scenarios);
    const expected = new Float64Array(whole.length);
    scenarios.forEach((scenario, column) => {
      const alone = engine.unitPnl(instruments, [scenario]);
      for (let row = 0; row < instruments.length; row++)
        expected[row * scenarios.length + column] = alone[row] ?? Number.NaN;
    });
    expect(whole).toEqual(expected);
    expect(fallback.unitPnl(instruments, scenarios)).toEqual(whole);
  });

  it.each(lists)("agree with the scalar kernel: %s", (_, scenarios) => {
    const whole = engine.unitPnl(instruments, scenarios);
    const plain = scalarKernel.unitPnl(instruments, scenarios);
    const errors = instruments.flatMap(({ instrument }, row) => {
      const scale = instrument.payoff === "inverse" ? 3 : 200_000;
      const from = row * scenarios.length;
      return scenarios.map(
        (_scenario, at) => Math.abs((whole[from + at] ?? Number.NaN) - (plain[from + at] ?? 0)) / scale,
      );
    });
    expect(Math.max(...errors)).toBeLessThan(1e-13);
  });

  it("are exactly 0 where nothing moves", () => {
    const [, scenarios] = lists[0] ?? ["", []];
    const whole = engine.unitPnl(instruments, scenarios);
    expect(instruments.map((_, row) => whole[row * scenarios.length + 3])).toEqual(instruments.map(() => 0));
  });
});
