import { beforeAll, describe, expect, it } from "vitest";
import { marginSurface } from "../../../core/analysis/index.ts";
import { isoDate, sum } from "../../../core/base/index.ts";
import { contributions } from "../../../core/explain/index.ts";
import { parseDeribitSymbol } from "../../../core/instrument/index.ts";
import { type MarginResult, runMargin } from "../../../core/margin/index.ts";
import type { MarketSnapshot } from "../../../core/market/index.ts";
import { catalog, combinedAmount, type Methodology } from "../../../core/methodology/index.ts";
import type { Portfolio, Position, PositionId } from "../../../core/portfolio/index.ts";
import { modelPrice } from "../../../core/pricing/index.ts";
import { resolveRules } from "../../../core/rulebook/index.ts";
import { describeWithSharedData } from "../../shared-data.ts";
import { diskFile, imported } from "../import/files.ts";
import { linesOf } from "../methodology/expected-amount.ts";
import { marginsAny, needsHistory, rulebookOf } from "../methodology/run-case.ts";
import { unwrapped } from "../result-value.ts";

const file = "deribit_options_snapshot_20260821T094729Z.csv.gz";

const listed = [unwrapped(parseDeribitSymbol("BTC-25DEC26-100000-C"))];

/**
 * Methods that margin options paid in the coin, of which the chain consists; the others refuse such a book with the reason. Those that
 * measure a book on a history are not bound by their worst scenario, and have tests of their own.
 */
const methodologies = [...catalog.values()].filter(
  (methodology) => marginsAny(methodology, listed, "2026-08-21") && !needsHistory(methodology, listed, "2026-08-21"),
);

/** Every listed series with open interest, one thousandth of it, every third short: about the whole chain as one book. */
function bookOf(market: MarketSnapshot): Portfolio {
  const positions = market.quotes.flatMap(({ instrument, openInterest = 0 }, index): Position[] => {
    if (instrument.kind !== "option") return [];
    const size = Math.max(0.1, openInterest / 1000);
    const quantity = index % 3 === 0 ? -size : size;
    return [{ id: instrument.symbol as PositionId, instrument, quantity }];
  });
  const balances = [{ currency: "USDC", equity: 1e8, basis: "set" as const }];
  return { name: "open interest", venue: "deribit", positions, balances, components: [], sources: [] };
}

/** Day of the rules: the day of the market; the earlier portfolio margin on a day when it was in force. */
const dayOf = (methodology: Methodology, market: MarketSnapshot) =>
  methodology.id === "deribit-portfolio-legacy" ? "2023-06-01" : isoDate(market.asOfMs);

describeWithSharedData("a book of a whole chain under every methodology", (path) => {
  const state: { market?: MarketSnapshot; portfolio?: Portfolio } = {};
  const results = new Map<string, MarginResult>();

  beforeAll(async () => {
    const { market } = await imported(diskFile(path("deribit-chains-2026", file)));
    if (market === undefined) throw new Error("the chain holds no market");
    Object.assign(state, { market, portfolio: bookOf(market) });
    for (const methodology of methodologies) {
      const rules = unwrapped(resolveRules(rulebookOf(methodology.id), { date: dayOf(methodology, market) }));
      const run = { portfolio: bookOf(market), market, methodology, rules, standAlone: true };
      results.set(methodology.id, unwrapped(await runMargin(run)));
    }
  }, 60_000);

  const resultOf = (id: string): MarginResult => {
    const result = results.get(id);
    if (result === undefined) throw new Error(`no result of ${id}`);
    return result;
  };

  it("is about 1,900 legs, and none is left out", () => {
    expect(state.portfolio?.positions.length).toBeGreaterThan(1900);
    for (const { included, excluded } of results.values()) {
      expect(excluded).toEqual([]);
      expect(included.positions).toBe(state.portfolio?.positions.length);
    }
  });

  it("has marks that the model reproduces within the fit the data set states: 99 % within 1.1e-4 coin", () => {
    const errors = resultOf("deribit-standard")
      .positions.flatMap(({ id, terms }) => {
        const position = state.portfolio?.positions.find((held) => held.id === id);
        return position === undefined ? [] : [Math.abs(modelPrice(position.instrument, terms) - terms.mark)];
      })
      .sort((a, b) => a - b);
    /** README of the folder, table "Fit": the largest median and 99th percentile with the parity forward. */
    expect(errors[Math.floor(0.5 * errors.length)]).toBeLessThanOrEqual(2.4e-6);
    expect(errors[Math.floor(0.99 * errors.length)]).toBeLessThanOrEqual(1.1e-4);
  });

  describe.each(methodologies.map((methodology) => methodology.id))("%s", (id) => {
    it("makes every total from its children", () => {
      const wrong = linesOf(resultOf(id)).filter(({ combine, amount, children }) => {
        const amounts = children.map((child) => child.amount);
        return combine.kind !== "leaf" && combinedAmount(combine, amounts) !== amount;
      });
      expect(wrong.map((line) => line.id)).toEqual([]);
    });

    it("requires more to open than to keep, and nothing negative", () => {
      for (const { initial, maintenance } of resultOf(id).accounts) {
        expect(maintenance.amount).toBeGreaterThanOrEqual(0);
        expect(initial.amount).toBeGreaterThanOrEqual(maintenance.amount);
      }
      expect(resultOf(id).totals.maintenanceUsd).toBeGreaterThan(0);
    });

    it("adds accounts to its totals", () => {
      const { accounts, totals } = resultOf(id);
      const initial = sum(accounts.map(({ initial: { amount }, usdPerUnit }) => amount * usdPerUnit));
      expect(totals.initialUsd).toBe(initial);
      expect(totals.equityUsd).toBeGreaterThan(0);
    });

    it("binds at the worst cell of each matrix", () => {
      for (const { cells, bindingScenarioId } of resultOf(id).accounts.flatMap(({ matrices }) => matrices)) {
        const worst = Math.min(...cells.map(({ amount }) => amount));
        const binding = cells.find(({ scenarioId }) => scenarioId === bindingScenarioId);
        if (worst < 0) expect(binding?.amount).toBe(worst);
        else expect(binding).toBeUndefined();
      }
    });

    it("asks no more of the book than of its positions one by one, and splits it without remainder", () => {
      const result = resultOf(id);
      const rate = new Map(result.accounts.map(({ unit, usdPerUnit }) => [unit, usdPerUnit]));
      const alone = sum(
        result.positions.map(
          ({ standAlone = 0, settlement }) => standAlone * (rate.get(settlement) ?? rate.get("USD") ?? 1),
        ),
      );
      expect(result.totals.initialUsd).toBeLessThanOrEqual(alone * (1 + 1e-12));
      for (const { total, positions, shared } of contributions(result)) {
        const added = sum([...positions, ...shared].map(({ amount }) => amount));
        expect(Math.abs(added - total)).toBeLessThanOrEqual(1e-9 * total);
      }
    });

    it("is the unshocked point of its margin surface", async () => {
      const { market, portfolio } = state;
      const methodology = catalog.get(id);
      if (market === undefined || portfolio === undefined || methodology === undefined) throw new Error("no inputs");
      const rules = unwrapped(resolveRules(rulebookOf(id), { date: dayOf(methodology, market) }));
      const axis = { from: -0.5, to: 0.5, count: 3 };
      const axes = { price: axis, volatility: axis, volatilityMode: "relative" as const };
      const surface = unwrapped(await marginSurface({ portfolio, market, methodology, rules, axes }));
      const { initial, maintenance } = surface.layers;
      expect(initial).toHaveLength(9);
      expect([...initial, ...maintenance].every((amount) => Number.isFinite(amount) && amount >= 0)).toBe(true);
      expect(initial[4]).toBe(resultOf(id).totals.initialUsd);
      expect(maintenance[4]).toBe(resultOf(id).totals.maintenanceUsd);
    }, 60_000);
  });
});
