import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { Output, SurfaceLayer } from "../client/types.ts";
import { type StartedJob, startJob } from "./jobs.ts";
import { type Chosen, type RunState, requestOf, session, sourceOf } from "./session.ts";
import { surfaceStore } from "./surface.ts";

/** How the second surface differs from the first; what is absent is the same. */
export interface OtherSide {
  readonly methodology?: string;
  readonly portfolio?: Chosen;
  readonly market?: Chosen;
  /** Days that pass on this side alone. */
  readonly days?: number;
}

type Difference = Output<"surface.difference">;

interface CompareState extends Omit<RunState, "cancelled"> {
  readonly other: OtherSide;
  /** Absent: the layer of the first panel. */
  readonly layer: SurfaceLayer | undefined;
  readonly show: "other" | "difference";
  readonly difference: Difference | undefined;
  readonly watchers: number;
  readonly setOther: (other: OtherSide) => void;
  readonly setLayer: (layer: SurfaceLayer | undefined) => void;
  readonly setShow: (show: "other" | "difference") => void;
  readonly recalculate: () => Promise<void>;
  readonly watch: () => () => void;
}

/** Whether the second surface is another one at all, and not another layer of the first. */
export function isOther({ methodology, portfolio, market, days }: OtherSide): boolean {
  return [methodology, portfolio, market, days].some((one) => one !== undefined);
}

export const compareStore = createStore<CompareState>()((set, get) => {
  let running: StartedJob<"surface.difference"> | undefined;
  const nothing = { state: "empty", failure: undefined, progress: undefined, jobId: undefined } as const;
  return {
    ...{ other: {}, layer: undefined, show: "other", difference: undefined, computedAtMs: undefined, watchers: 0 },
    ...nothing,
    setOther: (other) => {
      running?.supersede();
      running = undefined;
      set({ other, difference: undefined, ...nothing });
      void get().recalculate();
    },
    setLayer: (layer) => set({ layer }),
    setShow: (show) => set({ show }),
    recalculate: async () => {
      running?.supersede();
      running = undefined;
      const own = requestOf(session.getState());
      const { other, watchers } = get();
      if (!own || watchers === 0) return;
      if (!isOther(other)) return set({ difference: undefined, ...nothing });
      const { methodology, portfolio, market, days } = other;
      const { rules, overrides, edits, balances, components, ...inputs } = own;
      const isSameMethod = methodology === undefined || methodology === own.methodology;
      const job = startJob(
        "surface.difference",
        {
          a: own,
          b: {
            ...inputs,
            // Rules and overrides are of one method, edits and balances of one book.
            ...(isSameMethod && { ...(rules && { rules }), ...(overrides && { overrides }) }),
            ...(portfolio === undefined && { ...(edits && { edits }) }),
            ...(portfolio === undefined && { ...(balances && { balances }), ...(components && { components }) }),
            ...(methodology !== undefined && { methodology, map: true }),
            ...(portfolio !== undefined && { portfolio: sourceOf(portfolio) }),
            ...(market !== undefined && { market: sourceOf(market) }),
            ...(days !== undefined && { days }),
          },
          axes: surfaceStore.getState().axes,
        },
        {
          label: "Difference of two surfaces",
          panel: "surface-2",
          onProgress: (progress) => {
            if (running === job) set({ progress });
          },
          onPartial: (difference) => {
            if (running === job) set({ difference });
          },
        },
      );
      running = job;
      set({ state: "loading", jobId: job.id, progress: undefined, failure: undefined });
      const answer = await job.result;
      if (running !== job) return;
      running = undefined;
      set({ jobId: undefined, progress: undefined });
      if (answer.ok) set({ difference: answer.value, state: "ready", computedAtMs: Date.now() });
      else if (answer.failure.reason === "cancelled")
        set(({ difference }) => ({ state: difference ? "stale" : "empty" }));
      else set({ state: "error", failure: answer.failure });
    },
    watch: () => {
      set(({ watchers }) => ({ watchers: watchers + 1 }));
      const { difference, other, state } = get();
      const wanted = isOther(other) && (difference === undefined || state === "stale");
      if (wanted && surfaceStore.getState().state === "ready") void get().recalculate();
      return () => set(({ watchers }) => ({ watchers: watchers - 1 }));
    },
  };
});

export const useCompare = <T>(select: (state: CompareState) => T): T => useStore(compareStore, select);

/** The differences of all dates, in their order. */
export function differencesOf(difference: Difference): readonly Difference[] {
  return [difference, ...(difference.later ?? [])];
}

/** The second surface follows the first: its axes, its book, its market. */
surfaceStore.subscribe((now, before) => {
  if (now.state === before.state && now.surface === before.surface) return;
  const { watchers, difference, other, recalculate } = compareStore.getState();
  if (now.state === "ready" && before.state !== "ready" && isOther(other)) {
    if (watchers > 0) void recalculate();
    else if (difference) compareStore.setState({ state: "stale" });
  } else if (now.state === "stale" && difference) compareStore.setState({ state: "stale" });
});
