import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Instrument, instrumentId } from "../../../core/instrument/index.ts";
import { typedArrayKernel } from "../../../core/revaluation/engine/index.ts";
import {
  bestKernel,
  buildCube,
  cubeOf,
  type HeldInstrument,
  profitsBySet,
  scalarKernel,
} from "../../../core/revaluation/index.ts";
import type { Scenario, ScenarioSet, VolatilityShock } from "../../../core/scenario/index.ts";
import { simd } from "./engine-book.ts";

const forwards = { BTC: 91_000, ETH: 3_100 } as const;
type Coin = keyof typeof forwards;

function held(coin: Coin, kind: Instrument["kind"], inverse: boolean, part: number, quantity: number): HeldInstrument {
  const forward = forwards[coin];
  const symbol = `${coin}-${kind}-${inverse}-${part}`;
  const contract = {
    ...{ id: instrumentId("test", symbol), venue: "test", symbol, underlying: coin, quote: "USD" },
    ...{ payoff: inverse ? ("inverse" as const) : ("linear" as const), settlement: inverse ? coin : "USD" },
  };
  const option = { strike: forward * (0.5 + part), optionType: part > 0.4 ? ("call" as const) : ("put" as const) };
  const instrument: Instrument =
    kind === "option"
      ? { ...contract, kind, expiryMs: 1, ...option }
      : kind === "future"
        ? { ...contract, kind, expiryMs: 1 }
        : { ...contract, kind };
  const isOption = kind === "option";
  const terms = { forward, index: forward, years: isOption ? part * part : 0, volatility: isOption ? 0.2 + part : 0 };
  return { instrument, terms: { ...terms, mark: 0, sources: { forward: "set", mark: "model" } }, quantity };
}

const shock: fc.Arbitrary<VolatilityShock | undefined> = fc.option(
  fc.oneof(
    fc.record({ change: fc.double({ min: -0.9, max: 2, noNaN: true }), mode: fc.constant("relative" as const) }),
    fc.record({ change: fc.double({ min: -0.5, max: 1, noNaN: true }), mode: fc.constant("absolute" as const) }),
    fc.record({
      change: fc.double({ min: -0.9, max: 2, noNaN: true }),
      mode: fc.constantFrom("relative" as const, "absolute" as const),
      tenor: fc.constant({ referenceDays: 30, shortPower: 0.3, longPower: 0.13, minimumDays: 1 }),
      floor: fc.double({ min: 0, max: 0.6, noNaN: true }),
      startFloor: fc.double({ min: 0, max: 0.6, noNaN: true }),
    }),
  ),
  { nil: undefined },
);

const scenario = fc
  .record({
    priceMove: fc.double({ min: -0.9, max: 2, noNaN: true }),
    volatility: shock,
    decayDays: fc.constantFrom(0, 1, 200),
  })
  .map(({ volatility, ...rest }) => ({ ...rest, ...(volatility === undefined ? {} : { volatility }) }));

const sets: fc.Arbitrary<readonly ScenarioSet[]> = fc.integer({ min: 1, max: 40 }).chain((count) =>
  fc.tuple(...["BTC", "ETH"].map(() => fc.array(scenario, { minLength: count, maxLength: count }))).map((lists) =>
    lists.map((list, at) => ({
      ...{ id: `days ${at}`, repricer: "model" as const, underlying: ["BTC", "ETH"][at] ?? "" },
      scenarios: list.map((one, day): Scenario => ({ ...one, id: `${day}`, label: `day ${day}` })),
    })),
  ),
);

const book: fc.Arbitrary<readonly HeldInstrument[]> = fc.array(
  fc
    .record({
      coin: fc.constantFrom("BTC" as const, "ETH" as const),
      kind: fc.constantFrom("option" as const, "option" as const, "future" as const, "perpetual" as const),
      inverse: fc.boolean(),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
      quantity: fc.integer({ min: -50, max: 50 }),
    })
    .map(({ coin, kind, inverse, part, quantity }) => held(coin, kind, inverse, part, quantity)),
  { minLength: 1, maxLength: 25 },
);

/** Σ quantity × unit profit of a plain cube, by set and settlement. */
function plain(all: readonly ScenarioSet[], positions: readonly HeldInstrument[], setAt: number, settlement: string) {
  const set = all[setAt];
  if (set === undefined) throw new Error("no such set");
  const cube = buildCube(set, positions, scalarKernel);
  const width = set.scenarios.length;
  return Float64Array.from(set.scenarios, (_, j) =>
    positions
      .filter(({ instrument }) => instrument.underlying === set.underlying && instrument.settlement === settlement)
      .reduce(
        (total, { instrument, quantity }) =>
          total + quantity * (cube.values[(cube.rowOf.get(instrument.id) ?? Number.NaN) * width + j] ?? Number.NaN),
        0,
      ),
  );
}

/** Gross size of what the sum adds up, unit of the profit: coin-settled values grow as the price falls. */
function grossOf(positions: readonly HeldInstrument[], settlement: string): number {
  return positions.reduce((total, { instrument, terms, quantity }) => {
    if (instrument.settlement !== settlement) return total;
    const strike = instrument.kind === "option" ? instrument.strike : 0;
    const scale = Math.max(3 * terms.forward, strike);
    if (instrument.payoff === "linear") return total + Math.abs(quantity) * scale;
    const coin = instrument.kind === "option" ? (10 * scale) / terms.forward : 10 / terms.forward;
    return total + Math.abs(quantity) * coin;
  }, 0);
}

describe("profitsBySet", () => {
  it("is the sum of the positions by the formula, whatever the volatility shocks", () => {
    fc.assert(
      fc.property(sets, book, (all, positions) => {
        const found = profitsBySet(all, positions);
        for (const [at, set] of all.entries()) {
          const groups = found.get(set.id) ?? new Map<string, Float64Array>();
          for (const [settlement, profits] of groups) {
            const expected = plain(all, positions, at, settlement);
            const gross = grossOf(positions, settlement);
            for (const [j, value] of profits.entries())
              expect(Math.abs(value - (expected[j] ?? Number.NaN))).toBeLessThanOrEqual(1e-13 * gross);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it("leaves out no position: every underlying and settlement has its vector", () => {
    fc.assert(
      fc.property(sets, book, (all, positions) => {
        const found = profitsBySet(all, positions);
        const expected = new Set(
          positions.map(({ instrument }) => `${instrument.underlying}/${instrument.settlement}`),
        );
        const named = all.flatMap((set) =>
          [...(found.get(set.id)?.keys() ?? [])].map((key) => `${set.underlying}/${key}`),
        );
        expect(new Set(named)).toEqual(expected);
      }),
    );
  });

  it("is the same bits from WebAssembly and from typed arrays", () => {
    const fallback = typedArrayKernel(1 << 16);
    fc.assert(
      fc.property(sets, book, (all, positions) => {
        expect(profitsBySet(all, positions, undefined, fallback)).toEqual(
          profitsBySet(all, positions, undefined, simd),
        );
      }),
      { numRuns: 60 },
    );
  });

  it("is exactly 0 where nothing moves", () => {
    const still: ScenarioSet = { id: "still", repricer: "model", scenarios: [{ id: "0", label: "", priceMove: 0 }] };
    const positions = [held("BTC", "option", true, 0.3, 5), held("BTC", "perpetual", true, 0, 9)];
    expect(profitsBySet([still], positions).get("still")?.get("BTC")).toEqual(Float64Array.of(0));
  });

  it("adds up by any group asked for", () => {
    const set: ScenarioSet = { id: "s", repricer: "model", scenarios: [{ id: "0", label: "", priceMove: 0.1 }] };
    const positions = [held("BTC", "future", false, 0, 2), held("ETH", "future", false, 0, -3)];
    const found = profitsBySet([set], positions, ({ instrument }) => instrument.underlying).get("s");
    expect(found?.get("BTC")?.[0]).toBeCloseTo(2 * 9_100, 9);
    expect(found?.get("ETH")?.[0]).toBeCloseTo(-3 * 310, 9);
  });

  it("refuses sets of different lengths and risk arrays", () => {
    const one: ScenarioSet = { id: "one", repricer: "model", scenarios: [{ id: "0", label: "", priceMove: 0.1 }] };
    const two: ScenarioSet = { ...one, id: "two", scenarios: [...one.scenarios, ...one.scenarios] };
    expect(() => profitsBySet([one, two], [])).toThrow("one length");
    expect(() => profitsBySet([{ ...one, repricer: "risk-array" }], [])).toThrow("by model");
  });
});

describe("cubeOf", () => {
  it("holds the bits of the whole cube in the scenarios asked for", () => {
    fc.assert(
      fc.property(sets, book, (all, positions) => {
        const [set] = all;
        if (set === undefined) throw new Error("no set");
        const whole = buildCube(set, positions, bestKernel());
        const columns = set.scenarios
          .map((_, at) => at)
          .filter((at) => at % 3 === 0)
          .reverse();
        const part = cubeOf(set, columns, positions, bestKernel());
        for (let row = 0; row < part.instrumentIds.length; row++) {
          columns.forEach((column, at) => {
            expect(part.values[row * columns.length + at]).toBe(whole.values[row * set.scenarios.length + column]);
          });
        }
      }),
      { numRuns: 60 },
    );
  });
});
