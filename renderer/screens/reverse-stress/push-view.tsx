import { Button, Select } from "@mantine/core";
import { useMemo } from "react";
import { formatNumber } from "../../../core/base/format.ts";
import answerPanel from "../../app/answer-panel.module.css";
import { FailureBanner } from "../../app/failure-banner.tsx";
import { WorkProgress } from "../../app/progress.tsx";
import { categoriesOf } from "../../app/theme/palettes.ts";
import type { FactorPush, StressPush } from "../../client/stress.ts";
import { shortFactor } from "../../figures/calibration-figure.ts";
import { themeInk } from "../../figures/figure.ts";
import { PlotView } from "../../figures/plot.tsx";
import { pushFigure } from "../../figures/push-figure.ts";
import { type GridColumn, numberColumn, textColumn } from "../../grids/columns.ts";
import { DataGrid } from "../../grids/data-grid.tsx";
import { useThemeName } from "../../state/preferences.ts";
import { useReverse, useReversePanel } from "../../state/reverse-stress.ts";
import { useWork } from "../../state/work.ts";
import styles from "./reverse-stress.module.css";
import { movesText, pushSentence } from "./reverse-words.ts";

const pushes = ["1", "2", "3", "5", "10"];
const money = (value: number | null | undefined): string => formatNumber(value, { decimals: 0, signed: true });

const columns: GridColumn<FactorPush>[] = [
  textColumn<FactorPush>({ id: "factor", header: "Factor", value: ({ factor }) => shortFactor(factor), width: 110 }),
  numberColumn<FactorPush>({
    ...{ id: "down", header: "Pushed down, USD", value: ({ downPnlUsd }) => downPnlUsd, format: money, width: 130 },
    signal: true,
  }),
  numberColumn<FactorPush>({
    ...{ id: "up", header: "Pushed up, USD", value: ({ upPnlUsd }) => upPnlUsd, format: money, width: 124 },
    signal: true,
  }),
  textColumn<FactorPush>({ id: "losing", header: "Losing side", value: ({ losing }) => losing, width: 100 }),
];
const idOf = ({ factor }: FactorPush): string => factor;

/** Each factor pushed to its losing side, all of them together, and the largest loss within an ellipsoid of moves. */
export function PushView() {
  const { store, push: pushWork } = useReversePanel();
  const push = useWork(pushWork, (s) => s.value);
  const state = useWork(pushWork, (s) => s.state);
  const failure = useWork(pushWork, (s) => s.failure);
  const progress = useWork(pushWork, (s) => s.progress);
  const jobId = useWork(pushWork, (s) => s.jobId);
  const pushed = useReverse((s) => s.pushed);
  const start = (deviations: number): void => void store.getState().push(deviations);
  return (
    <>
      <div className={answerPanel.line}>
        <Select
          size="xs"
          w={130}
          aria-label="Deviations each factor is pushed"
          allowDeselect={false}
          data={pushes.map((value) => ({ value, label: `${value} deviations` }))}
          value={String(pushed)}
          onChange={(value) => value !== null && start(Number(value))}
        />
        <Button size="compact-xs" variant="default" onClick={() => start(pushed)}>
          Push
        </Button>
        {state === "stale" && <span className={styles.warning}>⟳ stale: inputs changed since this push</span>}
      </div>
      {state === "error" && failure && <FailureBanner failure={failure} onRetry={() => start(pushed)} />}
      {state === "loading" && <WorkProgress progress={progress} jobId={jobId} overlay={false} />}
      {push ? (
        <Pushed push={push} />
      ) : (
        <p className={styles.words}>
          Pushes each factor both ways, keeps the losing side, and applies all losing sides together: conservative, as
          it ignores correlation.
        </p>
      )}
    </>
  );
}

function Pushed({ push }: { readonly push: StressPush }) {
  const theme = useThemeName();
  const figure = useMemo(
    () => pushFigure(push, { ink: themeInk(theme), categories: categoriesOf(theme) }),
    [push, theme],
  );
  const sentence = pushSentence(push);
  return (
    <>
      <p className={styles.said}>{sentence}</p>
      <p className={styles.words}>
        Together: {movesText(push.together.factors, push.levels)}. Ellipsoid:{" "}
        {movesText(push.ellipsoid.worst.factors, push.levels)}.
      </p>
      <div className={styles.grid} style={{ height: 46 + 25 * Math.min(6, push.alone.length) }}>
        <DataGrid<FactorPush> label="Each factor pushed alone" rows={push.alone} columns={columns} rowId={idOf} />
      </div>
      <div className={styles.chart} style={{ minHeight: 230 }}>
        <PlotView key="push" figure={figure} label="Sensitivity ladder" description={sentence} />
      </div>
    </>
  );
}
