import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Client } from "../../../core/api/client.ts";
import { connect } from "../../../renderer/client/index.ts";
import type { MarginResult } from "../../../renderer/client/types.ts";
import { jobsStore } from "../../../renderer/state/jobs.ts";
import { requestOf, session } from "../../../renderer/state/session.ts";
import { undoStore } from "../../../renderer/state/undo.ts";

/** A client whose answers the test gives one by one. */
function scriptedClient() {
  const calls: { operation: string; input: unknown; answer: (value: unknown) => void; aborted: () => boolean }[] = [];
  const client = {
    call: (operation: string, input: unknown, options?: { signal?: AbortSignal }) =>
      new Promise((resolve) => {
        calls.push({ operation, input, answer: resolve, aborted: () => options?.signal?.aborted ?? false });
      }),
  } as unknown as Client;
  connect(client);
  return calls;
}

const result = (name: string): MarginResult => ({ portfolioName: name }) as MarginResult;
const success = (name: string): unknown => ({ ok: true, value: result(name) });
const refusal = (reason: string): unknown => ({ ok: false, failure: { reason, message: `because ${reason}` } });
const initial = session.getInitialState();
const { undo, redo } = undoStore.getState();

beforeEach(() => {
  vi.useRealTimers();
  session.setState(initial, true);
  jobsStore.setState({ jobs: [] });
  undoStore.getState().clear();
});

describe("the session", () => {
  it("asks for the margin of its inputs", () => {
    scriptedClient();
    session.setState({ automatic: false });
    const { setOverride, setQuantity, selectRules } = session.getState();
    selectRules({ name: "v1" });
    setOverride({ path: "/a", value: 1 });
    setOverride({ path: "/b", value: 2 });
    setOverride({ path: "/a", value: 3 });
    setQuantity("p1", 5);
    setQuantity("p2", 0);
    setQuantity("p1", undefined);
    expect(requestOf(session.getState())).toEqual({
      portfolio: { sample: true },
      market: { sample: true },
      methodology: "deribit-portfolio",
      rules: { name: "v1" },
      overrides: [
        { path: "/b", value: 2 },
        { path: "/a", value: 3 },
      ],
      edits: [{ positionId: "p2", quantity: 0 }],
      components: [],
      balances: [],
    });
  });

  it("carries the parameter file, and takes the choice back with undo", () => {
    scriptedClient();
    session.setState({ automatic: false });
    expect(requestOf(session.getState())).not.toHaveProperty("parameterFile");
    session.getState().chooseParameterFile({ id: "f", name: "SYNTH 2026-01-13" });
    expect(requestOf(session.getState())?.parameterFile).toEqual({ id: "f" });
    undo();
    expect(session.getState().parameterFile).toBeUndefined();
  });

  it("goes through loading to ready and keeps the earlier result meanwhile", async () => {
    const calls = scriptedClient();
    const first = session.getState().recalculate();
    expect(session.getState().state).toBe("loading");
    calls[0]?.answer(success("one"));
    await first;
    expect(session.getState()).toMatchObject({ state: "ready", result: { portfolioName: "one" } });
    const second = session.getState().recalculate();
    expect(session.getState()).toMatchObject({ state: "loading", result: { portfolioName: "one" } });
    calls[1]?.answer(refusal("missing-data"));
    await second;
    expect(session.getState()).toMatchObject({
      state: "error",
      failure: { message: "because missing-data" },
      result: { portfolioName: "one" },
    });
  });

  it("lets the latest win: an earlier run is stopped and its late answer dropped", async () => {
    const calls = scriptedClient();
    const first = session.getState().recalculate();
    const second = session.getState().recalculate();
    expect(calls.map(({ aborted }) => aborted())).toEqual([true, false]);
    calls[1]?.answer(success("new"));
    await second;
    calls[0]?.answer(success("old"));
    await first;
    expect(session.getState()).toMatchObject({ state: "ready", result: { portfolioName: "new" } });
    expect(jobsStore.getState().jobs.map(({ state }) => state)).toEqual(["done", "superseded"]);
  });

  it("leaves the earlier result when the user cancels", async () => {
    const calls = scriptedClient();
    session.setState({ result: result("before"), state: "ready" });
    const running = session.getState().recalculate();
    const { jobId } = session.getState();
    jobsStore.getState().cancel(jobId ?? -1);
    expect(calls[0]?.aborted()).toBe(true);
    expect(jobsStore.getState().jobs[0]?.state).toBe("cancelled");
    calls[0]?.answer(refusal("cancelled"));
    await running;
    expect(session.getState()).toMatchObject({ state: "stale", cancelled: true, result: { portfolioName: "before" } });
  });

  it("marks the result stale on a change and computes many quick changes once", async () => {
    vi.useFakeTimers();
    const calls = scriptedClient();
    session.setState({ result: result("before"), state: "ready" });
    for (const quantity of [1, 2, 3]) session.getState().setQuantity("p", quantity);
    expect(session.getState().state).toBe("stale");
    await vi.advanceTimersByTimeAsync(500);
    expect(calls).toHaveLength(1);
    expect(calls[0]?.input).toMatchObject({ edits: [{ positionId: "p", quantity: 3 }] });
  });

  it("waits for Recalculate when automatic is off", async () => {
    vi.useFakeTimers();
    const calls = scriptedClient();
    session.setState({ result: result("before"), state: "ready", automatic: false });
    session.getState().setQuantity("p", 1);
    await vi.advanceTimersByTimeAsync(5000);
    expect(calls).toHaveLength(0);
    expect(session.getState().state).toBe("stale");
    session.getState().setAutomatic(true);
    expect(calls).toHaveLength(1);
  });

  it("undoes and redoes changes of inputs", () => {
    scriptedClient();
    session.setState({ automatic: false });
    const { setOverride, selectMethodology } = session.getState();
    setOverride({ path: "/a", value: 1 });
    selectMethodology("deribit-standard");
    expect(session.getState()).toMatchObject({ methodology: "deribit-standard", overrides: [] });
    undo();
    expect(session.getState()).toMatchObject({
      methodology: "deribit-portfolio",
      overrides: [{ path: "/a", value: 1 }],
    });
    undo();
    expect(session.getState().overrides).toEqual([]);
    redo();
    expect(session.getState().overrides).toEqual([{ path: "/a", value: 1 }]);
  });

  it("names what an undo takes back", () => {
    scriptedClient();
    session.setState({
      automatic: false,
      result: { positions: [{ id: "p1", symbol: "BTC-PERPETUAL" }] } as unknown as MarginResult,
    });
    session.getState().setQuantity("p1", 5);
    session.getState().setOverride({ path: "/pairs/btc_usd/priceRange", value: 0.2 });
    session.getState().choosePortfolio({ id: "x", name: "Desk" });
    expect(undoStore.getState().done.map(({ label }) => label)).toEqual([
      "quantity of BTC-PERPETUAL",
      "override of /pairs/btc_usd/priceRange",
      "portfolio Desk",
    ]);
  });

  it("asks with the history that was chosen, and takes the choice back with undo", () => {
    scriptedClient();
    session.setState({ automatic: false });
    const { chooseHistory } = session.getState();
    expect(requestOf(session.getState())).not.toHaveProperty("history");
    chooseHistory({ id: "h", name: "Three years" });
    expect(requestOf(session.getState())).toMatchObject({ history: { id: "h" } });
    chooseHistory({ sample: true });
    expect(requestOf(session.getState())).toMatchObject({ history: { sample: true } });
    undo();
    expect(requestOf(session.getState())).toMatchObject({ history: { id: "h" } });
    undo();
    expect(requestOf(session.getState())).not.toHaveProperty("history");
    redo();
    expect(session.getState().history).toEqual({ id: "h", name: "Three years" });
  });

  it("forgets edits, components and balances with another portfolio, and keeps the rules", () => {
    scriptedClient();
    session.setState({ automatic: false, rules: { name: "v1" } });
    session.getState().setQuantity("p", 1);
    session.getState().setBalances([{ currency: "BTC", equity: 1 }]);
    session.getState().choosePortfolio({ id: "x", name: "X" });
    expect(session.getState()).toMatchObject({
      edits: {},
      balances: [],
      rules: { name: "v1" },
      portfolio: { id: "x" },
    });
  });
});
