import { describe, expect, it } from "vitest";
import { catalog } from "../../../core/methodology/index.ts";
import { resolveRules } from "../../../core/rulebook/index.ts";
import { shockedVolatility } from "../../../core/scenario/index.ts";
import { caseFile, caseInputs } from "../../core/methodology/case-file.ts";
import { rulebookOf } from "../../core/methodology/run-case.ts";
import { unwrapped } from "../../core/result-value.ts";

/** Pages of the venue: A https://www.deribit.com/docs/category/uncategorized , C https://www.deribit.com/pages/docs/portfoliomargin */
const published = [
  { id: "deribit-legacy-a-vol", version: "pm-a", days: 15, change: 0.566, tolerance: 0.0005 },
  { id: "deribit-legacy-c-vol", version: "pm-c", days: 30, change: 0.38, tolerance: 1e-9 },
];

describe("volatility change of the earlier portfolio margin", () => {
  it.each(published)("$version at $days days: $change", ({ version, days, change, tolerance }) => {
    const methodology = catalog.get("deribit-portfolio-legacy");
    if (methodology === undefined) throw new Error("deribit-portfolio-legacy is not in the catalogue");
    const rules = unwrapped(resolveRules(rulebookOf(methodology.id), { name: version }));
    const { portfolio } = caseInputs(
      caseFile.parse({
        title: "one future",
        provenance: "own-computation",
        source: {},
        date: "2018-01-01",
        market: { indices: { BTC: 1000 }, instruments: { P: { kind: "perpetual", underlying: "BTC", mark: 1000 } } },
        portfolio: { positions: [{ symbol: "P", quantity: 1000 }] },
        expected: {},
        tolerance: 0,
      }),
    );
    const terms = { index: 1000, forward: 1000, years: 0, volatility: 0, mark: 1000 };
    const sets = unwrapped(methodology.under(rules.parameters)).scenarios({
      positions: portfolio.positions.map((position) => ({
        position,
        terms: { ...terms, sources: { forward: "mark", mark: "quoted" } },
      })),
      indices: new Map([["BTC", 1000]]),
      balances: [],
      components: [],
      asOfMs: 0,
    });
    const shocks = sets.flatMap(({ scenarios }) => scenarios.map(({ volatility }) => volatility));
    const factors = shocks.map((shock) => shockedVolatility(1, days / 365, shock));
    expect(Math.abs(Math.max(...factors) - 1 - change)).toBeLessThanOrEqual(tolerance);
    expect(Math.abs(1 - Math.min(...factors) - change)).toBeLessThanOrEqual(tolerance);
  });
});
