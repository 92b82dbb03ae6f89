import { SegmentedControl, Select } from "@mantine/core";
import { useEffect, useState } from "react";
import { DayField } from "../../app/day-field.tsx";
import { Coverage } from "../../app/history/history-coverage.tsx";
import type { Output } from "../../client/types.ts";
import { backtestStore, useBacktest } from "../../state/backtest.ts";
import type { AlongHistory, BacktestSetup } from "../../state/backtest-setup.ts";
import { startJob } from "../../state/jobs.ts";
import { libraryStore, useLibrary } from "../../state/library.ts";
import { type Chosen, chosenName, session, sourceOf } from "../../state/session.ts";
import styles from "./backtest.module.css";
import type { DataImport } from "./data-import.tsx";

const sample = "sample";

/** Markets through time, and the past of risk factors for methods that need one. */
export function DataForm({ importing }: { readonly importing: DataImport }) {
  const panels = useLibrary((s) => s.panels);
  const histories = useLibrary((s) => s.histories);
  const panel = useBacktest((s) => s.setup.panel);
  const history = useBacktest((s) => s.setup.history);
  const { choose } = backtestStore.getState();
  const along = useBacktest((s) => s.setup.along);
  const note = panels.find(({ id }) => id === panel)?.note;
  return (
    <fieldset className={styles.group}>
      <legend>Data</legend>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label="What is walked along"
        data={[
          { value: "panel", label: "Markets of a panel" },
          { value: "history", label: "One market, a history" },
        ]}
        value={along ? "history" : "panel"}
        onChange={(value) => choose(value === "history" ? alongTheHistory() : { along: undefined })}
      />
      {along ? (
        <AlongForm along={along} />
      ) : (
        <>
          <div className={styles.line}>
            <Select
              size="xs"
              className={styles.wide ?? ""}
              label="Panel of markets"
              placeholder="None stored"
              allowDeselect={false}
              data={panels.map(({ id, name }) => ({ value: id, label: name }))}
              value={panel ?? null}
              onChange={(id) => id !== null && choose({ panel: id })}
            />
            {importing.chooser("panel", "Import…", "compact-xs")}
          </div>
          {note !== undefined && <small className="muted">{note}</small>}
        </>
      )}
      <div className={styles.line}>
        <Select
          size="xs"
          className={styles.wide ?? ""}
          label="History of risk factors"
          placeholder="None: methods that need one are left out"
          clearable
          clearButtonProps={{ "aria-label": "No history" }}
          data={[
            { value: sample, label: "Sample (synthetic)" },
            ...histories.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={history === undefined ? null : "id" in history ? history.id : sample}
          onChange={(id) => {
            const found = histories.find((entry) => entry.id === id);
            choose({ history: id === sample ? { sample: true } : found && { id: found.id, name: found.name } });
          }}
        />
        {importing.chooser("history", "Import…", "compact-xs")}
      </div>
      {history && <HistoryDetail key={"id" in history ? history.id : sample} history={history} />}
    </fieldset>
  );
}

/** The newest market, and the session's portfolio as it is there: a fixed book is what can be walked along a history. */
export function alongTheHistory(): Partial<BacktestSetup> {
  const { market, portfolio } = session.getState();
  const [newest] = libraryStore.getState().markets;
  const { history } = backtestStore.getState().setup;
  return {
    along: { market: market && "id" in market ? market.id : newest?.id, from: "", to: "" },
    ...{ book: "fixed", portfolio, history: history ?? { sample: true } },
  };
}

/** The market a fixed book stays at, and the days of the history. */
function AlongForm({ along }: { readonly along: AlongHistory }) {
  const markets = useLibrary((s) => s.markets);
  const set = (part: Partial<AlongHistory>): void => backtestStore.getState().choose({ along: { ...along, ...part } });
  return (
    <>
      <Select
        size="xs"
        label="Market"
        placeholder="None stored: import one"
        searchable
        allowDeselect={false}
        data={markets.map(({ id, name }) => ({ value: id, label: name }))}
        value={along.market ?? null}
        onChange={(market) => market !== null && set({ market })}
      />
      <div className={styles.fields}>
        {(["from", "to"] as const).map((end) => (
          <DayField
            key={end}
            label={end === "from" ? "From" : "To"}
            day={along[end]}
            onDay={(day) => set({ [end]: day })}
          />
        ))}
      </div>
      <small className="muted">
        The book stays; each day the methods know the history up to it, and the loss is what the next days' changes do.
      </small>
    </>
  );
}

/** What a history holds, on demand. */
function HistoryDetail({ history }: { readonly history: Chosen }) {
  const [open, setOpen] = useState(false);
  const [summary, setSummary] = useState<Output<"history.summary">>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    if (!open || summary !== undefined) return;
    let left = false;
    void startJob("history.summary", { history: sourceOf(history) }, { label: "Coverage of a history" }).result.then(
      (answer) => {
        if (left) return;
        if (answer.ok) setSummary(answer.value);
        else setProblem(answer.failure.message);
      },
    );
    return () => {
      left = true;
    };
  }, [open, summary, history]);
  return (
    <details className={styles.coverage} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Coverage by risk factor</summary>
      {problem !== undefined && <p role="alert">{problem}</p>}
      {summary && <Coverage name={chosenName(history)} summary={summary} />}
    </details>
  );
}
