import { Button, SegmentedControl, Select } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";
import { useSurfaceFrame } from "../../app/margin-frame.ts";
import { PanelFrame } from "../../app/panel-frame.tsx";
import { usePanelKeys } from "../../app/use-panel-keys.ts";
import { type Camera, cameras } from "../../figures/camera.ts";
import { extremes } from "../../figures/grid.ts";
import { hasLayer, type LayerId, layerOf, layers } from "../../figures/layer.ts";
import type { PlotHandle } from "../../figures/plot.tsx";
import { usePreferences } from "../../state/preferences.ts";
import { useSession } from "../../state/session.ts";
import { useSurface } from "../../state/surface.ts";
import { AxesControl } from "./axes-control.tsx";
import { ShockSliders } from "./shock-sliders.tsx";
import styles from "./surface.module.css";
import { lightFigure, SurfaceChart } from "./surface-chart.tsx";
import { saveSurfacePng, surfaceCsv } from "./surface-export.ts";
import { actionOf, type SurfaceView, surfaceViews } from "./surface-keys.ts";
import { useSurfacePoint } from "./use-surface-point.ts";

interface FixedRange {
  readonly layer: LayerId;
  readonly low: number;
  readonly high: number;
}

export default function SurfaceScreen() {
  const frame = useSurfaceFrame();
  const surface = useSurface((s) => s.surface);
  const axes = useSurface((s) => s.axes);
  const setAxes = useSurface((s) => s.setAxes);
  const chosen = useSurface((s) => s.layer);
  const setLayer = useSurface((s) => s.setLayer);
  const watch = useSurface((s) => s.watch);
  const portfolio = useSession((s) => s.result?.portfolioName ?? "");
  const palette = usePreferences((s) => s.palette);
  const [view, setView] = useState<SurfaceView>("3d");
  const [fixed, setFixed] = useState<FixedRange>();
  const inside = useRef<HTMLDivElement>(null);
  const plot = useRef<PlotHandle>(null);
  const point = useSurfacePoint(surface);
  useEffect(() => watch(), [watch]);

  const layer = surface && !hasLayer(surface, chosen) ? "maintenance" : chosen;
  const range = fixed?.layer === layer ? fixed : undefined;
  const options = useMemo(() => ({ layer, palette, ...(range && { range }) }), [layer, palette, range]);
  const turn = (change: (camera: Camera) => Camera): void => plot.current?.setCamera(change);

  usePanelKeys(inside, (key) => {
    const action = actionOf(key, view);
    if (!action || !surface) return false;
    if (action.kind === "camera") turn(action.change);
    else if (action.kind === "move") point.move(action.rows, action.columns);
    else setView(view === "table" ? "3d" : "table");
    return true;
  });

  return (
    <PanelFrame
      panel="surface"
      title="Margin surface"
      {...frame}
      empty="The surface is computed when there is a portfolio and a market."
      csv={surface && (() => surfaceCsv(surface))}
      menu={[
        {
          label: "Export PNG",
          disabled: !surface || view === "table",
          onClick: () => {
            if (!surface || view === "table") return;
            const figure = lightFigure(surface, view, options, point.selected);
            void saveSurfacePng(figure, surface, layer, portfolio, frame.marks ?? [], view !== "3d");
          },
        },
      ]}
      toolbar={
        <>
          <Select
            size="xs"
            w={178}
            aria-label="Layer"
            allowDeselect={false}
            data={layers.map(({ id, label }) => ({
              value: id,
              label,
              disabled: surface !== undefined && !hasLayer(surface, id),
            }))}
            value={layer}
            onChange={(id) => setLayer(layerOf((id ?? layer) as LayerId).id)}
          />
          <SegmentedControl
            size="xs"
            aria-label="View"
            data={[...surfaceViews]}
            value={view}
            onChange={(value) => setView(surfaceViews.find((known) => known.value === value)?.value ?? "3d")}
          />
        </>
      }
    >
      {surface && (
        <div ref={inside} className={styles.layout}>
          <div className={styles.controls}>
            <AxesControl
              axes={axes}
              onApply={setAxes}
              rangeFixed={range !== undefined}
              onFixRange={(keep) => {
                if (!surface || !keep) return setFixed(undefined);
                const { min, max } = extremes(surface, layer);
                setFixed({ layer, low: Math.min(0, min), high: Math.max(0, max) });
              }}
            />
            <ShockSliders axes={axes} onChange={setAxes} />
            {view === "3d" && (
              <Button.Group aria-label="Camera">
                {(["default", "top", "front", "side"] as const).map((name) => (
                  <Button key={name} size="compact-xs" variant="default" onClick={() => turn(() => cameras[name])}>
                    {cameraWords[name]}
                  </Button>
                ))}
              </Button.Group>
            )}
          </div>
          <SurfaceChart surface={surface} view={view} options={options} point={point} plot={plot} />
        </div>
      )}
    </PanelFrame>
  );
}

const cameraWords = { default: "Reset", top: "Top", front: "Front", side: "Side" } as const;
