import { describe, expect, it } from "vitest";
import type { TicketStress, WhatIfColumn } from "../../../renderer/client/what-if.ts";
import {
  ownSet,
  recomputedOf,
  ticketStressColumns,
  ticketStressCsv,
  ticketStressRows,
} from "../../../renderer/screens/what-if-result/stress-rows.ts";

const point = (id: string, profitUsd: number) => ({ id, label: id, setName: "Events", profitUsd });
const side = (down: number, crash: number, calm: number) => ({
  stress: [{ label: "price −15 %", priceMove: -0.15, profitUsd: down }],
  library: [point("crash", crash), point("calm", calm)],
});
const column = { label: "M 1", before: side(-20, -50, 0), after: side(-30, -90, 5) } as unknown as WhatIfColumn;
const margin = (initialUsd: number, callUsd: number | undefined, flags: readonly string[]) => ({
  ...{ pnlUsd: 0, flags, amounts: { initialUsd, ...(callUsd !== undefined && { callUsd }) } },
});
const stress = {
  notice: "not binding",
  columns: [
    { label: "other", failure: { message: "no" } },
    {
      label: "M 1",
      scenarios: [{ id: "crash", before: margin(40, 0, []), after: margin(70, 10, ["call"]) }],
    },
  ],
} as unknown as TicketStress;

describe("scenarios before and after a ticket", () => {
  const rows = ticketStressRows(column, recomputedOf(stress, "M 1"));

  it("stand by the loss after, those of the ticket among those of the library", () => {
    expect(rows.map(({ label, set, pnl }) => [label, set, pnl.before, pnl.after])).toEqual([
      ["crash", "Events", -50, -90],
      ["price −15 %", ownSet, -20, -30],
      ["calm", "Events", 0, 5],
    ]);
  });

  it("have margins where they were recomputed, and say what the ticket leads to", () => {
    expect(rows.map(({ initial, call, leads }) => [initial, call, leads])).toEqual([
      [{ before: 40, after: 70 }, { before: 0, after: 10 }, "nothing → ▼ call"],
      [undefined, undefined, ""],
      [undefined, undefined, ""],
    ]);
    expect(recomputedOf(stress, "other")).toBeUndefined();
    expect(ticketStressRows(column, undefined)[0]).toMatchObject({ label: "crash", initial: undefined, leads: "" });
    const headers = ticketStressColumns(rows).map(({ headerName }) => headerName);
    expect(headers.slice(1, 5)).toEqual(["P&L before", "after", "change", "Leads to"]);
  });

  it("are written in full, with the notice", () => {
    const { header, rows: lines, remarks } = ticketStressCsv([column], stress);
    expect(lines[0]?.[header.indexOf("P&L change, USD")]).toBe(-40);
    expect(lines[0]?.slice(6)).toEqual([40, 70, 0, 10, "nothing → ▼ call", undefined]);
    expect(remarks).toEqual(["not binding"]);
  });
});

describe("scenarios along their paths", () => {
  const step = (label: string, pnlUsd: number, initialUsd: number, calledUsd: number, flags: readonly string[]) => ({
    ...{ label, pnlUsd, amounts: { initialUsd, callUsd: 0 }, calledUsd, flags },
  });
  const at = (profitUsd: number, worst: string) => ({
    stress: [],
    library: [{ ...point("crash", profitUsd), step: worst }],
  });
  const along = { label: "M 1", before: at(-80, "low"), after: at(-20, "rebound") } as unknown as WhatIfColumn;
  const path = (worstStep: number, low: readonly string[], initials: readonly [number, number]) => ({
    ...margin(1, 2, []),
    steps: [step("low", -80, initials[0], 5, low), step("rebound", -20, initials[1], 9, [])],
    worstStep,
  });
  const recomputed = {
    scenarios: [
      { id: "crash", before: path(0, ["call", "liquidation"], [70, 30]), after: path(1, ["call"], [60, 20]) },
    ],
  } as unknown as NonNullable<ReturnType<typeof recomputedOf>>;

  it("stand at the worst step of each side, with all that is called and befalls the account on the way", () => {
    const [row] = ticketStressRows(along, recomputed);
    expect(row).toMatchObject({
      ...{ pnl: { before: -80, after: -20 }, worstAt: "low → rebound" },
      ...{ initial: { before: 70, after: 20 }, call: { before: 9, after: 9 }, leads: "✕ liquidation → ▼ call" },
    });
    const headers = ticketStressColumns(ticketStressRows(along, recomputed)).map(({ headerName }) => headerName);
    expect(headers.slice(1, 6)).toEqual(["Worst step before", "after", "change", "Worst at", "Leads to"]);
    expect(headers).toContain("Called before");
  });
});
