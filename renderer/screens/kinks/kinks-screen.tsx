import { Button, Select } from "@mantine/core";
import { useEffect, useMemo, useState } from "react";
import { FigureBody } from "../../app/figure-body.tsx";
import { PanelFrame } from "../../app/panel-frame.tsx";
import { Segments } from "../../app/segments.tsx";
import { stressMarks, stressProvenance } from "../../app/stress-frame.ts";
import { useWorkFrame } from "../../app/work-frame.ts";
import type { Kink, KinkDistance } from "../../client/stress.ts";
import { themeInk } from "../../figures/figure.ts";
import { kinkAt, kinkFigure, ladderHeight } from "../../figures/kink-figure.ts";
import { type LadderRow, ladderRows } from "../../figures/kink-ladder.ts";
import { DataGrid } from "../../grids/data-grid.tsx";
import { useKinks, useKinksPanel } from "../../state/kinks.ts";
import { useThemeName } from "../../state/preferences.ts";
import { useWork } from "../../state/work.ts";
import { type KinkAnswer, kinkAnswer } from "./kink-answer.ts";
import { KinkDetail, moveSurfacePoint } from "./kink-detail.tsx";
import { type KinkRow, kinkColumns, kinkCsv, kinkRows } from "./kink-rows.ts";
import styles from "./kinks.module.css";

const stepChoices = ["20", "50", "100", "200"];
const idOf = ({ id }: KinkRow): string => id;

export default function KinksScreen() {
  const { store, work } = useKinksPanel();
  const distance = useWork(work, (s) => s.value);
  const computedAtMs = useWork(work, (s) => s.computedAtMs);
  const steps = useKinks((s) => s.steps);
  const { compute, watch, setSteps } = store.getState();
  const [asTable, setTable] = useState(false);
  const frame = useWorkFrame(work, () => void compute(), distance && stressMarks(distance));
  useEffect(() => watch(), [watch]);
  const rows = useMemo(() => (distance ? ladderRows(distance) : []), [distance]);
  const listed = useMemo(() => (distance ? kinkRows(rows, distance) : []), [rows, distance]);
  const answer = useMemo(() => distance && kinkAnswer(distance), [distance]);
  return (
    <PanelFrame
      panel="kinks"
      title="Next kinks"
      help="stress"
      {...frame}
      remedies
      empty={
        <div className={styles.start}>
          <p>How far price, volatility, size or time must move until a call, a liquidation or a change of the rules.</p>
          <Button size="sm" onClick={() => void compute()}>
            Find the next call
          </Button>
        </div>
      }
      provenance={distance && stressProvenance(distance, computedAtMs)}
      csv={distance && (() => kinkCsv(listed, distance))}
      toolbar={
        <>
          <Segments
            label="View"
            options={[
              { value: "ladder", label: "Ladder" },
              { value: "table", label: "Table" },
            ]}
            value={asTable ? "table" : "ladder"}
            onChange={(value) => setTable(value === "table")}
          />
          <Select
            size="xs"
            w={104}
            aria-label="Steps in each direction"
            title="Steps in each direction: a change that is undone inside one is not seen"
            allowDeselect={false}
            data={stepChoices.map((value) => ({ value, label: `${value} steps` }))}
            value={String(steps)}
            onChange={(value) => value !== null && void setSteps(Number(value))}
          />
          <Button size="compact-xs" variant="default" onClick={() => void compute()}>
            Compute
          </Button>
        </>
      }
    >
      {distance && answer && <Ladder {...{ distance, answer, rows, listed, asTable }} onTable={setTable} />}
    </PanelFrame>
  );
}

interface LadderProps {
  readonly distance: KinkDistance;
  readonly answer: KinkAnswer;
  readonly rows: readonly LadderRow[];
  readonly listed: readonly KinkRow[];
  readonly asTable: boolean;
  readonly onTable: (asTable: boolean) => void;
}

function Ladder({ distance, answer, rows, listed, asTable, onTable }: LadderProps) {
  const theme = useThemeName();
  const { store } = useKinksPanel();
  const selected = useKinks((s) => s.selected);
  const figure = useMemo(() => kinkFigure(rows, themeInk(theme), selected), [rows, theme, selected]);
  const chosen = listed.find(({ kink }) => kink === selected);
  const chosenIds = useMemo(() => (chosen ? [chosen.id] : []), [chosen]);
  const select = (kink: Kink | undefined): void => {
    store.getState().select(kink);
    const row = rows.find(({ kinks }) => kink !== undefined && kinks.includes(kink));
    if (row && kink) moveSurfacePoint(row, kink);
  };
  return (
    <div className={styles.layout}>
      <div className={styles.answer} aria-live="polite">
        <p className={styles.headline}>{answer.headline}</p>
        <ul>
          {answer.others.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      </div>
      <div className={styles.body} style={{ minHeight: asTable ? 260 : ladderHeight(rows) }}>
        <FigureBody
          kind="kinks"
          figure={figure}
          table={{ columns: [], rows: [] }}
          twin={
            <DataGrid<KinkRow>
              label="Kinks by axis, nearest first"
              rows={listed}
              columns={kinkColumns}
              rowId={idOf}
              selected={chosenIds}
              onSelect={([row]) => row && select(row.kink)}
              onOpen={({ kink }) => select(kink)}
              emptyText="Nothing changes within the range searched."
            />
          }
          asTable={asTable}
          onTable={onTable}
          label="Distance to the next kinks"
          words={`${listed.length} ${listed.length === 1 ? "kink" : "kinks"} within the range searched.`}
          onClick={(point) => select(kinkAt(rows, point))}
        />
      </div>
      {chosen && <KinkDetail row={chosen.row} kink={chosen.kink} distance={distance} />}
    </div>
  );
}
