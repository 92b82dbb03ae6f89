import { describe, expect, it } from "vitest";
import { marginSurface, runStress } from "../../../core/analysis/index.ts";
import { success } from "../../../core/base/index.ts";
import { type MarginRun, marginTotals, runMargin, type Totals } from "../../../core/margin/index.ts";
import type { MarketSnapshot } from "../../../core/market/index.ts";
import { catalog, type Methodology } from "../../../core/methodology/index.ts";
import type { Portfolio } from "../../../core/portfolio/index.ts";
import { modelPrice } from "../../../core/pricing/index.ts";
import { resolveTerms, scalarKernel } from "../../../core/revaluation/index.ts";
import { resolveRules } from "../../../core/rulebook/index.ts";
import { stressScenario } from "../../../core/scenario/index.ts";
import { caseInputs } from "../methodology/case-file.ts";
import { madeHistory } from "../methodology/made-history.ts";
import { needsHistory, rulebookOf } from "../methodology/run-case.ts";
import { unwrapped } from "../result-value.ts";
import { randomBook } from "./random-book.ts";

const factors = ["BTC", "ETH"].flatMap((coin) => [`price:${coin}`, `volatility:${coin}:30d`]);
const history = madeHistory(factors, "2020-01-01", "2026-09-30");
const moves = [
  { price: -0.3, volatility: 0.5 },
  { price: 0.15, volatility: -0.4 },
  { price: 0, volatility: 1.2 },
] as const;

/** The run of a random book, of what the methodology margins; `undefined` where that is nothing. */
function runOf(methodology: Methodology, seed: number): MarginRun | undefined {
  const rules = unwrapped(resolveRules(rulebookOf(methodology.id), { date: "2026-10-01" }));
  const { excludes } = unwrapped(methodology.under(rules.parameters));
  const { portfolio, market } = caseInputs(randomBook(seed, methodology.venue));
  const positions = portfolio.positions.filter((position) => excludes(position) === undefined);
  if (positions.length === 0) return undefined;
  return { portfolio: { ...portfolio, positions }, market, history, methodology, rules, derived: true };
}

/** Portfolio and market after a move, as a venue would publish them: made without any code of a stress or surface. */
function movedByHand(
  { portfolio, market }: MarginRun,
  { price, volatility }: { readonly price: number; readonly volatility: number },
): { readonly portfolio: Portfolio; readonly market: MarketSnapshot } {
  const units = new Map<string, number>();
  const quotes = market.quotes.map((quote) => {
    const { instrument } = quote;
    const terms = unwrapped(resolveTerms(market, instrument));
    if (instrument.kind === "option") {
      const markVolatility = terms.volatility * (1 + volatility);
      const after = { ...terms, forward: terms.forward * (1 + price), volatility: markVolatility };
      const change = modelPrice(instrument, after) - modelPrice(instrument, terms);
      units.set(instrument.id, change);
      return { ...quote, mark: Math.max(0, terms.mark + change), markVolatility };
    }
    const mark = terms.mark * (1 + price);
    units.set(instrument.id, instrument.payoff === "inverse" ? 1 / terms.mark - 1 / mark : mark - terms.mark);
    return { ...quote, mark };
  });
  const profits = new Map<string, number>();
  for (const { instrument, quantity } of portfolio.positions) {
    const profit = quantity * (units.get(instrument.id) ?? Number.NaN);
    profits.set(instrument.settlement, (profits.get(instrument.settlement) ?? 0) + profit);
  }
  return {
    portfolio: {
      ...portfolio,
      balances: portfolio.balances.map((balance) => ({
        ...balance,
        equity: balance.equity + (profits.get(balance.currency) ?? 0),
      })),
    },
    market: {
      ...market,
      quotes,
      indices: market.indices.map((index) => ({ ...index, price: index.price * (1 + price) })),
      forwards: market.forwards.map((forward) => ({ ...forward, value: forward.value * (1 + price) })),
    },
  };
}

const names = ["initialUsd", "maintenanceUsd", "equityUsd", "marginBalanceUsd"] as const;

/** Names whose amounts differ by more than rounding; both sides where they do. */
function differences(found: Partial<Totals> | undefined, expected: Totals, tolerance = 1e-8) {
  return names.flatMap((name) => {
    const [one, other] = [found?.[name], expected[name]];
    if (one === other) return [];
    const isClose =
      Math.abs((one ?? Number.NaN) - (other ?? Number.NaN)) <= tolerance * Math.max(1, Math.abs(other ?? 0));
    return isClose ? [] : [{ name, one, other }];
  });
}

const methods = [...catalog.values()].filter((methodology) => runOf(methodology, 1) !== undefined);

it("finds methods to try", () => expect(methods.length).toBeGreaterThan(12));

describe.each(methods)("every way to a margin of a random book under $id", (methodology) => {
  const instruments = caseInputs(randomBook(1, methodology.venue)).portfolio.positions.map((held) => held.instrument);
  const seeds = needsHistory(methodology, instruments, "2026-10-01") ? [1] : [1, 2, 3, 4];
  const runs = seeds.flatMap((seed) => runOf(methodology, seed) ?? []);

  it("is the same from totals, from copies that no cache knows, by another kernel, and with trades instead of positions", async () => {
    for (const run of runs) {
      const { totals } = unwrapped(await runMargin(run));
      expect(differences(unwrapped(marginTotals(run)).totals, totals, 0)).toEqual([]);
      const { portfolio, market } = structuredClone({ portfolio: run.portfolio, market: run.market });
      const fresh = { ...run, portfolio, market, rules: structuredClone(run.rules) };
      expect(differences(unwrapped(await runMargin(fresh)).totals, totals, 0)).toEqual([]);
      expect(differences(unwrapped(await runMargin({ ...fresh, kernel: scalarKernel })).totals, totals)).toEqual([]);
      const [first, ...traded] = run.portfolio.positions;
      const base = { ...run.portfolio, positions: first === undefined ? [] : [first] };
      const legs = traded.map(({ instrument, quantity }) => ({ instrument, quantity }));
      expect(differences(unwrapped(await runMargin({ ...run, portfolio: base, legs })).totals, totals)).toEqual([]);
    }
  });

  it("at a moved market is that of a stress, of a surface, and of the market and the book moved by hand", async () => {
    const { id, title, venue } = methodology;
    for (const [at, run] of runs.entries()) {
      const move = moves[at % moves.length] ?? moves[0];
      const moved = await runMargin({ ...run, ...movedByHand(run, move) });
      const { totals } = unwrapped(moved);
      const scenario = stressScenario.parse({
        ...{ id: "move", label: "Move" },
        shocks: [
          { kind: "price", factor: "*", mode: "relative", amount: move.price },
          { kind: "volatility", factor: "*", mode: "relative", amount: move.volatility },
        ],
      });
      const stressed = unwrapped(
        await runStress({
          ...{ portfolioName: "P", marketName: "M", asOfMs: run.market.asOfMs, days: [0], mode: "instant", scale: 1 },
          ...{ parameters: "today", sets: [{ name: "S", scenarios: [scenario] }] },
          columns: [{ label: id, methodology: { id, title, venue }, mappings: [], leftOut: [], run: success(run) }],
        }),
      );
      const [outcome] = stressed.scenarios[0]?.outcomes ?? [];
      expect(differences(outcome?.before, unwrapped(await runMargin(run)).totals)).toEqual([]);
      expect(differences(outcome?.after, totals)).toEqual([]);
      const axes = {
        price: { from: move.price, to: move.price + 0.1, count: 2 },
        volatility: { from: move.volatility, to: move.volatility + 0.1, count: 2 },
        volatilityMode: "relative" as const,
      };
      const { layers } = unwrapped(await marginSurface({ ...run, axes }));
      const point = {
        initialUsd: layers.initial[0] ?? Number.NaN,
        maintenanceUsd: layers.maintenance[0] ?? Number.NaN,
      };
      expect(differences({ ...totals, ...point }, totals)).toEqual([]);
    }
  });
});
