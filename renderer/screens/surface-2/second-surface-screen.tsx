import { Select } from "@mantine/core";
import { useEffect, useMemo, useRef } from "react";
import { useSurfaceFrame } from "../../app/margin-frame.ts";
import { PanelFrame } from "../../app/panel-frame.tsx";
import { Segments } from "../../app/segments.tsx";
import { differenceSurface, worstWords } from "../../figures/difference.ts";
import { hasLayer, type LayerId, layers } from "../../figures/layer.ts";
import { chosenName, useSession } from "../../state/session.ts";
import { sheetsOf, shownSheet, surfaceStore, useSurface } from "../../state/surface.ts";
import { compareStore, differencesOf, isOther, useCompare } from "../../state/surface-compare.ts";
import { CameraControl } from "../surface/camera-control.tsx";
import styles from "../surface/surface.module.css";
import { lightFigure, SurfaceChart } from "../surface/surface-chart.tsx";
import { saveSurfacePng, surfaceCsv } from "../surface/surface-export.ts";
import { surfaceViews } from "../surface/surface-keys.ts";
import { useSurfaceView } from "../surface/use-surface-view.ts";
import { OtherControl, otherWords } from "./other-control.tsx";

/** A second surface beside the first: another layer, method, book, market or date, or A − B. */
export default function SecondSurfaceScreen() {
  const own = useSurfaceFrame();
  const sheet = useSurface(shownSheet);
  const whole = useSurface((s) => s.surface);
  const day = useSurface((s) => s.day);
  const layerOfA = useSurface((s) => s.layer);
  const other = useCompare((s) => s.other);
  const ownLayer = useCompare((s) => s.layer);
  const show = useCompare((s) => s.show);
  const compared = useCompare((s) => s.difference);
  const portfolio = useSession((s) => s.result?.portfolioName ?? "");
  const frame = useCompareFrame(own);
  const inside = useRef<HTMLDivElement>(null);
  const { setLayer, setShow, watch } = compareStore.getState();
  useEffect(() => watch(), [watch]);
  useEffect(() => surfaceStore.getState().watch(), []);

  const isSame = !isOther(other);
  const difference = compared && (differencesOf(compared)[day] ?? compared);
  const differs = show === "difference" && !isSame;
  const surface = useMemo(() => {
    if (isSame) return sheet;
    return difference && (differs ? differenceSurface(difference) : difference.b);
  }, [isSame, sheet, difference, differs]);
  const wanted = ownLayer ?? layerOfA;
  const layer = surface && !hasLayer(surface, wanted) ? "maintenance" : wanted;
  const words = differs && difference ? worstWords(difference, layer).join(" ") : undefined;
  const dates = whole ? sheetsOf(whole).length : 0;
  const state = useSurfaceView(inside, {
    ...{ panel: "surface-2", surface, layer, difference: differs },
    ...(dates > 1 && {
      onDay: (step: number) => surfaceStore.getState().setDay(Math.min(dates - 1, Math.max(0, day + step))),
    }),
  });
  const { setView, options, point, plot, turn, onCamera } = state;
  const view = state.view === "dates" ? "3d" : state.view;
  const title = differs ? `A − B, B: ${otherWords(other)}` : `B: ${otherWords(other)}`;

  return (
    <PanelFrame
      panel="surface-2"
      title="Second surface"
      {...frame}
      empty="Choose another layer, method, book, market or date to see beside the margin surface."
      csv={surface && (() => surfaceCsv(surface))}
      menu={[
        {
          label: "Export PNG",
          disabled: !surface || view === "table",
          onClick: () => {
            if (!surface || view === "table") return;
            const figure = lightFigure(surface, view, options, point.selected);
            void saveSurfacePng(figure, surface, layer, `${portfolio} · ${title}`, frame.marks ?? [], view !== "3d");
          },
        },
      ]}
      toolbar={
        <>
          <Select
            size="xs"
            w={178}
            aria-label="Layer of the second surface"
            allowDeselect={false}
            data={[
              { value: "", label: "Layer as in A" },
              ...layers.map(({ id, label }) => ({
                value: id,
                label,
                disabled: surface !== undefined && !hasLayer(surface, id),
              })),
            ]}
            value={ownLayer ?? ""}
            onChange={(id) => setLayer(layers.find((known) => known.id === id)?.id as LayerId | undefined)}
          />
          <Segments
            label="View of the second surface"
            options={surfaceViews.filter(({ value }) => value !== "dates")}
            value={view}
            onChange={setView}
          />
        </>
      }
    >
      <div ref={inside} className={styles.layout}>
        <div className={styles.controls}>
          <OtherControl />
          {!isSame && (
            <Segments
              label="B or the difference"
              options={[
                { value: "other", label: "B" },
                { value: "difference", label: "A − B" },
              ]}
              value={show}
              onChange={setShow}
            />
          )}
          {view === "3d" && surface && (
            <div className={styles.cameras}>
              <CameraControl onTurn={turn} />
            </div>
          )}
        </div>
        {differs && difference && (
          <ul className={styles.worst} aria-label="Worst points">
            {worstWords(difference, layer).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
        {surface && (
          <SurfaceChart
            {...{ surface, view, options, point, plot, onCamera }}
            {...(words !== undefined && { words })}
          />
        )}
      </div>
    </PanelFrame>
  );
}

type Frame = ReturnType<typeof useSurfaceFrame>;

/** The frame of the comparison; of the first surface where only the layer is another one. */
function useCompareFrame(own: Frame): Frame {
  const other = useCompare((s) => s.other);
  const state = useCompare((s) => s.state);
  const failure = useCompare((s) => s.failure);
  const progress = useCompare((s) => s.progress);
  const jobId = useCompare((s) => s.jobId);
  const difference = useCompare((s) => s.difference);
  const computedAtMs = useCompare((s) => s.computedAtMs);
  if (!isOther(other)) return own;
  const { b } = difference ?? {};
  const marks = (own.marks ?? []).filter(({ kind }) => kind !== "coarse" && kind !== "stale" && kind !== "approx");
  return {
    // The choice of B must stay within reach when its surface failed or is not there yet.
    state: state === "empty" ? "loading" : state,
    ...{ failure, progress, jobId, notice: undefined },
    remedies: false,
    fresh: b?.stage === "coarse",
    onRetry: () => void compareStore.getState().recalculate(),
    provenance: b &&
      own.provenance && {
        ...{ ...own.provenance, computedAtMs, asOfMs: b.asOfMs },
        ...{ methodology: b.methodology, version: b.version, accuracy: b.accuracy },
        ...(other.portfolio && { portfolio: chosenName(other.portfolio) }),
        ...(other.market && { market: chosenName(other.market) }),
      },
    marks: [
      ...marks,
      ...(b?.accuracy === "approximate" ? [{ kind: "approx", text: b.accuracy } as const] : []),
      ...(b?.stage === "coarse" ? [{ kind: "coarse", text: "coarse" } as const] : []),
    ],
  };
}
