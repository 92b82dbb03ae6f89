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
  it("takes every method through Black Thursday without a number that is none", async () => {
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
    expect(all.notice).toMatch(/not binding/);
  }, 60_000);
});

