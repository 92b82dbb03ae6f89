import { describe, expect, it } from "vitest";
import type { StressDrill, StressRun } from "../../../renderer/client/stress.ts";
import { actingFactors, drillCsv, drillRows, factorBars } from "../../../renderer/screens/stress/drill-rows.ts";
import {
  comparedColumns,
  factorText,
  outcomeColumns,
  rankedScenarios,
  stillInBook,
  stressCsv,
  stressRows,
} from "../../../renderer/screens/stress/result-rows.ts";
import { flagText, pathSentence, runSentence } from "../../../renderer/screens/stress/stress-words.ts";

const amounts = (initialUsd: number, marginBalanceUsd?: number) => ({
  ...{
    initialUsd,
    maintenanceUsd: 0.8 * initialUsd,
    ...(marginBalanceUsd !== undefined && { marginBalanceUsd, equityUsd: 100 }),
  },
});
const outcome = (column: number, rank: number, pnlUsd: number, flags: readonly string[] = []) => ({
  ...{
    column,
    rank,
    pnlUsd,
    flags,
    before: amounts(40, 100),
    after: amounts(60, 100 + pnlUsd),
    parameters: "v1 (today)",
  },
});
const run = {
  ...{ mode: "instant", scale: 1, parameters: "today", notice: "not binding" },
  columns: ["A", "B"].map((label) => ({ label, methodology: { id: label }, remarks: [], excluded: [] })),
  scenarios: [
    {
      ...{
        id: "s/calm",
        label: "Calm",
        days: 0,
        notMoved: [],
        failures: [{ column: 1, failure: { message: "no smile" } }],
      },
      ...{ severity: {}, outcomes: [outcome(0, 2, -10)] },
    },
    {
      ...{ id: "s/crash", label: "Crash", days: 3, failures: [], severity: { norm: 4 } },
      notMoved: [
        { factor: "volatility:ETH", reason: "no entry" },
        { factor: "WTI", reason: "this book holds nothing of it" },
      ],
      outcomes: [outcome(0, 1, -60, ["call", "liquidation"]), outcome(1, 1, -55, ["call"])],
    },
  ],
} as unknown as StressRun;

describe("the results of a stress run", () => {
  it("ranks by loss under the method shown; what it could not compute comes last and says why", () => {
    expect(stressRows(run, 0).map(({ id }) => id)).toEqual(["s/crash", "s/calm"]);
    const [first, last] = stressRows(run, 1);
    expect(first?.outcome?.pnlUsd).toBe(-55);
    expect([last?.id, last?.outcome, last?.failure]).toEqual(["s/calm", undefined, "no smile"]);
    expect(rankedScenarios(stressRows(run, 1), "s/crash")).toEqual([
      { label: "Crash +3 d", pnlUsd: -55, flag: "▼ call", selected: true },
    ]);
  });

  it("answers in a sentence: the worst, its share of equity, how many call", () => {
    expect(runSentence(run, 0)).toBe(
      "Worst: Crash, a loss of 60 USD, 60.0 % of equity (liquidation). Of 2, 1 leads to a call, 1 to liquidation.",
    );
    const alone = { ...run, scenarios: run.scenarios.slice(1) };
    expect(runSentence(alone, 1)).toBe("Crash: a loss of 55 USD, 55.0 % of equity (call).");
    expect(flagText(["call", "insolvent"] as never)).toBe("■ insolvent");
    expect(flagText([])).toBe("");
  });

  it("leads with the worst step where paths were run, and says what the event at once makes", () => {
    const step = (label: string, pnlUsd: number, calledUsd: number, flags: readonly string[] = []) => ({
      ...{ label, days: 0, pnlUsd, amounts: amounts(60, 100), calledUsd, flags },
    });
    const steps = [step("open", -5, 0), step("low", -80, 30, ["call"]), step("close", 10, 30)];
    const replayed = { ...outcome(0, 1, -60, ["liquidation"]), steps, worstStep: 1 };
    const paths = {
      ...run,
      mode: "path",
      scenarios: [run.scenarios[0], { ...run.scenarios[1], outcomes: [replayed] }],
    } as unknown as StressRun;
    expect(runSentence(paths, 0)).toBe(
      "Worst along its path: Crash, a loss of 80 USD, 80.0 % of equity (call). Of 2, 1 leads to a call, 0 to liquidation.",
    );
    expect(pathSentence(paths, 0)).toBe(
      "Worst at step 2 of 3, low; called along the path: 30 USD. The event at once: −60 USD.",
    );
    expect(pathSentence(run, 0)).toBeUndefined();
    const alone = { ...paths, scenarios: paths.scenarios.slice(1) };
    expect(runSentence(alone, 0)).toMatch(/^Crash at its worst step: a loss of 80 USD, /);
    expect(rankedScenarios(stressRows(paths, 0), undefined)[0]).toMatchObject({ pnlUsd: -80, flag: "▼ call" });
    const headers = (mode: StressRun["mode"]) => outcomeColumns(mode).map(({ headerName }) => headerName);
    expect(headers("path").slice(2, 7)).toEqual([
      ...["Worst step, USD", "Worst at", "Leads to", "Called, USD", "At once, USD"],
    ]);
    expect(headers("instant").slice(2, 4)).toEqual(["P&L, USD", "Leads to"]);
    const { header, rows } = stressCsv(paths);
    expect(rows[2]?.slice(header.indexOf("worst step"))).toEqual(["low", -80, 30, "call"]);
    expect(stressCsv(run).header).not.toContain("worst step");
  });

  it("counts a factor as not moved only when the book has it", () => {
    expect(run.scenarios[1] && stillInBook(run.scenarios[1]).map(({ factor }) => factor)).toEqual(["volatility:ETH"]);
  });

  it("has four columns a method, and a line a scenario and method in its file", () => {
    expect(comparedColumns(run)).toHaveLength(1 + 2 * 4);
    const { rows, header, remarks } = stressCsv(run);
    expect(rows).toHaveLength(4);
    expect(rows[1]?.[header.indexOf("failure")]).toBe("no smile");
    expect(rows[2]?.[header.indexOf("P&L (USD)")]).toBe(-60);
    expect(remarks?.[0]).toBe("not binding");
  });
});

describe("a scenario opened", () => {
  const none = { price: 0, volatility: 0, basis: 0, rate: 0, time: 0, funding: 0, stablecoin: 0, cross: 0 };
  const drill = {
    ...{ totals: { ...none, price: -70, cross: 10 }, outcome: { pnlUsd: -60 } },
    positions: [
      { id: "a", symbol: "A", remarks: [], pnlUsd: 5, byFactor: { ...none, price: 5 } },
      { id: "b", symbol: "B", remarks: [], pnlUsd: -65, byFactor: { ...none, price: -75, cross: 10 } },
    ],
  } as unknown as StressDrill;

  it("shows the worst position first, factors that act only, and bars that add up", () => {
    expect(drillRows(drill).map(({ symbol }) => symbol)).toEqual(["B", "A"]);
    expect(actingFactors(drill)).toEqual(["price", "cross"]);
    const bars = factorBars(drill);
    const changes = bars.filter(({ kind }) => kind === "change").reduce((sum, { amount }) => sum + amount, 0);
    expect(changes).toBe(bars.at(-1)?.amount);
    const file = drillCsv({ ...drill, scenario: { label: "Crash" }, column: { label: "A" }, notice: "n" } as never);
    expect(file.rows.map((row) => [row[0], row[3], row[4]])).toEqual([
      ["B", -65, -75],
      ["A", 5, 5],
      ["Total, 2 positions", -60, -70],
    ]);
  });
});

describe("factors in words", () => {
  it.each([
    ["price:BTC", "BTC price"],
    ["volatility:BTC:30d", "BTC volatility 30d"],
    ["ALT", "ALT"],
  ])("%s is %s", (factor, words) => expect(factorText({ factor })).toBe(words));
});
