import { describe, expect, it } from "vitest";
import type { Input, Output } from "../../../../core/api/contract.ts";
import { catalog } from "../../../../core/methodology/index.ts";
import { memoryCore } from "../../api/memory-core.ts";

type RunInput = Input<"stress.run">;
type StressRun = Output<"stress.run">;
type Scenario = Extract<RunInput["sets"][number], { set: unknown }>["set"]["scenarios"][number];

const core = memoryCore();
const sample = { portfolio: { sample: true }, market: { sample: true } } as const;

const price = (factor: string, amount: number) => ({ kind: "price", factor, mode: "relative", amount }) as const;
const volatility = (factor: string, amount: number) =>
  ({ kind: "volatility", factor, mode: "relative", amount }) as const;

/** As the template of the event says; figures of resources/stress. */
const blackThursday: Scenario = {
  ...{
    id: "black-thursday",
    label: "Black Thursday",
    kind: "historical",
    start: "2020-03-12",
    end: "2020-03-13",
    horizonDays: 2,
  },
  shocks: [
    ...[price("BTC", -0.514), price("ETH", -0.51), price("ALT", -0.55), volatility("BTC", 1.5), volatility("ETH", 1.5)],
    { kind: "basis", factor: "*", amount: -0.1, contracts: "perpetual" },
  ],
};
const still: Scenario = { id: "still", label: "Nothing", shocks: [] };
const half: Scenario = { ...blackThursday, id: "half", shocks: [price("*", -0.25), volatility("*", 0.5)] };
const up: Scenario = { id: "up", label: "Up", shocks: [price("*", 0.4)] };
const set = (...scenarios: Scenario[]) => ({ set: { name: "Test", scenarios } });

const columnsOf = (...ids: string[]) => ids.map((methodology) => ({ methodology }));
const run = (input: Partial<RunInput> & Pick<RunInput, "sets" | "columns">): Promise<StressRun> =>
  core.call("stress.run", { ...sample, ...input });

/** Every number anywhere in an answer. */
function numbersOf(value: unknown): number[] {
  if (typeof value === "number") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(numbersOf) : [];
}

describe("stress.run on the sample book", () => {
  it("takes every method through Black Thursday without a number that is none, marked as S10 and S11 ask", async () => {
    const all = await run({ sets: [set(blackThursday, still)], columns: columnsOf(...catalog.keys()) });
    expect(numbersOf(all).every(Number.isFinite)).toBe(true);
    const computed = all.columns.filter(({ before }) => before !== undefined);
    expect(computed.length).toBeGreaterThanOrEqual(15);
    const [crash, nothing] = all.scenarios;
    for (const { column, pnlUsd, before, after } of nothing?.outcomes ?? []) {
      expect(pnlUsd).toBe(0);
      expect([all.columns[column]?.label, after]).toEqual([all.columns[column]?.label, before]);
    }
    expect(crash?.outcomes.length).toBe(computed.length);
    expect(crash?.severity).toMatchObject({ horizonDays: 2, percentile: 1 });
    expect(crash?.severity.norm).toBeGreaterThan(5);
    expect(all.notice).toMatch(/non-binding estimate/);
  }, 60_000);

  it("ranks by loss, answers one scale as the instant, and half the shocks as half", async () => {
    const columns = columnsOf("deribit-portfolio", "okx-portfolio");
    const instant = await run({ sets: [set(up, blackThursday, half)], columns });
    const scaled = await run({ sets: [set(up, blackThursday, half)], columns, mode: "scaled", scale: 1 });
    expect(scaled.scenarios.map(({ outcomes }) => outcomes)).toEqual(instant.scenarios.map(({ outcomes }) => outcomes));
    for (const column of [0, 1]) {
      const ranked = instant.scenarios
        .map(({ outcomes }) => outcomes[column])
        .sort((a, b) => (a?.rank ?? 0) - (b?.rank ?? 0));
      expect(ranked.map((outcome) => outcome?.rank)).toEqual([1, 2, 3]);
      const losses = ranked.map((outcome) => outcome?.pnlUsd ?? Number.NaN);
      expect(losses).toEqual([...losses].sort((a, b) => a - b));
    }
    const own: Scenario = { id: "own", label: "Half of half", shocks: [price("*", -0.125), volatility("*", 0.25)] };
    const halved = await run({ sets: [set(half)], columns, mode: "scaled", scale: 0.5 });
    const stated = await run({ sets: [set(own)], columns });
    expect(halved.scenarios[0]?.outcomes[0]?.after).toEqual(stated.scenarios[0]?.outcomes[0]?.after);
  });

  it("adds the change of equity up from positions and collateral", async () => {
    const { scenarios } = await run({ sets: [set(blackThursday, half)], columns: columnsOf("deribit-portfolio") });
    for (const { outcomes } of scenarios) {
      const [{ pnlUsd, collateralUsd, equityChangeUsd = Number.NaN, byUnderlying } = { byUnderlying: [] }] = outcomes;
      expect(equityChangeUsd).toBeCloseTo((pnlUsd ?? Number.NaN) + (collateralUsd ?? Number.NaN), 4);
      expect(byUnderlying.reduce((total, one) => total + one.pnlUsd, 0)).toBeCloseTo(pnlUsd ?? Number.NaN, 6);
    }
  });

  it("replays a path in its order: calls are met in cash, and the low is not forgotten", async () => {
    const path: Scenario = {
      ...{ id: "path", label: "Down and back", shocks: [price("*", -0.4)] },
      path: [
        { label: "close", days: 0, shocks: [price("*", -0.1)] },
        { label: "low", days: 1, shocks: [price("*", -0.4), volatility("*", 1)] },
        { label: "close", days: 1, shocks: [price("*", -0.2)] },
      ],
    };
    const columns = columnsOf("deribit-portfolio");
    const replay = await run({ sets: [set(path)], columns, mode: "path" });
    const steps = replay.scenarios[0]?.outcomes[0]?.steps ?? [];
    expect(steps.map(({ label, days }) => [label, days])).toEqual([
      ["close", 0],
      ["low", 1],
      ["close", 1],
    ]);
    let called = 0;
    for (const { callUsd = Number.NaN, calledUsd, flags, amounts } of steps) {
      called += callUsd;
      expect(calledUsd).toBe(called);
      expect(flags.includes("call")).toBe(callUsd > 0);
      expect(amounts.callUsd).toBe(callUsd);
    }
    expect(called).toBeGreaterThan(0);
    // What was posted at the low still stands at the close: the same shocks without a past are short of more.
    const alone = await run({
      sets: [set({ ...path, shocks: [price("*", -0.2), { kind: "time", days: 1 }] })],
      columns,
    });
    expect(steps[2]?.pnlUsd).toBe(alone.scenarios[0]?.outcomes[0]?.pnlUsd);
    expect(steps[2]?.callUsd).toBeLessThanOrEqual(alone.scenarios[0]?.outcomes[0]?.after.callUsd ?? 0);
    expect(steps[2]?.amounts.marginBalanceUsd).toBeGreaterThan(
      alone.scenarios[0]?.outcomes[0]?.after.marginBalanceUsd ?? 0,
    );
  });

  it("ranks paths by their worst step, though the event at once or the last step is milder", async () => {
    const step = (label: string, amount: number) => ({ label, days: 0, shocks: [price("*", amount)] });
    const deep: Scenario = {
      ...{ id: "deep", label: "Low, then back", shocks: [price("*", -0.05)] },
      path: [step("open", -0.02), step("low", -0.4), step("close", -0.01)],
    };
    const flat: Scenario = { id: "flat", label: "Down", shocks: [price("*", -0.2)] };
    const columns = columnsOf("deribit-portfolio");
    const ranks = (of: StressRun) => of.scenarios.map(({ outcomes }) => outcomes[0]?.rank);
    const paths = await run({ sets: [set(deep, flat)], columns, mode: "path" });
    expect(paths.scenarios.map(({ outcomes }) => outcomes[0]?.worstStep)).toEqual([1, 0]);
    expect(ranks(paths)).toEqual([1, 2]);
    expect(ranks(await run({ sets: [set(deep, flat)], columns }))).toEqual([2, 1]);
    // The step opened is the step of the run; a scenario without a path is a step of its own.
    const [worst, whole] = paths.scenarios.map(({ outcomes }) => outcomes[0]?.steps?.[outcomes[0]?.worstStep ?? 0]);
    const opened = await core.call("stress.positions", {
      ...{ ...sample, set: set(deep), scenario: "deep", column: { methodology: "deribit-portfolio" }, step: 1 },
    });
    expect(opened.outcome.pnlUsd).toBe(worst?.pnlUsd);
    const single = await core.call("stress.positions", {
      ...{ ...sample, set: set(flat), scenario: "flat", column: { methodology: "deribit-portfolio" }, step: 0 },
    });
    expect([single.outcome.pnlUsd, single.scenario.label]).toEqual([whole?.pnlUsd, "Down"]);
  });

  it("tells sets of one name apart, and a set that is called like the second of them", async () => {
    const named = (name: string, amount: number) => ({
      set: { name, scenarios: [{ ...up, shocks: [price("*", amount)] }] },
    });
    const sets = [named("Mine", -0.1), named("Mine", -0.2), named("Mine (2)", -0.3)];
    const { scenarios } = await run({ sets, columns: columnsOf("deribit-portfolio") });
    expect(scenarios.map(({ id, set: place, setName }) => [id, place, setName])).toEqual([
      ["Mine/up", 0, "Mine"],
      ["Mine (2)/up", 1, "Mine (2)"],
      ["Mine (2) (2)/up", 2, "Mine (2) (2)"],
    ]);
    // The place says which set to open: its profit is that of the row.
    for (const { set: place, scenarioId, outcomes } of scenarios) {
      const source = sets[place];
      if (source === undefined) throw new Error("no such set");
      const opened = await core.call("stress.positions", {
        ...{ ...sample, set: source, scenario: scenarioId, column: { methodology: "deribit-portfolio" } },
      });
      expect(opened.outcome.pnlUsd).toBeCloseTo(outcomes[0]?.pnlUsd ?? Number.NaN, 5);
    }
  });

  it("opens a scenario at a horizon under the id of its row", async () => {
    const { scenarios } = await run({ sets: [set(half)], columns: columnsOf("deribit-portfolio"), days: [3] });
    const opened = await core.call("stress.positions", {
      ...{ ...sample, set: set(half), scenario: "half", column: { methodology: "deribit-portfolio" }, days: 3 },
    });
    expect(opened.scenario.id).toBe(scenarios[0]?.id);
    expect(opened.outcome.pnlUsd).toBeCloseTo(scenarios[0]?.outcomes[0]?.pnlUsd ?? Number.NaN, 5);
  });

  it("asks the same at several horizons", async () => {
    const { scenarios } = await run({ sets: [set(half)], columns: columnsOf("deribit-portfolio"), days: [0, 1, 7] });
    expect(scenarios.map(({ id, days }) => [id, days])).toEqual([
      ["Test/half", 0],
      ["Test/half+1d", 1],
      ["Test/half+7d", 7],
    ]);
    expect(new Set(scenarios.map(({ outcomes }) => outcomes[0]?.pnlUsd)).size).toBe(3);
  });

  it("labels whose parameters stand behind an answer, and has none of a day before the rules began (S5)", async () => {
    const recent: Scenario = { ...half, id: "recent", end: "2026-01-02" };
    const columns = [{ methodology: "deribit-portfolio" }, { methodology: "deribit-portfolio-legacy" }];
    const of = await run({ sets: [set(blackThursday, recent, up)], columns, parameters: "event" });
    const [old, now, none] = of.scenarios;
    expect(old?.failures.map(({ failure }) => failure.reason)).toContain("not-found");
    expect(now?.outcomes[0]?.parameters).toMatch(/of the event, 2026-01-02/);
    expect(none?.outcomes[0]?.remarks.join()).toMatch(/no day: parameters of today/);
    const today = await run({ sets: [set(recent)], columns });
    expect(today.scenarios[0]?.outcomes[0]?.parameters).toMatch(/\(today, /);
  });

  it("gives the same digits again, from a request that went through text (S12)", async () => {
    const request = {
      ...sample,
      sets: [set(blackThursday, half)],
      columns: columnsOf("deribit-portfolio", "okx-portfolio"),
    };
    const first = await core.call("stress.run", request);
    const again = await memoryCore().call("stress.run", JSON.parse(JSON.stringify(request)) as typeof request);
    expect(JSON.stringify(again)).toBe(JSON.stringify(first));
  });

  it("refuses a scenario that no set has, and an unknown method", async () => {
    const input = { ...sample, sets: [set(half)], columns: columnsOf("deribit-portfolio") };
    expect(await core.refusal("stress.run", { ...input, scenarios: ["other"] })).toMatchObject({ reason: "not-found" });
    expect(await core.refusal("stress.run", { ...input, kinds: ["venue"] })).toMatchObject({ reason: "not-found" });
    expect(await core.refusal("stress.run", { ...input, columns: columnsOf("none") })).toMatchObject({
      reason: "not-found",
    });
    expect(await core.refusal("stress.run", { ...input, sets: [{ id: "none" }] })).toMatchObject({
      reason: "not-found",
    });
    expect(await core.refusal("stress.run", { ...input, scale: 4 })).toMatchObject({ reason: "invalid-input" });
  });
});

describe("stress.positions on the sample book", () => {
  const all: Scenario = {
    ...{ id: "all", label: "Everything" },
    shocks: [
      ...[price("*", -0.3), volatility("*", 0.8), { kind: "skew", factor: "*", amount: 0.2 } as const],
      { kind: "basis", factor: "*", amount: -0.05 },
      { kind: "funding", factor: "*", amount: 0.001, days: 1 },
      { kind: "rate", factor: "*", amount: 0.02 },
      { kind: "stablecoin", factor: "STABLE", mode: "level", amount: 0.9 },
      { kind: "time", days: 2 },
    ],
  };

  it("splits the profit of each position by factor, to the digit, and opens the stressed run", async () => {
    for (const methodology of ["deribit-portfolio", "okx-portfolio", "bybit-portfolio"]) {
      const drill = await core.call("stress.positions", {
        ...sample,
        set: set(all),
        scenario: "all",
        column: { methodology },
      });
      const of = await run({ sets: [set(all)], columns: columnsOf(methodology) });
      const [outcome] = of.scenarios[0]?.outcomes ?? [];
      expect(drill.outcome.after).toEqual(outcome?.after);
      const total = drill.positions.reduce((sum, { pnlUsd }) => sum + pnlUsd, 0);
      const tolerance = 1e-12 * drill.positions.reduce((sum, { pnlUsd }) => sum + Math.abs(pnlUsd), 0);
      expect(Math.abs(total - (outcome?.pnlUsd ?? Number.NaN))).toBeLessThanOrEqual(tolerance);
      for (const { byFactor, pnlUsd } of drill.positions) {
        const sum = Object.values(byFactor).reduce((added, part) => added + part, 0);
        expect(Math.abs(sum - pnlUsd)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(pnlUsd)));
      }
      const idle = Object.entries(drill.totals).flatMap(([name, part]) => (part === 0 ? [name] : []));
      // Contracts of the first two are quoted in dollars.
      expect([methodology, idle]).toEqual([methodology, methodology === "bybit-portfolio" ? [] : ["stablecoin"]]);
      const { totals } = drill.result;
      const close = (found: number, expected = Number.NaN) =>
        expect(Math.abs(found / expected - 1)).toBeLessThan(1e-12);
      close(totals.initialUsd, outcome?.after.initialUsd);
      close(totals.maintenanceUsd, outcome?.after.maintenanceUsd);
      expect(drill.result.marketName).toMatch(/stressed: Everything/);
    }
  });

  it("opens a step of a path, and refuses one it does not have", async () => {
    const path: Scenario = { ...all, path: [{ label: "low", days: 1, shocks: [price("*", -0.4)] }] };
    const input = { ...sample, set: set(path), scenario: "all", column: { methodology: "deribit-portfolio" } };
    const drill = await core.call("stress.positions", { ...input, step: 0 });
    expect(drill.scenario).toMatchObject({ label: "Everything, low", days: 1 });
    expect(await core.refusal("stress.positions", { ...input, step: 1 })).toMatchObject({ reason: "not-found" });
    expect(await core.refusal("stress.positions", { ...input, scenario: "other" })).toMatchObject({
      reason: "not-found",
    });
  });
});
