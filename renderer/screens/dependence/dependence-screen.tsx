import { Button } from "@mantine/core";
import { useMemo, useRef, useState } from "react";
import answerPanel from "../../app/answer-panel.module.css";
import { PanelFrame } from "../../app/panel-frame.tsx";
import { Segments } from "../../app/segments.tsx";
import { stressMarks, stressProvenance } from "../../app/stress-frame.ts";
import { usePanelKeys } from "../../app/use-panel-keys.ts";
import { useWorkFrame } from "../../app/work-frame.ts";
import type { Dependence } from "../../client/stress.ts";
import { dependenceFigure } from "../../figures/dependence-figure.ts";
import { themeInk } from "../../figures/figure.ts";
import { PlotView } from "../../figures/plot.tsx";
import { DataGrid } from "../../grids/data-grid.tsx";
import { useDependencePanel } from "../../state/dependence.ts";
import { useThemeName } from "../../state/preferences.ts";
import { useWork } from "../../state/work.ts";
import styles from "./dependence.module.css";
import { DependenceControls } from "./dependence-controls.tsx";
import {
  type BlendRow,
  blendColumns,
  blendRows,
  type ClusterRow,
  clusterColumns,
  clusterRows,
  dependenceCsv,
  dependenceSentence,
  type PairRow,
  pairColumns,
  pairRows,
} from "./dependence-rows.ts";

const views = [
  { value: "curve", label: "Curve" },
  { value: "correlations", label: "Table" },
  { value: "pairs", label: "Pairs" },
  { value: "clusters", label: "Clusters" },
] as const;
type View = (typeof views)[number]["value"];

export default function DependenceScreen() {
  const { store, work } = useDependencePanel();
  const answer = useWork(work, (s) => s.value);
  const computedAtMs = useWork(work, (s) => s.computedAtMs);
  const { compute } = store.getState();
  const frame = useWorkFrame(work, () => void compute(), answer && stressMarks(answer));
  return (
    <PanelFrame
      panel="dependence"
      title="Diversification failure"
      help="stress"
      {...frame}
      remedies
      empty={
        <div className={answerPanel.start}>
          <p>
            What the margin saves because underlyings offset each other, and how much of that goes when correlations go
            to one, apart, or to those of stressed days.
          </p>
          <Button size="sm" onClick={() => void compute()}>
            Compute
          </Button>
        </div>
      }
      provenance={answer && stressProvenance(answer, computedAtMs)}
      csv={answer && (() => dependenceCsv(answer))}
      toolbar={<DependenceControls />}
    >
      {answer && <Answer answer={answer} />}
    </PanelFrame>
  );
}

const idOf = ({ id }: { readonly id: string }): string => id;

function Answer({ answer }: { readonly answer: Dependence }) {
  const theme = useThemeName();
  const inside = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<View>("curve");
  const figure = useMemo(() => dependenceFigure(answer, themeInk(theme)), [answer, theme]);
  const blends = useMemo(() => blendRows(answer), [answer]);
  const pairs = useMemo(() => pairRows(answer), [answer]);
  const clusters = useMemo(() => clusterRows(answer), [answer]);
  const sentence = dependenceSentence(answer);
  usePanelKeys(inside, (key) => {
    if (key !== "Enter" || (view !== "curve" && view !== "correlations")) return false;
    setView(view === "curve" ? "correlations" : "curve");
    return true;
  });
  return (
    <div ref={inside} className={answerPanel.layout}>
      <p className={answerPanel.headline} aria-live="polite">
        {sentence}
      </p>
      <div className={answerPanel.line}>
        <Segments label="View" options={views} value={view} onChange={setView} />
        {view === "clusters" && (
          <span className="muted">Average linkage of price correlations; between clusters the rest.</span>
        )}
        {view === "pairs" && answer.pairsLeftOut > 0 && (
          <span className="muted">{answer.pairsLeftOut} more pairs are not computed</span>
        )}
      </div>
      <div className={styles.fill}>
        {view === "curve" && (
          <PlotView
            key="curve"
            figure={figure}
            label="Relief lost under stressed correlations"
            description={sentence}
          />
        )}
        {view === "correlations" && (
          <DataGrid<BlendRow> label="Stressed correlations" rows={blends} columns={blendColumns} rowId={idOf} />
        )}
        {view === "pairs" && (
          <DataGrid<PairRow> label="Relief by pair" rows={pairs} columns={pairColumns} rowId={idOf} />
        )}
        {view === "clusters" && (
          <DataGrid<ClusterRow> label="Relief by cluster" rows={clusters} columns={clusterColumns} rowId={idOf} />
        )}
      </div>
      <p className={styles.words}>
        Expected shortfall at {answer.confidence * 100} % over {answer.horizonDays}{" "}
        {answer.horizonDays === 1 ? "day" : "days"}, delta-gamma with normal factors; {answer.covarianceSource}.{" "}
        {view === "curve" && <i>Enter shows the data.</i>}
      </p>
    </div>
  );
}
