import { describe, expect, it } from "vitest";
import { unwatched } from "../../../core/base/index.ts";
import { buildBook, cubesOf, revalued, underRules } from "../../../core/margin/index.ts";
import { type AccountCharge, catalog } from "../../../core/methodology/index.ts";
import { runKernel } from "../../../core/revaluation/index.ts";
import { unwrapped } from "../result-value.ts";
import { caseInputs } from "./case-file.ts";
import { casesOf, rulebookOf, rulesOf } from "./run-case.ts";

/** What surfaces and totals of a what-if read of an account. */
function readOf({ id, unit, usdPerUnit, initial, maintenance, equity, marginBalance, matrices }: AccountCharge) {
  return {
    ...{ id, unit, usdPerUnit, initial: initial.amount, maintenance: maintenance.amount },
    ...{ equity: equity?.amount, marginBalance: marginBalance?.amount },
    matrices: matrices.map(({ title, cells, bindingScenarioId }) => ({
      title,
      bindingScenarioId,
      binding: cells.find(({ scenarioId }) => scenarioId === bindingScenarioId),
    })),
  };
}

describe.each([...catalog.values()])("$id charged for its amounts only", (methodology) => {
  it.each(casesOf(methodology.id))("has those of the whole statement, bit for bit: $file", async ({ content }) => {
    const rules = rulesOf(rulebookOf(methodology.id), content);
    const under = unwrapped(underRules(methodology, rules));
    const { book } = unwrapped(buildBook({ ...caseInputs(content), methodology: under }));
    const cubes = unwrapped(await cubesOf(book, under, runKernel(), unwatched));
    const whole = under.charge(book, revalued(cubes, true));
    const amounts = under.charge(book, revalued(cubes, false, true));
    expect(amounts.accounts.map(readOf)).toEqual(whole.accounts.map(readOf));
  });
});
