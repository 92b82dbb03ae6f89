import { type ReactNode, useMemo, useRef, useState } from "react";
import { formatInstant } from "../../../core/base/format.ts";
import { useBacktestFrame } from "../../app/backtest-frame.ts";
import type { CsvTable } from "../../app/download.ts";
import { saveFigurePng } from "../../app/figure-export.ts";
import { PanelFrame } from "../../app/panel-frame.tsx";
import { Segments } from "../../app/segments.tsx";
import { categoriesOf } from "../../app/theme/palettes.ts";
import { usePanelKeys } from "../../app/use-panel-keys.ts";
import { backtestFigure } from "../../figures/backtest-figure.ts";
import {
  type BacktestSeries,
  backtestSeries,
  seriesBetween,
  seriesWords,
  stepped,
} from "../../figures/backtest-series.ts";
import { lightInk, themeInk } from "../../figures/figure.ts";
import { PlotView } from "../../figures/plot.tsx";
import { backtestStore, useBacktest } from "../../state/backtest.ts";
import { openPanel } from "../../state/layout.ts";
import { useThemeName } from "../../state/preferences.ts";
import { DayReadOut } from "./day-read-out.tsx";
import styles from "./series.module.css";
import { SeriesLegend } from "./series-legend.tsx";
import { firstZoom, type Zoom, zoomRange, zooms } from "./zoom.ts";

export default function SeriesScreen() {
  const frame = useBacktestFrame();
  const shown = useBacktest((s) => s.shown);
  const day = useBacktest((s) => s.day);
  const theme = useThemeName();
  const [chosenZoom, setZoom] = useState<{ readonly name: string | undefined; readonly zoom: Zoom }>();
  const series = useMemo(() => shown && backtestSeries(shown.result), [shown]);
  const name = shown?.name;
  // Another back-test begins with a zoom of its own.
  const zoom = chosenZoom?.name === name && chosenZoom ? chosenZoom.zoom : firstZoom(series?.timesMs.length ?? 0);
  const { selectDay } = backtestStore.getState();
  const centre = centreOf(series?.timesMs, zoom, day);

  const part = useMemo(() => {
    if (!series) return undefined;
    const { fromMs, toMs } = zoomRange(series.timesMs, zoom, centre);
    return seriesBetween(series, fromMs, toMs);
  }, [series, zoom, centre]);
  const words = useMemo(() => (series ? seriesWords(series) : ""), [series]);
  const figure = useMemo(
    () =>
      part &&
      backtestFigure(part, { ink: themeInk(theme), categories: categoriesOf(theme), day, range: `${name} ${zoom}` }),
    [part, theme, day, name, zoom],
  );

  return (
    <PanelFrame
      panel="backtest-series"
      title="Margin through time"
      {...frame}
      csv={series && (() => seriesCsv(series))}
      menu={[
        {
          label: "Export PNG",
          disabled: !part || !shown,
          onClick: () => {
            if (!part || !shown) return;
            const light = { ink: lightInk, categories: categoriesOf("light"), day, legend: true, range: "" };
            void saveFigurePng(backtestFigure(part, light), {
              title: `Margin through time: ${shown.name}`,
              lines: [words, ...(frame.marks ?? []).map(({ text }) => text)],
              name: "backtest-series",
              width: 1400,
            });
          },
        },
      ]}
      toolbar={
        <>
          {shown && (
            <Segments
              label="Time shown"
              options={zooms}
              value={zoom}
              onChange={(value) => setZoom({ name, zoom: value })}
            />
          )}
          {shown && <span className="muted">{shown.name}</span>}
        </>
      }
    >
      {shown && figure && series && (
        <SeriesKeys series={series} day={day}>
          <DayReadOut shown={shown} day={day} />
          <SeriesLegend series={series} categories={categoriesOf(theme)} />
          <div className={styles.chart}>
            <PlotView
              figure={figure}
              label="Margin and losses through time"
              description={words}
              onClick={({ x }) => selectDay(nearestTime(series.timesMs, x))}
            />
          </div>
          <p className={styles.words}>
            <i>Keys: ← → day, b next and B previous breach, Enter to the days. Drag to zoom, double-click to undo.</i>
          </p>
        </SeriesKeys>
      )}
    </PanelFrame>
  );
}

interface SeriesKeysProps {
  readonly series: BacktestSeries;
  readonly day: number | undefined;
  readonly children: ReactNode;
}

/** The content with its keys, which exist as long as there is something to move in. */
function SeriesKeys({ series, day, children }: SeriesKeysProps) {
  const inside = useRef<HTMLDivElement>(null);
  const { selectDay, nextBreach } = backtestStore.getState();
  usePanelKeys(inside, (key) => {
    const anyBreach = (place: number): boolean => series.methods.some(({ breach }) => breach[place]);
    if (key === "ArrowRight") selectDay(stepped(series.timesMs, day, 1));
    else if (key === "ArrowLeft") selectDay(stepped(series.timesMs, day, -1));
    else if (key === "b") nextBreach();
    else if (key === "B") selectDay(stepped(series.timesMs, day, -1, anyBreach));
    else if (key === "Enter") openPanel("backtest-days");
    else return false;
    return true;
  });
  return (
    <div ref={inside} className={styles.layout}>
      {children}
    </div>
  );
}

/** What the chart is zoomed around: the end, unless the chosen day would not be in it. */
function centreOf(timesMs: readonly number[] | undefined, zoom: Zoom, day: number | undefined): number | undefined {
  if (!timesMs || day === undefined) return undefined;
  return day < zoomRange(timesMs, zoom, undefined).fromMs ? day : undefined;
}

function nearestTime(timesMs: readonly number[], x: number): number | undefined {
  return timesMs.reduce<number | undefined>(
    (best, ms) => (best === undefined || Math.abs(ms - x) < Math.abs(best - x) ? ms : best),
    undefined,
  );
}

function seriesCsv({ timesMs, lossUsd, methods }: BacktestSeries): CsvTable {
  return {
    header: [
      "time (UTC)",
      "loss over the close-out period (USD, loss > 0)",
      ...methods.flatMap(({ label }) => [`${label} initial margin (USD)`, `${label} breach`, `${label} call (USD)`]),
    ],
    rows: timesMs.map((ms, place) => [
      formatInstant(ms),
      lossUsd[place],
      ...methods.flatMap(({ initialUsd, breach, callUsd }) => [initialUsd[place], breach[place], callUsd[place]]),
    ]),
    remarks: methods.flatMap(({ label, changes }) =>
      changes.map(({ atMs, words }) => `${formatInstant(atMs)} ${label}: rules ${words}`),
    ),
  };
}
