import type { PlotHoverEvent, PlotlyHTMLElement } from "plotly.js";
import { type Ref, useEffect, useEffectEvent, useImperativeHandle, useRef, useState } from "react";
import { usePanelFigure } from "../app/export/panel-figures.ts";
import { plotlyTemplate } from "../app/theme/plotly-template.ts";
import { useThemeName } from "../state/preferences.ts";
import { type Camera, isSameCamera } from "./camera.ts";
import { type Figure, themeInk } from "./figure.ts";
import "./plot.css";
import { plotTime } from "./plot-time.ts";
import { screenConfig } from "./screen-config.ts";

type PlotlyModule = typeof import("./plotly.ts")["Plotly"];

/** A place on a chart, in its own coordinates. */
export interface PlotPoint {
  readonly x: number;
  readonly y: number;
}

/** A bar, slice or area: its trace, and its place among the values of the trace. */
export interface PlotPart {
  readonly trace: number;
  readonly index: number;
}

export interface PlotHandle {
  /** Turns a 3D view; no easing. */
  readonly setCamera: (change: (camera: Camera) => Camera) => void;
}

interface PlotViewProps {
  readonly figure: Figure;
  /** Accessible name and description: what the chart shows, in words. */
  readonly label: string;
  readonly description: string;
  readonly onHover?: (point: PlotPoint) => void;
  readonly onClick?: (point: PlotPoint) => void;
  /** For charts whose places are not numbers: a bar of a waterfall, an area of a treemap. */
  readonly onPart?: (part: PlotPart) => void;
  /** Where the user (or `setCamera`) turned a 3D view to. */
  readonly onCamera?: (camera: Camera) => void;
  readonly ref?: Ref<PlotHandle>;
}

/** The one wrapper of Plotly: forced configuration, template of the theme, resizing, clean-up, recovery of a lost context. */
export function PlotView(props: PlotViewProps) {
  const [attempt, setAttempt] = useState(0);
  return <Drawing key={attempt} {...props} again={() => setAttempt(attempt + 1)} />;
}

function Drawing(props: PlotViewProps & { again: () => void }) {
  const { figure, label, description, onHover, onClick, onPart, onCamera, ref, again } = props;
  const node = useRef<HTMLElement>(null);
  const plotly = useRef<PlotlyModule>(undefined);
  const template = useRef<{ readonly theme: string; readonly of: ReturnType<typeof plotlyTemplate> }>(undefined);
  const themeName = useThemeName();
  usePanelFigure({ figure, ink: themeInk(themeName), label, description });
  const [state, setState] = useState<"loading" | "ready" | "lost" | "failed" | "full">("loading");
  const [reason, setReason] = useState("");
  const hovered = useEffectEvent((point: PlotPoint) => onHover?.(point));
  const clicked = useEffectEvent((point: PlotPoint) => onClick?.(point));
  const chosen = useEffectEvent((part: PlotPart) => onPart?.(part));
  const turned = useEffectEvent((camera: Camera) => onCamera?.(camera));

  useEffect(() => {
    const element = node.current;
    if (!element) return;
    let current = true;
    const draw = async () => {
      plotly.current ??= (await import("./plotly.ts")).Plotly;
      if (!current) return;
      if (!takesContext(element, figure)) return setState("full");
      const first = !isDrawn(element);
      // The template is read from the tokens of the page, so a new theme needs a new drawing.
      element.dataset.theme = themeName;
      // A 3D view stays where it was turned to, by hand or by key.
      const { scene } = figure.layout;
      const kept =
        scene && isDrawn(element) && hasScene(element) ? { scene: { ...scene, camera: cameraOf(element) } } : {};
      if (template.current?.theme !== themeName) template.current = { theme: themeName, of: plotlyTemplate() };
      const layout = {
        ...{ ...figure.layout, ...kept, template: template.current.of, autosize: true },
        ...(figure.quick && isDrawn(element) && steadyMargin(element)),
      };
      await plotly.current.react(element, figure.data, layout, screenConfig());
      if (first) listen(element, { hovered, clicked, chosen, turned, lost: () => setState("lost") });
      if (current) setState("ready");
    };
    draw().catch((error: unknown) => {
      if (!current) return;
      setReason(error instanceof Error ? error.message : String(error));
      setState("failed");
    });
    return () => {
      current = false;
    };
  }, [figure, themeName]);

  useEffect(() => {
    const element = node.current;
    if (!element) return;
    let frame = 0;
    const observer = new ResizeObserver(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        if (isDrawn(element) && element.offsetParent !== null && !fits(element))
          void plotly.current?.Plots.resize(element);
      });
    });
    observer.observe(element);
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      plotly.current?.purge(element);
      drawn3d.delete(element);
    };
  }, []);

  useImperativeHandle(
    ref,
    () => ({
      setCamera: (change) => {
        const element = node.current;
        if (!element || !isDrawn(element)) return;
        const before = cameraOf(element);
        const camera = change(before);
        if (isSameCamera(before, camera)) return;
        void plotly.current?.relayout(element, { "scene.camera": camera } as never);
      },
    }),
    [],
  );

  return (
    <div className="plot" data-plot={state}>
      <figure ref={node} className="plot-area" aria-label={`${label}. ${description}`} />
      {state === "loading" && <p className="plot-note">Drawing…</p>}
      {(state === "lost" || state === "failed" || state === "full") && (
        <p className="plot-note" role="alert">
          {state === "failed" ? `The chart could not be drawn: ${reason}.` : notes[state]}{" "}
          <button type="button" onClick={again}>
            Draw again
          </button>
        </p>
      )}
    </div>
  );
}

const notes = {
  lost: "The graphics driver dropped the 3D view.",
  full: "Four 3D views are open, as many as graphics drivers bear: close one of them or show it as a map.",
} as const;

/** 3D views that are drawn now: browsers drop the oldest context where there are too many. */
const drawn3d = new Set<HTMLElement>();
const most3d = 4;

/** Whether a figure may be drawn; one in 3D takes one of the few graphics contexts. */
function takesContext(element: HTMLElement, { data }: Figure): boolean {
  const is3d = data.some(({ type }) => type === "surface" || type === "scatter3d");
  if (!is3d) drawn3d.delete(element);
  else if (!drawn3d.has(element) && drawn3d.size >= most3d) return false;
  else drawn3d.add(element);
  return true;
}

function isDrawn(element: HTMLElement): element is PlotlyHTMLElement {
  return "_fullLayout" in element && "on" in element;
}

/** Whether a drawing has the size of its place: drawing 3D again is the dearest thing the window does. */
function fits(element: PlotlyHTMLElement): boolean {
  const { width, height } = (element as unknown as { _fullLayout: { width: number; height: number } })._fullLayout;
  return Math.abs(width - element.clientWidth) < 1 && Math.abs(height - element.clientHeight) < 1;
}

/** The margins of what is drawn, kept: Plotly draws legends and colour bars twice to find them. */
function steadyMargin(element: PlotlyHTMLElement) {
  const { _size } = (element as unknown as { _fullLayout: { _size?: Record<"l" | "r" | "t" | "b", number> } })
    ._fullLayout;
  if (_size === undefined) return {};
  const { l, r, t, b } = _size;
  return { margin: { l, r, t, b, autoexpand: false } };
}

function hasScene(element: PlotlyHTMLElement): boolean {
  return (element as unknown as { _fullLayout: { scene?: unknown } })._fullLayout.scene !== undefined;
}

/** The camera the user sees: Plotly keeps it in the laid-out scene after each drag. */
function cameraOf(element: PlotlyHTMLElement): Camera {
  const scene = (element as unknown as { _fullLayout: { scene: { camera: Camera; _scene?: { getCamera(): Camera } } } })
    ._fullLayout.scene;
  return scene._scene?.getCamera() ?? scene.camera;
}

interface Listeners {
  readonly hovered: (point: PlotPoint) => void;
  readonly clicked: (point: PlotPoint) => void;
  readonly chosen: (part: PlotPart) => void;
  readonly turned: (camera: Camera) => void;
  readonly lost: () => void;
}

function listen(element: HTMLElement, { hovered, clicked, chosen, turned, lost }: Listeners): void {
  if (!isDrawn(element)) return;
  const forward = (take: (point: PlotPoint) => void) => (event: PlotHoverEvent) => {
    const [point] = event.points;
    const x = point && plotTime(point.x);
    if (point && x !== undefined && typeof point.y === "number") take({ x, y: point.y });
  };
  element.on("plotly_hover", forward(hovered));
  element.on("plotly_click", forward(clicked) as never);
  element.on("plotly_click", (({ points: [point] }: PlotHoverEvent) => {
    const { curveNumber, pointNumber } = point ?? {};
    if (typeof curveNumber === "number" && typeof pointNumber === "number")
      chosen({ trace: curveNumber, index: pointNumber });
  }) as never);
  const withCamera = (change: Readonly<Record<string, unknown>>): void => {
    if ("scene.camera" in change) turned(cameraOf(element));
  };
  element.on("plotly_relayout", withCamera as never);
  element.on("plotly_relayouting", withCamera as never);
  // Emitted by 3D scenes, and missing from Plotly's list of event names.
  (element.on as (name: string, handler: () => void) => void)("plotly_webglcontextlost", lost);
}
