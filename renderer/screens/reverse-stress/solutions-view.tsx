import { Button } from "@mantine/core";
import { useMemo } from "react";
import { formatNumber } from "../../../core/base/format.ts";
import answerPanel from "../../app/answer-panel.module.css";
import type { ReverseStress } from "../../client/stress.ts";
import { themeInk } from "../../figures/figure.ts";
import { PlotView } from "../../figures/plot.tsx";
import { solutionFigure } from "../../figures/reverse-stress-figure.ts";
import { DataGrid } from "../../grids/data-grid.tsx";
import { openPanel } from "../../state/layout.ts";
import { useThemeName } from "../../state/preferences.ts";
import { useReverse, useReversePanel } from "../../state/reverse-stress.ts";
import { stressSetsStore } from "../../state/stress-sets.ts";
import { type SolutionRow, solutionColumns, solutionRows } from "./reverse-rows.ts";
import { scenarioOf } from "./reverse-scenario.ts";
import styles from "./reverse-stress.module.css";
import { movesText, plausibilityWords } from "./reverse-words.ts";

const idOf = ({ id }: SolutionRow): string => id;

/** Distinct dangerous directions, nearest first, and the one that is read. */
export function SolutionsView({ result }: { readonly result: ReverseStress }) {
  const theme = useThemeName();
  const { select } = useReversePanel().store.getState();
  const place = useReverse((s) => s.selected);
  const rows = useMemo(() => solutionRows(result), [result]);
  const columns = useMemo(() => solutionColumns(result.factors), [result]);
  const solution = result.solutions[place] ?? result.solutions[0];
  const figure = useMemo(() => solution && solutionFigure(solution, themeInk(theme)), [solution, theme]);
  const selected = useMemo(() => [String(place)], [place]);
  const { rays, least } = result.search;
  if (!solution || !figure) {
    return (
      <p className={styles.words}>
        Searched along {formatNumber(rays, { decimals: 0 })} directions
        {least === undefined
          ? ""
          : `; the least left was ${formatNumber(least.left, { decimals: 0, unit: "USD" })} at ${formatNumber(least.norm)} standard deviations`}
        . See the ladder for each factor on its own.
      </p>
    );
  }
  const words = `Solution ${place + 1}: ${movesText(solution.moves, result.levels)}`;
  return (
    <>
      <div className={styles.grid} style={{ height: 46 + 25 * Math.min(6, rows.length) }}>
        <DataGrid<SolutionRow>
          label="Distinct solutions, most plausible first"
          rows={rows}
          columns={columns}
          rowId={idOf}
          selected={selected}
          onSelect={([row]) => row && select(row.place)}
        />
      </div>
      <p className={styles.words}>{plausibilityWords(solution, result.horizonDays)}</p>
      <div className={answerPanel.line}>
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => {
            stressSetsStore.getState().add(scenarioOf(result, solution), "Reverse stress");
            openPanel("scenarios");
          }}
        >
          Keep as a scenario
        </Button>
      </div>
      <div className={styles.chart} style={{ minHeight: 96 + 26 * solution.moves.length }}>
        <PlotView key="solution" figure={figure} label="Contributions to the move and its loss" description={words} />
      </div>
    </>
  );
}
