import { beforeAll, expect, it } from "vitest";
import type { MarginResult } from "../../../core/margin/index.ts";
import { runMargin } from "../../../core/margin/index.ts";
import type { MarketSnapshot } from "../../../core/market/index.ts";
import { catalog } from "../../../core/methodology/index.ts";
import type { Portfolio, Position, PositionId } from "../../../core/portfolio/index.ts";
import { resolveRules } from "../../../core/rulebook/index.ts";
import { describeWithSharedData } from "../../shared-data.ts";
import { diskFile, imported } from "../import/files.ts";
import { amountOf } from "../methodology/expected-amount.ts";
import { rulebookOf } from "../methodology/run-case.ts";
import { unwrapped } from "../result-value.ts";

/** Every listed series, one thousandth of its open interest, every second short. */
function bookOf(market: MarketSnapshot): Portfolio {
  const positions = market.quotes.map(({ instrument, openInterest = 0 }, index): Position => {
    const size = Math.max(0.01, openInterest / 1000);
    return { id: instrument.symbol as PositionId, instrument, quantity: index % 2 === 0 ? -size : size };
  });
  const balances = [{ currency: "USDT", equity: 5e6, basis: "set" as const }];
  return { name: "open interest", venue: "okx", positions, balances, components: [], sources: [] };
}

describeWithSharedData("a book of a whole OKX chain", (path) => {
  const state: { market?: MarketSnapshot; result?: MarginResult } = {};
  const run = async (market: MarketSnapshot, portfolio: Portfolio) => {
    const methodology = catalog.get("okx-portfolio");
    if (methodology === undefined) throw new Error("okx-portfolio is in the catalogue");
    const rules = unwrapped(resolveRules(rulebookOf("okx-portfolio"), { date: "2026-08-12" }));
    return unwrapped(await runMargin({ portfolio, market, methodology, rules }));
  };

  beforeAll(async () => {
    const { market } = await imported(diskFile(path("okx-chains-2026", "2026-08-12.csv.gz")));
    if (market === undefined) throw new Error("the chain holds no market");
    Object.assign(state, { market, result: await run(market, bookOf(market)) });
  }, 60_000);

  it("is one unit a coin, every position in it", () => {
    const { result } = state;
    expect(result?.included).toEqual({ positions: 1218, of: 1218 });
    expect(result?.accounts[0]?.matrices.map(({ title }) => title).sort()).toEqual([
      "Stress test of BTC",
      "Stress test of ETH",
    ]);
    expect(result?.accuracy).toBe("approximate");
  });
  it("has 21 cells and two extreme moves a unit, and MR1 is the worst of the 21", () => {
    for (const matrix of state.result?.accounts[0]?.matrices ?? []) {
      const standard = matrix.cells.filter(({ group }) => group === "standard");
      expect([standard.length, matrix.cells.length]).toEqual([21, 23]);
      expect(standard.find(({ priceMove, volatility }) => priceMove === 0 && volatility === "same")?.amount).toBe(0);
      const unit = matrix.setId.replace("stress-", "");
      const worst = Math.min(0, ...standard.map(({ amount }) => amount));
      expect(state.result && amountOf(state.result, `${unit}/mr1`)).toBeCloseTo(-worst, 6);
    }
  });
  it("needs the same when its coin is entered as the cap of spot that offsets nothing", async () => {
    const { market, result } = state;
    if (market === undefined || result === undefined) throw new Error("the chain was imported");
    const book = bookOf(market);
    const coins = { currency: "BTC", equity: 5, riskOffsetLimit: 0, basis: "set" as const };
    const capped = await run(market, { ...book, balances: [...book.balances, coins] });
    expect(capped.totals.maintenanceUsd).toBeCloseTo(result.totals.maintenanceUsd, 6);
  });
});
