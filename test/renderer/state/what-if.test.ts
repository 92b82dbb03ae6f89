import { beforeEach, describe, expect, it } from "vitest";
import type { Client } from "../../../core/api/client.ts";
import { connect } from "../../../renderer/client/index.ts";
import { session } from "../../../renderer/state/session.ts";
import { emptySet } from "../../../renderer/state/stress-draft.ts";
import { stressSetsStore } from "../../../renderer/state/stress-sets.ts";
import { undoStore } from "../../../renderer/state/undo.ts";
import { askedLegs, isUnsaved, whatIfRequest, whatIfStore, whatIfWork } from "../../../renderer/state/what-if.ts";

const perpetual = { symbol: "BTC-PERPETUAL", venue: "deribit", quantityUnit: "USD" };
const quantities = () => whatIfStore.getState().legs.map(({ quantity }) => quantity);

beforeEach(() => {
  whatIfStore.setState({ legs: [], savedLegs: [], methods: [] });
  undoStore.getState().clear();
});

describe("the ticket", () => {
  it("is unsaved as soon as it has a leg, and asks for what it shows", () => {
    expect(isUnsaved(whatIfStore.getState())).toBe(false);
    whatIfStore.getState().add(perpetual, 10_000);
    expect(isUnsaved(whatIfStore.getState())).toBe(true);
    expect(askedLegs(whatIfStore.getState().legs)).toEqual([
      { instrument: { symbol: "BTC-PERPETUAL", venue: "deribit" }, quantity: 10_000 },
    ]);
  });
  it("asks for a stated price, or for bid and ask, where a leg says so", () => {
    const { add, change } = whatIfStore.getState();
    add(perpetual, 1);
    const key = whatIfStore.getState().legs[0]?.key ?? 0;
    change(key, { basis: "stated", price: 90_000 });
    expect(askedLegs(whatIfStore.getState().legs)[0]?.price).toEqual({ basis: "stated", price: 90_000 });
    change(key, { basis: "bid-ask" });
    expect(askedLegs(whatIfStore.getState().legs)[0]?.price).toEqual({ basis: "bid-ask" });
  });
  it("scales, flips, and takes each edit back", () => {
    const { add, scale, flip, clear } = whatIfStore.getState();
    add(perpetual, 100);
    scale(2);
    flip();
    clear();
    expect(quantities()).toEqual([]);
    for (const expected of [[-200], [200], [100], []]) {
      undoStore.getState().undo();
      expect(quantities()).toEqual(expected);
    }
    undoStore.getState().redo();
    expect(quantities()).toEqual([100]);
  });
  it("is of earlier inputs as soon as the session has others, whether those have a margin or not", () => {
    whatIfWork.getState().show({ columns: [] } as never);
    expect(whatIfWork.getState().state).toBe("ready");
    session.setState({ methodology: "okx-portfolio" });
    expect(whatIfWork.getState().state).toBe("stale");
    session.setState({ methodology: "deribit-portfolio" });
  });
  it("asks further methods in the contracts of their venues, the session's own first", () => {
    whatIfStore.setState({ methods: ["okx-portfolio"] });
    const request = whatIfRequest(whatIfStore.getState());
    expect(request?.columns.map(({ methodology }) => methodology)).toEqual(["deribit-portfolio", "okx-portfolio"]);
    expect(request?.map).toBe(true);
  });
  it("asks the sets of the library that are still there, the margins under them once the ticket rests", async () => {
    const asked: { readonly operation: string; readonly input: Record<string, unknown> }[] = [];
    connect({
      call: (operation: string, input: Record<string, unknown>) => {
        asked.push({ operation, input });
        return Promise.resolve({ ok: true, value: operation === "stress-set.list" ? [{ id: "own" }] : [] });
      },
    } as unknown as Client);
    stressSetsStore.setState({ sets: [{ id: "own" }] as never, draft: emptySet("x") });
    whatIfStore.setState({ stress: ["gone", "own"] });
    whatIfStore.getState().add(perpetual, 10_000);
    await whatIfStore.getState().compute();
    const inputOf = (name: string) => asked.find(({ operation }) => operation === name)?.input;
    expect(inputOf("what-if.run")).toMatchObject({ stress: { sets: [{ id: "own" }] } });
    expect(inputOf("what-if.stress")).toBeUndefined();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(inputOf("what-if.stress")).toMatchObject({
      stress: { sets: [{ id: "own" }] },
      legs: [{ quantity: 10_000 }],
    });
    expect(inputOf("what-if.stress")).not.toHaveProperty("scenarios");
    whatIfStore.getState().setStressMode("path", 2);
    await whatIfStore.getState().compute();
    const stressNow = () => asked.filter(({ operation }) => operation === "what-if.run").at(-1)?.input.stress;
    expect(stressNow()).toEqual({ sets: [{ id: "own" }], mode: "path" });
    whatIfStore.getState().setStressMode("scaled", 2);
    await whatIfStore.getState().compute();
    expect(stressNow()).toEqual({ sets: [{ id: "own" }], mode: "scaled", scale: 2 });
    whatIfStore.getState().setStress([]);
    await whatIfStore.getState().compute();
    const last = asked.filter(({ operation }) => operation === "what-if.run").at(-1)?.input;
    expect(last).not.toHaveProperty("stress");
  });
});
