import { describe, expect, it } from "vitest";
import type { Input } from "../../../core/api/contract.ts";
import { memoryCore } from "./memory-core.ts";

const sample = { portfolio: { sample: true }, market: { sample: true } } as const;
const columns = [{ methodology: "deribit-portfolio" }, { methodology: "bybit-portfolio" }];
const leg = { instrument: { symbol: "BTC-PERPETUAL" }, quantity: 400_000 } as const;
const price = (factor: string, amount: number) => ({ kind: "price", factor, mode: "relative", amount }) as const;
const fall = {
  set: {
    name: "Mine",
    scenarios: [
      { id: "fall", label: "Fall", shocks: [price("*", -0.35)] },
      { id: "rise", label: "Rise", shocks: [price("*", 0.5)] },
    ],
  },
};

async function shipped(core = memoryCore()): Promise<string> {
  const sets = await core.call("stress-set.list", {});
  const found = sets.find(({ place, name }) => place === "shipped" && /historical/i.test(name));
  if (found === undefined) throw new Error("historical events ship");
  return found.id;
}

describe("what-if.stress", () => {
  it("is a stress run of the book before and of the book after, scenario by scenario, to the last bit", async () => {
    const core = memoryCore();
    const stress = { sets: [{ id: await shipped(core) }, fall] };
    const { columns: found } = await core.call("what-if.stress", {
      ...sample,
      columns,
      legs: [leg],
      stress,
      map: true,
    });
    const runs = await Promise.all(
      [[], [leg]].map((legs) => core.call("stress.run", { ...sample, columns, legs, sets: stress.sets })),
    );
    for (const [place, column] of found.entries()) {
      if ("failure" in column) throw new Error(column.failure.message);
      expect(column.scenarios.length).toBe(21);
      const [before, after] = runs.map(({ scenarios }) =>
        scenarios.map(({ id, outcomes }) => {
          const own = outcomes.find((outcome) => outcome.column === place);
          return { id, side: own && { pnlUsd: own.pnlUsd, amounts: own.after, flags: own.flags } };
        }),
      );
      expect(column.scenarios.map(({ id, before: side }) => ({ id, side }))).toEqual(before);
      expect(column.scenarios.map(({ id, after: side }) => ({ id, side }))).toEqual(after);
      for (const { before: one, after: other, change } of column.scenarios) {
        expect(change.pnlUsd).toBe(other.pnlUsd - one.pnlUsd);
        expect(change.initialUsd).toBe(other.amounts.initialUsd - one.amounts.initialUsd);
      }
    }
  }, 60_000);

  it("changes nothing without legs, and leaves other methods standing where one cannot be run", async () => {
    const core = memoryCore();
    const { columns: found, notice } = await core.call("what-if.stress", {
      ...{ ...sample, stress: { sets: [fall] } },
      columns: [{ methodology: "deribit-portfolio", rules: { name: "none" } }, ...columns.slice(0, 1)],
    });
    expect(notice).toMatch(/non-binding/);
    expect(found[0]).toHaveProperty("failure");
    const [, column] = found;
    if (column === undefined || "failure" in column) throw new Error("deribit margins the sample");
    expect(
      column.scenarios.map(({ before, after }) => after === before || JSON.stringify(after) === JSON.stringify(before)),
    ).toEqual([true, true]);
  });

  it("refuses sets and scenarios that are not there", async () => {
    const core = memoryCore();
    const asked = { ...sample, columns, legs: [leg] };
    const refused = (stress: Input<"what-if.stress">["stress"]) => core.refusal("what-if.stress", { ...asked, stress });
    expect(await refused({ sets: [{ id: "none" }] })).toMatchObject({ reason: "not-found" });
    expect(await refused({ sets: [fall], scenarios: ["other"] })).toMatchObject({ reason: "not-found" });
    expect(await refused({ sets: [fall], kinds: ["venue"] })).toMatchObject({ reason: "not-found" });
  });
});

describe("library scenarios of a what-if", () => {
  const run = async (more: Partial<Input<"what-if.run">>, core = memoryCore()) => {
    const { columns: found } = await core.call("what-if.run", {
      ...{ ...sample, columns: columns.slice(0, 1), legs: [leg], ...more },
    });
    const [column] = found;
    if (column === undefined || "failure" in column) throw new Error("deribit margins the sample");
    return column;
  };

  it("have the profits of the stress runs, and the worst of them is the worst stress", async () => {
    const core = memoryCore();
    const stress = { sets: [{ id: await shipped(core) }, fall] };
    const column = await run({ stress }, core);
    for (const [legs, side] of [[[], column.before] as const, [[leg], column.after] as const]) {
      const { scenarios } = await core.call("stress.run", {
        ...{ ...sample, legs: [...legs], columns: columns.slice(0, 1), sets: stress.sets, map: false },
      });
      expect(side.library?.map(({ id }) => id)).toEqual(scenarios.map(({ id }) => id));
      for (const [place, { outcomes }] of scenarios.entries())
        expect(side.library?.[place]?.profitUsd).toBeCloseTo(outcomes[0]?.pnlUsd ?? Number.NaN, 5);
      const lowest = Math.min(...(side.library ?? []).map(({ profitUsd }) => profitUsd));
      expect(side.worstStress?.profitUsd).toBe(lowest);
      expect(side.worstStress?.setName).toBeDefined();
    }
  });

  it("leave everything else to the last bit, and count beside the scenarios of price and volatility", async () => {
    const scenarios = [{ id: "crash", label: "crash", priceMove: -0.9 }];
    const [plain, both] = [await run({ scenarios }), await run({ scenarios, stress: { sets: [fall] } })];
    const { library: _, worstStress: _worst, ...after } = both.after;
    const { worstStress, ...own } = plain.after;
    expect(after).toEqual(own);
    expect(both.after.worstStress?.profitUsd).toBe(
      Math.min(worstStress?.profitUsd ?? 0, ...(both.after.library ?? []).map(({ profitUsd }) => profitUsd)),
    );
  });

  it("judge limits of stress loss, and hold the size within them", async () => {
    const stress = { sets: [fall] };
    const loss = { measure: "stress-loss", bound: 1e9 } as const;
    // The sample loses most when prices rise: a sale makes it worse.
    const sale = { ...leg, quantity: -leg.quantity };
    const column = await run({ stress, limits: [loss], legs: [sale] });
    const [verdict] = column.limits;
    const worst = column.after.worstStress;
    expect(verdict?.after).toMatchObject({ value: -(worst?.profitUsd ?? 0), where: worst?.label });
    // A bound between the losses before and after lets a part of the ticket through, to the lot.
    const [before, after] = [verdict?.before?.value ?? 0, verdict?.after?.value ?? 0];
    expect(after).toBeGreaterThan(before);
    const core = memoryCore();
    const limits = [{ ...loss, bound: (before + after) / 2 }];
    const one = { ...sale, quantity: sale.quantity / 100 };
    const size = await core.call("what-if.size", {
      ...{ ...sample, columns: columns.slice(0, 1), legs: [one], stress, limits, mostLots: 200 },
    });
    const lots = size.directions[0]?.lots ?? 0;
    expect(lots).toBeGreaterThan(10);
    expect(lots).toBeLessThan(100);
    const at = async (count: number) => {
      const sized = await run({ stress, limits, legs: [{ ...one, quantity: one.quantity * count }] });
      return sized.limits[0]?.after?.passes;
    };
    expect([await at(lots), await at(lots + 1)]).toEqual([true, false]);
    // Without the scenarios the limit has no verdict: it holds nothing back.
    const free = await core.call("what-if.size", {
      ...{ ...sample, columns: columns.slice(0, 1), legs: [one], limits, mostLots: 200 },
    });
    expect(free.directions[0]?.open).toBe(true);
  }, 60_000);
});
