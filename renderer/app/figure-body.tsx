import { type ReactNode, useRef } from "react";
import type { Figure } from "../figures/figure.ts";
import { type PlotPart, type PlotPoint, PlotView } from "../figures/plot.tsx";
import { FigureGrid, type FigureTable } from "../grids/figure-grid.tsx";
import styles from "./figure-panel.module.css";
import { usePanelKeys } from "./use-panel-keys.ts";

interface FigureBodyProps {
  /** Changes with the kind of figure: another kind is drawn anew. */
  readonly kind: string;
  readonly figure: Figure;
  readonly table: FigureTable;
  readonly asTable: boolean;
  readonly onTable: (asTable: boolean) => void;
  /** Accessible name and the same in words. */
  readonly label: string;
  readonly words: string;
  /** Stands above the chart. */
  readonly head?: ReactNode;
  /** Stands for the plain table where rows can be opened. */
  readonly twin?: ReactNode;
  readonly onClick?: (point: PlotPoint) => void;
  readonly onPart?: (part: PlotPart) => void;
}

/** A chart with its data one key away, and in words. */
export function FigureBody(props: FigureBodyProps) {
  const { kind, figure, table, asTable, onTable, label, words, head, twin, onClick, onPart } = props;
  const inside = useRef<HTMLDivElement>(null);
  usePanelKeys(inside, (key) => {
    if (key !== "Enter") return false;
    onTable(!asTable);
    return true;
  });
  return (
    <div ref={inside} className={styles.layout}>
      {head !== undefined && <div className={styles.line}>{head}</div>}
      <div className={styles.chart}>
        {asTable ? (
          (twin ?? <FigureGrid label={label} table={table} />)
        ) : (
          <PlotView
            key={kind}
            figure={figure}
            label={label}
            description={words}
            {...(onClick && { onClick })}
            {...(onPart && { onPart })}
          />
        )}
      </div>
      <p className={styles.words}>
        {words} <i>{asTable ? "Enter goes back to the chart." : "Enter shows the data."}</i>
      </p>
    </div>
  );
}
