import { beforeEach, describe, expect, it } from "vitest";
import type { Client } from "../../../core/api/client.ts";
import { connect } from "../../../renderer/client/index.ts";
import { candidatesWork, hedgesStore, planWork } from "../../../renderer/state/hedges.ts";
import { emptySet } from "../../../renderer/state/stress-draft.ts";
import { stressSetsStore } from "../../../renderer/state/stress-sets.ts";
import { whatIfStore } from "../../../renderer/state/what-if.ts";

type Asked = { readonly operation: string; readonly input: Record<string, unknown> };

function recorded(): Asked[] {
  const asked: Asked[] = [];
  connect({
    call: (operation: string, input: Record<string, unknown>) => {
      asked.push({ operation, input });
      return Promise.resolve({ ok: true, value: {} });
    },
  } as unknown as Client);
  return asked;
}

beforeEach(() => {
  stressSetsStore.setState({ sets: [{ id: "own" }] as never, draft: emptySet("x") });
  whatIfStore.setState({ legs: [], stress: [], stressMode: "instant" });
  hedgesStore.setState({ source: "contracts", measure: "margin-relief", mostLossUsd: undefined });
});

describe("hedges", () => {
  it("are held against the scenarios and stress sets of the ticket, as they are gone through there", async () => {
    const asked = recorded();
    await hedgesStore.getState().compute();
    expect(asked.at(-1)).toMatchObject({ operation: "what-if.candidates" });
    expect(asked.at(-1)?.input).not.toHaveProperty("stress");
    expect(asked.at(-1)?.input.scenarios).toHaveLength(8);
    whatIfStore.setState({ stress: ["own", "gone"], stressMode: "path" });
    expect(candidatesWork.getState().state).toBe("stale");
    for (const source of ["contracts", "plan", "unwind"] as const) {
      hedgesStore.getState().choose({ source });
      await hedgesStore.getState().compute();
      expect(asked.at(-1)?.input.stress).toEqual({ sets: [{ id: "own" }], mode: "path" });
    }
  });

  it("bound the loss of a plan in these scenarios, where there are some", async () => {
    const asked = recorded();
    hedgesStore.getState().choose({ source: "plan", mostLossUsd: 5000 });
    await hedgesStore.getState().compute();
    expect(asked.at(-1)?.input.limits).toEqual([]);
    whatIfStore.setState({ stress: ["own"] });
    await hedgesStore.getState().compute();
    expect(asked.at(-1)?.input.limits).toEqual([{ measure: "stress-loss", most: 5000 }]);
    expect(planWork.getState().state).toBe("ready");
    hedgesStore.getState().choose({ mostLossUsd: undefined });
    expect(planWork.getState().state).toBe("stale");
  });
});
