import { type RefObject, useCallback, useEffect, useMemo, useRef } from "react";
import { usePanelKeys } from "../../app/use-panel-keys.ts";
import type { Borders } from "../../figures/border-figure.ts";
import { type Camera, cameras, isSameCamera } from "../../figures/camera.ts";
import { extremes } from "../../figures/grid.ts";
import type { LayerId, Surface } from "../../figures/layer.ts";
import type { PlotHandle } from "../../figures/plot.tsx";
import type { FigureOptions } from "../../figures/surface-figure.ts";
import { cameraStore, readNamedCameras } from "../../state/camera-link.ts";
import { usePanelState } from "../../state/panel-instance.ts";
import { usePreferences } from "../../state/preferences.ts";
import { actionOf, type SurfaceView } from "./surface-keys.ts";
import { type SurfacePointView, useSurfacePoint } from "./use-surface-point.ts";

interface FixedRange {
  readonly layer: LayerId;
  readonly low: number;
  readonly high: number;
}

export type ChartOptions = Omit<FigureOptions, "ink" | "selected">;

interface SurfaceViewInput {
  readonly panel: string;
  readonly surface: Surface | undefined;
  readonly layer: LayerId;
  readonly borders?: Borders | undefined;
  readonly difference?: boolean;
  readonly onDay?: (step: number) => void;
}

/** What a panel with a surface keeps to itself: view, camera, fixed height, the point it talks about. */
export interface SurfaceViewState {
  readonly view: SurfaceView;
  readonly setView: (view: SurfaceView) => void;
  readonly options: ChartOptions;
  readonly point: SurfacePointView;
  readonly plot: RefObject<PlotHandle | null>;
  readonly turn: (change: (camera: Camera) => Camera) => void;
  readonly onCamera: (camera: Camera) => void;
  readonly rangeFixed: boolean;
  readonly fixRange: (keep: boolean) => void;
}

/** The state of a surface panel, its keys, and its camera linked with the other panels'. */
export function useSurfaceView(inside: RefObject<HTMLElement | null>, input: SurfaceViewInput): SurfaceViewState {
  const { panel, surface, layer, borders, difference = false, onDay } = input;
  const palette = usePreferences((s) => s.palette);
  const [view, setView] = usePanelState<SurfaceView>("view", "3d");
  const [fixed, setFixed] = usePanelState<FixedRange | undefined>("range", undefined);
  const plot = useRef<PlotHandle>(null);
  const point = useSurfacePoint(surface);
  const range = fixed?.layer === layer ? fixed : undefined;
  const options = useMemo(
    () => ({
      ...{ layer, palette, difference },
      camera: cameraStore.getState().latest?.camera ?? cameras.default,
      ...(range && { range }),
      ...(borders && { borders }),
    }),
    [layer, palette, range, borders, difference],
  );
  // The same functions whatever is on show, so that controls need not be drawn anew.
  const turn = useCallback((change: (camera: Camera) => Camera): void => plot.current?.setCamera(change), []);
  const shown = useRef({ surface, layer, setFixed });
  shown.current = { surface, layer, setFixed };
  const fixRange = useCallback((keep: boolean): void => {
    const { surface: now, layer: of, setFixed: fix } = shown.current;
    if (!now || !keep) fix(undefined);
    else {
      const { min, max } = extremes(now, of);
      fix({ layer: of, low: Math.min(0, min), high: Math.max(0, max) });
    }
  }, []);
  useEffect(() => void readNamedCameras(), []);
  const followed = useRef<Camera>(undefined);
  useEffect(() => {
    let frame = 0;
    const stop = cameraStore.subscribe(({ linked, latest }, before) => {
      if (!linked || latest === undefined || latest === before.latest || latest.from === panel) return;
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        followed.current = latest.camera;
        plot.current?.setCamera(() => latest.camera);
      });
    });
    return () => {
      cancelAnimationFrame(frame);
      stop();
    };
  }, [panel]);
  usePanelKeys(
    inside,
    (key) => {
      const action = actionOf(key, view);
      if (!action || !surface) return false;
      if (action.kind === "camera") turn(action.change);
      else if (action.kind === "move") point.move(action.rows, action.columns);
      else if (action.kind === "table") setView(view === "table" ? "3d" : "table");
      else if (onDay) onDay(action.step);
      else return false;
      return true;
    },
    surface !== undefined,
  );
  return {
    ...{ view, setView, options, point, plot, turn },
    // What follows does not lead: told late, it would turn the other panel back.
    onCamera: (camera) => {
      if (followed.current !== undefined && isSameCamera(camera, followed.current)) return;
      followed.current = undefined;
      cameraStore.getState().moved(camera, panel);
    },
    rangeFixed: range !== undefined,
    fixRange,
  };
}
