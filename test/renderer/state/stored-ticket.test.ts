import { describe, expect, it } from "vitest";
import type { Client } from "../../../core/api/client.ts";
import { connect } from "../../../renderer/client/index.ts";
import { readTicket, startTicket } from "../../../renderer/state/stored-ticket.ts";
import { undoStore } from "../../../renderer/state/undo.ts";
import { isUnsaved, whatIfStore } from "../../../renderer/state/what-if.ts";

const leg = {
  ...{ key: 7, symbol: "BTC-PERPETUAL", venue: "deribit", quantityUnit: "USD" },
  ...{ quantity: -500, basis: "stated", price: 90_000 },
} as const;
const kept = {
  ...{ legs: [leg], savedLegs: [leg], methods: ["okx-portfolio"], name: "Hedged", stress: ["shipped:events"] },
  ...{ stressMode: "scaled", stressScale: 2 },
};
const settled = () => new Promise((resolve) => setTimeout(resolve, 300));

/** Settings in memory, as the library keeps them. */
function settings(stored: Record<string, unknown>): Record<string, unknown> {
  connect({
    call: (operation: string, { key, value }: { key: string; value?: unknown }) => {
      if (operation === "setting.set") stored[key] = value;
      return Promise.resolve({ ok: true, value: operation === "setting.get" ? { value: stored[key] ?? null } : null });
    },
  } as unknown as Client);
  return stored;
}

describe("a ticket that was left", () => {
  it("is taken up as it was, saved or not, and is no edit to undo", async () => {
    const stored = settings({ "what-if-ticket": kept });
    await startTicket();
    const { legs, name, methods, stress, stressMode, stressScale } = whatIfStore.getState();
    expect({ legs, name, methods, stress, stressMode, stressScale }).toEqual({
      ...{ legs: [leg], name: "Hedged", methods: ["okx-portfolio"], stress: ["shipped:events"] },
      ...{ stressMode: "scaled", stressScale: 2 },
    });
    expect(isUnsaved(whatIfStore.getState())).toBe(false);
    expect(undoStore.getState().done).toEqual([]);
    // New legs do not take the keys of old ones, and what changes is stored once it rests.
    whatIfStore.getState().add({ symbol: "ETH-PERPETUAL", venue: "deribit", quantityUnit: "USD" }, 10);
    whatIfStore.getState().change(7, { quantity: -600 });
    await settled();
    expect(isUnsaved(whatIfStore.getState())).toBe(true);
    expect(readTicket(stored["what-if-ticket"])?.legs.map(({ key, quantity }) => [key, quantity])).toEqual([
      [7, -600],
      [8, 10],
    ]);
  });

  it("keeps what can be used of a damaged one", () => {
    const damaged = [leg, { ...leg, symbol: "" }, { ...leg, quantity: "many" }, null, { ...leg, price: null }];
    const wrong = { methods: "all", name: 3, stress: [1, "own"], stressMode: "backwards", stressScale: 9 };
    const read = readTicket({ ...kept, legs: damaged, ...wrong });
    expect(read?.legs.map(({ basis }) => basis)).toEqual(["stated", "mark"]);
    expect(read).toMatchObject({ methods: [], name: "", stress: ["own"], stressMode: "instant", stressScale: 1.5 });
    expect([readTicket(null), readTicket([])]).toEqual([undefined, undefined]);
  });
});
