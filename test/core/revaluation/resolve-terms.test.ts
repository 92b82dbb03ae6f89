import { describe, expect, it } from "vitest";
import { type Instrument, instrumentId, type Option } from "../../../core/instrument/index.ts";
import type { MarketSnapshot, Quote } from "../../../core/market/index.ts";
import { inverseValue } from "../../../core/pricing/index.ts";
import { resolveTerms, smileVolatility } from "../../../core/revaluation/index.ts";

const asOfMs = Date.UTC(2026, 0, 4, 8);
const day = 86_400_000;
const [near, middle, far] = [asOfMs + 30 * day, asOfMs + 60 * day, asOfMs + 90 * day];
const btc = { venue: "deribit", underlying: "BTC", quote: "USD", payoff: "inverse", settlement: "BTC" } as const;

function option(strike: number, expiryMs = near, optionType: Option["optionType"] = "call"): Option {
  const symbol = `BTC-${expiryMs}-${strike}-${optionType}`;
  return { ...btc, id: instrumentId("deribit", symbol), symbol, kind: "option", expiryMs, strike, optionType };
}
const perpetual: Instrument = { ...btc, id: instrumentId("deribit", "P"), symbol: "BTC-PERPETUAL", kind: "perpetual" };
const future: Instrument = {
  ...btc,
  id: instrumentId("deribit", "F"),
  symbol: "BTC-3FEB26",
  kind: "future",
  expiryMs: near,
};
const spot: Instrument = { ...btc, id: instrumentId("deribit", "S"), symbol: "BTC_USD", kind: "spot" };

const curve = { underlying: "BTC", quote: "USD" };
const forwardOf = (expiryMs: number, value: number) =>
  ({ ...curve, expiryMs, value, method: "parity", pairs: 3 }) as const;
const smileOf = (expiryMs: number, ...points: [number, number][]) => ({
  ...curve,
  expiryMs,
  points: points.map(([strike, volatility]) => ({ strike, volatility })),
});

function market(quotes: readonly Quote[] = [], changes: Partial<MarketSnapshot> = {}): MarketSnapshot {
  return {
    ...{ name: "test", venue: "deribit", asOfMs, quotes, warnings: [], sources: [] },
    indices: [{ underlying: "BTC", price: 90000, source: "quoted" }],
    forwards: [forwardOf(near, 90500), forwardOf(middle, 91000), forwardOf(far, 91500)],
    smiles: [smileOf(near, [80000, 0.5], [100000, 0.4]), smileOf(far, [80000, 0.6], [100000, 0.5])],
    ...changes,
  };
}

function resolved(snapshot: MarketSnapshot, instrument: Instrument, stated?: { markPrice: number }) {
  const terms = resolveTerms(snapshot, instrument, stated);
  if (!terms.ok) throw new Error(terms.failure.message);
  return terms.value;
}

describe("resolveTerms of an option", () => {
  it("takes mark and mark volatility of its own quote", () => {
    const instrument = option(95000);
    const terms = resolved(market([{ instrument, mark: 0.03, markVolatility: 0.44 }]), instrument);
    expect(terms).toEqual({
      ...{ index: 90000, forward: 90500, years: 30 / 365, volatility: 0.44, mark: 0.03 },
      sources: { forward: "parity", volatility: "mark", mark: "quoted" },
    });
  });

  it("takes a mark volatility of 0 as it is", () => {
    const instrument = option(20000);
    expect(resolved(market([{ instrument, mark: 0.78, markVolatility: 0 }]), instrument).volatility).toBe(0);
  });

  it("inverts its mark, in coin times the forward", () => {
    const instrument = option(95000);
    const mark = inverseValue(90500, 95000, 30 / 365, 0.47, true);
    const terms = resolved(market([{ instrument, mark }]), instrument);
    expect(terms.volatility).toBeCloseTo(0.47, 12);
    expect(terms.sources.volatility).toBe("inverted");
  });

  it("interpolates on the smile of its expiry, and then takes the model's mark", () => {
    const terms = resolved(market(), option(90000));
    const share = Math.log(90000 / 80000) / Math.log(100000 / 80000);
    expect(terms.volatility).toBeCloseTo(0.5 - 0.1 * share, 14);
    expect(terms.mark).toBe(inverseValue(90500, 90000, 30 / 365, terms.volatility, true));
    expect(terms.sources).toEqual({ forward: "parity", volatility: "interpolated", mark: "model" });
  });

  it("reads the smile where the mark holds no time value", () => {
    const instrument = option(20000);
    const terms = resolved(market([{ instrument, mark: (90500 - 20000) / 90500 }]), instrument);
    expect(terms.sources.volatility).toBe("interpolated");
    expect(terms.sources.mark).toBe("quoted");
  });

  it("takes the mark the venue stated for the position when the market has none", () => {
    const terms = resolved(market(), option(90000), { markPrice: 0.05 });
    expect(terms.mark).toBe(0.05);
    expect(terms.sources).toMatchObject({ mark: "stated", volatility: "inverted" });
  });

  it.each([
    ["index:BTC", market([], { indices: [] }), option(90000)],
    ["forward:BTC@2026-02-03", market([], { forwards: [] }), option(90000)],
    [`volatility:BTC-${near}-90000-call`, market([], { smiles: [] }), option(90000)],
    ["mark:BTC-3FEB26", market([], { forwards: [] }), future],
  ])("names %s when it is missing", (name, snapshot, instrument) => {
    const terms = resolveTerms(snapshot, instrument);
    expect(terms).toMatchObject({ ok: false, failure: { reason: "missing-data", at: name } });
    expect(!terms.ok && terms.failure.message).toContain(name);
  });

  it("says when the instrument has expired", () =>
    expect(resolveTerms(market(), option(90000, asOfMs))).toMatchObject({
      ok: false,
      failure: { reason: "not-applicable" },
    }));
});

describe("resolveTerms of everything else", () => {
  it("takes the mark of a perpetual as its forward", () => {
    const terms = resolved(market([{ instrument: perpetual, mark: 90010 }]), perpetual);
    expect(terms).toMatchObject({ index: 90000, forward: 90010, mark: 90010, years: 0, volatility: 0 });
    expect(terms.sources).toEqual({ forward: "mark", mark: "quoted" });
  });
  it("takes the index for a perpetual without a mark, marked as a model's", () =>
    expect(resolved(market(), perpetual)).toMatchObject({
      mark: 90000,
      sources: { forward: "index", mark: "model" },
    }));
  it("takes the forward of its expiry for a future without a mark", () =>
    expect(resolved(market(), future)).toMatchObject({ mark: 90500, sources: { forward: "parity", mark: "model" } }));
  it("takes the index for spot", () => expect(resolved(market(), spot)).toMatchObject({ mark: 90000, forward: 90000 }));
});

describe("smileVolatility", () => {
  const at = (strike: number, expiryMs: number, forward = 91000) =>
    smileVolatility(market(), { ...curve, strike, expiryMs, forward });

  it("is flat beyond the strikes of a smile", () => {
    expect(at(50000, near, 90500)).toBe(0.5);
    expect(at(200000, near, 90500)).toBe(0.4);
  });

  it("is linear in total variance between expiries, at the same distance from the forward", () => {
    const moneyness = 95000 / 91000;
    const before = at(90500 * moneyness, near, 90500) ?? 0;
    const after = at(91500 * moneyness, far, 91500) ?? 0;
    const variance = (before ** 2 * 30 + after ** 2 * 90) / 2;
    expect(at(95000, middle)).toBeCloseTo(Math.sqrt(variance / 60), 14);
  });

  it("is flat in volatility before the first and after the last expiry", () => {
    expect(at(50000, asOfMs + day)).toBe(0.5);
    expect(at(200000, asOfMs + 400 * day)).toBe(0.5);
  });

  it("is undefined for an underlying without a smile", () =>
    expect(
      smileVolatility(market(), { underlying: "ETH", quote: "USD", strike: 3000, expiryMs: near, forward: 3000 }),
    ).toBeUndefined());
});
