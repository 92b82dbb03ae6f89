import { useMemo } from "react";
import type { ReverseStress } from "../../client/stress.ts";
import { themeInk } from "../../figures/figure.ts";
import { PlotView } from "../../figures/plot.tsx";
import { reverseLadderFigure, reverseLadderHeight } from "../../figures/reverse-stress-figure.ts";
import { DataGrid } from "../../grids/data-grid.tsx";
import { useThemeName } from "../../state/preferences.ts";
import { type RungRow, rungColumns, rungRows } from "./reverse-rows.ts";
import styles from "./reverse-stress.module.css";

const idOf = ({ id }: RungRow): string => id;

/** Each factor on its own in both directions; the table one key away. */
export function LadderView({ result, asTable }: { readonly result: ReverseStress; readonly asTable: boolean }) {
  const theme = useThemeName();
  const { ladder, mostDeviations } = result;
  const figure = useMemo(
    () => reverseLadderFigure(ladder, mostDeviations, themeInk(theme)),
    [ladder, mostDeviations, theme],
  );
  const rows = useMemo(() => rungRows(result), [result]);
  if (asTable)
    return (
      <div className={styles.fill}>
        <DataGrid<RungRow> label="Each factor on its own" rows={rows} columns={rungColumns} rowId={idOf} />
      </div>
    );
  const reached = rows.filter((rung) => rung.reached !== undefined).length;
  const words = `${reached} of ${rows.length} single moves reach the goal within ${mostDeviations} standard deviations.`;
  return (
    <>
      <div className={styles.chart} style={{ minHeight: reverseLadderHeight(ladder) }}>
        <PlotView key="ladder" figure={figure} label="Ladder of reverse stress" description={words} />
      </div>
      <p className={styles.words}>
        {words} When the others stay, the norm is larger than the factor's own deviations. <i>Enter shows the data.</i>
      </p>
    </>
  );
}
