import { Button, Select } from "@mantine/core";
import { useEffect, useMemo } from "react";
import answerPanel from "../../app/answer-panel.module.css";
import type { Mark } from "../../app/marks.tsx";
import { PanelFrame } from "../../app/panel-frame.tsx";
import type { ProvenanceProps } from "../../app/provenance.tsx";
import { Segments } from "../../app/segments.tsx";
import { useWorkFrame } from "../../app/work-frame.ts";
import type { StressRun } from "../../client/stress.ts";
import { themeInk } from "../../figures/figure.ts";
import { PlotView } from "../../figures/plot.tsx";
import { rankingFigure, rankingHeight } from "../../figures/stress-figure.ts";
import { DataGrid } from "../../grids/data-grid.tsx";
import { usePanelState } from "../../state/panel-instance.ts";
import { useThemeName } from "../../state/preferences.ts";
import { useStress, useStressPanel } from "../../state/stress.ts";
import { stressSetsStore } from "../../state/stress-sets.ts";
import { useWork } from "../../state/work.ts";
import { drillCsv } from "./drill-rows.ts";
import { DrillView } from "./drill-view.tsx";
import {
  comparedColumns,
  factorText,
  outcomeColumns,
  rankedScenarios,
  type StressRow,
  stillInBook,
  stressCsv,
  stressRows,
} from "./result-rows.ts";
import styles from "./stress.module.css";
import { StressControls } from "./stress-controls.tsx";
import { pathSentence, runSentence } from "./stress-words.ts";

type View = "table" | "ranking" | "compared";

export default function StressScreen() {
  const { store, work, drill: drillWork } = useStressPanel();
  const run = useWork(work, (s) => s.value);
  const computedAtMs = useWork(work, (s) => s.computedAtMs);
  const drill = useWork(drillWork, (s) => s.value);
  const { run: start, replay } = store.getState();
  const frame = useWorkFrame(work, () => void start(), run && marksOf(run));
  useEffect(() => {
    if (stressSetsStore.getState().sets.length === 0) void stressSetsStore.getState().refresh();
  }, []);
  return (
    <PanelFrame
      panel="stress"
      title="Stress runs"
      help="stress"
      {...frame}
      remedies
      empty={
        <div className={answerPanel.start}>
          <p>
            What the book loses in the scenarios of the library, what its margin is there, and whether it is called or
            liquidated. Margin is recomputed at every stressed market.
          </p>
          <Button size="sm" onClick={() => void start()}>
            Run the shipped events
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => void replay(/2020-03|black thursday/i)}>
            Replay March 2020
          </Button>
        </div>
      }
      provenance={run && provenanceOf(run, computedAtMs)}
      csv={run && (() => stressCsv(run))}
      sheets={drill && (() => [{ name: "Positions", ...drillCsv(drill) }])}
      toolbar={<StressControls />}
    >
      {run && <Results run={run} />}
    </PanelFrame>
  );
}

const idOf = ({ id }: StressRow): string => id;

function Results({ run }: { readonly run: StressRun }) {
  const theme = useThemeName();
  const selected = useStress((s) => s.selected);
  const { select } = useStressPanel().store.getState();
  const [chosenView, setView] = usePanelState<View>("view", "table");
  const view = chosenView === "compared" && run.columns.length < 2 ? "table" : chosenView;
  const column = Math.min(selected?.column ?? 0, run.columns.length - 1);
  const rows = useMemo(() => stressRows(run, column), [run, column]);
  const compared = useMemo(() => comparedColumns(run), [run]);
  const outcomes = useMemo(() => outcomeColumns(run.mode), [run]);
  const figure = useMemo(
    () => rankingFigure(rankedScenarios(rows, selected?.scenario), themeInk(theme)),
    [rows, selected, theme],
  );
  const chosen = useMemo(() => (selected ? [selected.scenario] : []), [selected]);
  const sentence = runSentence(run, column);
  const path = pathSentence(run, column);
  const row = rows.find(({ id }) => id === selected?.scenario);
  // A short table leaves its space to the scenario that is open.
  const few = view !== "ranking" && rows.length < 7 ? { flex: "none", height: 64 + 25 * rows.length } : undefined;
  return (
    <div className={answerPanel.layout}>
      <p className={answerPanel.headline} aria-live="polite">
        {sentence}
      </p>
      {path !== undefined && <p className={styles.words}>{path}</p>}
      <div className={answerPanel.line}>
        <Segments
          label="View"
          options={[
            { value: "table", label: "Table" },
            { value: "ranking", label: "Ranking" },
            ...(run.columns.length > 1 ? [{ value: "compared" as const, label: "All methods" }] : []),
          ]}
          value={view}
          onChange={setView}
        />
        {run.columns.length > 1 && (
          <Select
            size="xs"
            w={230}
            aria-label="Method shown"
            allowDeselect={false}
            data={run.columns.map(({ label }, place) => ({ value: String(place), label }))}
            value={String(column)}
            onChange={(value) => value !== null && selected && select(selected.scenario, Number(value))}
          />
        )}
        <span className="muted">{modeWords(run)}</span>
      </div>
      <div className={styles.results} style={few}>
        {view === "ranking" ? (
          <div className={styles.scroll}>
            <div className={styles.ranking} style={{ height: rankingHeight(rows.length) }}>
              <PlotView
                key="ranking"
                figure={figure}
                label="Scenarios by loss"
                description={sentence}
                onClick={({ y }) => {
                  const hit = rows.filter(({ outcome }) => outcome)[Math.round(y)];
                  if (hit) select(hit.id, column);
                }}
              />
            </div>
          </div>
        ) : (
          <DataGrid<StressRow>
            key={view}
            label={view === "compared" ? "Scenarios under every method" : "Scenarios by loss"}
            rows={rows}
            columns={view === "compared" ? compared : outcomes}
            rowId={idOf}
            selected={chosen}
            onSelect={([first]) => first && select(first.id, column)}
            emptyText="No scenario could be computed."
          />
        )}
      </div>
      {row && <DrillView scenario={row.scenario} outcome={row.outcome} />}
    </div>
  );
}

function modeWords({ mode, scale, parameters, scenarios }: StressRun): string {
  const how =
    mode === "instant"
      ? "event at once"
      : mode === "path"
        ? "step by step; worst step of each path first, other amounts are of the event at once"
        : `event at once, each shock × ${scale}`;
  const count = scenarios.length === 1 ? "1 scenario" : `${scenarios.length} scenarios`;
  return `${count}, ${how}, rules of ${parameters === "today" ? "today" : "the event's day"}`;
}

function marksOf({ synthetic, columns, scenarios }: StressRun): Mark[] {
  const excluded = new Set(columns.flatMap((column) => column.excluded.map(({ symbol }) => symbol)));
  const leftOut = new Set(columns.flatMap((column) => column.leftOut.map(({ symbol }) => symbol)));
  const remarks = [...new Set(columns.flatMap((column) => column.remarks))];
  const failed = columns.filter(({ failure }) => failure).length;
  const accuracy = columns.some((column) => column.accuracy === "unsupported")
    ? "unsupported"
    : columns.some((column) => column.accuracy === "approximate")
      ? "approximate"
      : "exact";
  const still = new Set(scenarios.flatMap((scenario) => stillInBook(scenario).map(factorText)));
  const missing = excluded.size + leftOut.size;
  return [
    ...(synthetic
      ? [{ kind: "synthetic", text: "synthetic", detail: "Generated data, not a real book or market." } as const]
      : []),
    ...(columns.some(({ overridden }) => overridden)
      ? [{ kind: "override", text: "override", detail: "Parameters of a rulebook are overridden." } as const]
      : []),
    ...(missing > 0 || failed > 0
      ? [
          {
            kind: "partial",
            text: failed > 0 ? `${failed} ${failed === 1 ? "method" : "methods"} missing` : `${missing} left out`,
            detail: [
              ...columns.flatMap(({ label, failure }) => (failure ? [`${label}: ${failure.message}`] : [])),
              ...[...excluded, ...leftOut].map((symbol) => `${symbol} is left out by a method`),
            ]
              .slice(0, 12)
              .join(" · "),
          } as const,
        ]
      : []),
    ...(still.size > 0
      ? [
          {
            kind: "set",
            text: `${still.size} not moved`,
            detail: `No figure, so not moved in some scenarios: ${[...still].join(" · ")}`,
          } as const,
        ]
      : []),
    ...(accuracy === "exact"
      ? []
      : [
          {
            kind: accuracy === "approximate" ? ("approx" as const) : ("unsupported" as const),
            text: accuracy,
            ...(remarks.length > 0 && { detail: remarks.slice(0, 8).join(" · ") }),
          },
        ]),
  ];
}

function provenanceOf(run: StressRun, computedAtMs: number | undefined): ProvenanceProps {
  const [first] = run.columns;
  const accuracies = run.columns.map(({ accuracy }) => accuracy);
  return {
    portfolio: run.portfolioName,
    market: run.marketName,
    asOfMs: run.asOfMs,
    methodology: run.columns.length === 1 && first ? first.methodology.id : `${run.columns.length} methods`,
    version: run.columns.length === 1 ? (first?.version ?? "") : "",
    accuracy: accuracies.includes("unsupported")
      ? "unsupported"
      : accuracies.includes("approximate")
        ? "approximate"
        : "exact",
    computedAtMs,
    history: run.historyName,
  };
}
