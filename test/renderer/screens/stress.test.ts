import { describe, expect, it } from "vitest";
import { stressScenario } from "../../../core/scenario/index.ts";
import type {
  Dependence,
  KinkDistance,
  ReverseStress,
  StressDrill,
  StressPush,
  StressRun,
  StressScenario,
  StressSet,
} from "../../../renderer/client/stress.ts";
import { ladderRows } from "../../../renderer/figures/kink-ladder.ts";
import { clusterRows, dependenceSentence } from "../../../renderer/screens/dependence/dependence-rows.ts";
import { kinkAnswer } from "../../../renderer/screens/kinks/kink-answer.ts";
import { kinkCsv, kinkRows } from "../../../renderer/screens/kinks/kink-rows.ts";
import { reverseCsv } from "../../../renderer/screens/reverse-stress/reverse-rows.ts";
import { scenarioOf } from "../../../renderer/screens/reverse-stress/reverse-scenario.ts";
import {
  chance,
  plausibilityWords,
  pushSentence,
  reverseSentence,
} from "../../../renderer/screens/reverse-stress/reverse-words.ts";
import { figureText, scenarioRows, weakestQuality } from "../../../renderer/screens/scenarios/scenario-rows.ts";
import { editedShock, shockRows } from "../../../renderer/screens/scenarios/shock-columns.ts";
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

const kink = (kind: string, move: number, before: string, after: string, account = "BTC") => ({
  ...{
    kind,
    move,
    before,
    after,
    account,
    width: 1e-9,
    also: [],
    initialUsd: 10,
    maintenanceUsd: 8,
    marginBalanceUsd: 9,
  },
});
const above = "Margin balance at or above Initial margin";
const below = "Margin balance below Initial margin";
const levels = [{ underlying: "BTC", price: 100_000, volatility: { level: 0.5, tenorDays: 30 } }];
const price = { kind: "price", underlying: "BTC", from: -0.5, to: 0.5 };
const distanceOf = (down: readonly object[], up: readonly object[], now: object = { marginBalanceUsd: 9 }) =>
  ({
    ...{ asOfMs: 0, levels, now, settings: { steps: 50 }, remarks: [] },
    directions: [
      { axis: price, direction: "down", searchedTo: -0.5, kinks: down },
      { axis: price, direction: "up", searchedTo: 0.5, kinks: up },
      {
        ...{ axis: { kind: "size", from: -0.9, to: 4 }, direction: "up", searchedTo: 4 },
        kinks: [kink("tier", 0.5, "", "Tier 2")],
      },
    ],
  }) as unknown as KinkDistance;

describe("the answer about the next kink", () => {
  it("says the next call with its price, the liquidation, and what comes on other axes", () => {
    const answer = kinkAnswer(
      distanceOf(
        [
          kink("scenario", -0.01, "", "another binds"),
          kink("call", -0.123, above, below),
          kink("liquidation", -0.2, above, below),
        ],
        [],
      ),
    );
    expect(answer.headline).toBe("Next call at BTC −12.30 % (87,700 USD).");
    expect(answer.others).toEqual([
      "Liquidation at BTC −20.00 %.",
      "First change of structure at −1.00 %: another binds.",
      "Size: tier at +50.00 %.",
    ]);
  });

  it("says that nothing comes within the range", () => {
    const answer = kinkAnswer(distanceOf([], []));
    expect(answer.headline).toBe("No call within price moves of −50 % to +50 %.");
    expect(answer.others[0]).toBe("No liquidation within −50 % to +50 %.");
  });

  it("says which account is short now, and asks for an equity where none is known", () => {
    expect(kinkAnswer(distanceOf([], [kink("call", 0.1, below, above)])).headline).toMatch(
      /^BTC is short of initial margin now\./,
    );
    expect(kinkAnswer(distanceOf([], [], {})).headline).toMatch(/set the equity/);
  });

  it("does not call an account short that falls short on the way first", () => {
    const fallsThenRecovers = [kink("call", -0.1, above, below), kink("call", -0.3, below, above)];
    expect(kinkAnswer(distanceOf(fallsThenRecovers, [])).headline).toMatch(/^Next call at BTC −10.00 %/);
  });

  it("lists kinks nearest first, a call before a tier at the same place, and keeps full precision in files", () => {
    const distance = distanceOf(
      [kink("tier", -0.2, "", "Tier 3"), kink("call", -0.2, above, below), kink("floor", -0.1, "", "Floor acts")],
      [],
    );
    const rows = kinkRows(ladderRows(distance), distance);
    expect(rows.map((row) => row.kink.kind)).toEqual(["floor", "call", "tier", "tier"]);
    expect(kinkCsv(rows, distance).rows[1]?.slice(0, 6)).toEqual(["price", "BTC", "call", -0.2, 1e-9, "80,000 USD"]);
  });
});

const solution = {
  ...{
    norm: 2.9,
    chiSquareTail: 0.08,
    degrees: 4,
    halfSpaceProbability: 0.00187,
    width: 1e-9,
    quadraticPnlUsd: 0,
    losses: [],
  },
  moves: [
    { factor: "volatility:BTC", move: 0.22, deviations: 1, shareOfNorm: 0.1 },
    { factor: "price:BTC", move: -0.18, deviations: -2.8, shareOfNorm: 0.9 },
  ],
  state: { pnlUsd: -5, initialUsd: 3, maintenanceUsd: 2, account: "BTC", leftUsd: 0 },
};
const reverse = (change: object = {}) =>
  ({
    ...{
      goal: { kind: "maintenance" },
      reachedNow: false,
      horizonDays: 1,
      mostDeviations: 10,
      levels,
      solutions: [solution],
    },
    ...{
      factors: [{ factor: "price:BTC" }, { factor: "volatility:BTC" }],
      ladder: [],
      pairs: [],
      notMoved: [],
      remarks: [],
    },
    ...{ answer: "", covarianceSource: "history", ...change },
  }) as unknown as ReverseStress;

describe("the answer of a reverse stress", () => {
  it("names the move, largest factor first, with its level", () => {
    expect(reverseSentence(reverse())).toBe(
      "The smallest plausible move that triggers maintenance of account BTC is 2.90 standard deviations over 1 day: BTC −18.0 % (82,000 USD), BTC vol +22.0 %.",
    );
    expect(reverseSentence(reverse({ solutions: [], goal: { kind: "loss", amountUsd: 1e6 } }))).toBe(
      "No move up to 10 standard deviations loses 1,000,000 USD.",
    );
    expect(reverseSentence(reverse({ goal: { kind: "equity" } }))).toContain(
      "that takes the equity of account BTC to 0 is",
    );
    expect(reverseSentence(reverse({ reachedNow: true }))).toMatch(/there already/);
  });

  it("says how plausible it is, and that real tails are fatter", () => {
    const words = plausibilityWords(solution as unknown as ReverseStress["solutions"][number], 1);
    expect(words).toContain("0.19 % over 1 day (about once in 535 days)");
    expect(words).toContain("8.0 % (chi-square, 4 degrees of freedom)");
    expect(words).toMatch(/real tails are fatter\.$/);
    expect([chance(0.25), chance(3.2e-8), chance(0)]).toEqual(["25 %", "3.2e−8", "below 1e-300"]);
  });

  it("becomes a sound scenario of the library", () => {
    const scenario = scenarioOf(reverse({ methodology: "m", version: "1" }), solution as never);
    expect(stressScenario.safeParse(scenario).success).toBe(true);
    expect(scenario.shocks.map(({ kind, ...shock }) => [kind, "amount" in shock && shock.amount])).toEqual([
      ["volatility", 0.22],
      ["price", -0.18],
    ]);
    expect(scenario.note).toMatch(/^m 1\. The smallest plausible move that triggers maintenance/);
  });

  it("says what all losing sides together lose", () => {
    const move = (pnlUsd: number, norm: number) => ({ pnlUsd, norm, factors: [] });
    const push = {
      ...{ push: 3, settled: true, rounds: 1, together: move(-1_290_970, 6.39) },
      ellipsoid: { confidence: 0.99, radius: 3.644, worst: move(-1_323_944, 3.644) },
    } as unknown as StressPush;
    expect(pushSentence(push)).toBe(
      "All factors pushed 3 deviations to their losing sides lose 1,290,970 USD as a joint move that is 6.39 standard deviations away. Within 99 % of normal moves (3.64 deviations) the book can lose 1,323,944 USD.",
    );
    expect(pushSentence({ ...push, settled: false, rounds: 10 })).toContain("sides still changed after 10 rounds");
  });

  it("writes what was not found, too", () => {
    const ladder = [{ factor: "price:BTC", direction: "up", others: "alone" }];
    const { rows, header } = reverseCsv(reverse({ ladder }));
    expect(rows[0]?.slice(0, 3)).toEqual(["solution", "1", 2.9]);
    expect(rows[0]?.slice(-2)).toEqual([-0.18, 0.22]);
    expect(header.at(-1)).toBe("volatility:BTC (relative move)");
    expect(rows[1]).toEqual(["ladder", "price:BTC up, others alone: none within the bound"]);
  });
});

describe("the answer about diversification", () => {
  const relief = (standAloneUsd: number, jointUsd: number) => ({
    standAloneUsd,
    jointUsd,
    reliefUsd: standAloneUsd - jointUsd,
  });
  const answer = (whole: object) =>
    ({
      ...{ relief: whole, clusters: [{ underlyings: ["BTC", "ETH"], ...relief(9, 6) }], acrossClusters: relief(8, 7) },
      rows: [{ kind: "one-factor", share: 1, reliefLost: 0.8, emulatedMarginUsd: 95 }],
    }) as unknown as Dependence;

  it("says what offsets save and what goes when all moves as one", () => {
    expect(dependenceSentence(answer(relief(100, 75)))).toBe(
      "Offsets between underlyings save 25 USD of initial margin (25.0 %). If all factors moved as one, 80 % of the diversification of the book's expected shortfall would be gone: the margin would be about 95 USD.",
    );
    expect(dependenceSentence(answer(relief(100, 100)))).toMatch(/^The method nets nothing between underlyings/);
  });

  it("puts what joins the clusters below them", () => {
    expect(clusterRows(answer(relief(100, 75))).map(({ underlyings }) => underlyings)).toEqual([
      ["BTC", "ETH"],
      ["between clusters"],
    ]);
  });
});

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

describe("rows of the scenario editor", () => {
  const shock = {
    kind: "price",
    factor: "BTC",
    mode: "relative",
    amount: -0.3881,
    quality: "dataset",
    source: "btcd",
  } as const;
  const guess = { kind: "volatility", factor: "ETH", mode: "relative", amount: 0.5, quality: "uncertain" } as const;
  const scenario: StressScenario = { id: "x", label: "X", kind: "historical", figures: [], shocks: [shock, guess] };
  const set = { name: "S", scenarios: [scenario] } as unknown as StressSet;

  it("marks the weakest figure and the shock that is wrong", () => {
    expect(weakestQuality(scenario.shocks)).toBe("uncertain");
    const problem = { at: "S, scenario x, shock 2", scenario: "x", shock: 2, rule: "above 0" };
    expect(scenarioRows(set, [problem])[0]?.problems).toEqual([problem]);
    expect(shockRows(scenario.shocks, [problem]).map((row) => row.problem)).toEqual([undefined, "above 0"]);
  });

  it("says figures in their own unit, and that there is none", () => {
    const figure = { factor: "BTC", quality: "dataset" as const };
    expect(figureText({ ...figure, from: 7938, to: 3858, change: -0.514 })).toBe("7,938 → 3,858 · −51.4 %");
    expect(figureText({ ...figure, to: 184.5 })).toBe("? → 184.50");
    expect(figureText(figure)).toBe("no figure");
  });

  it("edits one cell of a shock, or says why not", () => {
    expect(editedShock(shock, "amount", "-20 %")).toEqual({ ...shock, amount: -0.2 });
    expect(editedShock(shock, "amount", "twenty")).toEqual({ problem: '"twenty" is not a number' });
    expect(editedShock(shock, "factor", " ")).toEqual({ problem: "a factor needs a name" });
    expect(editedShock(shock, "kind", "Time")).toEqual({ kind: "time", days: 1, quality: "set" });
    expect(editedShock(shock, "kind", "Price")).toBe(shock);
    const { source: _, ...withoutSource } = shock;
    expect(editedShock(shock, "source", "")).toEqual(withoutSource);
  });
});

describe("factors in words", () => {
  it.each([
    ["price:BTC", "BTC price"],
    ["volatility:BTC:30d", "BTC volatility 30d"],
    ["ALT", "ALT"],
  ])("%s is %s", (factor, words) => expect(factorText({ factor })).toBe(words));
});
