import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { requestOf, session } from "./session.ts";
import { createWork, outdateWithMargin } from "./work.ts";

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

export const dependenceWork = createWork("stress.dependence", "dependence");
outdateWithMargin(dependenceWork);

export const dependenceStore = createStore<DependenceState>()((set, get) => ({
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

export const useDependence = <T>(select: (state: DependenceState) => T): T => useStore(dependenceStore, select);
