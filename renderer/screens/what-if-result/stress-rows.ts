import { formatNumber } from "../../../core/base/format.ts";
import type { CsvTable } from "../../app/download.ts";
import type { StressedTicket, TicketStress, TicketStressColumn, WhatIfColumn } from "../../client/what-if.ts";
import { type GridColumn, numberColumn, textColumn } from "../../grids/columns.ts";
import { flagText, leadingFlags, worstStepOf } from "../stress/stress-words.ts";

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
  /** Of a path its worst step, `low → rebound` where the ticket changes it; absent where all comes at once. */
  readonly worstAt: string | undefined;
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
    const named = { id: `own ${place}`, set: ownSet, label, pnl };
    return { ...named, initial: undefined, call: undefined, worstAt: undefined, leads: "" };
  });
  const margins = new Map(recomputed?.scenarios.map((one) => [one.id, one]));
  const library = (after.library ?? []).map(({ id, setName, label, step, profitUsd }, place): TicketStressRow => {
    const earlier = before.library?.[place];
    const pnl = { before: earlier?.profitUsd ?? 0, after: profitUsd };
    const found = margins.get(id);
    const [one, other] = [found && leadingSide(found.before), found && leadingSide(found.after)];
    return {
      ...{ id, set: setName, label, pnl },
      initial: pairOf(one?.initialUsd, other?.initialUsd),
      call: pairOf(one?.callUsd, other?.callUsd),
      worstAt: step && changed(earlier?.step ?? step, step),
      leads: changed(one?.leads ?? "", other?.leads ?? ""),
    };
  });
  return [...library, ...own].sort((a, b) => a.pnl.after - b.pnl.after);
}

/** The same on both sides, or what becomes of what. */
function changed(before: string, after: string): string {
  return before === after ? after : `${before === "" ? "nothing" : before} → ${after === "" ? "nothing" : after}`;
}

/** What leads a side: at once the event; along a path its worst step, all its calls and whatever befell the account on the way. */
function leadingSide(side: StressedTicket["before"]) {
  const step = worstStepOf(side);
  const { amounts, steps } = side;
  return {
    initialUsd: (step?.amounts ?? amounts).initialUsd,
    callUsd: step === undefined ? amounts.callUsd : steps?.at(-1)?.calledUsd,
    leads: flagText(leadingFlags(side)),
  };
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

const scenarioColumn = textColumn<TicketStressRow>({
  ...{ id: "scenario", header: "Scenario", value: ({ label }) => label, width: 220, pinned: "left" },
});
const worstAtColumn = textColumn<TicketStressRow>({
  ...{ id: "worstAt", header: "Worst at", width: 170, value: ({ worstAt }) => worstAt ?? "" },
});
const leadsColumn = textColumn<TicketStressRow>({
  ...{ id: "leads", header: "Leads to", value: ({ leads }) => leads, width: 190 },
});
const setColumn = textColumn<TicketStressRow>({ id: "set", header: "Set", value: ({ set }) => set, width: 160 });
const initialColumns = three("initial", "Initial", money);
const atOnce: GridColumn<TicketStressRow>[] = [
  ...[scenarioColumn, ...three("pnl", "P&L", signed), leadsColumn],
  ...[...initialColumns, ...three("call", "Call", money), setColumn],
];
/** The worst step leads; calls are those of the whole path. */
const alongPaths: GridColumn<TicketStressRow>[] = [
  ...[scenarioColumn, ...three("pnl", "Worst step", signed), worstAtColumn, leadsColumn],
  ...[...initialColumns, ...three("call", "Called", money), setColumn],
];

/** Columns of the rows; those of paths say at which step they stand. */
export function ticketStressColumns(rows: readonly TicketStressRow[]): GridColumn<TicketStressRow>[] {
  return rows.some(({ worstAt }) => worstAt !== undefined) ? alongPaths : atOnce;
}

/** Every scenario under every method, full precision. */
export function ticketStressCsv(columns: readonly WhatIfColumn[], stress: TicketStress | undefined): CsvTable {
  return {
    header: [
      ...["WHAT-IF method", "set", "scenario", "P&L before, USD", "P&L after, USD", "P&L change, USD"],
      ...["initial before, USD", "initial after, USD", "call before, USD", "call after, USD", "leads to", "worst at"],
    ],
    rows: columns.flatMap((column) =>
      ticketStressRows(column, recomputedOf(stress, column.label)).map(
        ({ set, label, pnl, initial, call, leads, worstAt }) => [
          ...[column.label, set, label, pnl.before, pnl.after, pnl.after - pnl.before],
          ...[initial?.before, initial?.after, call?.before, call?.after, leads, worstAt],
        ],
      ),
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
