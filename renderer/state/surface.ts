import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { MarginResult, MarginSurface, SurfaceAxes, SurfaceLayer } from "../client/types.ts";
import { drawn } from "./drawn.ts";
import { type StartedJob, startJob } from "./jobs.ts";
import { onDuplicate, setPanelState } from "./panel-instance.ts";
import { type RunState, requestOf, session } from "./session.ts";

/** A point of the surface as shocks: it stays where it is when a finer grid replaces a coarse one. */
export interface SurfacePoint {
  /** Relative price move. */
  readonly price: number;
  /** Volatility change, relative or points as the axes say. */
  readonly volatility: number;
}

interface SurfaceState extends Omit<RunState, "progress"> {
  readonly axes: SurfaceAxes;
  readonly layer: SurfaceLayer;
  /** Coarse until the refined one arrives (`surface.stage`). */
  readonly surface: MarginSurface | undefined;
  /** The margin result of the book, market and method it was computed from. */
  readonly source: MarginResult | undefined;
  /** The point that read-out and slices follow. */
  readonly point: SurfacePoint | undefined;
  /** Under the pointer of any panel: read-outs of linked panels follow it. */
  readonly pointer: SurfacePoint | undefined;
  /** Place of the date on show among those of the axes. */
  readonly day: number;
  /** Number of open panels that show the surface; it is computed only when someone looks. */
  readonly watchers: number;
  readonly recalculate: () => Promise<void>;
  readonly setAxes: (axes: SurfaceAxes) => void;
  readonly setLayer: (layer: SurfaceLayer) => void;
  readonly setPoint: (point: SurfacePoint | undefined) => void;
  readonly setPointer: (pointer: SurfacePoint | undefined) => void;
  readonly setDay: (day: number) => void;
  /** Call in an effect of a panel that shows the surface; the returned function is the clean-up. */
  readonly watch: () => () => void;
}

export const surfaceStore = createStore<SurfaceState>()((set, get) => {
  let running: StartedJob<"surface.run"> | undefined;
  return {
    axes: {
      price: { from: -0.5, to: 0.5, count: 41 },
      volatility: { from: -0.5, to: 0.5, count: 41 },
      volatilityMode: "relative",
    },
    layer: "maintenance",
    surface: undefined,
    source: undefined,
    state: "empty",
    failure: undefined,
    cancelled: false,
    computedAtMs: undefined,
    jobId: undefined,
    point: undefined,
    pointer: undefined,
    day: 0,
    watchers: 0,

    recalculate: async () => {
      running?.supersede();
      const request = requestOf(session.getState());
      if (!request) return;
      const input = { ...request, axes: get().axes };
      const { result: source } = session.getState();
      const job = startJob(
        "surface.run",
        { ...input, stage: "coarse" },
        {
          label: `Surface, ${request.methodology}`,
          panel: "surface",
          // The fine surface would take the processor from the drawing of the coarse one.
          next: async (surface) => {
            if (running !== job || surface.stage === "final") return undefined;
            set({ surface, source });
            await drawn();
            return { ...input, stage: "final" };
          },
        },
      );
      running = job;
      const { surface, source: before } = get();
      set({ state: "loading", jobId: job.id, cancelled: false, failure: undefined });
      const answer = await job.result;
      if (running !== job) return;
      running = undefined;
      if (answer.ok) set({ surface: answer.value, source, state: "ready", jobId: undefined, computedAtMs: Date.now() });
      else if (answer.failure.reason === "cancelled") {
        set({ surface, source: before, state: surface ? "stale" : "empty", jobId: undefined, cancelled: true });
      } else set({ state: "error", jobId: undefined, failure: answer.failure });
    },
    setAxes: (axes) => {
      set(({ surface, day }) => ({
        ...{ axes, point: undefined, pointer: undefined, state: surface ? "stale" : "empty" },
        day: Math.min(day, (axes.days?.length ?? 1) - 1),
      }));
      if (get().watchers > 0) void get().recalculate();
    },
    setLayer: (layer) => set({ layer }),
    setPoint: (point) => set({ point }),
    setPointer: (pointer) => set({ pointer }),
    setDay: (day) => set({ day }),
    watch: () => {
      set(({ watchers }) => ({ watchers: watchers + 1 }));
      const wanted = get().state === "empty" || get().state === "stale";
      // Before the first margin result there is nothing to wait for here: its arrival starts the surface.
      if (wanted && session.getState().state === "ready") void get().recalculate();
      return () => set(({ watchers }) => ({ watchers: watchers - 1 }));
    },
  };
});

/** Surfaces of all dates of a request, in their order. */
export function sheetsOf(surface: MarginSurface): readonly MarginSurface[] {
  return [surface, ...(surface.later ?? [])];
}

/** The surface of the date on show. */
export function shownSheet({ surface, day }: Pick<SurfaceState, "surface" | "day">): MarginSurface | undefined {
  return surface && (sheetsOf(surface)[day] ?? surface);
}

/** A new margin result means new inputs: the surface follows when a panel shows it. */
session.subscribe((now, before) => {
  const { surface, watchers, recalculate } = surfaceStore.getState();
  if (now.state === "stale" && before.state !== "stale" && surface) surfaceStore.setState({ state: "stale" });
  if (now.result !== before.result && now.result) {
    if (watchers > 0) void recalculate();
    else if (surface) surfaceStore.setState({ state: "stale" });
  }
});

export const useSurface = <T>(select: (state: SurfaceState) => T): T => useStore(surfaceStore, select);

onDuplicate("surface", (from, to) => {
  if (from === "surface") setPanelState(to, "layer", surfaceStore.getState().layer);
});
