import { describe, expect, it } from "vitest";
import { normalCdf } from "../../../core/base/index.ts";
import { marketFactors, panelHistory, panelMoment } from "../../../core/history/index.ts";
import type { MarketSnapshot, SmilePoint } from "../../../core/market/index.ts";
import { at } from "./series.ts";

const asOfMs = at("2026-01-01");
const days = (count: number): number => asOfMs + count * 86_400_000;
const strikes = [60, 80, 90, 100, 110, 120, 150];
const flat = (volatility: number): SmilePoint[] => strikes.map((strike) => ({ strike, volatility }));

/** A market of one underlying with the given expiries, days to expiry first. */
function market(
  expiries: readonly { readonly days: number; readonly forward: number; readonly points: readonly SmilePoint[] }[],
  changes: Partial<MarketSnapshot> = {},
): MarketSnapshot {
  const of = { underlying: "BTC", quote: "USD" };
  return {
    ...{ name: "m", venue: "deribit", asOfMs, quotes: [], warnings: [], sources: [] },
    indices: [{ underlying: "BTC", price: 100, source: "quoted" }],
    forwards: expiries.map((expiry) => ({
      ...of,
      expiryMs: days(expiry.days),
      value: expiry.forward,
      method: "parity",
      pairs: 3,
    })),
    smiles: expiries.map((expiry) => ({ ...of, expiryMs: days(expiry.days), points: expiry.points })),
    ...changes,
  };
}

const factors = (of: MarketSnapshot) => new Map(marketFactors(of).map(({ factor, value }) => [factor, value]));

describe("marketFactors", () => {
  it("joins total variance of two expiries linearly in time, and ln(F/S) for the basis", () => {
    const found = factors(
      market([
        { days: 20, forward: 101, points: flat(0.4) },
        { days: 60, forward: 104, points: flat(0.6) },
      ]),
    );
    // 30 days: a quarter of the way; variances 0.4²·20, 0.6²·60
    const variance = 0.75 * 0.16 * 20 + 0.25 * 0.36 * 60;
    expect(found.get("volatility:BTC:30d")).toBeCloseTo(Math.sqrt(variance / 30), 14);
    const carry = 0.75 * Math.log(1.01) + 0.25 * Math.log(1.04);
    expect(found.get("basis:BTC:30d")).toBeCloseTo(carry / (30 / 365), 14);
    expect(found.get("price:BTC")).toBe(100);
  });

  it("is flat beyond the first and last expiry, up to half and twice their days, and silent beyond", () => {
    const found = factors(
      market([
        { days: 10, forward: 100, points: flat(0.5) },
        { days: 50, forward: 100, points: flat(0.7) },
      ]),
    );
    expect(found.get("volatility:BTC:7d")).toBeCloseTo(0.5, 14);
    expect(found.get("volatility:BTC:90d")).toBeCloseTo(0.7, 14);
    expect(found.has("volatility:BTC:180d")).toBe(false);
    expect(factors(market([{ days: 20, forward: 100, points: flat(0.5) }])).has("volatility:BTC:7d")).toBe(false);
  });

  it("reads the money between strikes in ln K, and nothing where the strikes do not reach it", () => {
    const points = [
      { strike: 90, volatility: 0.6 },
      { strike: 110, volatility: 0.5 },
    ];
    const share = Math.log(100 / 90) / Math.log(110 / 90);
    expect(factors(market([{ days: 30, forward: 100, points }])).get("volatility:BTC:30d")).toBeCloseTo(
      0.6 - 0.1 * share,
      14,
    );
    expect(factors(market([{ days: 30, forward: 120, points }])).has("volatility:BTC:30d")).toBe(false);
  });

  it("finds the volatility at a delta: puts of a falling smile cost more", () => {
    const points = strikes.map((strike) => ({ strike, volatility: 0.5 - 0.4 * Math.log(strike / 100) }));
    const found = factors(market([{ days: 90, forward: 100, points }]));
    const [far = 0, call = 0, put = 0, farPut = 0] = [0.1, 0.25, 0.75, 0.9].map((delta) =>
      found.get(`volatility:BTC:90d:${delta}`),
    );
    expect(farPut > put && put > call && call > far).toBe(true);
    // the strike whose volatility this is has about that delta
    const strike = 100 * Math.exp((0.5 - call) / 0.4);
    const deviation = call * Math.sqrt(90 / 365);
    expect(normalCdf(Math.log(100 / strike) / deviation + deviation / 2)).toBeCloseTo(0.25, 1);
  });

  it("does not take expiries of the last hours, of the thinner quote currency, or without a forward", () => {
    const usual = { days: 30, forward: 100, points: flat(0.5) };
    const hours = factors(market([{ days: 0.1, forward: 100, points: flat(3) }, usual]));
    expect(hours.get("volatility:BTC:30d")).toBeCloseTo(0.5, 14);
    const base = market([usual]);
    const thin = { underlying: "BTC", quote: "USDC", expiryMs: days(30), points: [{ strike: 100, volatility: 9 }] };
    expect(factors({ ...base, smiles: [thin, ...base.smiles] }).get("volatility:BTC:30d")).toBeCloseTo(0.5, 14);
    expect([...factors({ ...base, forwards: [] }).keys()]).toEqual(["price:BTC"]);
  });
});

describe("panelHistory", () => {
  it("makes a series a factor, says gaps of all once, and names torn snapshots", () => {
    const moments = [0, 1, 2, 4, 5, 6, 7, 8, 9, 10].map((day) =>
      panelMoment(market([{ days: 30, forward: 100, points: flat(0.5) }], { asOfMs: days(day) })),
    );
    const built = panelHistory("p", moments.map((moment, place) => ({ ...moment, torn: place === 1 })).reverse());
    expect(built.series.find(({ factor }) => factor === "price:BTC")).toMatchObject({
      calendar: "every-day",
      source: "deribit market snapshots",
      timesMs: moments.map(({ asOfMs: ms }) => ms),
    });
    const messages = built.warnings.map(({ message }) => message);
    expect(messages[0]).toBe("rows of 1 snapshot are not of one moment: 2026-01-02 00:00:00Z");
    expect(messages[1]).toMatch(/^\d+ series, the first price:BTC: 1 day missing: 2026-01-04$/);
    expect(messages.filter((message) => message.includes("missing"))).toHaveLength(1);
  });
});
