import { Button, SegmentedControl, Select } from "@mantine/core";
import { memo, useCallback, useEffect, useMemo, useRef } from "react";
import { useSurfaceFrame } from "../../app/margin-frame.ts";
import { PanelFrame } from "../../app/panel-frame.tsx";
import { fitsSurface } from "../../figures/border-figure.ts";
import { hasLayer, type LayerId, layerOf, layers } from "../../figures/layer.ts";
import { usePanelInstance, usePanelState } from "../../state/panel-instance.ts";
import { sheetsOf, shownSheet, surfaceStore, useSurface } from "../../state/surface.ts";
import { type BorderChoice, bordersStore, useBorders } from "../../state/surface-borders.ts";
import { AxesControl } from "./axes-control.tsx";
import { CameraControl } from "./camera-control.tsx";
import { DateStepper } from "./date-stepper.tsx";
import { ShockSliders } from "./shock-sliders.tsx";
import styles from "./surface.module.css";
import { lightFigure, SurfaceChart } from "./surface-chart.tsx";
import { saveSurfacePng, surfaceCsv } from "./surface-export.ts";
import { type SurfaceView, surfaceViews } from "./surface-keys.ts";
import { useSurfaceView } from "./use-surface-view.ts";

export default function SurfaceScreen() {
  const frame = useSurfaceFrame();
  const whole = useSurface((s) => s.surface);
  const surface = useSurface(shownSheet);
  const axes = useSurface((s) => s.axes);
  const day = useSurface((s) => s.day);
  const shared = useSurface((s) => s.layer);
  const instance = usePanelInstance("surface");
  const [own, setOwn] = usePanelState<LayerId | undefined>("layer", undefined);
  // A duplicate has a layer of its own; slices and the second surface follow the first.
  const chosen = instance === "surface" ? shared : (own ?? shared);
  const found = useBorders((s) => s.borders);
  const portfolio = useSurface((s) => s.source?.portfolioName ?? "");
  const { setAxes, setLayer, setDay, watch } = surfaceStore.getState();
  const chooseLayer = instance === "surface" ? setLayer : setOwn;
  const inside = useRef<HTMLDivElement>(null);
  useEffect(() => watch(), [watch]);

  const sheets = useMemo(() => (whole ? sheetsOf(whole) : []), [whole]);
  const toDay = useCallback(
    (to: number) => setDay(Math.min(sheets.length - 1, Math.max(0, to))),
    [setDay, sheets.length],
  );
  const layer = surface && !hasLayer(surface, chosen) ? "maintenance" : chosen;
  const borders = found && surface && fitsSurface(found, surface) ? found : undefined;
  const state = useSurfaceView(inside, {
    ...{ panel: instance, surface, layer, borders },
    ...(sheets.length > 1 && { onDay: (step: number) => toDay(day + step) }),
  });
  const { setView, options, point, plot, turn, onCamera } = state;
  const view = state.view === "dates" && sheets.length < 2 ? "3d" : state.view;
  const isFigure = view !== "table" && view !== "dates";

  return (
    <PanelFrame
      panel="surface"
      title="Margin surface"
      {...frame}
      empty="The surface is computed when there is a portfolio and a market."
      csv={surface && (() => surfaceCsv(surface, borders))}
      menu={[
        {
          label: "Export PNG",
          disabled: !surface || !isFigure,
          onClick: () => {
            if (!surface || !isFigure) return;
            const figure = lightFigure(surface, view, options, point.selected);
            void saveSurfacePng(figure, surface, layer, portfolio, frame.marks ?? [], view !== "3d");
          },
        },
      ]}
      toolbar={
        <Toolbar
          layer={layer}
          hasRoom={!surface || hasLayer(surface, "headroom")}
          view={view}
          hasDates={sheets.length > 1}
          onLayer={chooseLayer}
          onView={setView}
        />
      }
    >
      {surface && (
        <div ref={inside} className={styles.layout}>
          <div className={styles.controls}>
            <AxesControl axes={axes} onApply={setAxes} rangeFixed={state.rangeFixed} onFixRange={state.fixRange} />
            <ShockSliders axes={axes} onChange={setAxes} />
            {sheets.length > 1 && <DateStepper days={sheets.map(({ days = 0 }) => days)} day={day} onDay={toDay} />}
            {isFigure && <BorderControl />}
            {view === "3d" && (
              <div className={styles.cameras}>
                <CameraControl onTurn={turn} />
              </div>
            )}
          </div>
          <SurfaceChart
            {...{ surface, view, options, point, plot, onCamera }}
            {...(sheets.length > 1 && { dates: { sheets, day, onDay: toDay } })}
          />
        </div>
      )}
    </PanelFrame>
  );
}

interface ToolbarProps {
  readonly layer: LayerId;
  /** The surface has the layers of balances. */
  readonly hasRoom: boolean;
  readonly view: SurfaceView;
  readonly hasDates: boolean;
  readonly onLayer: (layer: LayerId) => void;
  readonly onView: (view: SurfaceView) => void;
}

/** Layer and view. Drawn anew only when they change: a surface that moves comes many times a second. */
const Toolbar = memo(function Toolbar({ layer, hasRoom, view, hasDates, onLayer, onView }: ToolbarProps) {
  return (
    <>
      <Select
        size="xs"
        w={178}
        aria-label="Layer"
        allowDeselect={false}
        data={layers.map(({ id, label }) => ({ value: id, label, disabled: !hasRoom && ofBalances.includes(id) }))}
        value={layer}
        onChange={(id) => onLayer(layerOf((id ?? layer) as LayerId).id)}
      />
      <SegmentedControl
        size="xs"
        aria-label="View"
        data={surfaceViews.filter(({ value }) => value !== "dates" || hasDates).map((one) => ({ ...one }))}
        value={view}
        onChange={(value) => onView(surfaceViews.find((known) => known.value === value)?.value ?? "3d")}
      />
    </>
  );
});

const ofBalances: readonly LayerId[] = ["headroom", "callRoom"];

const borderChoices: readonly { readonly value: BorderChoice; readonly label: string }[] = [
  { value: "binding", label: "Borders: scenarios" },
  { value: "structure", label: "Borders: floors and tiers too" },
  { value: "off", label: "Borders: halfway" },
];

/** What the regions are told apart by, and whether their borders have been found. */
const BorderControl = memo(function BorderControl() {
  const by = useBorders((s) => s.by);
  const state = useBorders((s) => s.state);
  const borders = useBorders((s) => s.borders);
  const failure = useBorders((s) => s.failure);
  const words = {
    empty: "",
    loading: "looking for borders…",
    ready: borders ? `within ${borders.tolerance * 100} % of the axes` : "",
    error: failure?.message ?? "",
  }[state];
  return (
    <span className={styles.borders} data-borders={state} data-lines={borders?.lines.length ?? 0}>
      <Select
        size="xs"
        w={186}
        aria-label="Borders of regions"
        allowDeselect={false}
        data={borderChoices.map((one) => ({ ...one }))}
        value={by}
        onChange={(value) =>
          bordersStore.getState().setBy(borderChoices.find((one) => one.value === value)?.value ?? "binding")
        }
      />
      <small>{words}</small>
      {state === "error" && (
        <Button size="compact-xs" variant="default" onClick={() => bordersStore.getState().setBy(by)}>
          Try again
        </Button>
      )}
    </span>
  );
});
