import { beforeEach, describe, expect, it } from "vitest";
import type { Client } from "../../../core/api/client.ts";
import { connect } from "../../../renderer/client/index.ts";
import { jobsStore } from "../../../renderer/state/jobs.ts";
import { session } from "../../../renderer/state/session.ts";
import { chosenSets, drillWork, stressStore, stressWork } from "../../../renderer/state/stress.ts";
import { emptySet, withNewShock } from "../../../renderer/state/stress-draft.ts";
import { isEdited, stressSetsStore } from "../../../renderer/state/stress-sets.ts";
import { undoStore } from "../../../renderer/state/undo.ts";

type Answers = Readonly<Record<string, (input: Record<string, unknown>) => unknown>>;

/** A client that answers from a table and keeps what it was asked. */
function tableClient(answers: Answers) {
  const asked: { readonly operation: string; readonly input: Record<string, unknown> }[] = [];
  connect({
    call: (operation: string, input: Record<string, unknown>) => {
      asked.push({ operation, input });
      const value = answers[operation]?.(input);
      return Promise.resolve(
        value === undefined
          ? { ok: false, failure: { reason: "not-found", message: `nothing for ${operation}` } }
          : { ok: true, value },
      );
    },
  } as unknown as Client);
  return asked;
}

const content = emptySet("Events");
const [scenario] = content.scenarios;
const event = { ...content, scenarios: [{ ...scenario, id: "march", label: "Black Thursday", path: [{}] }] };
const summary = (id: string, place: string, version = 0) => ({
  ...{
    id,
    place,
    version,
    name: id,
    readOnly: place !== "library",
    owner: "",
    approval: "draft",
    tags: [],
    scenarios: 1,
  },
});
const answers: Answers = {
  "stress-set.list": () => [summary("shipped:events", "shipped"), summary("own", "library", 2)],
  "stress-set.get": ({ id }) =>
    id === "own"
      ? { ...summary("own", "library", 2), content }
      : { ...summary("shipped:events", "shipped"), content: event },
  "stress-set.check": () => [],
  "stress-set.history": () => [],
  "stress-set.save": () => summary("own", "library", 3),
};
const initial = stressSetsStore.getInitialState();
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
const current = () => stressSetsStore.getState();
const addShock = () => current().edit("new shock", (set) => withNewShock(set, current().scenario ?? "", "time"));

beforeEach(() => {
  stressSetsStore.setState(initial, true);
  stressStore.setState(stressStore.getInitialState(), true);
  stressWork.getState().clear();
  drillWork.getState().clear();
  undoStore.getState().clear();
  jobsStore.setState({ jobs: [] });
  session.setState({ automatic: false });
});

describe("the scenario library", () => {
  it("opens the first set, untouched", async () => {
    tableClient(answers);
    await current().refresh();
    expect([current().stored?.id, current().scenario, isEdited(current())]).toEqual(["shipped:events", "march", false]);
  });

  it("keeps edits of a read-only set as a copy that is not saved; undo and redo go through the one history", async () => {
    tableClient(answers);
    await current().refresh();
    addShock();
    expect(isEdited(current())).toBe(true);
    expect(current().stored?.content.scenarios[0]?.shocks).toHaveLength(1);
    undoStore.getState().undo();
    expect(isEdited(current())).toBe(false);
    undoStore.getState().redo();
    expect(current().draft?.scenarios[0]?.shocks).toHaveLength(2);
  });

  it("saves a new version only over the one that was looked at, and a read-only set without one", async () => {
    const asked = tableClient(answers);
    await current().refresh();
    addShock();
    await current().save();
    expect(asked.find(({ operation }) => operation === "stress-set.save")?.input).toMatchObject({
      id: "shipped:events",
    });
    expect(asked.find(({ operation }) => operation === "stress-set.save")?.input).not.toHaveProperty("expected");
    expect(current().notice).toBe('Saved as a copy, "own", version 3.');
    expect(isEdited(current())).toBe(false);
    asked.length = 0;
    addShock();
    await current().save("why");
    expect(asked.find(({ operation }) => operation === "stress-set.save")?.input).toMatchObject({
      ...{ id: "own", expected: 2, note: "why" },
    });
  });

  it("keeps edits and says so when saving is refused", async () => {
    tableClient({ ...answers, "stress-set.save": () => undefined });
    await current().refresh();
    addShock();
    await current().save();
    expect(current().failure?.message).toBe("nothing for stress-set.save");
    expect(isEdited(current())).toBe(true);
  });

  it("takes up a scenario made elsewhere: in a new set beside a read-only one, else in the own set that is open", async () => {
    tableClient(answers);
    await current().refresh();
    const [made] = emptySet("x").scenarios;
    if (!made) throw new Error("no scenario");
    current().add(made, "Reverse stress");
    expect([current().stored, current().draft?.name, current().draft?.scenarios.length]).toEqual([
      undefined,
      "Reverse stress",
      1,
    ]);
    await current().open("own");
    current().add(made, "Reverse stress");
    expect(current().stored?.id).toBe("own");
    expect(current().draft?.scenarios.map(({ id }) => id)).toEqual(["scenario", "scenario-2"]);
    expect(current().scenario).toBe("scenario-2");
  });

  it("does not lose edits when another set is opened: undo brings them back", async () => {
    tableClient(answers);
    await current().refresh();
    addShock();
    await current().open("own");
    expect(current().stored?.id).toBe("own");
    expect(current().notice).toMatch(/Undo brings them back/);
    undoStore.getState().undo();
    expect(current().stored?.id).toBe("shipped:events");
    expect(isEdited(current())).toBe(true);
  });
});

describe("stress runs", () => {
  const ran = {
    columns: [{ label: "A" }],
    scenarios: [
      {
        id: "events/march",
        scenarioId: "march",
        label: "Black Thursday",
        setName: "Events",
        set: 0,
        days: 0,
        scale: 1,
        outcomes: [{ column: 0, rank: 1 }],
      },
    ],
  };
  const running: Answers = { ...answers, "stress.run": () => ran, "stress.positions": () => ({ positions: [] }) };

  it("asks the first set that ships under the session's own method, and opens the worst scenario", async () => {
    const asked = tableClient(running);
    await stressStore.getState().run();
    await settled();
    expect(chosenSets([])).toEqual(["shipped:events"]);
    const input = asked.find(({ operation }) => operation === "stress.run")?.input;
    expect(input).toMatchObject({
      ...{ sets: [{ id: "shipped:events" }], mode: "instant", parameters: "today", betas: "none", days: [0] },
      columns: [{ methodology: session.getState().methodology, overrides: [] }],
    });
    expect(input).not.toHaveProperty("methodology");
    expect(input).not.toHaveProperty("scale");
    expect(stressStore.getState().selected).toEqual({ scenario: "events/march", column: 0 });
    expect(asked.find(({ operation }) => operation === "stress.positions")?.input).toMatchObject({
      ...{ set: { id: "shipped:events" }, scenario: "march", scale: 1, days: 0 },
    });
  });

  it("opens a scenario in the set it came from, though another has its name, and at the worst step of its path", async () => {
    const [row] = ran.scenarios;
    const twin = { ...row, id: "events (2)/march", setName: "Events (2)", set: 1 };
    const path = [{ column: 0, rank: 2, steps: [{}, {}], worstStep: 1 }];
    const twins = { ...ran, scenarios: [row, { ...twin, outcomes: path }] };
    const asked = tableClient({ ...running, "stress.run": () => twins });
    stressStore.getState().choose({ sets: ["shipped:events", "own"] });
    await stressStore.getState().run();
    const opened = () => asked.filter(({ operation }) => operation === "stress.positions").at(-1)?.input;
    expect(opened()).toMatchObject({ set: { id: "shipped:events" } });
    expect(opened()).not.toHaveProperty("step");
    stressStore.getState().select("events (2)/march", 0);
    await settled();
    expect(opened()).toMatchObject({ set: { id: "own" }, scenario: "march", step: 1 });
    expect(stressStore.getState().opened).toEqual({ scenario: "events (2)/march", column: 0, step: 1 });
    await stressStore.getState().drill("once");
    expect(opened()).not.toHaveProperty("step");
    expect(stressStore.getState().opened?.step).toBeUndefined();
  });

  it("asks a set that is being edited as it is shown", async () => {
    const asked = tableClient(running);
    await current().refresh();
    addShock();
    await stressStore.getState().run();
    const sets = asked.find(({ operation }) => operation === "stress.run")?.input.sets;
    expect(sets).toMatchObject([{ set: { scenarios: [{ shocks: [{}, { kind: "time" }] }] } }]);
  });

  it("replays an event by its name, along its path, without touching the editor", async () => {
    const asked = tableClient(running);
    await current().refresh();
    addShock();
    await stressStore.getState().replay(/black thursday/i);
    expect(asked.find(({ operation }) => operation === "stress.run")?.input).toMatchObject({
      ...{ scenarios: ["march"], mode: "path" },
    });
    expect(isEdited(current())).toBe(true);
  });

  it("marks the result stale when what is asked changes", async () => {
    tableClient(running);
    await stressStore.getState().run();
    expect(stressWork.getState().state).toBe("ready");
    stressStore.getState().choose({ mode: "scaled", scale: 2 });
    expect(stressWork.getState().state).toBe("stale");
  });
});
