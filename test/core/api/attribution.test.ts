import { describe, expect, it } from "vitest";
import { sum } from "../../../core/base/index.ts";
import { memoryCore } from "./memory-core.ts";

const book = { portfolio: { sample: true }, market: { sample: true }, methodology: "deribit-portfolio" } as const;

describe("attribution.run", () => {
  it("splits the margin that margin.run states", async () => {
    const { call } = memoryCore();
    const { totals } = await call("margin.run", book);
    const found = await call("attribution.run", { ...book, grouping: "expiry", requirement: "maintenance" });
    expect(found.total).toBe(totals.maintenanceUsd);
    const shapley = found.splits.find(({ kind }) => kind === "shapley");
    expect(sum(shapley?.amounts ?? [])).toBe(found.total - found.ofNoPosition);
  });

  it("takes edits and tags of the request", async () => {
    const { call } = memoryCore();
    const [first] = (await call("margin.run", book)).positions;
    const request = { ...book, grouping: "tag" as const, kinds: ["stand-alone" as const] };
    const tags = [{ positionId: first?.id ?? "", tag: "Mine" }];
    const tagged = await call("attribution.run", { ...request, tags });
    expect(tagged.groups.map(({ label }) => label).sort()).toEqual(["Mine", "not tagged"]);
    const edits = [{ positionId: first?.id ?? "", quantity: 0 }];
    const without = await call("attribution.run", { ...request, tags, edits });
    expect(without.groups.map(({ label }) => label)).toEqual(["not tagged"]);
  });
});

describe("change.explain", () => {
  it("goes from a stored run to a request, ends being those of both", async () => {
    const { call } = memoryCore();
    const rules = { name: "erm-2024-02-01" };
    const stored = await call("run.save", { name: "Yesterday", request: { ...book, rules } });
    const [first] = (await call("margin.run", book)).positions;
    const request = { ...book, edits: [{ positionId: first?.id ?? "", quantity: 0 }] };
    const now = await call("margin.run", request);
    const then = (await call("run.get", { id: stored.id })).content.result;
    const found = await call("change.explain", { from: { run: stored.id }, to: { request } });
    expect(found.fromAmount).toBe(then.totals.initialUsd);
    expect(found.toAmount).toBe(now.totals.initialUsd);
    expect(found.steps.filter(({ same }) => !same).map(({ id }) => id)).toEqual(["positions", "parameters"]);
    expect(sum(found.steps.map(({ change }) => change))).toBe(found.toAmount - found.fromAmount);
    const [positions] = found.steps;
    expect(positions?.positions.find(({ id }) => id === first?.id)?.to).toBeUndefined();
  });

  it("explains a run against itself by nothing", async () => {
    const { call } = memoryCore();
    const { id } = await call("run.save", { name: "Yesterday", request: book });
    const found = await call("change.explain", { from: { run: id }, to: { run: id }, average: "all-orders" });
    expect(found.steps.every(({ same, change }) => same && change === 0)).toBe(true);
    const fresh = await call("change.explain", { from: { run: id }, to: { request: book } });
    expect(fresh.steps.every(({ same }) => same)).toBe(true);
  });
});
