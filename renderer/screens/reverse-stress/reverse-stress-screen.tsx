import { Button } from "@mantine/core";
import { useMemo, useRef, useState } from "react";
import answerPanel from "../../app/answer-panel.module.css";
import { PanelFrame } from "../../app/panel-frame.tsx";
import { Segments } from "../../app/segments.tsx";
import { stressMarks, stressProvenance } from "../../app/stress-frame.ts";
import { usePanelKeys } from "../../app/use-panel-keys.ts";
import { useWorkFrame } from "../../app/work-frame.ts";
import type { ReverseStress } from "../../client/stress.ts";
import { DataGrid } from "../../grids/data-grid.tsx";
import { useReversePanel } from "../../state/reverse-stress.ts";
import { useWork } from "../../state/work.ts";
import { CovarianceView } from "./covariance-view.tsx";
import { LadderView } from "./ladder-view.tsx";
import { PushView } from "./push-view.tsx";
import { ReverseControls } from "./reverse-controls.tsx";
import { type PairRow, pairColumns, pairRows, reverseCsv } from "./reverse-rows.ts";
import styles from "./reverse-stress.module.css";
import { reverseSentence } from "./reverse-words.ts";
import { SolutionsView } from "./solutions-view.tsx";

const views = [
  { value: "solutions", label: "Solutions" },
  { value: "ladder", label: "Ladder" },
  { value: "pairs", label: "Pairs" },
  { value: "push", label: "Push" },
  { value: "covariance", label: "Covariance" },
] as const;
type View = (typeof views)[number]["value"];

export default function ReverseStressScreen() {
  const { store, work } = useReversePanel();
  const result = useWork(work, (s) => s.value);
  const computedAtMs = useWork(work, (s) => s.computedAtMs);
  const [view, setView] = useState<View>("solutions");
  const { find } = store.getState();
  const frame = useWorkFrame(work, () => void find(), result && stressMarks(result));
  return (
    <PanelFrame
      panel="reverse-stress"
      title="Reverse stress"
      help="stress"
      {...frame}
      remedies
      empty={
        <div className={answerPanel.start}>
          <p>
            Asks the question backwards: which smallest plausible move of prices and volatilities exhausts equity,
            triggers maintenance or a call, or loses an amount. Choose the goal above.
          </p>
          <Button size="sm" onClick={() => void find()}>
            Find the smallest move
          </Button>
        </div>
      }
      provenance={result && stressProvenance(result, computedAtMs)}
      csv={result && (() => reverseCsv(result))}
      toolbar={<ReverseControls />}
    >
      {result && <Answer result={result} view={view} onView={setView} />}
    </PanelFrame>
  );
}

interface AnswerProps {
  readonly result: ReverseStress;
  readonly view: View;
  readonly onView: (view: View) => void;
}

function Answer({ result, view, onView }: AnswerProps) {
  const inside = useRef<HTMLDivElement>(null);
  const [asTable, setTable] = useState(false);
  usePanelKeys(inside, (key) => {
    if (key !== "Enter" || view !== "ladder") return false;
    setTable(!asTable);
    return true;
  });
  return (
    <div ref={inside} className={answerPanel.layout}>
      <p className={answerPanel.headline} aria-live="polite">
        {reverseSentence(result)}
      </p>
      <div className={answerPanel.line}>
        <Segments label="View" options={views} value={view} onChange={onView} />
        {view === "solutions" && result.solutions.length > 0 && (
          <span className="muted">
            {result.solutions.length === 1 ? "1 distinct move" : `${result.solutions.length} distinct moves`}, most
            plausible first
          </span>
        )}
      </div>
      {view === "solutions" && <SolutionsView result={result} />}
      {view === "ladder" && <LadderView result={result} asTable={asTable} />}
      {view === "pairs" && <Pairs result={result} />}
      {view === "push" && <PushView />}
      {view === "covariance" && <CovarianceView result={result} />}
    </div>
  );
}

const idOf = ({ id }: PairRow): string => id;

function Pairs({ result }: { readonly result: ReverseStress }) {
  const rows = useMemo(() => pairRows(result), [result]);
  return (
    <div className={styles.fill}>
      <DataGrid<PairRow>
        label="Two factors while the others stay"
        rows={rows}
        columns={pairColumns}
        rowId={idOf}
        emptyText="One factor only: there are no pairs."
      />
    </div>
  );
}
