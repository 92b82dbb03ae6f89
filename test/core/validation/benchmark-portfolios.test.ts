import { describe, expect, it } from "vitest";
import type { MarketSnapshot } from "../../../core/market/index.ts";
import { positionGreeks } from "../../../core/pricing/index.ts";
import { resolveTerms } from "../../../core/revaluation/index.ts";
import { benchmarkPortfolios, defaultBenchmarkTerms } from "../../../core/validation/index.ts";
import { sampleMarket } from "./sample-market.ts";

const terms = { ...defaultBenchmarkTerms, underlying: "BTC", size: 2 };

async function booksOf(change: Partial<typeof terms> = {}, market?: MarketSnapshot) {
  const made = benchmarkPortfolios(market ?? (await sampleMarket()), { ...terms, ...change });
  if (!made.ok) throw new Error(made.failure.message);
  return made.value;
}

describe("benchmarkPortfolios", () => {
  it("has every shape both ways, and the random books", async () => {
    const { books, leftOut } = await booksOf();
    const shapes = ["outright", "option-calendar", "straddle", "strangle", "risk-reversal", "box"];
    for (const shape of shapes)
      for (const side of ["long", "short"]) expect(books.map(({ id }) => id)).toContain(`${shape}-${side}`);
    expect(books.filter(({ id }) => id.startsWith("random-"))).toHaveLength(5);
    for (const { message } of leftOut) expect(message).toContain("the market does not quote all of its contracts");
    for (const { portfolio } of books) expect(portfolio.synthetic).toBe(true);
  });

  it("makes straddles and strangles without delta", async () => {
    const market = await sampleMarket();
    const { books } = await booksOf({}, market);
    for (const id of ["straddle-short", "strangle-long"]) {
      const { portfolio } = books.find((book) => book.id === id) ?? { portfolio: undefined };
      const deltas = (portfolio?.positions ?? []).map(({ instrument, quantity }) => {
        const found = resolveTerms(market, instrument);
        if (!found.ok) throw new Error(found.failure.message);
        return positionGreeks(instrument, found.value, quantity).delta;
      });
      expect(deltas).toHaveLength(2);
      expect(Math.abs((deltas[0] ?? 1) + (deltas[1] ?? 1))).toBeLessThan(1e-12);
      expect(Math.abs(deltas[0] ?? 0)).toBeGreaterThan(0.1);
    }
  });

  it("makes a box that pays the distance of its strikes whatever the price", async () => {
    const { books } = await booksOf();
    const positions = books.find(({ id }) => id === "box-long")?.portfolio.positions ?? [];
    const strikes = positions.map(({ instrument }) => (instrument.kind === "option" ? instrument.strike : 0));
    const width = Math.max(...strikes) - Math.min(...strikes);
    for (const price of [1000, 60_000, 90_000, 500_000]) {
      const paid = positions.reduce((total, { instrument, quantity }) => {
        if (instrument.kind !== "option") return total;
        const side = instrument.optionType === "call" ? 1 : -1;
        return total + quantity * Math.max(0, side * (price - instrument.strike));
      }, 0);
      expect(paid).toBeCloseTo(2 * width, 6);
    }
  });

  it("holds an inverse outright in dollars worth its units", async () => {
    const market = await sampleMarket();
    const { books } = await booksOf({}, market);
    const [position] = books.find(({ id }) => id === "outright-long")?.portfolio.positions ?? [];
    if (position === undefined) throw new Error("no outright");
    const found = resolveTerms(market, position.instrument);
    if (!found.ok) throw new Error(found.failure.message);
    expect(position.quantity).toBeCloseTo(2 * found.value.mark, 6);
  });

  it("draws the same books from the same seed", async () => {
    const random = async (seed: number) => (await booksOf({ seed })).books.filter(({ id }) => id.startsWith("random"));
    expect((await random(3)).map(({ portfolio }) => portfolio)).toEqual(
      (await random(3)).map(({ portfolio }) => portfolio),
    );
    expect((await random(3))[0]?.portfolio.positions).not.toEqual((await random(4))[0]?.portfolio.positions);
  });

  it("refuses an underlying without options", async () => {
    const made = benchmarkPortfolios(await sampleMarket(), { ...terms, underlying: "DOGE" });
    expect(made).toMatchObject({ ok: false, failure: { reason: "missing-data" } });
  });
});
