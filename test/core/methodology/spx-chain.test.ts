import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { unwatched } from "../../../core/base/index.ts";
import { importFiles } from "../../../core/import/index.ts";
import type { Option } from "../../../core/instrument/index.ts";
import { runMargin } from "../../../core/margin/index.ts";
import type { Feed, MarketSnapshot, Quote } from "../../../core/market/index.ts";
import { catalog, walk } from "../../../core/methodology/index.ts";
import type { Portfolio, PositionId } from "../../../core/portfolio/index.ts";
import { carriedPrice } from "../../../core/pricing/index.ts";
import { resolveTerms } from "../../../core/revaluation/index.ts";
import { resolveRules } from "../../../core/rulebook/index.ts";
import { describeWithSharedData } from "../../shared-data.ts";
import { unwrapped } from "../result-value.ts";
import { rulebookOf } from "./run-case.ts";

type OptionQuote = Quote & { readonly instrument: Option; readonly mark: number };

describeWithSharedData("a book of real index options, 36 series", (path) => {
  const day = "2026-08-21";
  async function chain(): Promise<MarketSnapshot> {
    const bytes = new Uint8Array(readFileSync(path("spx-chains-2026", `${day}.json.gz`)));
    const files = [{ name: `${day}.json.gz`, bytes }];
    const imported = unwrapped(await importFiles(files, { mappings: {}, name: "spx", work: unwatched }));
    if (imported.market === undefined) throw new Error("the chain is a market");
    const rate: Feed = { kind: "rate", underlying: "USD", value: 0.04 };
    // The vendor's clock and rate are unknown: volatilities are solved from the prices instead.
    const quotes = imported.market.quotes.map(({ markVolatility: _vendor, ...quote }) => quote);
    return { ...imported.market, quotes, feeds: [...(imported.market.feeds ?? []), rate] };
  }

  /** Iron condors of three expiries and some ratios: strikes about 2 % and 4 % from the index. */
  function book(market: MarketSnapshot): Portfolio {
    const index = market.indices[0]?.price ?? Number.NaN;
    const usable = market.quotes.filter(
      (quote): quote is OptionQuote =>
        quote.instrument.kind === "option" &&
        (quote.mark ?? 0) > 0.5 &&
        quote.instrument.expiryMs > market.asOfMs + 86_400_000,
    );
    const days = [...new Set(usable.map(({ instrument }) => instrument.expiryMs))].sort((a, b) => a - b).slice(0, 3);
    const wanted = [-0.04, -0.03, -0.02, -0.015, -0.01, -0.005, 0.005, 0.01, 0.015, 0.02, 0.03, 0.04];
    const positions = days.flatMap((expiryMs, at) =>
      wanted.map((move, k) => {
        const type = move < 0 ? "put" : "call";
        const side = usable.filter(
          ({ instrument }) => instrument.expiryMs === expiryMs && instrument.optionType === type,
        );
        const distance = ({ instrument }: OptionQuote) => Math.abs(instrument.strike - index * (1 + move));
        const best = side.reduce((nearest, quote) => (distance(quote) < distance(nearest) ? quote : nearest));
        const contracts = ((k + at) % 2 === 0 ? 1 : -1) * (1 + ((k + at) % 3));
        const { instrument } = best;
        return {
          id: `${instrument.id} ${k}` as PositionId,
          instrument,
          quantity: contracts * (instrument.contractSize ?? 100),
        };
      }),
    );
    return { name: "spx", venue: "us-listed", positions, balances: [], components: [], sources: [] };
  }

  it("is priced at its marks with rates, and margined whole by both methods", async () => {
    const market = await chain();
    const portfolio = book(market);
    for (const { instrument } of portfolio.positions) {
      const terms = unwrapped(resolveTerms(market, instrument));
      expect(terms.carry?.yieldSource).toBe("implied");
      const price = carriedPrice(instrument as Option, terms);
      expect(terms.sources.volatility).toBe("inverted");
      expect(price).toBeCloseTo(terms.mark, 6);
    }
    const amounts: number[] = [];
    for (const id of ["strategy-based", "risk-based-customer"]) {
      const methodology = catalog.get(id);
      if (methodology === undefined) throw new Error(`no method ${id}`);
      const rules = unwrapped(resolveRules(rulebookOf(id), { date: day }));
      const result = unwrapped(await runMargin({ portfolio, market, methodology, rules }));
      expect(result.excluded).toEqual([]);
      expect(result.remarks.map(({ message }) => message).filter((text) => /stopped at its limit/.test(text))).toEqual(
        [],
      );
      amounts.push(result.totals.initialUsd);
      const groups = result.accounts.flatMap(({ initial }) => [...walk(initial)]).filter(({ rule }) => rule === "6");
      if (id === "strategy-based") expect(groups.length).toBeGreaterThan(4);
    }
    const [strategies = 0, risk = 0] = amounts;
    expect(strategies).toBeGreaterThan(risk);
    expect(risk).toBeGreaterThan(0.375 * 36 * 100);
  });
});
