import { describe, expect, it } from "vitest";
import type { Input, Output } from "../../../core/api/contract.ts";
import { highsSolver } from "../../../core/host/solver/highs-solver.ts";
import { memoryCore } from "./memory-core.ts";

const solver = await highsSolver();
const core = memoryCore({ solver: async () => solver });
const sample = { portfolio: { sample: true }, market: { sample: true } } as const;
const book = { ...sample, methodology: "deribit-portfolio" } as const;
const near: Input<"hedge.propose">["candidates"] = {
  ...{ from: "book", kinds: ["future", "perpetual", "option"], expiries: 2, strikes: 4, most: 16 },
};
const price = (amount: number) => ({ kind: "price", factor: "*", mode: "relative", amount }) as const;
const volatility = (amount: number) => ({ kind: "volatility", factor: "*", mode: "relative", amount }) as const;
const set = {
  name: "Mine",
  scenarios: [
    { id: "fall", label: "Fall", shocks: [price(-0.35), volatility(0.6)] },
    { id: "rise", label: "Rise", shocks: [price(0.4), volatility(0.3)] },
    {
      ...{ id: "turn", label: "Turn", shocks: [price(0.05)] },
      path: [
        { label: "up", days: 1, shocks: [price(0.6), volatility(0.5)] },
        { label: "back", days: 2, shocks: [price(0.05)] },
      ],
    },
  ],
};
const atOnce: Input<"hedge.propose">["stress"] = { sets: [{ set }] };

type Proposal = Output<"hedge.propose">;
type Trade = Pick<Proposal["exact"]["trades"][number], "symbol" | "quantity">;

/** The what-if of trades. */
async function ticketOf(trades: readonly Trade[], stress: typeof atOnce) {
  const { columns } = await core.call("what-if.run", {
    ...{ ...sample, columns: [{ methodology: book.methodology }], ...(stress && { stress }) },
    legs: trades.map(({ symbol, quantity }) => ({ instrument: { symbol }, quantity })),
  });
  const [column] = columns;
  if (column === undefined || "failure" in column) throw new Error("the method margins the sample");
  return column;
}

const profits = (points: Proposal["before"]["stress"]) => (points ?? []).map(({ profitUsd }) => profitUsd);

describe("hedge.propose with stress sets of the library", () => {
  it.each([{ mode: "instant" }, { mode: "path" }] as const)(
    "keeps a loss bound in every scenario at least cost, as the what-if of its trades finds it: $mode",
    async ({ mode }) => {
      const stress = { sets: [{ set }], mode };
      const { before } = await core.call("hedge.propose", { ...book, candidates: near, stress });
      const lossUsd = -(before.worstStress?.profitUsd ?? 0);
      expect(before.stress).toHaveLength(3);
      expect(lossUsd).toBeGreaterThan(0);
      const stressLossUsd = lossUsd / 2;
      const proposal = await core.call("hedge.propose", {
        ...{ ...book, candidates: near, stress, objective: { kind: "target", stressLossUsd } },
      });
      for (const plan of [proposal.exact, proposal.inLots]) {
        if (plan === undefined) throw new Error("no plan in lots");
        expect(plan.trades.length).toBeGreaterThan(0);
        expect(-(plan.state.worstStress?.profitUsd ?? 0)).toBeLessThanOrEqual(stressLossUsd * (1 + 1e-9));
        const column = await ticketOf(plan.trades, stress);
        const [one, other] = [profits(plan.state.stress), profits(column.after.library)];
        expect(other).toHaveLength(one.length);
        for (const [place, profit] of one.entries()) expect(profit).toBeCloseTo(other[place] ?? Number.NaN, 4);
        expect(plan.state.worstStress?.step).toBe(column.after.worstStress?.step);
      }
      // Nothing is traded beyond what the bound asks: at the least cost it holds the plan.
      expect(-(proposal.exact.state.worstStress?.profitUsd ?? 0)).toBeCloseTo(stressLossUsd, 2);
      expect(proposal.binding.some(({ kind, label }) => kind === "limit" && /^stress loss in /.test(label))).toBe(true);
    },
  );

  it("asks nothing of a plan that keeps the bound already, and counts limits of stress loss the same", async () => {
    const plain = await core.call("hedge.propose", { ...book, candidates: near, stress: atOnce, lots: false });
    const wide = await core.call("hedge.propose", {
      ...{ ...book, candidates: near, stress: atOnce, lots: false },
      limits: [{ measure: "stress-loss", most: 1e12 }],
    });
    expect(wide.exact.trades).toEqual(plain.exact.trades);
    const lossUsd = -(plain.exact.state.worstStress?.profitUsd ?? 0);
    const limited = await core.call("hedge.propose", {
      ...{ ...book, candidates: near, stress: atOnce, lots: false },
      limits: [{ measure: "stress-loss", most: 0.5 * lossUsd }],
    });
    expect(-(limited.exact.state.worstStress?.profitUsd ?? 0)).toBeLessThanOrEqual(0.5 * lossUsd * (1 + 1e-9));
    expect(limited.exact.objectiveUsd).toBeGreaterThanOrEqual(plain.exact.objectiveUsd * (1 - 1e-6));
  });

  it("says what cannot be kept, once, and what is missing", async () => {
    const few: Input<"hedge.propose">["candidates"] = {
      ...{ from: "symbols", instruments: [{ symbol: "BTC-PERPETUAL", mostBought: 10, mostSold: 10 }] },
    };
    const refused = (more: Partial<Input<"hedge.propose">>) =>
      core.refusal("hedge.propose", { ...book, candidates: few, ...more });
    const limits: Input<"hedge.propose">["limits"] = [{ measure: "stress-loss", most: 1 }];
    const impossible = await refused({ stress: atOnce, limits });
    expect(impossible).toMatchObject({ reason: "not-applicable" });
    expect(impossible?.message.match(/stress loss/g)).toHaveLength(1);
    expect(await refused({ limits })).toMatchObject({ reason: "invalid-input", at: "stress" });
    expect(await refused({ stress: { sets: [{ id: "none" }] } })).toMatchObject({ reason: "not-found" });
  });
});

describe("hedge.unwind with stress sets of the library", () => {
  it("tells the worst of what is left each day, as the what-if of the trades so far finds it", async () => {
    const plan = await core.call("hedge.unwind", { ...book, days: 2, stress: atOnce });
    const none = await ticketOf([], atOnce);
    expect(plan.worstStressBefore?.profitUsd).toBeCloseTo(none.before.worstStress?.profitUsd ?? Number.NaN, 4);
    expect(plan.days.map(({ trades }) => trades.length > 0)).toContain(true);
    for (const [place, { worstStress }] of plan.days.entries()) {
      const column = await ticketOf(
        plan.days.slice(0, place + 1).flatMap(({ trades }) => trades),
        atOnce,
      );
      expect(worstStress?.profitUsd).toBeCloseTo(column.after.worstStress?.profitUsd ?? Number.NaN, 4);
      expect(worstStress?.label).toBe(column.after.worstStress?.label);
    }
    const plain = await core.call("hedge.unwind", { ...book, days: 2 });
    expect(plain.days.map(({ worstStress }) => worstStress)).toEqual([undefined, undefined]);
  });
});
