import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { Kink } from "../client/stress.ts";
import { requestOf, session } from "./session.ts";
import { createWork, outdateWithMargin } from "./work.ts";

interface KinksState {
  /** The one that is read. */
  readonly selected: Kink | undefined;
  /** Steps in each direction. */
  readonly steps: number;
  readonly select: (kink: Kink | undefined) => void;
  readonly setSteps: (steps: number) => Promise<void>;
  readonly compute: () => Promise<void>;
  /** Call in an effect of the panel: distances follow the session while they are quick; the returned function is the clean-up. */
  readonly watch: () => () => void;
}

/** Distances that took longer are computed only when asked for. */
const quickMs = 2_000;
/** Books of more positions are not begun without being asked. */
const mostAutomatic = 500;

export const kinksWork = createWork("kink.distance", "kinks");
outdateWithMargin(kinksWork);

export const kinksStore = createStore<KinksState>()((set, get) => {
  let tookMs = 0;
  return {
    selected: undefined,
    steps: 50,
    select: (selected) => set({ selected }),
    setSteps: async (steps) => {
      set({ steps });
      await get().compute();
    },
    compute: async () => {
      const request = requestOf(session.getState());
      if (!request) return;
      const startMs = performance.now();
      const came = await kinksWork
        .getState()
        .run({ ...request, steps: get().steps }, `Distance to the next kink, ${request.methodology}`);
      if (!came) return;
      tookMs = performance.now() - startMs;
      set({ selected: undefined });
    },
    watch: () => {
      const follow = (): void => {
        const { state } = kinksWork.getState();
        if ((session.getState().result?.positions.length ?? 0) > mostAutomatic) return;
        if (state === "empty" || (state === "stale" && tookMs < quickMs)) void get().compute();
      };
      if (session.getState().state === "ready") follow();
      // A new margin result means that its inputs can be computed.
      return session.subscribe((now, before) => {
        if (now.result !== before.result && now.result) follow();
      });
    },
  };
});

export const useKinks = <T>(select: (state: KinksState) => T): T => useStore(kinksStore, select);
