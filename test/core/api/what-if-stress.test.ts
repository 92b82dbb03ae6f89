import { describe, expect, it } from "vitest";
import type { Input, Output } from "../../../core/api/contract.ts";
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

type Column = Exclude<Output<"what-if.stress">["columns"][number], { readonly failure: unknown }>;
type Side = Column["scenarios"][number]["before"];
type Outcome = Output<"stress.run">["scenarios"][number]["outcomes"][number];

/** What a ticket says of a side, taken from a stress run. */
function sideOf({ pnlUsd, after, flags, steps, worstStep }: Outcome): Side {
  return {
    ...{ pnlUsd, amounts: after, flags },
    ...(steps === undefined || worstStep === undefined ? {} : { steps, worstStep }),
  };
}

/** Along a path the worst step, and all that is called; else the event at once. */
function leading({ pnlUsd, amounts, steps, worstStep }: Side) {
  const step = steps?.[worstStep ?? -1];
  if (!step) return { pnlUsd, initialUsd: amounts.initialUsd, callUsd: amounts.callUsd };
  const called = steps?.reduce((total, one) => total + (one.callUsd ?? 0), 0);
  return { pnlUsd: step.pnlUsd, initialUsd: step.amounts.initialUsd, callUsd: called };
}

describe("what-if.stress", () => {
  it.each([
    { mode: "instant", scale: 1 },
    { mode: "path", scale: 1 },
    { mode: "scaled", scale: 1.5 },
  ] as const)(
    "is a stress run of the book before and of the book after, scenario by scenario, to the last bit: $mode",
    async (how) => {
      const core = memoryCore();
      const sets = [{ id: await shipped(core) }, fall];
      const { columns: found, ...said } = await core.call("what-if.stress", {
        ...{ ...sample, columns, legs: [leg], stress: { sets, ...how }, map: true },
      });
      expect(said).toMatchObject(how);
      const runs = await Promise.all(
        [[], [leg]].map((legs) => core.call("stress.run", { ...sample, columns, legs, sets, ...how })),
      );
      for (const [place, column] of found.entries()) {
        if ("failure" in column) throw new Error(column.failure.message);
        expect(column.scenarios.length).toBe(21);
        const [before, after] = runs.map(({ scenarios }) =>
          scenarios.map(({ id, outcomes }) => {
            const own = outcomes.find((outcome) => outcome.column === place);
            return { id, side: own && sideOf(own) };
          }),
        );
        expect(column.scenarios.map(({ id, before: side }) => ({ id, side }))).toEqual(before);
        expect(column.scenarios.map(({ id, after: side }) => ({ id, side }))).toEqual(after);
        for (const { before: one, after: other, change } of column.scenarios) {
          const [earlier, later] = [leading(one), leading(other)];
          expect(change.pnlUsd).toBe(later.pnlUsd - earlier.pnlUsd);
          expect(change.initialUsd).toBe(later.initialUsd - earlier.initialUsd);
          expect(change.callUsd).toBe((later.callUsd ?? Number.NaN) - (earlier.callUsd ?? Number.NaN));
        }
      }
    },
    90_000,
  );

  it("says of a scenario without a path that it is a single step", async () => {
    const { call } = memoryCore();
    const { columns: found } = await call("what-if.stress", {
      ...{ ...sample, columns: columns.slice(0, 1), legs: [leg], stress: { sets: [fall], mode: "path" } },
    });
    const [column] = found;
    if (column === undefined || "failure" in column) throw new Error("deribit margins the sample");
    for (const { before, remarks } of column.scenarios) {
      expect(before.steps).toHaveLength(1);
      expect(before.steps?.[0]?.pnlUsd).toBe(before.pnlUsd);
      expect(remarks).toContain("it has no path: all its shocks at once are the only step");
    }
  });

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

  it.each([{ mode: "instant" }, { mode: "path" }, { mode: "scaled", scale: 2 }] as const)(
    "have the profits of the stress runs, and the worst of them is the worst stress: $mode",
    async (how) => {
      const core = memoryCore();
      const sets = [{ id: await shipped(core) }, fall];
      const stress = { sets, ...how };
      const column = await run({ stress }, core);
      for (const [legs, side] of [[[], column.before] as const, [[leg], column.after] as const]) {
        const { scenarios } = await core.call("stress.run", {
          ...{ ...sample, legs: [...legs], columns: columns.slice(0, 1), ...stress, map: false },
        });
        expect(side.library?.map(({ id }) => id)).toEqual(scenarios.map(({ id }) => id));
        for (const [place, { outcomes }] of scenarios.entries()) {
          const own = outcomes[0] && sideOf(outcomes[0]);
          expect(side.library?.[place]?.profitUsd).toBeCloseTo(own ? leading(own).pnlUsd : Number.NaN, 5);
          expect(side.library?.[place]?.step).toBe(own?.steps?.[own.worstStep ?? -1]?.label);
        }
        const [lowest] = [...(side.library ?? [])].sort((a, b) => a.profitUsd - b.profitUsd);
        expect(lowest).toMatchObject({ ...side.worstStress });
        expect(side.worstStress?.setName).toBe(lowest?.setName);
      }
    },
  );

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
