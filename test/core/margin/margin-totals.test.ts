import { describe, expect, it } from "vitest";
import { marginTotals, runMargin } from "../../../core/margin/index.ts";
import { catalog } from "../../../core/methodology/index.ts";
import { productBook, shippedRules } from "../../bench/product-book.ts";
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

describe("marginTotals of one book after the other", () => {
  const book = productBook(120);
  const edits = [
    [{ positionId: "p7", quantity: 3 }],
    [{ positionId: "p7", quantity: 0 }],
    [{ positionId: "p0", quantity: -900 }],
    [],
  ];

  it.each([...catalog.keys()])("are the totals of %s each time, bit for bit, whatever was asked before", async (id) => {
    const request = { ...book, ...shippedRules(id) };
    for (const changes of edits) {
      const full = await runMargin({ ...request, edits: changes });
      const quick = marginTotals({ ...request, edits: changes });
      if (full.ok) expect(quick).toMatchObject({ ok: true, value: { totals: full.value.totals } });
      else expect(quick).toEqual(full);
    }
  });
});
