import { describe, expect, it } from "vitest";
import { sum } from "../../../core/base/index.ts";
import { contributions, differenceOfResults } from "../../../core/explain/index.ts";
import type { MarginResult } from "../../../core/margin/index.ts";
import { catalog } from "../../../core/methodology/index.ts";
import type { Override } from "../../../core/rulebook/index.ts";
import { casesOf, rulebookOf, rulesOf, runCase } from "../methodology/run-case.ts";
import { unwrapped } from "../result-value.ts";

async function resultOf(id: string, file: string, overrides: readonly Override[] = []): Promise<MarginResult> {
  const methodology = catalog.get(id);
  const given = casesOf(id).find((candidate) => candidate.file === file);
  if (methodology === undefined || given === undefined) throw new Error(`no case ${id}/${file}`);
  return unwrapped(await runCase(methodology, rulesOf(rulebookOf(id), given.content, overrides), given.content));
}

describe("contributions", () => {
  it.each([...catalog.keys()].flatMap((id) => casesOf(id).map(({ file }) => ({ id, file }))))(
    "of $id/$file add up to the initial margin, by position and by group",
    async ({ id, file }) => {
      const result = await resultOf(id, file);
      for (const { total, positions, groups, shared } of contributions(result)) {
        const [byPosition, byGroup, rest] = [positions, groups, shared].map((parts) => sum(parts.map((p) => p.amount)));
        const allowed = 1e-9 * Math.max(1, total);
        expect(Math.abs((byPosition ?? 0) + (rest ?? 0) - total)).toBeLessThanOrEqual(allowed);
        expect(Math.abs((byGroup ?? 0) - (byPosition ?? 0))).toBeLessThanOrEqual(allowed);
      }
    },
  );

  it("show a loss in the binding scenario as a positive part, times the initial factor", async () => {
    const result = await resultOf("deribit-portfolio-legacy", "d-two-coins.json");
    for (const { positions } of contributions(result)) {
      for (const { id, amount } of positions) {
        const loss = -(result.positions.find((position) => position.id === id)?.bindingPnl ?? 0);
        expect(loss).toBeGreaterThan(0);
        expect(amount).toBeCloseTo(1.2 * loss, 12);
      }
    }
  });

  it("keep what belongs to no position apart", async () => {
    const [btc] = contributions(await resultOf("deribit-portfolio-legacy", "c-mixed.json"));
    expect(btc?.shared.map(({ lineId }) => lineId)).toEqual([
      "BTC/initial/maintenance/BTC/option-contingency",
      "BTC/initial/maintenance/BTC/futures-contingency",
      "BTC/initial/open-orders",
    ]);
  });
});

describe("differenceOfResults", () => {
  it("is empty for equal results", async () => {
    const [a, b] = [
      await resultOf("deribit-standard", "futures-2022.json"),
      await resultOf("deribit-standard", "futures-2022.json"),
    ];
    expect(differenceOfResults(a, b)).toEqual({ inputs: [], parameters: [], lines: [] });
  });

  it("names the parameter that changed and the lines it moved, largest first", async () => {
    const path = "/futures/btc-inverse-future/initialBase";
    const before = await resultOf("deribit-standard", "futures-2022.json");
    const after = await resultOf("deribit-standard", "futures-2022.json", [{ path, value: 0.03 }]);
    const { inputs, parameters, lines } = differenceOfResults(before, after);
    expect({ inputs, parameters }).toEqual({ inputs: ["parameters"], parameters: [{ path, from: 0.02, to: 0.03 }] });
    expect(lines[0]?.change).toBeCloseTo(0.3, 12);
    expect(lines.every(({ id }) => id.startsWith("BTC/initial"))).toBe(true);
  });
});
