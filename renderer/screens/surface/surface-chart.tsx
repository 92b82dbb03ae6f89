import { type RefObject, useMemo } from "react";
import { contourFigure } from "../../figures/contour-figure.ts";
import { type Figure, type Ink, lightInk, themeInk } from "../../figures/figure.ts";
import { type GridPoint, originOf } from "../../figures/grid.ts";
import { layerOf, type Surface } from "../../figures/layer.ts";
import { type PlotHandle, PlotView } from "../../figures/plot.tsx";
import { bindingKeys } from "../../figures/regions.ts";
import { sliceFigure } from "../../figures/slice-figure.ts";
import { type FigureOptions, surfaceFigure } from "../../figures/surface-figure.ts";
import { surfaceWords } from "../../figures/words.ts";
import { useThemeName } from "../../state/preferences.ts";
import { ReadOut } from "./read-out.tsx";
import styles from "./surface.module.css";
import type { SurfaceView } from "./surface-keys.ts";
import { SurfaceTable } from "./surface-table.tsx";
import type { SurfacePointView } from "./use-surface-point.ts";

type ChartView = Exclude<SurfaceView, "table">;
type ChartOptions = Omit<FigureOptions, "ink" | "selected">;

interface SurfaceChartProps {
  readonly surface: Surface;
  readonly view: SurfaceView;
  readonly options: ChartOptions;
  readonly point: SurfacePointView;
  readonly plot: RefObject<PlotHandle | null>;
}

/** One view of a surface with the read-out and the same thing in words. */
export function SurfaceChart({ surface, view, options, point, plot }: SurfaceChartProps) {
  const words = useMemo(() => surfaceWords(surface, options.layer), [surface, options.layer]);
  return (
    <>
      <ReadOut surface={surface} point={point.read} layer={options.layer} kind={point.kind} />
      <div className={styles.chart} onPointerLeave={() => point.hover(undefined)}>
        {view === "table" ? (
          <SurfaceTable surface={surface} layer={options.layer} />
        ) : (
          <Chart surface={surface} view={view} options={options} point={point} plot={plot} words={words} />
        )}
      </div>
      {(view === "contour" || view === "slices") && <BindingKeys surface={surface} />}
      <p className={styles.words}>
        {words} <span className={styles.keys}>{keyWords[view]}</span>
      </p>
    </>
  );
}

/** The largest regions are written out; the others are named by the read-out. */
const writtenKeys = 12;

/** What the letters of map and slices stand for. */
function BindingKeys({ surface }: { readonly surface: Surface }) {
  const keys = useMemo(() => bindingKeys(surface), [surface]);
  return (
    <dl className={styles.bindingKeys} aria-label="Binding scenarios">
      {keys.slice(0, writtenKeys).map(({ letter, label }) => (
        <div key={label}>
          <dt>{letter}</dt>
          <dd>{label}</dd>
        </div>
      ))}
      {keys.length > writtenKeys && (
        <div>
          <dt>…</dt>
          <dd>{keys.length - writtenKeys} more: see the read-out or the table</dd>
        </div>
      )}
    </dl>
  );
}

const keyWords: Readonly<Record<SurfaceView, string>> = {
  "3d": "Keys: arrows rotate, + and − zoom, 0 reset, t f s top, front, side, Enter table. Click a point to cut slices there.",
  contour: "Keys: arrows move the point, Enter table. Click a point to cut slices there.",
  slices: "Keys: arrows move the cuts, Enter table.",
  table: "Enter goes back to the chart; Esc or F6 leaves the table.",
};

interface ChartProps extends SurfaceChartProps {
  readonly view: ChartView;
  readonly words: string;
}

function Chart({ surface, view, options, point, plot, words }: ChartProps) {
  const themeName = useThemeName();
  const { row, column } = point.selected ?? {};
  const figure = useMemo(() => {
    const selected = row === undefined || column === undefined ? undefined : { row, column };
    return figureOf(surface, view, options, selected, themeInk(themeName));
  }, [surface, view, options, row, column, themeName]);
  return (
    <PlotView
      key={view}
      ref={plot}
      figure={figure}
      label={`${layerOf(options.layer).label}, ${viewWords[view]}`}
      description={words}
      {...(view !== "slices" && { onHover: point.hover, onClick: point.select })}
    />
  );
}

const viewWords: Readonly<Record<ChartView, string>> = {
  "3d": "3D surface over price move and volatility change",
  contour: "contour map over price move and volatility change",
  slices: "cuts over price and over volatility",
};

/** The figure as it goes into an export. */
export function lightFigure(
  surface: Surface,
  view: ChartView,
  options: ChartOptions,
  selected: GridPoint | undefined,
): Figure {
  return figureOf(surface, view, options, selected, lightInk);
}

function figureOf(
  surface: Surface,
  view: ChartView,
  options: ChartOptions,
  selected: GridPoint | undefined,
  ink: Ink,
): Figure {
  if (view === "slices") return sliceFigure(surface, options.layer, selected ?? originOf(surface), ink);
  const drawn = { ...options, ink, ...(selected && { selected }) };
  return view === "3d" ? surfaceFigure(surface, drawn) : contourFigure(surface, drawn);
}
