import { describe, expect, it } from "vitest";
import type { MarginRun } from "../../../core/margin/index.ts";
import { type AccountColumns, type Charge, catalog, type Methodology } from "../../../core/methodology/index.ts";
import { resolveRules } from "../../../core/rulebook/index.ts";
import { type CaseFile, caseInputs } from "../methodology/case-file.ts";
import { casesOf, rulebookOf, rulesOf, unwrapped } from "../methodology/run-case.ts";
import { bookAtMarkets } from "./charge-columns-markets.ts";
import { randomBook } from "./random-book.ts";

const inColumns = [...catalog.values()].filter((methodology) => {
  const rules = unwrapped(resolveRules(rulebookOf(methodology.id), { date: "2026-10-01" }));
  return unwrapped(methodology.under(rules.parameters)).chargeColumns !== undefined;
});

/** The run of what the methodology margins of a made book; `undefined` where that is nothing. */
function runOf(methodology: Methodology, given: CaseFile): MarginRun | undefined {
  const rules = rulesOf(rulebookOf(methodology.id), given);
  const { excludes } = unwrapped(methodology.under(rules.parameters));
  const { portfolio, market } = caseInputs(given);
  const positions = portfolio.positions.filter((position) => excludes(position) === undefined);
  if (positions.length === 0 && portfolio.positions.length > 0) return undefined;
  return { portfolio: { ...portfolio, positions }, market, methodology, rules };
}

const amounts = ["initial", "maintenance", "marginBalance"] as const;

/** Where the columns of an account differ from its charges by more than rounding. */
function differences(columns: readonly AccountColumns[], charges: readonly Charge[]): readonly string[] {
  const found: string[] = [];
  charges.forEach(({ accounts }, market) => {
    const [ids, own] = [accounts.map(({ id }) => id), columns.map(({ id }) => id)];
    if (ids.join() !== own.join()) found.push(`accounts ${own.join()} instead of ${ids.join()}`);
    accounts.forEach((account, at) => {
      const column = columns[at];
      if (column === undefined) return;
      if (column.usdPerUnit[market] !== account.usdPerUnit) found.push(`${account.id}: USD per unit`);
      for (const name of amounts) {
        const largest = Math.max(
          ...charges.flatMap((one) => amounts.map((key) => Math.abs(one.accounts[at]?.[key]?.amount ?? 0))),
        );
        const [one, other] = [column[name]?.[market], account[name]?.amount];
        if (one === other || Math.abs((one ?? Number.NaN) - (other ?? Number.NaN)) <= 1e-12 * largest) continue;
        found.push(`${account.id} ${name} at market ${market}: ${one} instead of ${other}`);
      }
      const bindings = account.matrices.map(({ title, cells, bindingScenarioId }) => {
        const cell = cells.find(({ scenarioId }) => scenarioId === bindingScenarioId);
        return `${title}: ${cell?.label}`;
      });
      const texts = column.matrices.map(({ title, labels, binding }) => `${title}: ${labels[binding[market] ?? -1]}`);
      if (texts.join() !== bindings.join()) found.push(`${texts.join()} instead of ${bindings.join()}`);
    });
  });
  return found;
}

function agrees(run: MarginRun): void {
  const { under, columns, charges } = bookAtMarkets(run);
  expect(differences(under.chargeColumns?.(columns) ?? [], charges), run.portfolio.name).toEqual([]);
}

const seeds = Array.from({ length: 25 }, (_, at) => at + 1);

describe.each(inColumns)("columns of $id", (methodology) => {
  it("hold the amounts of random books at each market", () => {
    const runs = seeds.flatMap((seed) => runOf(methodology, randomBook(seed, methodology.venue)) ?? []);
    expect(runs.length).toBeGreaterThan(20);
    for (const run of runs) agrees(run);
  });

  it.each(casesOf(methodology.id))("hold the amounts of $file moved to other markets", ({ content }) => {
    const run = runOf(methodology, content);
    if (run !== undefined) agrees(run);
  });
});
