import { Select } from "@mantine/core";
import { useMemo, useState } from "react";
import { formatNumber } from "../../../core/base/format.ts";
import { FigureBody } from "../../app/figure-body.tsx";
import { saveFigurePng } from "../../app/figure-export.ts";
import { staleMark } from "../../app/margin-frame.ts";
import type { Mark } from "../../app/marks.tsx";
import { PanelFrame } from "../../app/panel-frame.tsx";
import { Segments } from "../../app/segments.tsx";
import { type Ink, lightInk, themeInk } from "../../figures/figure.ts";
import { normalQuantile } from "../../figures/normal-quantile.ts";
import { quantilePairs, type TailData } from "../../figures/tail.ts";
import { histogramFigure, quantileFigure } from "../../figures/tail-figure.ts";
import { type FigureTable, figureCsv } from "../../grids/figure-grid.tsx";
import { useBacktest } from "../../state/backtest.ts";
import { useThemeName } from "../../state/preferences.ts";
import { session, useSession } from "../../state/session.ts";
import { useValidation, validationStore } from "../../state/validation.ts";
import { tailSources } from "./tail-sources.ts";

type View = "histogram" | "quantiles" | "table";
const views = [
  { value: "histogram", label: "Histogram" },
  { value: "quantiles", label: "QQ" },
  { value: "table", label: "Table" },
] as const;
const confidences = [0.95, 0.975, 0.99, 0.995, 0.997];

export default function TailScreen() {
  const shown = useBacktest((s) => s.shown);
  const running = useBacktest((s) => s.state === "loading");
  const result = useSession((s) => s.result);
  const stale = useSession((s) => s.state === "stale");
  const confidence = useValidation((s) => s.confidence);
  const theme = useThemeName();
  const [view, setView] = useState<View>("histogram");
  const [sourceId, setSource] = useState<string>();
  const sources = useMemo(() => tailSources(shown, result, confidence), [shown, result, confidence]);
  const source = sources.find(({ id }) => id === sourceId) ?? sources[0];
  const data = source?.data;
  const drawn = view === "table" ? "histogram" : view;
  const figure = useMemo(() => data && figureOf(data, drawn, themeInk(theme)), [data, drawn, theme]);
  const table = useMemo(() => data && tableOf(data), [data]);
  const ofBacktest = source?.id === "backtest";
  const marks: Mark[] = [
    ...((ofBacktest ? shown?.result.synthetic : result?.synthetic)
      ? [{ kind: "synthetic", text: "synthetic", detail: "Generated data." } as const]
      : []),
    ...(data && data.losses.length < data.of
      ? [{ kind: "partial", text: "tail only", detail: data.note } as const]
      : []),
    ...(!ofBacktest && stale && source ? [staleMark] : []),
  ];
  return (
    <PanelFrame
      panel="tail"
      title="Tail"
      state={source === undefined ? (running ? "loading" : "empty") : !ofBacktest && stale ? "stale" : "ready"}
      onRetry={() => void session.getState().recalculate()}
      marks={marks}
      help="validation"
      empty="Run a back-test, or choose a method that measures a tail, such as var-es-margin."
      csv={
        table &&
        data &&
        (() => figureCsv(table, [data.note, ...data.lines.map(({ label, value }) => `${label} ${value}`)]))
      }
      menu={[
        {
          label: "Export PNG",
          disabled: !data,
          onClick: () => {
            if (!data) return;
            void saveFigurePng(figureOf(data, drawn, lightInk), {
              title: `${data.title}, ${data.unit}`,
              lines: [data.note, marks.map(({ text }) => text).join(", ")].filter((line) => line !== ""),
              name: `tail-${drawn}`,
            });
          },
        },
      ]}
      toolbar={
        source && (
          <>
            <Select
              size="xs"
              w={330}
              aria-label="Losses of"
              allowDeselect={false}
              data={sources.map(({ id, label }) => ({ value: id, label }))}
              value={source.id}
              onChange={(id) => setSource(id ?? undefined)}
            />
            {ofBacktest && (
              <Select
                size="xs"
                w={92}
                aria-label="Confidence"
                allowDeselect={false}
                data={confidences.map((value) => ({ value: String(value), label: `${value * 100} %` }))}
                value={String(confidence)}
                onChange={(value) =>
                  value !== null && void validationStore.getState().choose({ confidence: Number(value) })
                }
              />
            )}
            <Segments label="View" options={views} value={view} onChange={setView} />
          </>
        )
      }
    >
      {data && figure && table && (
        <FigureBody
          kind={drawn}
          figure={figure}
          table={table}
          asTable={view === "table"}
          onTable={(asTable) => setView(asTable ? "table" : "histogram")}
          label={`${data.title}, ${drawn}`}
          words={`${data.note}.`}
          head={data.lines.map(({ label, value, kind }) => (
            <span key={label} className={kind === "margin" ? "muted" : undefined} data-line={kind}>
              {label} <b className="numeric">{formatNumber(value, { decimals: 0 })}</b> {data.unit}
            </span>
          ))}
        />
      )}
    </PanelFrame>
  );
}

function figureOf(data: TailData, view: "histogram" | "quantiles", ink: Ink) {
  return view === "histogram" ? histogramFigure(data, ink) : quantileFigure(data, ink);
}

function tableOf(data: TailData): FigureTable {
  const { losses, labels } = quantilePairs(data);
  return {
    columns: [
      { header: "Rank, worst first", decimals: 0, width: 110 },
      { header: "What", width: 320 },
      { header: `Loss, ${data.unit}`, decimals: 2, width: 140 },
      { header: "Normal quantile", decimals: 3, width: 120 },
    ],
    rows: losses.map((loss, rank) => [rank + 1, labels[rank], loss, -normalQuantile((rank + 0.5) / data.of)]),
  };
}
