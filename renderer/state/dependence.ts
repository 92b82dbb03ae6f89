import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import { copyWork, ownParts } from "./own-parts.ts";
import { requestOf, session } from "./session.ts";
import { createWork, outdateWithMargin, type WorkStore } from "./work.ts";

/** Days of the history by their first and last ISO day. */
export interface StressWindow {
  readonly label: string;
  readonly from: string;
  readonly to: string;
}

interface DependenceChoice {
  readonly horizonDays: number;
  /** Of the expected shortfall of the model. */
  readonly confidence: number;
  /** Worst days of the book whose correlation is taken. */
  readonly worstDays: number;
  /** Mean correlation down to which prices are one cluster. */
  readonly clusterCorrelation: number;
  readonly windows: readonly StressWindow[];
}

interface DependenceState extends DependenceChoice {
  readonly choose: (change: Partial<DependenceChoice>) => void;
  readonly compute: () => Promise<void>;
}

const shares = [0.1, 0.25, 0.5, 0.75, 1];

/** A panel of diversification failure: its correlations and its answer. */
interface DependencePanel {
  readonly store: StoreApi<DependenceState>;
  readonly work: WorkStore<"stress.dependence">;
}

const createDependenceStore = (dependenceWork: DependencePanel["work"]) =>
  createStore<DependenceState>()((set, get) => ({
    horizonDays: 1,
    confidence: 0.99,
    worstDays: 10,
    clusterCorrelation: 0.6,
    windows: [],
    choose: (change) => {
      set(change);
      dependenceWork.getState().outdate();
    },
    compute: async () => {
      const request = requestOf(session.getState());
      if (!request) return;
      const { horizonDays, confidence, worstDays, clusterCorrelation, windows } = get();
      await dependenceWork.getState().run(
        {
          ...{ ...request, shares, confidence, worstDays, clusterCorrelation },
          covariance: { from: "history", horizonDays },
          windows: windows.map(({ label, from, to }) => ({
            label,
            fromMs: Date.parse(`${from}T00:00:00Z`),
            toMs: Date.parse(`${to}T23:59:59Z`),
          })),
        },
        `Diversification failure, ${request.methodology}`,
      );
    },
  }));

const panels = ownParts<DependencePanel>(
  "dependence",
  (id) => {
    const work = createWork("stress.dependence", id);
    outdateWithMargin(work);
    return { store: createDependenceStore(work), work };
  },
  (from, to) => copyWork(from.work, to.work),
);

/** The answer of one instance of the panel: duplicates try other correlations beside the first. */
export const dependencePanel = panels.of;
export const useDependencePanel = panels.use;

export const useDependence = <T>(select: (state: DependenceState) => T): T =>
  useStore(useDependencePanel().store, select);
