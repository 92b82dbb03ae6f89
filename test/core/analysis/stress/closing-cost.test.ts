import { describe, expect, it } from "vitest";
import { closingCost, halfSpreads } from "../../../../core/analysis/stress/closing-cost.ts";
import type { MarketSnapshot, Quote } from "../../../../core/market/index.ts";
import { asOfMs, bookOf, type Held, inverseBtc, option, perpetual, stressed, tetherBtc } from "./small-book.ts";

const marketOf = (quotes: readonly Quote[]): MarketSnapshot => ({
  ...{ name: "m", venue: "test", asOfMs, indices: [], forwards: [], smiles: [], warnings: [], sources: [] },
  quotes,
});
const quoted = ({ instrument }: Held, bid: number, ask: number): Quote => ({ instrument, bid, ask });

describe("closingCost", () => {
  const linear = perpetual(tetherBtc, -3, 100_000);
  const inverse = perpetual(inverseBtc, 200_000, 100_000);
  const call = option(inverseBtc, "call", 5, 110_000, 100_000, 30, 0.6);
  const put = option(tetherBtc, "put", 2, 90_000, 100_000, 30, 0.6);

  it("is half the widened spread of every contract at the stressed price", () => {
    const book = bookOf([linear, inverse, call, put], { BTC: 1, USDT: 1 });
    const market = marketOf([
      quoted(linear, 99_950, 100_050),
      quoted(inverse, 99_980, 100_020),
      quoted(call, 0.02, 0.03),
    ]);
    const at = stressed(book, [{ kind: "price", factor: "BTC", mode: "relative", amount: -0.5 }]);
    const { costUsd, counted, held } = closingCost(book, at.terms, at.book.indices, halfSpreads(book, market), 4);
    // 50 of 100,000 on three coins, 20 of 100,000 on 200,000 dollars, half a cent of a coin on five.
    const expected = 4 * (3 * 50_000 * 0.0005 + (200_000 / 50_000) * 0.0002 * 50_000 + 5 * 0.005 * 50_000);
    expect(Math.abs(costUsd / expected - 1)).toBeLessThan(1e-12);
    expect([counted, held]).toEqual([3, 4]);
  });

  it("counts nothing where the market quotes no bid and ask, or a crossed one", () => {
    const book = bookOf([linear, inverse], {});
    const market = marketOf([quoted(linear, 100, 90), { instrument: inverse.instrument, mark: 1 }]);
    const at = stressed(book, []);
    expect(closingCost(book, at.terms, at.book.indices, halfSpreads(book, market), 2)).toEqual({
      ...{ costUsd: 0, counted: 0, held: 2 },
    });
  });
});
