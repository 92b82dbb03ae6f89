import { describe, expect, it } from "vitest";
import { sum } from "../../../../core/base/index.ts";
import { explainChange } from "../../../../core/explain/index.ts";
import { type MarginRun, runMargin } from "../../../../core/margin/index.ts";
import type { MarketSnapshot } from "../../../../core/market/index.ts";
import { catalog } from "../../../../core/methodology/index.ts";
import { caseInputs } from "../../methodology/case-file.ts";
import { casesOf, rulebookOf, rulesOf } from "../../methodology/run-case.ts";
import { unwrapped } from "../../result-value.ts";

/** The market of a case two hours later: prices 3 % lower, volatilities four points up, marks as they come. */
function laterMarket(market: MarketSnapshot): MarketSnapshot {
  return {
    ...market,
    name: "later",
    asOfMs: market.asOfMs + 7_200_000,
    indices: market.indices.map((index) => ({ ...index, price: index.price * 0.97 })),
    forwards: market.forwards.map((forward) => ({ ...forward, value: forward.value * 0.97 })),
    smiles: market.smiles.map((smile) => ({
      ...smile,
      points: smile.points.map((point) => ({ ...point, volatility: point.volatility + 0.04 })),
    })),
    quotes: market.quotes.map((quote) => ({
      ...quote,
      ...(quote.mark === undefined ? {} : { mark: quote.mark * (quote.instrument.kind === "option" ? 1.02 : 0.97) }),
      ...(quote.markVolatility === undefined ? {} : { markVolatility: quote.markVolatility + 0.04 }),
    })),
  };
}

/** First cases of every method: the book of the later run is a position shorter and half as large again. */
const cases = [...catalog.keys()].flatMap((id) =>
  casesOf(id)
    .slice(0, 4)
    .map(({ file, content }) => ({ id, file, content })),
);

describe("explainChange", () => {
  it.each(cases)("of $id/$file adds up to the last bit between two books at two markets", async (given) => {
    const methodology = catalog.get(given.id);
    if (methodology === undefined) throw new Error(given.id);
    const inputs = caseInputs(given.content);
    const from: MarginRun = { ...inputs, methodology, rules: rulesOf(rulebookOf(given.id), given.content) };
    const { positions } = inputs.portfolio;
    const to: MarginRun = {
      ...from,
      market: laterMarket(inputs.market),
      portfolio: {
        ...inputs.portfolio,
        positions: positions
          .slice(0, Math.max(1, positions.length - 1))
          .map((position) => ({ ...position, quantity: 1.5 * position.quantity })),
      },
    };
    const ends = [await runMargin(from), await runMargin(to)];
    const refused = ends.find((end) => !end.ok);
    const found = await explainChange({
      ...{ from, to, requirement: "initial", average: "both-orders", mostLines: 5, mostPositions: 5 },
    });
    // A method may refuse the later market; then the change is refused by its reason.
    if (refused !== undefined && !refused.ok) {
      expect(found.ok).toBe(false);
      return;
    }
    const { steps, change, difference, fromAmount, toAmount } = unwrapped(found);
    const [before, after] = ends.map((end) => unwrapped(end).totals.initialUsd);
    expect([fromAmount, toAmount]).toEqual([before, after]);
    expect(sum(steps.map((step) => step.change))).toBe(change);
    expect(sum(steps.map(({ averaged = Number.NaN }) => averaged))).toBe(change);
    expect(difference).toBe(0);
    // Parts of a requirement add up to it within 1e-9, before and after a step.
    const largest = Math.max(1, fromAmount, ...steps.map(({ totals }) => totals.initialUsd));
    for (const { ofPositions, ofNoPosition, change: amount } of steps)
      expect(Math.abs(ofPositions + ofNoPosition - amount)).toBeLessThanOrEqual(2e-9 * largest);
  });
});
