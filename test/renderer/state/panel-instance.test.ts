import { describe, expect, it } from "vitest";
import type { Client } from "../../../core/api/client.ts";
import { readLayoutFile } from "../../../renderer/app/layout/stored-layouts.ts";
import { connect } from "../../../renderer/client/index.ts";
import { attributionPanel } from "../../../renderer/state/attribution.ts";
import { calibrationPanel } from "../../../renderer/state/calibration.ts";
import { changePanel } from "../../../renderer/state/change.ts";
import { comparisonPanel } from "../../../renderer/state/comparison.ts";
import { dependencePanel } from "../../../renderer/state/dependence.ts";
import { insurancePanel } from "../../../renderer/state/insurance.ts";
import { jobsStore } from "../../../renderer/state/jobs.ts";
import { kinksPanel } from "../../../renderer/state/kinks.ts";
import { linkStore } from "../../../renderer/state/links.ts";
import { nettingPanel } from "../../../renderer/state/netting.ts";
import {
  copyPanel,
  freeInstance,
  instanceNumber,
  instanceTitle,
  panelKind,
} from "../../../renderer/state/panel-instance.ts";
import { reversePanel } from "../../../renderer/state/reverse-stress.ts";
import { ruleEffectPanel } from "../../../renderer/state/rule-effect.ts";
import { session } from "../../../renderer/state/session.ts";
import { stressPanel, stressStore, stressWork } from "../../../renderer/state/stress.ts";
import { undoStore } from "../../../renderer/state/undo.ts";

const answering = (answer: (operation: string) => unknown): void =>
  connect({
    call: (operation: string) => Promise.resolve({ ok: true, value: answer(operation) }),
  } as unknown as Client);

describe("instances of panels", () => {
  it("are told by a number behind the id of the panel", () => {
    expect(["positions", "positions~2", "surface-2", "surface-2~3", "~2", "a~1", "a~b"].map(panelKind)).toEqual([
      ...["positions", "positions", "surface-2", "surface-2", "~2", "a~1", "a~b"],
    ]);
    expect(["positions", "positions~2", "positions~12"].map(instanceNumber)).toEqual([1, 2, 12]);
    expect([instanceTitle("Positions", "positions"), instanceTitle("Positions", "positions~3")]).toEqual([
      ...["Positions", "Positions 3"],
    ]);
    expect(freeInstance("positions", ["positions", "positions~3"])).toBe("positions~2");
    expect(freeInstance("positions", ["positions~2"])).toBe("positions");
  });

  it("are read in layout files of panels that this program has", () => {
    const layout = { grid: { root: {} }, panels: { "positions~2": {}, positions: {} } };
    const text = JSON.stringify({ format: "marginscope-layout", schema: 1, name: "Two", layout });
    expect(readLayoutFile(text, new Set(["positions"])).ok).toBe(true);
    expect(readLayoutFile(text, new Set(["matrix"]))).toMatchObject({ ok: false });
  });

  it("share with those the original shares with, and no edit of links is made", () => {
    answering(() => null);
    linkStore.setState({ groups: { positions: "A", "matrix~2": "B" } });
    undoStore.getState().clear();
    const { copy } = linkStore.getState();
    copy("positions", "positions~2");
    copy("matrix", "matrix~2");
    expect(linkStore.getState().groups).toEqual({ positions: "A", "positions~2": "A" });
    expect(undoStore.getState().done).toEqual([]);
  });
});

describe("a second panel of stress runs", () => {
  it("begins with the run of the first, then asks on its own", async () => {
    session.setState({ automatic: false });
    const scenario = {
      id: "s/a",
      set: 0,
      scenarioId: "a",
      label: "A",
      days: 0,
      scale: 1,
      outcomes: [{ column: 0, rank: 1 }],
    };
    const answers: Record<string, unknown> = {
      "stress-set.list": [{ id: "own", place: "library", name: "s" }],
      "stress-set.get": { id: "own", place: "library", content: { scenarios: [{ id: "a" }] } },
      "stress.run": { mode: "instant", columns: [{ label: "M" }], scenarios: [scenario] },
      "stress.positions": { positions: [] },
    };
    answering((operation) => answers[operation] ?? []);
    stressStore.getState().choose({ sets: ["own"], mode: "path" });
    await stressStore.getState().run();
    copyPanel("stress", "stress~2");
    const second = stressPanel("stress~2");
    expect(second).not.toBe(stressPanel());
    expect(second.store.getState()).toMatchObject({ sets: ["own"], mode: "path", selected: { scenario: "s/a" } });
    expect(second.work.getState()).toMatchObject({ state: "ready", value: stressWork.getState().value });
    second.store.getState().choose({ mode: "scaled", scale: 2 });
    expect([second.work.getState().state, stressWork.getState().state]).toEqual(["stale", "ready"]);
    expect(stressStore.getState()).toMatchObject({ mode: "path", scale: 1 });
  });
});

describe("a second panel of answers", () => {
  const asked: string[] = [];
  const answerAll = (): void => {
    session.setState({ automatic: false });
    asked.length = 0;
    answering((operation) => {
      asked.push(operation);
      return { of: operation };
    });
  };
  const jobPanels = () => jobsStore.getState().jobs.map(({ panel }) => panel);

  it.each([
    { kind: "reverse-stress", of: reversePanel, run: () => reversePanel().store.getState().find() },
    { kind: "dependence", of: dependencePanel, run: () => dependencePanel().store.getState().compute() },
    { kind: "kinks", of: kinksPanel, run: () => kinksPanel().store.getState().setSteps(100) },
    { kind: "attribution", of: attributionPanel, run: () => attributionPanel().store.getState().compute() },
    { kind: "netting-benefit", of: nettingPanel, run: () => nettingPanel().store.getState().compute() },
  ])("begins with the answer of the first, then has its own: $kind", async ({ kind, of, run }) => {
    answerAll();
    await run();
    const { value } = of().work.getState();
    expect(value).toEqual({ of: asked[0] });
    copyPanel(kind, `${kind}~2`);
    const second = of(`${kind}~2`);
    expect(second).not.toBe(of());
    expect(second.work.getState()).toMatchObject({ state: "ready", value });
    second.work.getState().outdate();
    expect([second.work.getState().state, of().work.getState().state]).toEqual(["stale", "ready"]);
  });

  it("takes along what was chosen, and chooses and asks on its own from then on", async () => {
    answerAll();
    reversePanel().store.getState().choose({ goal: "loss", lossUsd: 5 });
    dependencePanel().store.getState().choose({ horizonDays: 5 });
    await kinksPanel().store.getState().setSteps(200);
    for (const kind of ["reverse-stress", "dependence", "kinks"]) copyPanel(kind, `${kind}~3`);
    const [reverse, dependence, kinks] = [reversePanel, dependencePanel, kinksPanel].map((of, place) =>
      of(`${["reverse-stress", "dependence", "kinks"][place]}~3`).store.getState(),
    );
    expect([reverse, dependence, kinks]).toMatchObject([
      { goal: "loss", lossUsd: 5 },
      { horizonDays: 5 },
      { steps: 200 },
    ]);
    reversePanel("reverse-stress~3").store.getState().choose({ goal: "equity" });
    await kinksPanel("kinks~3").store.getState().setSteps(20);
    expect(reversePanel().store.getState().goal).toBe("loss");
    expect(kinksPanel().store.getState().steps).toBe(200);
    // Its jobs are its own: Escape and the list of jobs tell them apart.
    expect(jobPanels()).toContain("kinks~3");
  });

  it("shares the tags of the user, which belong to the book", async () => {
    answerAll();
    copyPanel("attribution", "attribution~2");
    const [first, second] = [attributionPanel(), attributionPanel("attribution~2")];
    second.store.getState().choose({ grouping: "tag" });
    first.store.getState().tag(["p1"], "Hedge");
    expect(second.store.getState().tags).toEqual({ p1: "Hedge" });
    expect(first.store.getState().grouping).toBe("underlying");
    const late = attributionPanel("attribution~3");
    expect(late.store.getState().tags).toEqual({ p1: "Hedge" });
    session.getState().choosePortfolio({ id: "other", name: "Other" });
    expect([first, second, late].map(({ store }) => store.getState().tags)).toEqual([{}, {}, {}]);
  });
});

describe("duplicates of panels that compare", () => {
  const ask: { operation: string; input: Record<string, unknown> }[] = [];
  const answerAll = (): void => {
    session.setState({ automatic: false });
    ask.length = 0;
    connect({
      call: (operation: string, input: Record<string, unknown>) => {
        ask.push({ operation, input });
        return Promise.resolve({
          ok: true,
          value: { of: operation, series: [{ factor: "price:BTC" }], synthetic: true },
        });
      },
    } as unknown as Client);
  };
  const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
  const jobPanels = () => jobsStore.getState().jobs.map(({ panel }) => panel);
  const column = (methodology: string) => ({ methodology, rules: undefined, overrides: [] });

  it("hold other methods, and draw surfaces of their own", async () => {
    answerAll();
    const first = comparisonPanel();
    first.store.getState().setColumns([column("a"), column("b")]);
    await settled();
    first.store.setState({ surfaceJob: 7 });
    copyPanel("comparison", "comparison~2");
    const second = comparisonPanel("comparison~2");
    expect(second.store.getState()).toMatchObject({ columns: [{ methodology: "a" }, { methodology: "b" }] });
    expect(second.store.getState()).toMatchObject({ surfaceJob: undefined, layer: "maintenance" });
    expect(second.work.getState()).toMatchObject({ state: "ready", value: first.work.getState().value });
    second.store.getState().add(column("c"));
    await settled();
    await second.store.getState().drawSurfaces();
    expect(second.store.getState().surfaces).toHaveLength(3);
    expect(first.store.getState()).toMatchObject({ columns: [{}, {}], surfaces: [], surfaceJob: 7 });
    expect(jobPanels().filter((panel) => panel === "comparison~2").length).toBeGreaterThanOrEqual(4);
    session.setState({ edits: { p1: 2 } } as never);
    expect(second.store.getState().surfaces).toEqual([]);
  });

  it("hold the present against another earlier side", async () => {
    answerAll();
    changePanel()
      .store.getState()
      .choose({ from: { kind: "run", run: { id: "r1", name: "Monday" } } });
    await settled();
    copyPanel("change", "change~2");
    const second = changePanel("change~2");
    expect(second.work.getState()).toMatchObject({ state: "ready", value: changePanel().work.getState().value });
    second.store.getState().choose({ from: { kind: "run", run: { id: "r2", name: "Tuesday" } } });
    await settled();
    expect(ask.map(({ input }) => input.from)).toEqual([{ run: "r1" }, { run: "r2" }]);
    expect(changePanel().store.getState().from).toMatchObject({ run: { id: "r1" } });
  });

  it("filter another risk factor", async () => {
    answerAll();
    await calibrationPanel().store.getState().compute();
    copyPanel("calibration", "calibration~2");
    const second = calibrationPanel("calibration~2");
    expect(second.filterWork.getState()).toMatchObject({ state: "ready" });
    expect(second.store.getState()).toMatchObject({ synthetic: true, factor: "price:BTC" });
    await second.store.getState().choose({ filter: { kind: "garch" } });
    expect(calibrationPanel().store.getState().filter).toEqual({ kind: "ewma", lambda: 0.94 });
    expect(calibrationPanel().filterWork.getState().input).toMatchObject({ filter: { kind: "ewma" } });
    expect(second.filterWork.getState().input).toMatchObject({ filter: { kind: "garch" } });
    // The factors of the history came along: they are not asked again.
    expect(ask.map(({ operation }) => operation)).toEqual(["history.summary", "history.filter", "history.filter"]);
  });

  it("insure by another strategy, at the price that was stated", async () => {
    answerAll();
    insurancePanel().store.getState().choose({ spot: 250 });
    await settled();
    copyPanel("insurance", "insurance~2");
    const second = insurancePanel("insurance~2");
    expect(second.store.getState()).toMatchObject({ spot: 250, stated: true, kind: "collar" });
    second.store.getState().choose({ kind: "bands" });
    await settled();
    expect(second.bandsWork.getState().state).toBe("ready");
    expect(insurancePanel().bandsWork.getState().state).toBe("empty");
    expect(insurancePanel().store.getState().kind).toBe("collar");
  });

  it("compare other versions of the rules", async () => {
    answerAll();
    const sides = { methodology: "m", from: { name: "1" }, to: { name: "2" } } as const;
    ruleEffectPanel().store.getState().choose(sides);
    await ruleEffectPanel().store.getState().compare();
    copyPanel("rule-effect", "rule-effect~2");
    const second = ruleEffectPanel("rule-effect~2");
    expect(second.work.getState().state).toBe("ready");
    second.store.getState().choose({ from: { name: "0" } });
    expect([second.work.getState().state, ruleEffectPanel().work.getState().state]).toEqual(["stale", "ready"]);
    expect(ruleEffectPanel().store.getState().from).toEqual({ name: "1" });
  });
});
