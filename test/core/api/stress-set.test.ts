import { describe, expect, it } from "vitest";
import type { Input } from "../../../core/api/contract.ts";
import { memoryCore } from "./memory-core.ts";

type Content = Input<"stress-set.save">["content"];

const falls = (amount: number, name = "Falls"): Content => ({
  name,
  scenarios: [{ id: "fall", label: "Fall", shocks: [{ kind: "price", factor: "BTC", mode: "relative", amount }] }],
});
const events = "shipped:historical-events";
const sample = { portfolio: { sample: true }, market: { sample: true } } as const;

/** The amount of the only shock. */
async function amountOf({ call }: ReturnType<typeof memoryCore>, id: string, version?: number) {
  const { content } = await call("stress-set.get", { id, ...(version !== undefined && { version }) });
  const [shock] = content.scenarios[0]?.shocks ?? [];
  return shock?.kind === "price" ? shock.amount : undefined;
}

describe("stress-set.save", () => {
  it("keeps every version, with time, note and who owns it", async () => {
    const core = memoryCore();
    const { id } = await core.call("stress-set.save", { content: { ...falls(-0.1), owner: "desk" } });
    await core.call("stress-set.save", { id, content: { ...falls(-0.2), owner: "desk" }, note: "deeper" });
    const history = await core.call("stress-set.history", { id });
    expect(history.map(({ number, note, owner, current }) => [number, note, owner, current])).toEqual([
      [2, "deeper", "desk", true],
      [1, expect.any(String), "desk", false],
    ]);
    expect(await amountOf(core, id)).toBe(-0.2);
    expect(await amountOf(core, id, 1)).toBe(-0.1);
  });

  it("saves an edit of a read-only set as a copy that names its origin", async () => {
    const core = memoryCore();
    const before = await core.call("stress-set.get", { id: events });
    const saved = await core.call("stress-set.save", { id: events, content: before.content });
    expect(saved).toMatchObject({ place: "library", copyOf: "Historical events", approval: "draft" });
    expect(saved.id).not.toBe(events);
    expect(await core.call("stress-set.get", { id: events })).toEqual(before);
    expect((await core.refusal("stress-set.delete", { id: events }))?.message).toContain("read only");
  });

  it("refuses what no model can price, naming scenario, shock and rule", async () => {
    const core = memoryCore();
    const refusal = await core.refusal("stress-set.save", { content: falls(-1) });
    expect(refusal?.reason).toBe("invalid-input");
    expect(refusal?.message).toMatch(/Falls, scenario fall, shock 1/);
    const twice = { ...falls(-0.1), scenarios: [...falls(-0.1).scenarios, ...falls(-0.2).scenarios] };
    expect((await core.refusal("stress-set.save", { content: twice }))?.message).toContain("fall");
    expect(await core.call("stress-set.check", { content: falls(-1) })).toHaveLength(1);
  });

  it("does not overwrite what another window has changed meanwhile", async () => {
    const core = memoryCore();
    const { id, version } = await core.call("stress-set.save", { content: falls(-0.1) });
    await core.call("stress-set.save", { id, content: falls(-0.2), expected: version });
    const refusal = await core.refusal("stress-set.save", { id, content: falls(-0.3), expected: version });
    expect(refusal?.reason).toBe("conflict");
    expect(await amountOf(core, id)).toBe(-0.2);
  });
});

describe("undo and restore of a stress set", () => {
  it("go back change by change, a deletion too, and keep the way there", async () => {
    const core = memoryCore();
    const { id } = await core.call("stress-set.save", { content: falls(-0.1) });
    await core.call("stress-set.save", { id, content: falls(-0.2) });
    await core.call("stress-set.delete", { id });
    expect((await core.call("stress-set.list", {})).map((set) => set.id)).not.toContain(id);
    expect((await core.refusal("stress-set.get", { id }))?.message).toContain("undo brings it back");
    await core.call("stress-set.undo", { id });
    expect(await amountOf(core, id)).toBe(-0.2);
    await core.call("stress-set.undo", { id });
    expect(await amountOf(core, id)).toBe(-0.1);
    expect((await core.refusal("stress-set.undo", { id }))?.message).toContain("no earlier state");
    await core.call("stress-set.restore", { id, version: 2 });
    expect(await amountOf(core, id)).toBe(-0.2);
    expect(await core.call("stress-set.history", { id })).toHaveLength(6);
  });
});

describe("approval of a stress set", () => {
  it("ends with the next edit", async () => {
    const core = memoryCore();
    const { id } = await core.call("stress-set.save", { content: falls(-0.1) });
    expect(await core.call("stress-set.set-approval", { id, approval: "approved" })).toMatchObject({
      approval: "approved",
    });
    expect(await core.call("stress-set.save", { id, content: falls(-0.2) })).toMatchObject({ approval: "draft" });
  });
});

describe("stress-set.import and export", () => {
  it.each(["json", "csv", "xlsx"] as const)("carry a set through a %s file", async (format) => {
    const core = memoryCore();
    const { id } = await core.call("stress-set.save", { content: falls(-0.25) });
    const file = await core.call("stress-set.export", { id, format });
    expect(file.name).toBe(`Falls_stress-set.${format}`);
    const back = await core.call("stress-set.import", { file: { name: file.name, bytes: new Uint8Array(file.bytes) } });
    expect(back).toMatchObject({ format, problems: [], leftOut: [] });
    expect(await amountOf(core, back.saved?.id ?? "")).toBe(-0.25);
  });
});

describe("stress-set.of-methodology", () => {
  it("is what the method revalues for the book, read only", async () => {
    const core = memoryCore();
    const { set } = await core.call("stress-set.of-methodology", { ...sample, methodology: "deribit-portfolio" });
    expect(set).toMatchObject({ id: "venue:deribit-portfolio", place: "venue", readOnly: true });
    const run = await core.call("margin.run", { ...sample, methodology: "deribit-portfolio" });
    const cells = run.accounts.flatMap(({ matrices }) => matrices.map(({ cells: own }) => own.length));
    expect(set.scenarios).toBe(cells.reduce((total, count) => total + count, 0));
    const refusal = await core.refusal("stress-set.of-methodology", { ...sample, methodology: "deribit-standard" });
    expect(refusal?.message).toContain("no scenarios");
  });
});
