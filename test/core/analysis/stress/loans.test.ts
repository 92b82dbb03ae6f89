import { describe, expect, it } from "vitest";
import { marginSurface, runStress } from "../../../../core/analysis/index.ts";
import { success } from "../../../../core/base/index.ts";
import { runMargin } from "../../../../core/margin/index.ts";
import { catalog } from "../../../../core/methodology/index.ts";
import { stressScenario } from "../../../../core/scenario/index.ts";
import { caseInputs } from "../../methodology/case-file.ts";
import { casesOf, rulebookOf, rulesOf } from "../../methodology/run-case.ts";
import { unwrapped } from "../../result-value.ts";

const methodology = catalog.get("binance-unified");
const withLoans = casesOf("binance-unified").filter(({ content }) =>
  content.portfolio.balances.some(({ borrowed = 0 }) => borrowed > 0),
);

describe("what is owed to the venue", () => {
  it("stays owed in stress runs and on surfaces", async () => {
    expect(withLoans.length).toBeGreaterThan(0);
    if (methodology === undefined) throw new Error("the catalogue has no binance-unified");
    for (const { content } of withLoans) {
      const run = { ...caseInputs(content), methodology, rules: rulesOf(rulebookOf(methodology.id), content) };
      const { totals } = unwrapped(await runMargin({ ...run, derived: true }));
      const { id, title, venue } = methodology;
      const column = { label: id, methodology: { id, title, venue }, mappings: [], leftOut: [], run: success(run) };
      const scenarios = [
        stressScenario.parse({ id: "still", label: "Nothing moves" }),
        stressScenario.parse({
          ...{ id: "calm", label: "Volatility a little lower" },
          shocks: [{ kind: "volatility", factor: "*", mode: "relative", amount: -1e-12 }],
        }),
      ];
      const stressed = unwrapped(
        await runStress({
          ...{ portfolioName: "P", marketName: "M", asOfMs: run.market.asOfMs, days: [0], mode: "instant", scale: 1 },
          ...{ parameters: "today", sets: [{ name: "S", scenarios }], columns: [column] },
        }),
      );
      const axis = { from: 0, to: 1e-12, count: 2 };
      const axes = { price: axis, volatility: axis, volatilityMode: "relative" as const };
      const { layers } = unwrapped(await marginSurface({ ...run, axes }));
      const found = [
        ...stressed.scenarios.flatMap(({ outcomes }) => outcomes.flatMap(({ before, after }) => [before, after])),
        ...[...layers.initial].map((initialUsd, at) => ({ initialUsd, maintenanceUsd: layers.maintenance[at] })),
      ];
      expect(found).toHaveLength(8);
      for (const { initialUsd, maintenanceUsd = Number.NaN } of found) {
        expect(Math.abs(initialUsd - totals.initialUsd)).toBeLessThan(1e-6);
        expect(Math.abs(maintenanceUsd - totals.maintenanceUsd)).toBeLessThan(1e-6);
      }
    }
  });
});
