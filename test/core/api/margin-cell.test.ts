import { describe, expect, it } from "vitest";
import { memoryCore } from "./memory-core.ts";

const request = { portfolio: { sample: true }, market: { sample: true }, methodology: "deribit-portfolio" } as const;

async function sampleMargin() {
  const answer = memoryCore().answer;
  const result = await answer("margin.run", request);
  if (!result.ok) throw new Error(result.failure.message);
  return { answer, result: result.value };
}

describe("margin.cell", () => {
  it("adds up to the matrix: profits of an account's positions are the cell before offsets", async () => {
    const { answer, result } = await sampleMargin();
    const matrices = result.accounts.flatMap(({ id, matrices: own }) => own.map((matrix) => ({ id, matrix })));
    expect(matrices.length).toBeGreaterThan(1);
    for (const { id, matrix } of matrices) {
      const standard = matrix.cells.filter(({ group }) => group === "standard");
      for (const { scenarioId, label, beforeOffsets } of [standard[0], standard[4], standard.at(-1)].filter(
        (c) => c !== undefined,
      )) {
        const cell = await answer("margin.cell", { ...request, setId: matrix.setId, scenarioId });
        if (!cell.ok) throw new Error(cell.failure.message);
        expect(cell.value.label).toBe(label);
        const own = cell.value.positions.filter(({ settlement }) => settlement === id);
        expect(own.length).toBeGreaterThan(0);
        expect(own.reduce((sum, { profit }) => sum + profit, 0)).toBeCloseTo(beforeOffsets, 9);
      }
    }
  });

  it("equals the profit in the binding scenario that the margin result lists", async () => {
    const { answer, result } = await sampleMargin();
    const [account] = result.accounts;
    const [matrix] = account?.matrices ?? [];
    if (!account || !matrix?.bindingScenarioId) throw new Error("the sample binds");
    const cell = await answer("margin.cell", { ...request, setId: matrix.setId, scenarioId: matrix.bindingScenarioId });
    if (!cell.ok) throw new Error(cell.failure.message);
    const listed = new Map<string, number | undefined>(result.positions.map(({ id, bindingPnl }) => [id, bindingPnl]));
    for (const { id, profit } of cell.value.positions) expect(profit).toBeCloseTo(listed.get(id) ?? Number.NaN, 9);
  });

  it("adds up to the book's loss in a joint scenario, where profit in coin counts at the shocked index", async () => {
    const answer = memoryCore().answer;
    const asked = { ...request, methodology: "var-es-margin" };
    const result = await answer("margin.run", asked);
    if (!result.ok) throw new Error(result.failure.message);
    const [matrix] = result.value.accounts[0]?.matrices ?? [];
    if (matrix === undefined) throw new Error("the method lists its worst scenarios");
    for (const { scenarioId, amount } of matrix.cells.slice(0, 3)) {
      const cell = await answer("margin.cell", { ...asked, setId: matrix.setId, scenarioId });
      if (!cell.ok) throw new Error(cell.failure.message);
      const total = cell.value.positions.reduce((sum, { jointProfitUsd = Number.NaN }) => sum + jointProfitUsd, 0);
      expect(total / amount).toBeCloseTo(1, 12);
    }
  });

  it("refuses a scenario that the method does not have", async () => {
    const answer = memoryCore().answer;
    const cell = await answer("margin.cell", { ...request, setId: "matrix-BTC", scenarioId: "absent" });
    expect(cell).toMatchObject({ ok: false, failure: { reason: "not-found" } });
  });
});
