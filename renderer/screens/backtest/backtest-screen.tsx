import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { FailureBanner } from "../../app/failure-banner.tsx";
import { PanelFrame } from "../../app/panel-frame.tsx";
import type { Failure } from "../../client/types.ts";
import { backtestStore, useBacktest } from "../../state/backtest.ts";
import { missingOf, nameOfSetup } from "../../state/backtest-setup.ts";
import { libraryStore, useLibrary } from "../../state/library.ts";
import { session } from "../../state/session.ts";
import { openHelp } from "../../state/workspace.ts";
import styles from "./backtest.module.css";
import { BookForm } from "./book-form.tsx";
import { alongTheHistory, DataForm } from "./data-form.tsx";
import { type ImportedData, ImportOutcomeBox, useDataImport } from "./data-import.tsx";
import { MethodsForm } from "./methods-form.tsx";
import { StoredBacktests } from "./stored-backtests.tsx";
import { TermsForm } from "./terms-form.tsx";

export default function BacktestScreen() {
  const panels = useLibrary((s) => s.panels);
  const stored = useLibrary((s) => s.backtests);
  const setup = useBacktest((s) => s.setup);
  const state = useBacktest((s) => s.state);
  const progress = useBacktest((s) => s.progress);
  const jobId = useBacktest((s) => s.jobId);
  const failure = useBacktest((s) => s.failure);
  const cancelled = useBacktest((s) => s.cancelled);
  const { run, loadExample } = backtestStore.getState();
  const [problem, setProblem] = useState<Failure>();
  const [imported, setImported] = useState<ImportedData>();
  const importing = useDataImport(setImported, setProblem);
  useEffect(() => void libraryStore.getState().refresh(), []);
  usePrefill();
  const missing = missingOf(setup);
  const running = state === "loading";
  const started = panels.length > 0 || stored.length > 0 || setup.along !== undefined;
  return (
    <PanelFrame
      panel="backtest"
      title="Back-test"
      state={running ? "loading" : state === "error" ? "error" : started ? "ready" : "empty"}
      failure={failure}
      onRetry={() => void run()}
      progress={progress}
      jobId={jobId}
      help="backtest"
      menu={[
        { label: "Load the synthetic example", onClick: () => void loadExample(), disabled: running },
        { label: "How histories are read", onClick: () => openHelp("history") },
      ]}
      empty={
        <div className={styles.start}>
          <p>
            What would a method have asked of a book day by day, and was it enough? Import option chains of many days,
            or start with a worked example: a fall of bitcoin, a short strangle, five methods.
          </p>
          <Button size="sm" onClick={() => void loadExample()}>
            Load the synthetic example
          </Button>
          {importing.chooser("panel", "Import chains of many days", "xs")}
          <Button size="xs" variant="default" onClick={() => backtestStore.getState().choose(alongTheHistory())}>
            Walk one book along a history
          </Button>
          {problem && <FailureBanner failure={problem} />}
        </div>
      }
      toolbar={
        started && (
          <>
            <Button size="compact-xs" disabled={missing !== undefined || running} onClick={() => void run()}>
              Run
            </Button>
            <span className="muted">{missing ?? nameOfSetup(setup)}</span>
          </>
        )
      }
    >
      {started && (
        <div className={styles.layout}>
          {problem && <FailureBanner failure={problem} />}
          {cancelled && <output className={styles.note}>Cancelled; the days so far can be resumed below.</output>}
          {imported && <ImportOutcomeBox imported={imported} onClose={() => setImported(undefined)} />}
          <DataForm importing={importing} />
          <BookForm />
          <MethodsForm />
          <TermsForm />
          <StoredBacktests onFailure={setProblem} />
        </div>
      )}
    </PanelFrame>
  );
}

/** The session's method and portfolio, and the newest panel, until the user chooses. */
function usePrefill(): void {
  const panels = useLibrary((s) => s.panels);
  const chosen = useBacktest((s) => s.setup.panel);
  useEffect(() => {
    const { setup, choose, addMethod, state } = backtestStore.getState();
    if (state === "loading") return;
    const { portfolio, methodology, rules, overrides } = session.getState();
    const [newest] = panels;
    if (newest !== undefined && !panels.some(({ id }) => id === chosen)) choose({ panel: newest.id });
    if (setup.methods.length === 0) {
      choose({ portfolio });
      addMethod({ methodology, rules, overrides, calibration: "day" });
    }
  }, [panels, chosen]);
}
