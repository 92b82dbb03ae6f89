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
    const headers = ticketStressColumns.map(({ headerName }) => headerName);
    expect(headers.slice(1, 5)).toEqual(["P&L before", "after", "change", "Leads to"]);
  });

  it("are written in full, with the notice", () => {
    const { header, rows: lines, remarks } = ticketStressCsv([column], stress);
    expect(lines[0]?.[header.indexOf("P&L change, USD")]).toBe(-40);
    expect(lines[0]?.slice(6)).toEqual([40, 70, 0, 10, "nothing → ▼ call"]);
    expect(remarks).toEqual(["not binding"]);
  });
});
