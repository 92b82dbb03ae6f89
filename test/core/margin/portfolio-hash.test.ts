import { describe, expect, it } from "vitest";
import { hashOf } from "../../../core/base/index.ts";
import { runMargin } from "../../../core/margin/index.ts";
import { market, portfolio } from "../analysis/sample-market.ts";
import { tinyMethodology, tinyRules } from "../analysis/tiny-methodology.ts";

describe("the hash of what was margined", () => {
  it("is that of positions, balances, components and what is left out, as one canonical text", async () => {
    const result = await runMargin({ portfolio, market, methodology: tinyMethodology, rules: tinyRules });
    if (!result.ok) throw new Error(result.failure.message);
    const held = portfolio.positions.map(({ id, instrument, quantity }) => ({ id, instrument, quantity }));
    const { balances, components } = portfolio;
    expect(result.value.excluded).toEqual([]);
    expect(result.value.inputs.portfolio).toBe(hashOf({ held, excluded: [], balances, components }));
  });
});
