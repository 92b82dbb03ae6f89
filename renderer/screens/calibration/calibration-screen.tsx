import { useEffect, useMemo } from "react";
import { FigureBody } from "../../app/figure-body.tsx";
import { saveFigurePng } from "../../app/figure-export.ts";
import { syntheticMark } from "../../app/margin-frame.ts";
import { PanelFrame } from "../../app/panel-frame.tsx";
import { Segments } from "../../app/segments.tsx";
import { palettes } from "../../app/theme/palettes.ts";
import { useWorkFrame } from "../../app/work-frame.ts";
import type { FilteredHistory, HistoryCorrelation } from "../../client/through-time.ts";
import { correlationFigure, lastWindows, residualFigure, volatilityFigure } from "../../figures/calibration-figure.ts";
import { type Figure, type Ink, lightInk, themeInk } from "../../figures/figure.ts";
import { type FigureTable, figureCsv } from "../../grids/figure-grid.tsx";
import { type CalibrationView, useCalibration, useCalibrationPanel } from "../../state/calibration.ts";
import { libraryStore } from "../../state/library.ts";
import { usePanelState } from "../../state/panel-instance.ts";
import { usePreferences, useThemeName } from "../../state/preferences.ts";
import { chosenName } from "../../state/session.ts";
import { useWork } from "../../state/work.ts";
import { CalibrationControls } from "./calibration-controls.tsx";
import { correlationTable, correlationWords, filterTable, filterWords } from "./calibration-words.ts";

/** Windows shown; the filter always runs over all of them. */
const lengths = [
  { value: "365", label: "1 y" },
  { value: "1095", label: "3 y" },
  { value: "all", label: "All" },
] as const;

export default function CalibrationScreen() {
  const { filterWork, correlationWork } = useCalibrationPanel();
  const view = useCalibration((s) => s.view);
  const history = useCalibration((s) => s.history);
  const filtered = useWork(filterWork, (s) => s.value);
  const correlation = useWork(correlationWork, (s) => s.value);
  const compute = useCalibration((s) => s.compute);
  const marks = useCalibration((s) => s.synthetic) ? [syntheticMark] : [];
  const filterFrame = useWorkFrame(filterWork, () => void compute(), marks);
  const correlationFrame = useWorkFrame(correlationWork, () => void compute(), marks);
  const frame = view === "correlation" ? correlationFrame : filterFrame;
  const theme = useThemeName();
  const palette = usePreferences((s) => s.palette);
  const [length, setLength] = usePanelState<(typeof lengths)[number]["value"]>("length", "1095");
  const [asTable, setTable] = usePanelState("asTable", false);
  useEffect(() => {
    if (filterWork.getState().value === undefined) void compute();
    void libraryStore.getState().refresh();
  }, [filterWork, compute]);

  const content = useMemo(
    () =>
      contentOf(view, { filtered, correlation, count: length === "all" ? Number.POSITIVE_INFINITY : Number(length) }),
    [view, filtered, correlation, length],
  );
  const diverging = palettes[palette].steps;
  const figure = useMemo(() => content?.figure(themeInk(theme), diverging), [content, theme, diverging]);
  return (
    <PanelFrame
      panel="calibration"
      title="Calibration"
      {...frame}
      help="history"
      empty={view === "correlation" ? "Choose two factors or more." : "Choose a history and a risk factor."}
      csv={content && (() => figureCsv(content.table, [`history ${chosenName(history)}`, content.words]))}
      menu={[
        {
          label: "Export PNG",
          disabled: !content,
          onClick: () => {
            if (!content) return;
            void saveFigurePng(content.figure(lightInk, diverging), {
              title: `${content.title}, ${chosenName(history)}`,
              lines: content.words.split("; "),
              name: `calibration-${view}`,
            });
          },
        },
      ]}
      toolbar={
        <>
          <CalibrationControls />
          {view !== "correlation" && (
            <Segments label="Time shown" options={lengths} value={length} onChange={setLength} />
          )}
        </>
      }
    >
      {content && figure && (
        <FigureBody
          kind={view}
          figure={figure}
          table={content.table}
          asTable={asTable}
          onTable={setTable}
          label={content.title}
          words={`${content.words}.`}
        />
      )}
    </PanelFrame>
  );
}

interface Content {
  readonly title: string;
  readonly words: string;
  readonly table: FigureTable;
  readonly figure: (ink: Ink, diverging: readonly string[]) => Figure;
}

interface Computed {
  readonly filtered: FilteredHistory | undefined;
  readonly correlation: HistoryCorrelation | undefined;
  readonly count: number;
}

function contentOf(view: CalibrationView, { filtered, correlation, count }: Computed): Content | undefined {
  if (view === "correlation") {
    return (
      correlation && {
        title: "Correlation of risk factors",
        words: correlationWords(correlation),
        table: correlationTable(correlation),
        figure: (ink, diverging) => correlationFigure(correlation, { ink, diverging }),
      }
    );
  }
  if (!filtered) return undefined;
  const shown = lastWindows(filtered, count);
  return {
    title: view === "volatility" ? "Changes and forecast volatility" : "Standardised residuals",
    words: filterWords(filtered),
    table: filterTable(filtered),
    figure: (ink) => (view === "volatility" ? volatilityFigure(shown, ink) : residualFigure(shown, ink)),
  };
}
