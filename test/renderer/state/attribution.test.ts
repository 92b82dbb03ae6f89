import { beforeEach, describe, expect, it } from "vitest";
import type { Client } from "../../../core/api/client.ts";
import type { AttributionRun } from "../../../renderer/client/attribution.ts";
import { connect } from "../../../renderer/client/index.ts";
import type { MarginResult } from "../../../renderer/client/types.ts";
import { attributionStore, attributionWork } from "../../../renderer/state/attribution.ts";
import { changePanel, sideOf } from "../../../renderer/state/change.ts";
import { requestOf, session } from "../../../renderer/state/session.ts";

interface Asked {
  readonly operation: string;
  readonly input: Record<string, unknown>;
  readonly answer: (value: unknown) => void;
  readonly partial: (value: unknown) => void;
}

/** A client whose answers the test gives one by one. */
function scriptedClient(): Asked[] {
  const calls: Asked[] = [];
  const client = {
    call: (
      operation: string,
      input: Record<string, unknown>,
      options?: { readonly onPartial?: (value: unknown) => void },
    ) =>
      new Promise((resolve) => {
        calls.push({ operation, input, answer: resolve, partial: (value) => options?.onPartial?.(value) });
      }),
  } as unknown as Client;
  connect(client);
  return calls;
}

const { store: changeStore, work: changeWork } = changePanel();
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
const run = (splits: number) => ({ splits: new Array(splits).fill(0) }) as unknown as AttributionRun;
const initial = session.getInitialState();

beforeEach(() => {
  session.setState({ ...initial, automatic: false }, true);
  attributionStore.setState(attributionStore.getInitialState(), true);
  changeStore.setState(changeStore.getInitialState(), true);
  attributionWork.getState().clear();
  changeWork.getState().clear();
});

describe("attribution", () => {
  it("asks for all ways at once, with the user's tags, and shows the quick ones early", async () => {
    const calls = scriptedClient();
    attributionStore.getState().tag(["p1", "p2"], "Hedge");
    attributionStore.getState().tag(["p2"], "");
    expect(calls).toHaveLength(0);
    attributionStore.getState().choose({ grouping: "tag" });
    expect(calls[0]).toMatchObject({
      operation: "attribution.run",
      input: { grouping: "tag", requirement: "initial", tags: [{ positionId: "p1", tag: "Hedge" }] },
    });
    calls[0]?.partial(run(5));
    expect(attributionWork.getState()).toMatchObject({ state: "loading", value: { splits: { length: 5 } } });
    calls[0]?.answer({ ok: true, value: run(6) });
    await settled();
    expect(attributionWork.getState()).toMatchObject({ state: "ready", value: { splits: { length: 6 } } });
  });

  it("goes back to the earlier result when a run that showed something is cancelled", async () => {
    const calls = scriptedClient();
    void attributionStore.getState().compute();
    calls[0]?.answer({ ok: true, value: run(6) });
    await settled();
    attributionStore.getState().choose({ grouping: "expiry" });
    calls[1]?.partial(run(5));
    calls[1]?.answer({ ok: false, failure: { reason: "cancelled", message: "cancelled" } });
    await settled();
    expect(attributionWork.getState()).toMatchObject({
      state: "stale",
      cancelled: true,
      value: { splits: { length: 6 } },
    });
  });

  it("forgets the tags of a portfolio that is left", () => {
    scriptedClient();
    attributionStore.getState().tag(["p1"], "Hedge");
    session.getState().choosePortfolio({ id: "other", name: "Other" });
    expect(attributionStore.getState().tags).toEqual({});
  });
});

describe("explain of change", () => {
  it("asks from a stored run to the session", () => {
    const calls = scriptedClient();
    changeStore.getState().choose({ from: { kind: "run", run: { id: "r1", name: "Yesterday" } } });
    expect(calls[0]).toMatchObject({
      operation: "change.explain",
      input: {
        ...{ from: { run: "r1" }, requirement: "initial", average: "both-orders" },
        to: { request: { methodology: "deribit-portfolio" } },
      },
    });
  });

  it("waits until an earlier book has both portfolio and market; it has the method, not the edits", () => {
    const calls = scriptedClient();
    session.setState({ edits: { p1: 5 } });
    changeStore.getState().choose({ from: { kind: "book", portfolio: { sample: true }, market: undefined } });
    expect(calls).toHaveLength(0);
    expect(sideOf(changeStore.getState().from)).toBeUndefined();
    changeStore
      .getState()
      .choose({ from: { kind: "book", portfolio: { sample: true }, market: { id: "m1", name: "M" } } });
    expect(calls[0]?.input.from).toMatchObject({
      request: { portfolio: { sample: true }, market: { id: "m1" }, methodology: "deribit-portfolio" },
    });
    expect(calls[0]?.input.from).not.toMatchObject({ request: { edits: [{ positionId: "p1" }] } });
  });

  it("keeps what was pinned while the session moves on", () => {
    scriptedClient();
    const result = { portfolioName: "Book", marketName: "M", methodology: { id: "x" }, rules: { version: "v" } };
    session.setState({ result: result as unknown as MarginResult });
    changeStore.getState().pin();
    const pinned = requestOf(session.getState());
    session.setState({ edits: { p1: 5 } });
    expect(sideOf(changeStore.getState().from)).toEqual({ request: pinned });
    expect(requestOf(session.getState())).not.toEqual(pinned);
  });
});
