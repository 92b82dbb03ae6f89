import { type RefObject, useMemo, useRef } from "react";
import { borderKeys } from "../../figures/border-figure.ts";
import type { Camera } from "../../figures/camera.ts";
import { contourFigure } from "../../figures/contour-figure.ts";
import { type Figure, type Ink, lightInk, themeInk } from "../../figures/figure.ts";
import { type GridPoint, originOf } from "../../figures/grid.ts";
import type { Surface } from "../../figures/layer.ts";
import { type PlotHandle, PlotView } from "../../figures/plot.tsx";
import { bindingKeys } from "../../figures/regions.ts";
import { sliceFigure } from "../../figures/slice-figure.ts";
import { layerOfFigure, surfaceFigure } from "../../figures/surface-figure.ts";
import { surfaceWords } from "../../figures/words.ts";
import { useThemeName } from "../../state/preferences.ts";
import { DateMultiples } from "./date-multiples.tsx";
import { ReadOut } from "./read-out.tsx";
import styles from "./surface.module.css";
import type { SurfaceView } from "./surface-keys.ts";
import { SurfaceTable } from "./surface-table.tsx";
import { useLowPlace } from "./use-low-place.ts";
import { useRestHeight } from "./use-rest-height.ts";
import type { SurfacePointView } from "./use-surface-point.ts";
import type { ChartOptions } from "./use-surface-view.ts";

/** Views that are one figure. */
export type ChartView = Exclude<SurfaceView, "table" | "dates">;

interface SurfaceChartProps {
  readonly surface: Surface;
  readonly view: SurfaceView;
  readonly options: ChartOptions;
  readonly point: SurfacePointView;
  readonly plot: RefObject<PlotHandle | null>;
  readonly onCamera: (camera: Camera) => void;
  /** Surfaces of all dates, and which is on show. */
  readonly dates?: { readonly sheets: readonly Surface[]; readonly day: number; readonly onDay: (day: number) => void };
  /** Instead of the words of the layer: of a difference. */
  readonly words?: string;
}

/** One view of a surface with the read-out and the same thing in words. */
export function SurfaceChart(props: SurfaceChartProps) {
  const { surface, view, options, point, dates } = props;
  const own = useMemo(() => surfaceWords(surface, options.layer), [surface, options.layer]);
  const words = props.words ?? own;
  const place = useRef<HTMLDivElement>(null);
  const isLow = useLowPlace(place);
  const isMap = view === "contour" || view === "slices";
  const inWords = useRef<HTMLParagraphElement>(null);
  const wordsHeight = useRestHeight(inWords, surface.stage === "coarse");
  return (
    <>
      <ReadOut
        surface={surface}
        point={point.read}
        layer={options.layer}
        kind={point.kind}
        difference={options.difference}
      />
      <div ref={place} className={styles.chart} onPointerLeave={() => point.hover(undefined)}>
        {view === "table" && <SurfaceTable surface={surface} layer={options.layer} difference={options.difference} />}
        {view === "dates" && dates && <DateMultiples {...dates} layer={options.layer} />}
        {view !== "table" && view !== "dates" && <Chart {...props} view={view} words={words} isLow={isLow} />}
      </div>
      {(isMap || (view === "3d" && options.borders !== undefined)) && (
        <RegionKeys surface={surface} options={options} />
      )}
      <p ref={inWords} className={styles.words} style={wordsHeight}>
        {words} <span className={styles.keys}>{keyWords[view]}</span>
      </p>
    </>
  );
}

/** The largest regions are written out; the others are named by the read-out. */
const writtenKeys = 12;
/** Borders written out; all stand in the file of the surface. */
const writtenBorders = 8;

/** What letters and numbers of regions and borders stand for. */
function RegionKeys({ surface, options }: { readonly surface: Surface; readonly options: ChartOptions }) {
  const keys = useMemo(() => bindingKeys(surface), [surface]);
  const { borders, difference } = options;
  const numbered = useMemo(() => {
    const marks = borders?.by === "structure" ? borderKeys(borders, surface) : [];
    return [...new Map(marks.map((key) => [key.mark, key])).values()];
  }, [borders, surface]);
  const list = useRef<HTMLDListElement>(null);
  const height = useRestHeight(list, surface.stage === "coarse");
  if (difference === true) return null;
  return (
    <dl ref={list} className={styles.bindingKeys} style={height} aria-label="Regions and their borders">
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
      {numbered.slice(0, writtenBorders).map(({ mark, text }) => (
        <div key={mark}>
          <dt>{mark}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

const keyWords: Readonly<Record<SurfaceView, string>> = {
  "3d": "Keys: arrows rotate, + and − zoom, 0 reset, t f s a top, front, side, iso, [ ] dates, Enter table. Click a point to cut slices there.",
  contour: "Keys: arrows move the point, [ ] dates, Enter table. Click a point to cut slices there.",
  slices: "Keys: arrows move the cuts, [ ] dates, Enter table.",
  dates: "Keys: [ ] dates, Enter table.",
  table: "Enter goes back to the chart; Esc or F6 leaves the table.",
};

interface ChartProps extends SurfaceChartProps {
  readonly view: ChartView;
  readonly words: string;
  readonly isLow: boolean;
}

function Chart({ surface, view, options, point, plot, onCamera, words, isLow }: ChartProps) {
  const themeName = useThemeName();
  const { row, column } = point.selected ?? {};
  const figure = useMemo(() => {
    const selected = row === undefined || column === undefined ? undefined : { row, column };
    return figureOf(surface, view, { ...options, compact: isLow }, selected, themeInk(themeName));
  }, [surface, view, options, row, column, themeName, isLow]);
  return (
    <PlotView
      key={view}
      ref={plot}
      figure={figure}
      label={`${layerOfFigure(options).label}, ${viewWords[view]}`}
      description={words}
      {...(view === "3d" && { onCamera })}
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
  const { layer, borders } = options;
  if (view === "slices") return sliceFigure(surface, { layer, at: selected ?? originOf(surface), ink, borders });
  const drawn = { ...options, ink, ...(selected && { selected }) };
  return view === "3d" ? surfaceFigure(surface, drawn) : contourFigure(surface, drawn);
}
