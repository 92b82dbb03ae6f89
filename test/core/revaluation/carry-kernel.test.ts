import { describe, expect, it } from "vitest";
import { instrumentId, type Option } from "../../../core/instrument/index.ts";
import type { Feed, MarketSnapshot } from "../../../core/market/index.ts";
import { americanValue, carriedPrice, carriedVolatility, europeanSpotValue } from "../../../core/pricing/index.ts";
import {
  bestKernel,
  cachingKernel,
  resolveTerms,
  scalarKernel,
  shockedTerms,
} from "../../../core/revaluation/index.ts";

const asOfMs = Date.parse("2026-01-05T21:00:00Z");
const expiryMs = Date.parse("2026-07-06T21:00:00Z");
const years = (expiryMs - asOfMs) / (365 * 86_400_000);

function option(more: Partial<Option> = {}): Option {
  const base = { venue: "us", underlying: "AAA", quote: "USD", payoff: "linear", settlement: "USD" } as const;
  const terms = { kind: "option", contractSize: 100, expiryMs, strike: 100, optionType: "put" } as const;
  const symbol = `AAA ${more.strike ?? 100} ${more.optionType ?? "put"} ${more.exercise ?? "american"}`;
  return { ...base, ...terms, exercise: "american", ...more, symbol, id: instrumentId("us", symbol) };
}

function market(instruments: readonly Option[], feeds: readonly Feed[], mark = 6): MarketSnapshot {
  return {
    ...{ name: "market", venue: "us", asOfMs, forwards: [], smiles: [], warnings: [], sources: [] },
    indices: [{ underlying: "AAA", price: 98, source: "quoted" }],
    quotes: instruments.map((instrument) => ({ instrument, mark })),
    feeds,
  };
}

const rate: Feed = { kind: "rate", underlying: "USD", value: 0.05 };
const dividendYield: Feed = { kind: "dividend-yield", underlying: "AAA", value: 0.01 };
const dividend: Feed = { kind: "dividend", underlying: "AAA", expiryMs: asOfMs + 60 * 86_400_000, value: 1.5 };

function termsOf(instrument: Option, feeds: readonly Feed[], mark?: number) {
  const found = resolveTerms(market([instrument], feeds, mark), instrument);
  if (!found.ok) throw new Error(found.failure.message);
  return found.value;
}

describe("terms of a listed option at a market with rates", () => {
  it("have the carry, a forward by it, and the volatility that gives the mark", () => {
    for (const exercise of ["american", "european"] as const)
      for (const feeds of [
        [rate, dividendYield],
        [rate, dividendYield, dividend],
      ]) {
        const held = option({ exercise });
        const terms = termsOf(held, feeds);
        expect(terms.carry).toMatchObject({ rate: 0.05, dividendYield: 0.01, yieldSource: "stated" });
        expect(terms.sources.forward).toBe("carry");
        expect(carriedPrice(held, terms)).toBeCloseTo(6, 8);
      }
  });

  it("read the rate between two expiries, and imply the yield from a forward", () => {
    const near: Feed = { ...rate, underlying: "AAA", expiryMs: expiryMs - 86_400_000, value: 0.04 };
    const far: Feed = { ...rate, underlying: "AAA", expiryMs: expiryMs + 86_400_000, value: 0.06 };
    expect(termsOf(option(), [far, rate, near]).carry?.rate).toBeCloseTo(0.05, 12);
    const held = option({ exercise: "european" });
    const snapshot = {
      ...market([held], [rate]),
      forwards: [{ underlying: "AAA", quote: "USD", expiryMs, value: 99, method: "parity" as const, pairs: 3 }],
    };
    const found = resolveTerms(snapshot, held);
    if (!found.ok) throw new Error(found.failure.message);
    expect(found.value.carry?.yieldSource).toBe("implied");
    expect(98 * Math.exp((0.05 - (found.value.carry?.dividendYield ?? 0)) * years)).toBeCloseTo(99, 10);
  });

  it("are those of Black on the forward without rates, and for contracts that are not listed", () => {
    const forwards = [{ underlying: "AAA", quote: "USD", expiryMs, value: 98, method: "set" as const, pairs: 0 }];
    const { contractSize: _size, ...crypto } = option();
    for (const [held, feeds] of [
      [option(), [dividendYield]],
      [crypto, [rate]],
    ] as const) {
      const found = resolveTerms({ ...market([held], feeds), forwards }, held);
      expect(found.ok ? found.value.carry : found).toBeUndefined();
    }
  });

  it("are at the intrinsic value where the mark is below it", () => {
    const held = option({ strike: 120 });
    const terms = termsOf(held, [rate], 21);
    expect(carriedVolatility(held, { ...terms, mark: 21 }, 21)).toMatchObject({ value: { status: "intrinsic" } });
  });
});

describe("carryKernel", () => {
  const scenarios = [-0.15, -0.03, 0, 0.03, 0.15].map((priceMove) => ({ id: `${priceMove}`, label: "", priceMove }));

  it("gives the difference of two values, on every kernel the same", () => {
    const american = option();
    const european = option({ exercise: "european", optionType: "call" });
    const priced = [american, european].map((instrument) => ({
      instrument,
      terms: termsOf(instrument, [rate, dividendYield]),
    }));
    const plain = scalarKernel.unitPnl(priced, scenarios);
    expect([...bestKernel().unitPnl(priced, scenarios)]).toEqual([...plain]);
    expect([...cachingKernel(bestKernel()).unitPnl(priced, scenarios)]).toEqual([...plain]);
    priced.forEach(({ instrument, terms }, row) => {
      const value = instrument.exercise === "american" ? americanValue : europeanSpotValue;
      scenarios.forEach(({ priceMove }, column) => {
        const at = (spot: number) =>
          value({
            ...{ spot, strike: 100, years, rate: 0.05, dividendYield: 0.01, sigma: terms.volatility },
            isCall: instrument.optionType === "call",
          });
        const profit = at(98 * (1 + priceMove)) - at(98);
        expect(plain[row * scenarios.length + column]).toBeCloseTo(profit, 9);
      });
      expect(plain[row * scenarios.length + 2]).toBe(0);
    });
  });

  it("prices volatility shocks and passing days, and the cache tells American from European", () => {
    const american = { instrument: option(), terms: termsOf(option(), [rate, dividend]) };
    const kernel = cachingKernel(bestKernel());
    const shocks = [
      { id: "a", label: "", priceMove: -0.1, volatility: { change: 0.5, mode: "relative" as const } },
      { id: "b", label: "", priceMove: 0, decayDays: 30 },
    ];
    const [up = 0, later = 0] = kernel.unitPnl([american], shocks);
    expect(up).toBeGreaterThan(8);
    expect(later).toBeLessThan(0);
    const [first] = shocks;
    if (first === undefined) throw new Error("no shock");
    expect(shockedTerms(american.instrument, american.terms, first).mark).toBeCloseTo(american.terms.mark + up, 3);
    const { exercise: _american, ...european } = american.instrument;
    const [plain = 0] = kernel.unitPnl([{ instrument: european, terms: american.terms }], shocks);
    expect(plain).not.toBe(up);
  });
});
