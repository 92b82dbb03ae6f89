import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { MarginResult } from "../../../core/margin/index.ts";
import { catalog, combinedAmount, type Methodology } from "../../../core/methodology/index.ts";
import type { Portfolio, PositionId } from "../../../core/portfolio/index.ts";
import { coveringPointer, leavesOf, valueAt } from "../../../core/rulebook/index.ts";
import { unwrapped } from "../result-value.ts";
import { type CaseFile, caseInputs } from "./case-file.ts";
import { amountOf, linesOf } from "./expected-amount.ts";
import { casesOf, documentOf, type NamedCase, rulebookOf, rulesOf, runCase } from "./run-case.ts";

const folders = readdirSync(resolve(import.meta.dirname, "../../../core/methodology"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "parts")
  .map(({ name }) => name)
  .sort();

it("finds every folder in the catalogue under its own name, with one rulebook and one document each", () => {
  const named = (folder: string, ending: string) =>
    readdirSync(resolve(import.meta.dirname, "../../../resources", folder))
      .filter((file) => file.endsWith(ending))
      .map((file) => file.slice(0, -ending.length))
      .sort();
  expect([...catalog.keys()]).toEqual(folders);
  expect(named("rulebooks", ".json")).toEqual(folders);
  expect(named("docs/methodology", ".md")).toEqual(folders);
});

describe.each([...catalog.values()])("$id", (methodology) => {
  const rulebook = rulebookOf(methodology.id);
  const cases = casesOf(methodology.id);
  const results = new Map<string, MarginResult>();

  beforeAll(async () => {
    for (const { file, content } of cases)
      results.set(file, unwrapped(await runCase(methodology, rulesOf(rulebook, content), content)));
  });

  const resultOf = ({ file }: NamedCase): MarginResult => {
    const result = results.get(file);
    if (result === undefined) throw new Error(`no result of ${file}`);
    return result;
  };

  it("has a rulebook of its own name whose every version fits the rules schema", () => {
    expect(rulebook.methodology).toBe(methodology.id);
    const broken = rulebook.versions.flatMap(({ name, parameters }) => {
      const under = methodology.under(parameters);
      return under.ok ? [] : [`${name}: ${under.failure.message}`];
    });
    expect(broken).toEqual([]);
  });

  it("cites a section for every parameter and marks as uncertain only what exists", () => {
    const uncited = rulebook.versions.flatMap(({ name, parameters, cites }) =>
      [...leavesOf(parameters)]
        .filter(({ path }) => coveringPointer(Object.keys(cites), path) === undefined)
        .map(({ path }) => `${name}${path}`),
    );
    const dangling = rulebook.versions.flatMap(({ name, parameters, cites, uncertain = {} }) =>
      [...Object.keys(cites), ...Object.keys(uncertain)]
        .filter((pointer) => valueAt(parameters, pointer) === undefined)
        .map((pointer) => `${name}${pointer}`),
    );
    expect({ uncited, dangling }).toEqual({ uncited: [], dangling: [] });
  });

  it.each(cases)("$file: $content.title", (given) => {
    const { expected, tolerance } = given.content;
    const result = resultOf(given);
    expect(Object.keys(expected).length).toBeGreaterThan(0);
    const wrong = Object.entries(expected).flatMap(([name, amount]) => {
      const found = amountOf(result, name);
      const allowed =
        typeof tolerance === "number" ? tolerance : tolerance.relative * Math.max(tolerance.scale, Math.abs(amount));
      return found !== undefined && Math.abs(found - amount) <= allowed ? [] : [{ name, expected: amount, found }];
    });
    expect(wrong).toEqual([]);
  });

  it("makes every total from its children and names every line once", () => {
    for (const given of cases) {
      const all = linesOf(resultOf(given));
      expect(all.map(({ id }) => id).filter((id, index, ids) => ids.indexOf(id) !== index)).toEqual([]);
      for (const { id, combine, amount, children } of all) {
        expect(Number.isFinite(amount), id).toBe(true);
        const amounts = children.map((child) => child.amount);
        if (combine.kind === "leaf") expect(amounts, id).toEqual([]);
        else expect({ id, agrees: combinedAmount(combine, amounts) === amount }).toEqual({ id, agrees: true });
      }
    }
  });

  it("orders every line by a numbered heading of its document", () => {
    const headings = new Set([...documentOf(methodology.id).matchAll(/^#+ (\d+(?:\.\d+)*)\.? /gm)].map(([, n]) => n));
    const rules = cases.flatMap((given) => [
      ...linesOf(resultOf(given)).map(({ rule }) => rule),
      ...resultOf(given).remarks.flatMap(({ rule }) => (rule === undefined ? [] : [rule])),
    ]);
    expect([...new Set(rules)].filter((rule) => !headings.has(rule))).toEqual([]);
  });

  it("names only parameters that exist as inputs of lines", () => {
    const wrong = cases.flatMap((given) => {
      const result = resultOf(given);
      return linesOf(result)
        .flatMap(({ inputs }) => inputs.flatMap(({ parameter }) => (parameter === undefined ? [] : [parameter])))
        .filter((pointer) => valueAt(result.rules.parameters, pointer) === undefined);
    });
    expect([...new Set(wrong)]).toEqual([]);
  });

  it("requires margins that are not negative, and initial not below maintenance in total", () => {
    for (const given of cases) {
      for (const { initial, maintenance } of resultOf(given).accounts) {
        expect(initial.amount).toBeGreaterThanOrEqual(0);
        expect(maintenance.amount).toBeGreaterThanOrEqual(0);
        expect(initial.amount).toBeGreaterThanOrEqual(maintenance.amount - 1e-12 * Math.abs(initial.amount));
      }
    }
  });

  it("charges nothing for an empty portfolio", async () => {
    const [first] = cases;
    if (first === undefined) throw new Error(`${methodology.id} has no case`);
    const empty: CaseFile = { ...first.content, portfolio: { positions: [], balances: [], components: [] } };
    const { totals, accounts } = unwrapped(await runCase(methodology, rulesOf(rulebook, first.content), empty));
    expect([totals.initialUsd, totals.maintenanceUsd]).toEqual([0, 0]);
    expect(accounts.flatMap(({ initial, maintenance }) => [initial.amount, maintenance.amount])).not.toContain(
      Number.NaN,
    );
  });

  it("charges the same when positions are split", async () => {
    for (const { file, content } of cases) {
      const inputs = caseInputs(content);
      const rules = rulesOf(rulebook, content);
      const split = unwrapped(
        await runCase(methodology, rules, content, { portfolio: splitInThree(inputs.portfolio) }),
      );
      const whole = results.get(file);
      if (whole === undefined) throw new Error(`no result of ${file}`);
      for (const name of ["initialUsd", "maintenanceUsd"] as const)
        expect(Math.abs(split.totals[name] - whole.totals[name]), file).toBeLessThanOrEqual(
          1e-9 * Math.max(1, whole.totals[name]),
        );
    }
  });

  it("charges the same without the lines of single positions", async () => {
    for (const given of cases) {
      const whole = resultOf(given);
      const plain = await withoutDetail(methodology, given.content);
      expect(plain.totals, given.file).toEqual(whole.totals);
    }

    async function withoutDetail(method: Methodology, given: CaseFile): Promise<MarginResult> {
      const coarse: Methodology = {
        ...method,
        under: (parameters) => {
          const rules = method.under(parameters);
          if (!rules.ok) return rules;
          return {
            ok: true,
            value: { ...rules.value, charge: (book, more) => rules.value.charge(book, { ...more, detail: false }) },
          };
        },
      };
      return unwrapped(await runCase(coarse, rulesOf(rulebook, given), given));
    }
  });

  it("names missing market data, and refuses when nothing can be valued", async () => {
    const held = cases.filter(({ content }) => content.portfolio.positions.length > 0);
    expect(held.length).toBeGreaterThan(0);
    for (const { content } of held) {
      const { market } = caseInputs(content);
      const rules = rulesOf(rulebook, content);
      const refused = await runCase(methodology, rules, content, { market: { ...market, indices: [] } });
      expect(refused.ok ? "answered" : refused.failure.reason).toBe("missing-data");
      if (!refused.ok) expect(refused.failure.message).toMatch(/index:\w+/);
    }
  });

  it("has a case that moves with every numeric parameter", async () => {
    const pointers = new Set(rulebook.versions.flatMap(({ parameters }) => numericPointers(parameters)));
    const unmoved: string[] = [];
    for (const pointer of pointers) {
      let moved = false;
      for (const given of cases) {
        moved = await movesWith(given, pointer);
        if (moved) break;
      }
      if (!moved) unmoved.push(pointer);
    }
    expect(unmoved).toEqual([]);

    async function movesWith(given: NamedCase, pointer: string): Promise<boolean> {
      const rules = rulesOf(rulebook, given.content);
      const value = valueAt(rules.parameters, pointer);
      if (typeof value !== "number") return false;
      // A count accepts no tenth of itself: the next whole number is its smallest step.
      const steps = value === 0 ? [0.001] : [value * 1.1, value * 0.9, value + 1, value - 1];
      for (const step of steps) {
        const changed = rulesOf(rulebook, given.content, [{ path: pointer, value: step }]);
        if (!methodology.under(changed.parameters).ok) continue;
        const result = await runCase(methodology, changed, given.content);
        if (!result.ok) continue;
        const { expected } = given.content;
        if (
          Object.keys(expected).some((name) => differs(amountOf(result.value, name), amountOf(resultOf(given), name)))
        )
          return true;
      }
      return false;
    }
  }, 120_000);
});

function numericPointers(parameters: unknown): string[] {
  return [...leavesOf(parameters)].flatMap(({ path, value }) => (typeof value === "number" ? [path] : []));
}

function differs(a: number | undefined, b: number | undefined): boolean {
  return a !== undefined && b !== undefined && Math.abs(a - b) > 1e-12 * Math.max(1e-6, Math.abs(b));
}

function splitInThree(portfolio: Portfolio): Portfolio {
  return {
    ...portfolio,
    positions: portfolio.positions.flatMap((position) =>
      [0.5, 0.3, 0.2].map((share) => ({
        ...position,
        id: `${position.id} ${share}` as PositionId,
        quantity: position.quantity * share,
      })),
    ),
  };
}
