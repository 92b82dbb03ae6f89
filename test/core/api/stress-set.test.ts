import { describe, expect, it } from "vitest";
import { type StressSet, stressSet } from "../../../core/scenario/index.ts";
import { memoryCore } from "./memory-core.ts";

const shipped = "shipped:historical-events";

function set(amount = -0.3, changes: Partial<StressSet> = {}): StressSet {
  const shock = { kind: "price", factor: "BTC", mode: "relative", amount };
  const scenarios = [{ id: "fall", label: "Fall", shocks: [shock] }];
  return { ...stressSet.parse({ name: "Mine", owner: "Risk", tags: ["desk"], scenarios }), ...changes };
}

async function saved(core = memoryCore()) {
  const summary = await core.call("stress-set.save", { content: set() });
  const amount = async () => {
    const { content } = await core.call("stress-set.get", { id: summary.id });
    const [shock] = content.scenarios[0]?.shocks ?? [];
    return shock?.kind === "price" ? shock.amount : undefined;
  };
  return { core, id: summary.id, amount };
}

describe("sets that ship", () => {
  it("are listed first and read only", async () => {
    const { core } = await saved();
    const list = await core.call("stress-set.list", {});
    expect(list.map(({ name, place, readOnly }) => [name, place, readOnly])).toEqual([
      ["Historical events", "shipped", true],
      ["Hypothetical shocks", "shipped", true],
      ["Mine", "library", false],
    ]);
    for (const refused of [
      await core.refusal("stress-set.rename", { id: shipped, name: "x" }),
      await core.refusal("stress-set.delete", { id: shipped }),
      await core.refusal("stress-set.set-approval", { id: shipped, approval: "draft" }),
      await core.refusal("stress-set.undo", { id: shipped }),
    ])
      expect(refused).toMatchObject({ reason: "conflict", message: expect.stringContaining("read only") });
  });

  it("become a copy that names its origin when an edit of them is saved", async () => {
    const core = memoryCore();
    const { content, sha256 } = await core.call("stress-set.get", { id: shipped });
    const { id } = await core.call("stress-set.save", { id: shipped, content: { ...content, owner: "Risk" } });
    const copy = await core.call("stress-set.get", { id });
    expect(copy).toMatchObject({ name: "Historical events (copy)", copyOf: "Historical events", approval: "draft" });
    expect(copy.content.origin).toEqual({ id: shipped, name: "Historical events", sha256 });
    expect(copy.content.scenarios).toEqual(content.scenarios);
    expect((await core.call("stress-set.get", { id: shipped })).sha256).toBe(sha256);
  });

  it("are copied under a name of one's own", async () => {
    const core = memoryCore();
    const copy = await core.call("stress-set.copy", { id: shipped, name: "Ours" });
    expect(copy).toMatchObject({ name: "Ours", copyOf: "Historical events", version: 1, scenarios: 19 });
    const second = await core.call("stress-set.copy", { id: copy.id });
    expect(second).toMatchObject({ name: "Copy of Ours", copyOf: "Ours" });
  });
});

describe("a stored set", () => {
  it("keeps every state with time, note and approval", async () => {
    const { core, id } = await saved();
    await core.call("stress-set.save", { id, content: set(-0.4), note: "deeper" });
    await core.call("stress-set.rename", { id, name: "Ours" });
    await core.call("stress-set.set-approval", { id, approval: "approved", note: "committee of 20 November" });
    const history = await core.call("stress-set.history", { id });
    expect(
      history.map(({ number, change, name, approval, note, current }) => [
        number,
        change,
        name,
        approval,
        note,
        current,
      ]),
    ).toEqual([
      [4, "approval", "Ours", "approved", "committee of 20 November", true],
      [3, "renamed", "Ours", "draft", "Mine renamed Ours", false],
      [2, "saved", "Mine", "draft", "deeper", false],
      [1, "saved", "Mine", "draft", "", false],
    ]);
    expect(history[0]?.savedAtMs).toBe(core.ports.now());
    const first = await core.call("stress-set.get", { id, version: 1 });
    expect(first.content).toEqual({ ...set(), approval: "draft" });
  });

  it("is a draft again after an edit, and not after a save that changes nothing", async () => {
    const { core, id } = await saved();
    await core.call("stress-set.set-approval", { id, approval: "approved" });
    const same = await core.call("stress-set.save", { id, content: set() });
    expect(same).toMatchObject({ approval: "approved", version: 2 });
    const edited = await core.call("stress-set.save", { id, content: set(-0.31, { approval: "approved" }) });
    expect(edited).toMatchObject({ approval: "draft", version: 3 });
  });

  it("is undone change by change, and not redone by undoing again", async () => {
    const { core, id, amount } = await saved();
    await core.call("stress-set.save", { id, content: set(-0.4) });
    await core.call("stress-set.save", { id, content: set(-0.5) });
    await core.call("stress-set.undo", { id });
    expect(await amount()).toBe(-0.4);
    await core.call("stress-set.undo", { id });
    expect(await amount()).toBe(-0.3);
    expect(await core.refusal("stress-set.undo", { id })).toMatchObject({ reason: "not-applicable" });
    await core.call("stress-set.save", { id, content: set(-0.6) });
    await core.call("stress-set.undo", { id });
    expect(await amount()).toBe(-0.3);
  });

  it("gives approval back when the edit that took it is undone", async () => {
    const { core, id } = await saved();
    await core.call("stress-set.set-approval", { id, approval: "approved" });
    await core.call("stress-set.save", { id, content: set(-0.4) });
    expect(await core.call("stress-set.undo", { id })).toMatchObject({ approval: "approved" });
  });

  it("is restored to an earlier version as a draft, the versions between stay", async () => {
    const { core, id, amount } = await saved();
    await core.call("stress-set.set-approval", { id, approval: "approved" });
    await core.call("stress-set.save", { id, content: set(-0.4) });
    expect(await core.call("stress-set.restore", { id, version: 2 })).toMatchObject({ approval: "draft", version: 4 });
    expect(await amount()).toBe(-0.3);
    await core.call("stress-set.undo", { id });
    expect(await amount()).toBe(-0.4);
    expect(await core.refusal("stress-set.restore", { id, version: 99 })).toMatchObject({ reason: "not-found" });
  });

  it("comes back after it was deleted, unless it was deleted for ever", async () => {
    const { core, id, amount } = await saved();
    await core.call("stress-set.delete", { id });
    expect((await core.call("stress-set.list", {})).map((entry) => entry.id)).not.toContain(id);
    expect(await core.call("stress-set.list", { deleted: true })).toContainEqual(
      expect.objectContaining({ id, deleted: true }),
    );
    expect(await core.refusal("stress-set.get", { id })).toMatchObject({ reason: "conflict" });
    expect(await core.refusal("stress-set.save", { id, content: set() })).toMatchObject({ reason: "conflict" });
    await core.call("stress-set.undo", { id });
    expect(await amount()).toBe(-0.3);

    await core.call("stress-set.delete", { id, forever: true });
    expect(await core.refusal("stress-set.undo", { id })).toMatchObject({ reason: "not-found" });
    expect(await core.call("stress-set.list", { deleted: true })).toHaveLength(2);
  });

  it("is not overwritten when it was changed since it was looked at", async () => {
    const { core, id, amount } = await saved();
    await core.call("stress-set.save", { id, content: set(-0.4), expected: 1 });
    expect(await core.refusal("stress-set.save", { id, content: set(-0.5), expected: 1 })).toMatchObject({
      reason: "conflict",
      message: expect.stringContaining("changed meanwhile"),
    });
    expect(await amount()).toBe(-0.4);
  });

  it("is refused with the scenario, the shock and the rule when it is unsound", async () => {
    const core = memoryCore();
    expect(await core.refusal("stress-set.save", { content: set(-1) })).toEqual({
      reason: "invalid-input",
      message:
        "Mine, scenario fall, shock 1 (price of BTC): a relative move is above -1; an absolute move or a level may take a price through zero; found -1",
      at: "/scenarios/0/shocks/0/amount",
    });
    const problems = await core.call("stress-set.check", { content: set(-1) });
    expect(problems).toMatchObject([{ scenario: "fall", shock: 1, pointer: "/scenarios/0/shocks/0/amount" }]);
    expect(await core.call("stress-set.check", { content: set() })).toEqual([]);
  });
});

describe("files of sets", () => {
  it.each(["json", "csv", "xlsx"] as const)("come back as %s", async (format) => {
    const { core, id } = await saved();
    await core.call("stress-set.set-approval", { id, approval: "approved" });
    const { name, bytes } = await core.call("stress-set.export", { id, format });
    const seen = await core.call("stress-set.import", { file: { name, bytes: new Uint8Array(bytes) }, save: false });
    expect(seen.saved).toBeUndefined();
    expect(seen).toMatchObject({ format, problems: [], leftOut: [] });
    const { content, saved: kept } = await core.call("stress-set.import", {
      file: { name, bytes: new Uint8Array(bytes) },
    });
    expect(content).toEqual({ ...set(), provenance: `imported from ${name}` });
    expect(kept).toMatchObject({ name: "Mine", approval: "draft", version: 1 });
  });

  it("of a set that is not stored are made from its content", async () => {
    const core = memoryCore();
    const { name, mediaType } = await core.call("stress-set.export", { content: set(), format: "csv" });
    expect([name, mediaType]).toEqual(["Mine_stress-set.csv", "text/csv"]);
    expect(await core.refusal("stress-set.export", { format: "csv" })).toMatchObject({ reason: "invalid-input" });
  });

  it("say that an approval given elsewhere is not one given here", async () => {
    const core = memoryCore();
    const text = JSON.stringify({ ...set(), approval: "approved" });
    const outcome = await core.call("stress-set.import", { file: { name: "a.json", text }, name: "Theirs" });
    expect(outcome.decisions).toEqual(["the file says approved; here it begins as a draft"]);
    expect(outcome.saved).toMatchObject({ name: "Theirs", approval: "draft" });
  });
});

describe("scenarios of a method", () => {
  const book = { portfolio: { sample: true as const }, market: { sample: true as const } };

  it("are derived from the method at a book, read only, and copied by saving", async () => {
    const core = memoryCore();
    const { set: venue, omitted } = await core.call("stress-set.of-methodology", {
      ...book,
      methodology: "deribit-portfolio",
    });
    expect(venue).toMatchObject({ id: "venue:deribit-portfolio", place: "venue", readOnly: true, version: 0 });
    expect(omitted).toEqual([]);
    expect(stressSet.safeParse(venue.content).success).toBe(true);
    const factors = new Set(
      venue.content.scenarios.flatMap(({ shocks }) => shocks.map((shock) => "factor" in shock && shock.factor)),
    );
    expect([...factors].sort()).toEqual(["BTC", "ETH"]);
    const copy = await core.call("stress-set.save", { id: venue.id, content: venue.content });
    expect(copy).toMatchObject({ readOnly: false, copyOf: venue.name, name: `${venue.name} (copy)` });
    expect(await core.refusal("stress-set.get", { id: venue.id })).toMatchObject({ reason: "not-applicable" });
  });

  it("are as many as the cells of the method's risk matrices", async () => {
    const core = memoryCore();
    const request = { ...book, methodology: "deribit-portfolio" };
    const { set: venue } = await core.call("stress-set.of-methodology", request);
    const { accounts } = await core.call("margin.run", request);
    const cells = accounts.flatMap(({ matrices }) => matrices.map((matrix) => matrix.cells.length));
    expect(venue.scenarios).toBe(cells.reduce((total, count) => total + count, 0));
  });

  it("follow the rules of the request: an override moves them", async () => {
    const core = memoryCore();
    const moves = async (overrides: readonly { path: string; value: number }[]) => {
      const answer = await core.call("stress-set.of-methodology", {
        ...{ ...book, methodology: "deribit-portfolio", overrides: [...overrides] },
      });
      return answer.set.content.scenarios.flatMap(({ shocks }) =>
        shocks.flatMap((shock) => (shock.kind === "price" && shock.factor === "BTC" ? [shock.amount] : [])),
      );
    };
    expect(await moves([])).not.toContain(-0.25);
    expect(await moves([{ path: "/pairs/btc_usd/priceRange", value: 0.25 }])).toContain(-0.25);
  });

  it("are refused for a method that charges by formula", async () => {
    const core = memoryCore();
    expect(await core.refusal("stress-set.of-methodology", { ...book, methodology: "deribit-standard" })).toMatchObject(
      {
        reason: "not-applicable",
        message: expect.stringContaining("charges by formula"),
      },
    );
  });
});

it("says its classes and betas", async () => {
  const { classes, betas } = await memoryCore().call("stress-set.factors", {});
  expect(classes.find(({ name }) => name === "STABLE")?.members).toContain("USDC");
  expect(betas.find(({ factor, kind }) => factor === "ETH" && kind === "price")).toMatchObject({
    driver: "BTC",
    beta: 1.25,
  });
});
