import { describe, expect, it } from "vitest";
import { marginSurface } from "../../../core/analysis/index.ts";
import { sum } from "../../../core/base/index.ts";
import { ruleEffect } from "../../../core/explain/index.ts";
import { type History, historyUpTo } from "../../../core/history/index.ts";
import { type MarginResult, runMargin, scenarioProfits } from "../../../core/margin/index.ts";
import { catalog, type Methodology, walk } from "../../../core/methodology/index.ts";
import { type Override, type ResolvedRules, resolveRules } from "../../../core/rulebook/index.ts";
import { unwrapped } from "../result-value.ts";
import { caseInputs } from "./case-file.ts";
import { historyNamed } from "./named-history.ts";
import { casesOf, rulebookOf } from "./run-case.ts";

const id = "var-es-margin";
const methodology = catalog.get(id) as Methodology;
const given = casesOf(id).find(({ file }) => file === "own-es-two-days.json")?.content;
if (given === undefined) throw new Error("the case is gone");
const inputs = caseInputs(given);

const rulesNamed = (name: string, overrides: readonly Override[] = []): ResolvedRules =>
  unwrapped(resolveRules(rulebookOf(id), { name }, overrides));

const resultOf = async (name: string, overrides: readonly Override[] = []): Promise<MarginResult> =>
  unwrapped(await runMargin({ ...inputs, methodology, rules: rulesNamed(name, overrides) }));

const accountOf = ({ accounts: [account] }: MarginResult) => {
  if (account === undefined) throw new Error("no account");
  return account;
};

describe("a history", () => {
  it("that is too short for the confidence is refused with the number of observations needed", async () => {
    const history: History = historyUpTo(historyNamed("crypto-2023"), Date.parse("2023-07-31T00:00:00Z"));
    const result = await runMargin({
      ...inputs,
      history,
      methodology,
      rules: rulesNamed("historical-var-99", [{ path: "/shocks/volatility", value: "none" }]),
    });
    expect(result.ok ? "answered" : result.failure).toMatchObject({ reason: "missing-data", at: "history" });
    expect(result.ok ? "" : result.failure.message).toMatch(
      /needs at least 100 observations; found 91; .* 2023-05-02 to 2023-07-31/,
    );
  });

  it("is needed, and says which series are missing", async () => {
    const { history: _, ...without } = inputs;
    const refused = await runMargin({ ...without, methodology, rules: rulesNamed("historical-var-99") });
    expect(refused.ok ? "answered" : refused.failure.message).toMatch(
      /needs a history with price:BTC, volatility:BTC:30d/,
    );
  });

  it("without a day of stress is refused where days of stress are asked for", async () => {
    const refused = await runMargin({
      ...inputs,
      methodology,
      rules: rulesNamed("historical-var-99", [{ path: "/stress/method", value: "floor" }]),
    });
    expect(refused.ok ? "answered" : refused.failure.message).toMatch(
      /2020-02-15 to 2020-04-15 are not in the history/,
    );
  });
});

describe("the scenarios of the tail", () => {
  it("stand in the matrix by their day, and open as profits of every position", async () => {
    const result = await resultOf("historical-var-99");
    const [matrix] = accountOf(result).matrices;
    const binding = matrix?.cells.find(({ scenarioId }) => scenarioId === matrix.bindingScenarioId);
    expect(binding?.scenarioId).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    const profits = unwrapped(
      scenarioProfits(
        { ...inputs, methodology, rules: rulesNamed("historical-var-99") },
        { setId: "current", scenarioId: binding?.scenarioId ?? "" },
      ),
    );
    expect(profits.positions.map(({ id: position }) => position)).toEqual(
      inputs.portfolio.positions.map(({ id: position }) => position),
    );
    expect(result.positions.map(({ bindingPnl = 0 }) => bindingPnl).reduce((a, b) => a + b, 0)).toBeCloseTo(
      binding?.amount ?? 0,
      6,
    );
  });

  it("say how precise the measure is", async () => {
    const labels = async (name: string): Promise<string[]> =>
      [...walk(accountOf(await resultOf(name)).initial)].flatMap(({ inputs: all }) => all.map(({ label }) => label));
    expect(await labels("historical-es-97.5")).toEqual(
      expect.arrayContaining([
        "scenarios",
        "standard error of ES",
        "tail mean",
        "days left out, a factor not observed",
      ]),
    );
    expect(await labels("monte-carlo-es-97.5")).toEqual(
      expect.arrayContaining([
        "seed",
        "generator",
        "standard error of ES",
        "ES at least, 95 %",
        "ES at most, 95 %",
        "standard error of VaR",
      ]),
    );
  });
});

describe("decompositions", () => {
  it.each([
    "historical-es-97.5",
    "historical-var-99",
    "age-weighted-es-97.5",
    "filtered-book-es-97.5",
    "monte-carlo-es-97.5",
    "delta-normal-var-99",
    "delta-gamma-var-99",
  ])("of %s add up as theory says, and name the line they split", async (name) => {
    const account = accountOf(
      await resultOf(name, name.startsWith("monte") ? [{ path: "/simulation/draws", value: 2000 }] : []),
    );
    const lines = new Map([...walk(account.initial)].map((line) => [line.id, line]));
    expect(account.decompositions?.length).toBeGreaterThan(1);
    for (const { id: split, lineId, measure, entries, sum: total, sums } of account.decompositions ?? []) {
      expect(lines.get(lineId)?.combine.kind, split).toBe("loss");
      expect(Math.abs((lines.get(lineId)?.amount ?? 0) - Math.max(0, measure)), split).toBeLessThan(1e-8 * measure);
      expect(sum(entries.map(({ amount, weight = 1 }) => amount * weight)), split).toBe(total);
      if (sums) expect(Math.abs(total - measure), split).toBeLessThan(1e-6 * measure);
    }
  });
});

describe("the same inputs", () => {
  it("give the same bits, and a what-if keeps the draws", async () => {
    const rules = rulesNamed("monte-carlo-es-97.5", [{ path: "/simulation/draws", value: 2000 }]);
    const [one, two] = [
      await runMargin({ ...inputs, methodology, rules }),
      await runMargin({ ...inputs, methodology, rules }),
    ];
    expect(two).toEqual(one);
    const doubled = {
      ...inputs.portfolio,
      positions: inputs.portfolio.positions.map((position) => ({ ...position, quantity: 2 * position.quantity })),
    };
    const twice = unwrapped(await runMargin({ ...inputs, portfolio: doubled, methodology, rules }));
    expect(twice.totals.initialUsd / unwrapped(one).totals.initialUsd).toBeCloseTo(2, 6);
  });
});

describe("margin surfaces", () => {
  it("recompute the requirement around each moved market", async () => {
    const axes = {
      price: { from: -0.2, to: 0.2, count: 3 },
      volatility: { from: -0.2, to: 0.2, count: 3 },
      volatilityMode: "relative",
    } as const;
    const rules = rulesNamed("historical-es-97.5");
    const surface = unwrapped(await marginSurface({ ...inputs, methodology, rules, axes }));
    const { totals } = await resultOf("historical-es-97.5");
    expect(surface.layers.initial[4]).toBe(totals.initialUsd);
    expect(new Set(surface.layers.initial).size).toBeGreaterThan(5);
    expect(surface.bindings.every((text) => /\d{4}-\d{2}-\d{2}/.test(text))).toBe(true);
  });
});

describe("rules that do not go together", () => {
  it.each([
    ["monte-carlo-es-97.5", "/stress/method", "observations", /need historical simulation/],
    ["delta-normal-var-99", "/weighting/kind", "age", /need historical simulation/],
    ["filtered-book-es-97.5", "/stress/method", "observations", /a filter on the book/],
  ] as const)("%s with %s %s are refused", async (name, path, value, words) => {
    const refused = await runMargin({ ...inputs, methodology, rules: rulesNamed(name, [{ path, value }]) });
    expect(refused.ok ? "answered" : refused.failure.message).toMatch(words);
  });
});

describe("a window that the history does not fill", () => {
  it("is measured on what there is, with a remark", async () => {
    const { remarks, accuracy } = await resultOf("historical-es-97.5", [{ path: "/window/observations", value: 2000 }]);
    expect(accuracy).toBe("approximate");
    expect(remarks.map(({ message }) => message).join(" ")).toMatch(
      /asks for 2000 daily changes; the history gives 500/,
    );
  });
});

describe("the effect of rules", () => {
  it("is the difference of two results, line by line", async () => {
    const effect = ruleEffect(await resultOf("historical-var-99"), await resultOf("historical-es-97.5"));
    expect(effect.rules.map(({ path }) => path)).toEqual(
      expect.arrayContaining(["/measure/statistic", "/measure/confidence", "/horizon/days"]),
    );
    expect(effect.totals.initialUsd?.change).not.toBe(0);
  });
});
