import { formatNumber } from "../../../core/base/format.ts";
import type { CsvTable } from "../../app/download.ts";
import type { TicketStress, TicketStressColumn, WhatIfColumn } from "../../client/what-if.ts";
import { type GridColumn, numberColumn, textColumn } from "../../grids/columns.ts";
import { flagText } from "../stress/stress-words.ts";

interface Pair {
  readonly before: number;
  readonly after: number;
}

/** A scenario before and after the ticket; margins of library scenarios only, once they are recomputed. */
export interface TicketStressRow {
  readonly id: string;
  readonly set: string;
  readonly label: string;
  readonly pnl: Pair;
  readonly initial: Pair | undefined;
  readonly call: Pair | undefined;
  /** What it leads to, `▼ call → ✕ liquidation` where the ticket changes it. */
  readonly leads: string;
}

/** The set that the scenarios of price and volatility stand under. */
export const ownSet = "Price and volatility";

/** Scenarios of one method, the largest loss after the ticket first. */
export function ticketStressRows(
  { before, after }: Pick<WhatIfColumn, "before" | "after">,
  recomputed: Pick<TicketStressColumn, "scenarios"> | undefined,
): readonly TicketStressRow[] {
  const own = after.stress.map(({ label, profitUsd }, place): TicketStressRow => {
    const pnl = { before: before.stress[place]?.profitUsd ?? 0, after: profitUsd };
    return { ...{ id: `own ${place}`, set: ownSet, label, pnl }, initial: undefined, call: undefined, leads: "" };
  });
  const margins = new Map(recomputed?.scenarios.map((one) => [one.id, one]));
  const library = (after.library ?? []).map(({ id, setName, label, profitUsd }, place): TicketStressRow => {
    const pnl = { before: before.library?.[place]?.profitUsd ?? 0, after: profitUsd };
    const found = margins.get(id);
    const [one, other] = [found?.before, found?.after];
    const [from, to] = [flagText(one?.flags ?? []), flagText(other?.flags ?? [])];
    return {
      ...{ id, set: setName, label, pnl },
      initial: pairOf(one?.amounts.initialUsd, other?.amounts.initialUsd),
      call: pairOf(one?.amounts.callUsd, other?.amounts.callUsd),
      leads: from === to ? to : `${from === "" ? "nothing" : from} → ${to === "" ? "nothing" : to}`,
    };
  });
  return [...library, ...own].sort((a, b) => a.pnl.after - b.pnl.after);
}

function pairOf(before: number | undefined, after: number | undefined): Pair | undefined {
  return before === undefined || after === undefined ? undefined : { before, after };
}

const money = (value: number | null | undefined): string => formatNumber(value, { decimals: 0 });
const signed = (value: number | null | undefined): string => formatNumber(value, { decimals: 0, signed: true });
const why = (row: unknown): string =>
  (row as TicketStressRow).set === ownSet
    ? "margin is recomputed in scenarios of the library only"
    : "no balance is known, or not recomputed yet";

type Name = "pnl" | "initial" | "call";

/** Before, after and change of one amount. */
function three(name: Name, header: string, format: typeof money): GridColumn<TicketStressRow>[] {
  const column = (id: string, words: string, value: (pair: Pair) => number, change = false) =>
    numberColumn<TicketStressRow>({
      ...{ id: `${name} ${id}`, header: words, tooltip: `${header} ${id}, USD`, width: 104, whyMissing: why },
      value: (row) => {
        const pair = row[name];
        return pair && value(pair);
      },
      format: change ? signed : format,
      ...(name === "pnl" && { signal: true }),
    });
  return [
    column("before", `${header} before`, ({ before }) => before),
    column("after", "after", ({ after }) => after),
    column("change", "change", ({ before, after }) => after - before, true),
  ];
}

export const ticketStressColumns: GridColumn<TicketStressRow>[] = [
  textColumn<TicketStressRow>({
    ...{ id: "scenario", header: "Scenario", value: ({ label }) => label, width: 220, pinned: "left" },
  }),
  ...three("pnl", "P&L", signed),
  textColumn<TicketStressRow>({ id: "leads", header: "Leads to", value: ({ leads }) => leads, width: 190 }),
  ...three("initial", "Initial", money),
  ...three("call", "Call", money),
  textColumn<TicketStressRow>({ id: "set", header: "Set", value: ({ set }) => set, width: 160 }),
];

/** Every scenario under every method, full precision. */
export function ticketStressCsv(columns: readonly WhatIfColumn[], stress: TicketStress | undefined): CsvTable {
  return {
    header: [
      ...["WHAT-IF method", "set", "scenario", "P&L before, USD", "P&L after, USD", "P&L change, USD"],
      ...["initial before, USD", "initial after, USD", "call before, USD", "call after, USD", "leads to"],
    ],
    rows: columns.flatMap((column) =>
      ticketStressRows(column, recomputedOf(stress, column.label)).map(({ set, label, pnl, initial, call, leads }) => [
        ...[column.label, set, label, pnl.before, pnl.after, pnl.after - pnl.before],
        ...[initial?.before, initial?.after, call?.before, call?.after, leads],
      ]),
    ),
    ...(stress && { remarks: [stress.notice] }),
  };
}

/** The margins of a method, found by its label. */
export function recomputedOf(stress: TicketStress | undefined, label: string): TicketStressColumn | undefined {
  return stress?.columns.find(
    (column): column is TicketStressColumn => column.label === label && !("failure" in column),
  );
}
