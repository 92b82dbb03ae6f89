import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { success, sum, unwatched } from "../../../core/base/index.ts";
import { type NettingRun, nettingBenefit, nettingGroups } from "../../../core/explain/index.ts";
import { importFiles } from "../../../core/import/index.ts";
import { catalog } from "../../../core/methodology/index.ts";
import { resolveRules } from "../../../core/rulebook/index.ts";
import { listedFiles } from "../../../resources/sample/generator/listed.ts";
import { rulebookOf } from "../methodology/run-case.ts";
import { unwrapped } from "../result-value.ts";

const folder = resolve(import.meta.dirname, "../../../resources/sample/listed");

async function sampleRuns(methods: readonly string[]) {
  const files = listedFiles().map(({ name, text }) => ({ name, bytes: new TextEncoder().encode(text) }));
  const imported = unwrapped(await importFiles(files, { mappings: {}, name: "listed", work: unwatched }));
  const { portfolio, market, report } = imported;
  if (portfolio === undefined || market === undefined) throw new Error("the sample has no book");
  const runs = methods.map((id): NettingRun => {
    const methodology = catalog.get(id);
    if (methodology === undefined) throw new Error(`no method ${id}`);
    const rules = unwrapped(resolveRules(rulebookOf(id), { date: "2026-01-13" }));
    return { label: id, methodology, outcome: success({ portfolio, market, methodology, rules }) };
  });
  return { portfolio, runs, report };
}

describe("the listed sample", () => {
  it("is what the generator writes, and imports without a problem", async () => {
    for (const { name, text } of listedFiles()) expect(readFileSync(resolve(folder, name), "utf8")).toBe(text);
    expect((await sampleRuns([])).report.problems).toEqual([]);
  });
});

describe("nettingBenefit", () => {
  it("adds up by group, and by position alone, on the shipped sample", async () => {
    const { portfolio, runs } = await sampleRuns(["strategy-based", "risk-based-customer"]);
    const report = unwrapped(await nettingBenefit(portfolio, runs, 0, 100, unwatched));
    expect(report.groups.map(({ underlyings }) => underlyings.join(" "))).toEqual([
      ...["ALFA", "BRAVO", "CHARLIE", "DELTA", "ECHO", "INDF INDX"],
    ]);
    for (const k of [0, 1]) {
      const total = report.total.amounts[k] ?? Number.NaN;
      expect(sum(report.groups.map(({ amounts }) => amounts[k] ?? Number.NaN))).toBeCloseTo(total, 4);
      expect(report.betweenGroups[k]).toBeCloseTo(0, 4);
      expect(sum(report.positions.map(({ alone }) => alone.amounts[k] ?? Number.NaN))).toBeCloseTo(
        report.apart.amounts[k] ?? 0,
        4,
      );
      expect(report.apart.amounts[k] ?? 0).toBeGreaterThan(total);
    }
    expect(report.total.benefits[1]).toBeCloseTo((report.total.amounts[0] ?? 0) - (report.total.amounts[1] ?? 0), 6);
    expect(report.total.benefits[0]).toBe(0);
    // The minimum of 200 contracts binds for the straddles, as in the published table.
    expect(report.groups[3]?.amounts[1]).toBe(7500);
    const hedge = report.positions.find(({ symbol }) => symbol === "CHARLIE 2026-03-20 95 P");
    expect(hedge?.incremental?.amounts[1] ?? 0).toBeLessThan(0);
  });

  it("compares only what every method can margin, and says what it leaves out", async () => {
    const { portfolio, runs } = await sampleRuns(["strategy-based", "risk-based-customer"]);
    const [one] = portfolio.positions;
    if (one === undefined) throw new Error("no position");
    const { instrument } = one;
    const future = {
      ...instrument,
      kind: "future" as const,
      expiryMs: Date.parse("2026-06-19T20:00:00Z"),
      symbol: "ALFA fut",
      id: `${instrument.id} fut` as typeof instrument.id,
    };
    const more = {
      ...portfolio,
      positions: [...portfolio.positions, { ...one, id: "future" as typeof one.id, instrument: future }],
    };
    const report = unwrapped(await nettingBenefit(more, runs, 0, 0, unwatched));
    expect(report.columns[0]?.leftOut.map(({ symbol }) => symbol)).toEqual(["ALFA fut"]);
    expect(report.positions).toHaveLength(portfolio.positions.length);
    expect(report.positions.every(({ incremental }) => incremental === undefined)).toBe(true);
    const without = unwrapped(await nettingBenefit(portfolio, runs, 0, 0, unwatched));
    expect(report.total.amounts).toEqual(without.total.amounts);
  });

  it("leaves a column that failed without amounts, and is cancelled", async () => {
    const { portfolio, runs } = await sampleRuns(["strategy-based"]);
    const failure = { reason: "not-found", message: "no such version" } as const;
    const broken: NettingRun = { label: "x", methodology: { id: "x", title: "X" }, outcome: { ok: false, failure } };
    const report = unwrapped(await nettingBenefit(portfolio, [...runs, broken], 0, 0, unwatched));
    expect(report.columns[1]?.failure).toEqual(failure);
    expect(report.total.amounts[1]).toBeNull();
    expect(report.total.benefits[1]).toBeNull();
    const stopped = await nettingBenefit(portfolio, runs, 0, 0, { ...unwatched, cancelled: () => true });
    expect(stopped).toMatchObject({ ok: false, failure: { reason: "cancelled" } });
    const none = await nettingBenefit(portfolio, [broken], 0, 0, unwatched);
    expect(none).toMatchObject({ ok: false, failure });
  });
});

describe("nettingGroups", () => {
  it("joins what some method nets, through others too", () => {
    const nets = (pairs: readonly string[]) => (underlyings: readonly string[]) =>
      10 * underlyings.length - (pairs.includes(underlyings.join("")) ? 5 : 0);
    expect(nettingGroups(["D", "C", "B", "A"], [nets(["AB"]), nets(["BD"])])).toEqual([["A", "B", "D"], ["C"]]);
    expect(nettingGroups(["A", "B"], [() => undefined])).toEqual([["A"], ["B"]]);
  });
  it("does not try pairs of many", () => {
    const many = Array.from({ length: 20 }, (_, i) => `U${i}`);
    expect(nettingGroups(many, [() => 0])).toHaveLength(20);
  });
});
