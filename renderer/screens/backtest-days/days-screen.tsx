import { useCallback, useMemo, useState } from "react";
import { useBacktestFrame } from "../../app/backtest-frame.ts";
import { FailureBanner } from "../../app/failure-banner.tsx";
import { PanelFrame } from "../../app/panel-frame.tsx";
import { Segments } from "../../app/segments.tsx";
import type { Failure } from "../../client/types.ts";
import { letterOf } from "../../figures/backtest-figure.ts";
import { methodLabels } from "../../figures/backtest-series.ts";
import { DataGrid } from "../../grids/data-grid.tsx";
import { backtestStore, useBacktest } from "../../state/backtest.ts";
import { openRun } from "../backtest-series/open-run.ts";
import {
  breachSentence,
  type DayRow,
  type DayView,
  dayColumns,
  dayRows,
  daysCsv,
  methodToOpen,
  rowsOfView,
} from "./day-rows.ts";
import styles from "./days.module.css";

const views: readonly DayView[] = ["breaches", "calls", "all"];

export default function DaysScreen() {
  const frame = useBacktestFrame();
  const shown = useBacktest((s) => s.shown);
  const day = useBacktest((s) => s.day);
  const [chosen, setView] = useState<DayView>();
  const [failure, setFailure] = useState<Failure>();
  const result = shown?.result;
  const rows = useMemo(() => (result ? dayRows(result) : []), [result]);
  const columns = useMemo(() => (result ? dayColumns(result, letterOf) : []), [result]);
  // Breaches first; without one, every day.
  const view = chosen ?? (rowsOfView(rows, "breaches").length > 0 ? "breaches" : "all");
  const visible = useMemo(() => rowsOfView(rows, view), [rows, view]);
  const selected = useMemo(() => (day === undefined ? [] : [String(day)]), [day]);
  const open = useCallback((row: DayRow) => {
    const label = methodToOpen(row);
    if (label !== undefined) void openRun(row.asOfMs, label).then(setFailure);
  }, []);
  const count = (of: DayView): number => rowsOfView(rows, of).length;
  return (
    <PanelFrame
      panel="backtest-days"
      title="Days"
      {...frame}
      csv={shown && (() => daysCsv(rows))}
      toolbar={
        shown && (
          <Segments
            label="Which days"
            options={views.map((value) => ({ value, label: `${viewWords[value]} ${count(value)}` }))}
            value={view}
            onChange={setView}
          />
        )
      }
    >
      {shown && (
        <div className={styles.layout}>
          {failure && <FailureBanner failure={failure} />}
          <p className={styles.words}>
            {methodLabels(shown.result.points)
              .map((label, place) => `${letterOf(place)} ${label}`)
              .join(" · ")}
          </p>
          <div className={styles.grid}>
            <DataGrid<DayRow>
              label="Days of the back-test"
              rows={visible}
              columns={columns}
              rowId={idOf}
              selected={selected}
              onSelect={([row]) => row && backtestStore.getState().selectDay(row.asOfMs)}
              onOpen={open}
              rowClass={rowClass}
              emptyText={view === "breaches" ? "No breach." : view === "calls" ? "No call." : "No day yet."}
            />
          </div>
          <p className={styles.words}>
            {breachSentence(rows)}. <i>Enter or double-click opens the day as a run of the method breached by most.</i>
          </p>
        </div>
      )}
    </PanelFrame>
  );
}

const viewWords: Readonly<Record<DayView, string>> = { breaches: "Breaches", calls: "Calls", all: "All" };
const idOf = ({ id }: DayRow): string => id;
const rowClass = ({ breaches }: DayRow): string | undefined => (breaches.length > 0 ? "row-breach" : undefined);
