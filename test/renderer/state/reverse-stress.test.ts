import { beforeEach, describe, expect, it } from "vitest";
import type { Client } from "../../../core/api/client.ts";
import { connect } from "../../../renderer/client/index.ts";
import { jobsStore } from "../../../renderer/state/jobs.ts";
import { kinksStore, kinksWork } from "../../../renderer/state/kinks.ts";
import { pushWork, reverseStore, reverseWork } from "../../../renderer/state/reverse-stress.ts";
import { session } from "../../../renderer/state/session.ts";

interface Asked {
  readonly operation: string;
  readonly input: Record<string, unknown>;
}

function answering(): Asked[] {
  const asked: Asked[] = [];
  connect({
    call: (operation: string, input: Record<string, unknown>) => {
      asked.push({ operation, input });
      return Promise.resolve({ ok: true, value: { directions: [], solutions: [] } });
    },
  } as unknown as Client);
  return asked;
}

const first = session.getInitialState();
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

beforeEach(() => {
  session.setState({ ...first, automatic: false }, true);
  reverseStore.setState(reverseStore.getInitialState(), true);
  kinksStore.setState(kinksStore.getInitialState(), true);
  for (const work of [reverseWork, pushWork, kinksWork]) work.getState().clear();
  jobsStore.setState({ jobs: [] });
});

describe("the question of a reverse stress", () => {
  it("asks the session's method for the goal, by the history unless deviations are stated", async () => {
    const asked = answering();
    await reverseStore.getState().find();
    expect(asked[0]).toMatchObject({
      operation: "stress.reverse",
      input: {
        methodology: first.methodology,
        goal: { kind: "maintenance" },
        covariance: { from: "history", horizonDays: 1 },
      },
    });
    const stated = { factors: [{ factor: "price:BTC", deviation: 0.05 }], correlation: [[1]] };
    reverseStore.getState().choose({ goal: "loss", lossUsd: 5_000, stated, horizonDays: 5 });
    await reverseStore.getState().find();
    expect(asked[1]?.input).toMatchObject({
      goal: { kind: "loss", amountUsd: 5_000 },
      covariance: { from: "stated", horizonDays: 5, ...stated },
    });
  });

  it("is stale while something else is chosen, and no more when it is taken back", async () => {
    answering();
    await reverseStore.getState().find();
    reverseStore.getState().choose({ goal: "equity" });
    expect(reverseWork.getState().state).toBe("stale");
    reverseStore.getState().choose({ goal: "maintenance" });
    expect(reverseWork.getState().state).toBe("ready");
  });

  it("is stale when the method or its rules change", async () => {
    answering();
    await reverseStore.getState().find();
    session.getState().setOverride({ path: "/a", value: 1 });
    expect(reverseWork.getState().state).toBe("stale");
    reverseStore.getState().choose({ goal: "maintenance" });
    expect(reverseWork.getState().state).toBe("stale");
  });

  it("pushes by the same covariance", async () => {
    const asked = answering();
    reverseStore.getState().choose({ horizonDays: 10 });
    await reverseStore.getState().push(5);
    expect(asked[0]).toMatchObject({ operation: "stress.push", input: { push: 5, covariance: { horizonDays: 10 } } });
  });
});

describe("distances that are watched", () => {
  const withResult = (positions: number) =>
    session.setState({ state: "ready", result: { positions: Array.from({ length: positions }) } as never });

  it("are computed when the panel opens, and follow the session", async () => {
    const asked = answering();
    withResult(3);
    const stop = kinksStore.getState().watch();
    await settled();
    expect(asked.map(({ operation }) => operation)).toEqual(["kink.distance"]);
    session.getState().setOverride({ path: "/a", value: 1 });
    withResult(3);
    await settled();
    expect(asked).toHaveLength(2);
    stop();
    session.getState().setOverride({ path: "/a", value: 2 });
    withResult(3);
    await settled();
    expect(asked).toHaveLength(2);
  });

  it("of a large book wait until they are asked for", async () => {
    const asked = answering();
    withResult(501);
    const stop = kinksStore.getState().watch();
    await settled();
    expect(asked).toHaveLength(0);
    await kinksStore.getState().compute();
    expect(asked).toHaveLength(1);
    stop();
  });
});
