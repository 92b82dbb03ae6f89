import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { SeriesCoverage } from "../client/through-time.ts";
import { startJob } from "./jobs.ts";
import { copyWork, ownParts } from "./own-parts.ts";
import { type Chosen, sourceOf } from "./session.ts";
import { createWork, type WorkStore } from "./work.ts";

export type CalibrationView = "volatility" | "residuals" | "correlation";

/** λ of an EWMA filter, or GARCH(1,1) estimated. */
export type FilterChoice = { readonly kind: "ewma"; readonly lambda: number } | { readonly kind: "garch" };

interface CalibrationState {
  readonly history: Chosen;
  readonly factors: readonly SeriesCoverage[];
  /** The history is generated data. */
  readonly synthetic: boolean;
  readonly view: CalibrationView;
  /** Filtered. */
  readonly factor: string | undefined;
  readonly filter: FilterChoice;
  /** Correlated. */
  readonly correlated: readonly string[];
  readonly chooseHistory: (history: Chosen) => Promise<void>;
  readonly choose: (
    change: Partial<Pick<CalibrationState, "view" | "factor" | "filter" | "correlated">>,
  ) => Promise<void>;
  /** Computes what the view needs. */
  readonly compute: () => Promise<void>;
}

/** A panel of a history: what it looks at, and what was computed of it. */
interface CalibrationPanel {
  readonly id: string;
  readonly store: StoreApi<CalibrationState>;
  readonly filterWork: WorkStore<"history.filter">;
  readonly correlationWork: WorkStore<"history.correlation">;
}

/** Factors a correlation begins with: more would not be readable. */
const firstFactors = 8;

const createCalibrationStore = ({ id, filterWork, correlationWork }: Omit<CalibrationPanel, "store">) =>
  createStore<CalibrationState>()((set, get) => ({
    history: { sample: true },
    factors: [],
    synthetic: false,
    view: "volatility",
    factor: undefined,
    filter: { kind: "ewma", lambda: 0.94 },
    correlated: [],
    chooseHistory: async (history) => {
      set({ history, factors: [], synthetic: false, factor: undefined, correlated: [] });
      await get().compute();
    },
    choose: async (change) => {
      set(change);
      await get().compute();
    },
    compute: async () => {
      const { history } = get();
      if (get().factors.length === 0) {
        const label = "Coverage of a history";
        const answer = await startJob("history.summary", { history: sourceOf(history) }, { label, panel: id }).result;
        if (get().history !== history) return;
        if (!answer.ok) {
          filterWork.setState({ state: "error", failure: answer.failure });
          correlationWork.setState({ state: "error", failure: answer.failure });
          return;
        }
        const factors = answer.value.series;
        const names = factors.map(({ factor }) => factor);
        set({
          factors,
          synthetic: answer.value.synthetic,
          factor: names.find((name) => name.startsWith("price:")) ?? names[0],
          correlated: names.slice(0, firstFactors),
        });
      }
      const { view, factor, filter, correlated } = get();
      if (view === "correlation") {
        if (correlated.length < 2) correlationWork.getState().clear();
        else
          await correlationWork
            .getState()
            .run({ history: sourceOf(history), factors: [...correlated] }, "Correlation of risk factors");
      } else if (factor !== undefined)
        await filterWork.getState().run({ history: sourceOf(history), factor, filter }, `Volatility filter, ${factor}`);
    },
  }));

const panels = ownParts<CalibrationPanel>(
  "calibration",
  (id) => {
    const works = {
      id,
      filterWork: createWork("history.filter", id),
      correlationWork: createWork("history.correlation", id),
    };
    return { ...works, store: createCalibrationStore(works) };
  },
  (from, to) => {
    copyWork(from.filterWork, to.filterWork);
    copyWork(from.correlationWork, to.correlationWork);
  },
);

/** What one instance of the panel looks at: duplicates show other factors, filters or histories. */
export const calibrationPanel = panels.of;
export const useCalibrationPanel = panels.use;

export const useCalibration = <T>(select: (state: CalibrationState) => T): T =>
  useStore(useCalibrationPanel().store, select);
