import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Kink } from "../client/stress.ts";
import { copyWork, ownParts } from "./own-parts.ts";
import { requestOf, session } from "./session.ts";
import { createWork, outdateWithMargin, type WorkStore } from "./work.ts";

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

/** A panel of the next kinks: its steps and its distances. */
interface KinksPanel {
  readonly store: StoreApi<KinksState>;
  readonly work: WorkStore<"kink.distance">;
}

const createKinksStore = (kinksWork: KinksPanel["work"]) =>
  createStore<KinksState>()((set, get) => {
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

const panels = ownParts<KinksPanel>(
  "kinks",
  (id) => {
    const work = createWork("kink.distance", id);
    outdateWithMargin(work);
    return { store: createKinksStore(work), work };
  },
  (from, to) => copyWork(from.work, to.work),
);

/** The distances of one instance of the panel: duplicates look in other steps beside the first. */
export const kinksPanel = panels.of;
export const useKinksPanel = panels.use;
export const { store: kinksStore, work: kinksWork } = kinksPanel();

export const useKinks = <T>(select: (state: KinksState) => T): T => useStore(useKinksPanel().store, select);
