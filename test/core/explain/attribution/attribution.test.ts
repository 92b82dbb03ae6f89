import { describe, expect, it } from "vitest";
import { sum } from "../../../../core/base/index.ts";
import {
  type Attribution,
  type AttributionKind,
  type AttributionRun,
  type AttributionSplit,
  attributionKinds,
  type Grouping,
  groupings,
  runAttribution,
} from "../../../../core/explain/index.ts";
import { marginTotals, runMargin } from "../../../../core/margin/index.ts";
import { catalog } from "../../../../core/methodology/index.ts";
import type { Portfolio, Position } from "../../../../core/portfolio/index.ts";
import { resolveRules } from "../../../../core/rulebook/index.ts";
import { market, portfolio } from "../../analysis/sample-market.ts";
import { tinyMethodology, tinyRules } from "../../analysis/tiny-methodology.ts";
import { caseInputs } from "../../methodology/case-file.ts";
import { casesOf, rulebookOf, rulesOf } from "../../methodology/run-case.ts";
import { unwrapped } from "../../result-value.ts";

const shapley = { seed: 1, tolerance: 0.01 };
const asked = { kinds: attributionKinds, requirement: "initial", shapley } as const;
const tiny = { portfolio, market, methodology: tinyMethodology, rules: tinyRules };

async function attributionOf(run: Omit<AttributionRun, "kinds" | "requirement" | "shapley">): Promise<Attribution> {
  return unwrapped(await runAttribution({ ...asked, ...run }));
}

function splitOf({ splits }: Attribution, kind: AttributionKind): AttributionSplit {
  const found = splits.find((split) => split.kind === kind);
  if (found === undefined) throw new Error(`no split ${kind}`);
  return found;
}

/** The book with these positions only, everything else as it is. */
function held(positions: readonly Position[]): Portfolio {
  return { ...portfolio, positions };
}

const requirementOf = (positions: readonly Position[]): number =>
  unwrapped(marginTotals({ ...tiny, portfolio: held(positions) })).totals.initialUsd;

function segregated() {
  const methodology = catalog.get("deribit-portfolio");
  if (methodology === undefined) throw new Error("no deribit-portfolio");
  const rules = unwrapped(resolveRules(rulebookOf("deribit-portfolio"), { date: "2026-01-04" }));
  return { methodology, rules };
}

const cases = [...catalog.keys()].flatMap((id) => casesOf(id).map(({ file, content }) => ({ id, file, content })));

describe("runAttribution", () => {
  it.each(cases)("of $id/$file: every way adds up to the margin run with its named residuals", async (given) => {
    const methodology = catalog.get(given.id);
    if (methodology === undefined) throw new Error(given.id);
    const run = { ...caseInputs(given.content), methodology, rules: rulesOf(rulebookOf(given.id), given.content) };
    const { totals } = unwrapped(await runMargin(run));
    for (const requirement of ["initial", "maintenance"] as const) {
      const found = unwrapped(
        await runAttribution({
          ...run,
          ...asked,
          requirement,
          grouping: "underlying",
          shapley: { ...shapley, exactUpTo: 8, permutations: 2 },
        }),
      );
      const total = requirement === "initial" ? totals.initialUsd : totals.maintenanceUsd;
      expect(found.total).toBe(total);
      expect(found.refused.filter(({ kind }) => kind !== "pro-rata")).toEqual([]);
      for (const split of found.splits) {
        const added = split.sum + sum(split.residuals.map(({ amount }) => amount));
        const size = Math.max(
          1,
          total,
          ...split.amounts.map(Math.abs),
          ...split.residuals.map(({ amount }) => Math.abs(amount)),
        );
        expect(Math.abs(added - total), split.kind).toBeLessThanOrEqual(1e-9 * size);
        expect([...split.amounts, split.difference].every(Number.isFinite), split.kind).toBe(true);
      }
      const whole = total - found.ofNoPosition;
      expect(sum(splitOf(found, "shapley").amounts)).toBe(found.groups.length === 0 ? 0 : whole);
    }
  });

  it("takes stand-alone and incremental amounts from margin runs of the parts", async () => {
    const found = await attributionOf({ ...tiny, grouping: "position" });
    const [alone, incremental] = [splitOf(found, "stand-alone"), splitOf(found, "incremental")];
    const { positions } = portfolio;
    positions.forEach((position, at) => {
      expect(alone.amounts[at]).toBe(requirementOf([position]));
      const without = requirementOf(positions.filter((other) => other !== position));
      expect(incremental.amounts[at]).toBe(found.total - without);
    });
    expect(alone.residuals).toEqual([{ label: "netting between groups", amount: found.total - alone.sum }]);
    expect(incremental.sums).toBe(false);
  });

  it("takes Shapley amounts from the margins of all parts, order by order", async () => {
    const found = await attributionOf({ ...tiny, grouping: "position" });
    const { positions } = portfolio;
    const amounts = positions.map(() => 0);
    let orders = 0;
    const visit = (order: readonly number[]): void => {
      if (order.length === positions.length) {
        orders += 1;
        let before = 0;
        order.forEach((player, at) => {
          const now = requirementOf(positions.filter((_, place) => order.slice(0, at + 1).includes(place)));
          amounts[player] = (amounts[player] ?? 0) + now - before;
          before = now;
        });
        return;
      }
      for (const next of positions.keys()) if (!order.includes(next)) visit([...order, next]);
    };
    visit([]);
    const split = splitOf(found, "shapley");
    expect(split.how).toBe("exact: all 32 coalitions");
    split.amounts.forEach((amount, at) => {
      expect(Math.abs(amount - (amounts[at] ?? Number.NaN) / orders)).toBeLessThanOrEqual(1e-9 * found.total);
    });
  });

  it("shares pro rata to the stand-alone amounts", async () => {
    const found = await attributionOf({ ...tiny, grouping: "underlying" });
    const [alone, shared] = [splitOf(found, "stand-alone"), splitOf(found, "pro-rata")];
    for (const [at, amount] of shared.amounts.entries())
      expect(amount / found.total).toBeCloseTo((alone.amounts[at] ?? Number.NaN) / alone.sum, 12);
    expect(shared.sum).toBe(found.total);
  });

  it("finds Euler's rates equal to the losses in the binding scenario, and their sum the requirement", async () => {
    const { positions } = unwrapped(await runMargin(tiny));
    const euler = splitOf(await attributionOf({ ...tiny, grouping: "position" }), "euler");
    const usd = new Map([
      ["BTC", 91000],
      ["USDC", 1],
    ]);
    for (const [at, { bindingPnl = Number.NaN, settlement }] of positions.entries()) {
      const loss = -bindingPnl * (usd.get(settlement) ?? Number.NaN);
      expect(Math.abs((euler.amounts[at] ?? Number.NaN) - loss)).toBeLessThanOrEqual(1e-7 * Math.abs(loss));
    }
    expect(sum(euler.residuals.map(({ amount }) => Math.abs(amount)))).toBeLessThanOrEqual(1e-6);
  });

  it("splits the maintenance requirement too", async () => {
    const run = { ...tiny, ...asked, grouping: "underlying" } as const;
    const [initial, maintenance] = [
      unwrapped(await runAttribution(run)),
      unwrapped(await runAttribution({ ...run, requirement: "maintenance" })),
    ];
    for (const [at, amount] of splitOf(maintenance, "shapley").amounts.entries())
      expect(amount).toBeCloseTo(0.8 * (splitOf(initial, "shapley").amounts[at] ?? Number.NaN), 6);
  });

  it("splits a maintenance requirement by position where the statement details the initial one only", async () => {
    const { methodology, rules } = segregated();
    const run = { ...tiny, methodology, rules, ...asked, kinds: ["component"], grouping: "position" } as const;
    const [initial, maintenance] = [
      splitOf(unwrapped(await runAttribution(run)), "component"),
      splitOf(unwrapped(await runAttribution({ ...run, requirement: "maintenance" })), "component"),
    ];
    expect(initial.amounts.some((amount) => amount < 0)).toBe(true);
    for (const [at, amount] of initial.amounts.entries()) expect(maintenance.amounts[at]).toBeCloseTo(0.8 * amount, 6);
  });

  it("has errors of sampled Shapley amounts that hold the exact ones", async () => {
    const run = { ...tiny, ...asked, kinds: ["shapley"], grouping: "position" } as const;
    const exact = splitOf(unwrapped(await runAttribution(run)), "shapley");
    const settings = { seed: 3, tolerance: 0, exactUpTo: 0, permutations: 200 };
    const sampled = splitOf(unwrapped(await runAttribution({ ...run, shapley: settings })), "shapley");
    expect(sampled.how).toBe("sampled: 200 orders and their reverses, seed 3");
    sampled.amounts.forEach((amount, at) => {
      const gap = Math.abs(amount - (exact.amounts[at] ?? Number.NaN));
      expect(gap).toBeLessThanOrEqual(4 * (sampled.errors?.[at] ?? Number.NaN) + 1e-9 * Math.abs(amount));
    });
  });

  it("refuses ways that have no answer, and keeps the others", async () => {
    const found = await attributionOf({ ...tiny, portfolio: held([]), grouping: "position" });
    expect(found.refused).toMatchObject([{ kind: "pro-rata", failure: { reason: "not-applicable" } }]);
    expect(found.splits.map(({ kind }) => kind)).toEqual(attributionKinds.filter((kind) => kind !== "pro-rata"));
    expect(found.total).toBe(0);
  });

  it("hands out the other ways before the Shapley values", async () => {
    const partials: Attribution[] = [];
    const onPartial = (partial: Attribution) => partials.push(partial);
    const found = await attributionOf({ ...tiny, grouping: "position", onPartial });
    expect(partials).toHaveLength(1);
    expect(partials[0]?.splits).toEqual(found.splits.filter(({ kind }) => kind !== "shapley"));
  });

  it("stops when it is cancelled", async () => {
    let looks = 0;
    const work = { progress: () => {}, pause: async () => {}, cancelled: () => ++looks > 4 };
    const stopped = await runAttribution({ ...tiny, ...asked, grouping: "position", work });
    expect(stopped).toMatchObject({ ok: false, failure: { reason: "cancelled" } });
  });

  it("gives the same bits again", async () => {
    const run = { ...tiny, grouping: "position" } as const;
    expect(await attributionOf(run)).toEqual(await attributionOf(run));
  });
});

describe("grouping", () => {
  const tagged = held(
    portfolio.positions.map((position, at) => ({
      ...position,
      account: at < 2 ? "main" : "second",
      ...(at === 0 ? {} : { tag: at % 2 === 0 ? "short puts" : "collar" }),
    })),
  );
  const labels = async (grouping: Grouping, tags: AttributionRun["tags"] = []): Promise<readonly string[]> =>
    (await attributionOf({ ...tiny, portfolio: tagged, grouping, tags })).groups.map(({ label }) => label);

  it("puts positions together by what they share", async () => {
    expect(await labels("underlying")).toEqual(["BTC", "SOL"]);
    expect(await labels("venue")).toEqual(["deribit"]);
    expect(await labels("account")).toEqual(["main", "second"]);
    expect(await labels("tag")).toEqual(["not tagged", "collar", "short puts"]);
    expect(await labels("expiry")).toEqual(["BTC no expiry", "BTC 2026-03-27", "SOL no expiry"]);
    expect(await labels("position")).toHaveLength(5);
  });

  it("prefers tags set by the user", async () => {
    expect(await labels("tag", [{ positionId: "BTC-PERPETUAL#0", tag: "hedge" }])).toEqual([
      "hedge",
      "collar",
      "short puts",
    ]);
  });

  it("holds every position once, whatever the grouping", async () => {
    for (const grouping of groupings) {
      const { groups } = await attributionOf({ ...tiny, portfolio: tagged, grouping });
      expect(groups.flatMap(({ positions }) => positions).sort()).toEqual(
        tagged.positions.map(({ id }) => id as string).sort(),
      );
    }
  });
});
