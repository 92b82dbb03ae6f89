import { Select } from "@mantine/core";
import { useEffect, useState } from "react";
import { Coverage } from "../../app/history/history-coverage.tsx";
import type { Output } from "../../client/types.ts";
import { backtestStore, useBacktest } from "../../state/backtest.ts";
import { startJob } from "../../state/jobs.ts";
import { useLibrary } from "../../state/library.ts";
import { type Chosen, chosenName, sourceOf } from "../../state/session.ts";
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
  const note = panels.find(({ id }) => id === panel)?.note;
  return (
    <fieldset className={styles.group}>
      <legend>Data</legend>
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
