import { describe, expect, it } from "vitest";
import { marginTotals, runMargin } from "../../../core/margin/index.ts";
import { market, portfolio } from "../analysis/sample-market.ts";
import { tinyMethodology, tinyRules } from "../analysis/tiny-methodology.ts";

const run = { portfolio, market, methodology: tinyMethodology, rules: tinyRules };
const edited = portfolio.positions[1]?.id ?? "";

describe("marginTotals", () => {
  it.each([
    ["as it is", []],
    ["with a changed quantity", [{ positionId: edited, quantity: 33 }]],
    ["without a position", [{ positionId: edited, quantity: 0 }]],
  ])("are the totals of the run, bit for bit, for a book %s", async (_, edits) => {
    const full = await runMargin({ ...run, edits });
    if (!full.ok) throw new Error(full.failure.message);
    const { totals, excluded, kernel } = full.value;
    expect(marginTotals({ ...run, edits })).toEqual({
      ok: true,
      value: { methodology: "test-tiny", version: "one", totals, excluded: excluded.length, kernel },
    });
  });

  it("refuses what a run refuses", async () => {
    const wrong = { ...run, edits: [{ positionId: "nobody", quantity: 1 }] };
    expect(marginTotals(wrong)).toEqual(await runMargin(wrong));
  });
});
