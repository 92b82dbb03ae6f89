import { Select } from "@mantine/core";
import { useMemo, useState } from "react";
import type { WhatIfColumn } from "../../client/what-if.ts";
import { DataGrid } from "../../grids/data-grid.tsx";
import { ticketStressWork, useWhatIf } from "../../state/what-if.ts";
import { useWork } from "../../state/work.ts";
import { SetChoice, SetMode } from "./set-choice.tsx";
import { recomputedOf, type TicketStressRow, ticketStressColumns, ticketStressRows } from "./stress-rows.ts";
import styles from "./what-if-result.module.css";

const idOf = ({ id }: TicketStressRow): string => id;

/** Scenarios before and after the ticket: those of price and volatility, and those of stress sets with their margins. */
export function StressView({ columns }: { readonly columns: readonly WhatIfColumn[] }) {
  const stress = useWork(ticketStressWork, (s) => s.value);
  const state = useWork(ticketStressWork, (s) => s.state);
  const failure = useWork(ticketStressWork, (s) => s.failure);
  const chosen = useWhatIf((s) => s.stress);
  const [label, setLabel] = useState<string>();
  const column = columns.find((one) => one.label === label) ?? columns[0];
  const recomputed = recomputedOf(stress, column?.label ?? "");
  const rows = useMemo(() => (column ? ticketStressRows(column, recomputed) : []), [column, recomputed]);
  if (!column) return null;
  return (
    <section aria-label="Scenarios before and after">
      <div className={styles.row}>
        <b>Scenarios before and after, USD</b>
        <SetChoice />
        {chosen.length > 0 && <SetMode />}
        {columns.length > 1 && (
          <Select
            size="xs"
            w={220}
            aria-label="Method of the scenarios"
            allowDeselect={false}
            data={columns.map((one) => one.label)}
            value={column.label}
            onChange={(value) => setLabel(value ?? undefined)}
          />
        )}
        {chosen.length > 0 && (state === "loading" || state === "stale") && (
          <span data-mark="stale">⟳ margins are of an earlier ticket</span>
        )}
      </div>
      {failure && state === "error" && <p className={styles.small}>{failure.message}</p>}
      <div className={styles.scenarios} style={{ height: 48 + 25 * Math.min(10, rows.length) }}>
        <DataGrid<TicketStressRow>
          label="Scenarios before and after the ticket"
          rows={rows}
          columns={ticketStressColumns(rows)}
          rowId={idOf}
        />
      </div>
    </section>
  );
}
