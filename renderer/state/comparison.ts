import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Failure, Override, RulesChoice, SurfaceLayer } from "../client/types.ts";
import type { Surface } from "../figures/layer.ts";
import { startJob } from "./jobs.ts";
import { copyWork, ownParts } from "./own-parts.ts";
import { requestOf, session } from "./session.ts";
import { createWork, outdateWithSession, type WorkStore } from "./work.ts";

/** A method under a version of its rules: one column. */
export interface ChosenColumn {
  /** Never changes: the same method may stand in several columns. */
  readonly key: number;
  readonly methodology: string;
  readonly rules: RulesChoice | undefined;
  readonly overrides: readonly Override[];
}

/** The surface of one column, or why there is none. */
export type ColumnSurface =
  | { readonly key: number; readonly surface: Surface }
  | { readonly key: number; readonly failure: Failure };

interface ComparisonState {
  readonly columns: readonly ChosenColumn[];
  /** Key of the column the differences are against. */
  readonly reference: number | undefined;
  /** Columns of the result that is shown, in its order. */
  readonly compared: readonly ChosenColumn[];
  readonly surfaces: readonly ColumnSurface[];
  readonly layer: SurfaceLayer;
  /** Job of the surfaces while they are computed. */
  readonly surfaceJob: number | undefined;
  readonly setColumns: (columns: readonly Omit<ChosenColumn, "key">[]) => void;
  readonly add: (column: Omit<ChosenColumn, "key">) => void;
  readonly change: (key: number, change: Partial<Omit<ChosenColumn, "key">>) => void;
  readonly remove: (key: number) => void;
  readonly setReference: (key: number) => void;
  readonly setLayer: (layer: SurfaceLayer) => void;
  readonly compare: () => Promise<void>;
  readonly drawSurfaces: () => Promise<void>;
}

/** Points of a small surface each way: enough for a shape, quick for a dozen methods. */
const axes = {
  price: { from: -0.3, to: 0.3, count: 13 },
  volatility: { from: -0.5, to: 0.5, count: 11 },
  volatilityMode: "relative",
} as const;

/** A panel that compares methods: its columns, their margins and small surfaces. */
interface ComparisonPanel {
  readonly id: string;
  readonly store: StoreApi<ComparisonState>;
  readonly work: WorkStore<"margin.comparison">;
}

let lastKey = 0;
const keyed = (column: Omit<ChosenColumn, "key">): ChosenColumn => {
  lastKey += 1;
  return { ...column, key: lastKey };
};

const createComparisonStore = ({ id, work: comparisonWork }: Omit<ComparisonPanel, "store">) =>
  createStore<ComparisonState>()((set, get) => {
    const setAll = (columns: readonly ChosenColumn[], reference = get().reference): void => {
      const kept = columns.some(({ key }) => key === reference) ? reference : columns[0]?.key;
      set({ columns, reference: kept });
      comparisonWork.getState().outdate();
      if (columns.length > 0) void get().compare();
      else comparisonWork.getState().clear();
    };
    return {
      columns: [],
      reference: undefined,
      compared: [],
      surfaces: [],
      layer: "maintenance",
      surfaceJob: undefined,
      setColumns: (columns) => setAll(columns.map(keyed)),
      add: (column) => setAll([...get().columns, keyed(column)]),
      change: (key, change) =>
        setAll(get().columns.map((column) => (column.key === key ? { ...column, ...change } : column))),
      remove: (key) => setAll(get().columns.filter((column) => column.key !== key)),
      setReference: (key) => setAll(get().columns, key),
      setLayer: (layer) => set({ layer }),
      compare: async () => {
        const { columns, reference } = get();
        const own = requestOf(session.getState());
        if (!own || columns.length === 0) return;
        const { methodology: _methodology, rules: _rules, overrides: _overrides, ...inputs } = own;
        const request = {
          ...inputs,
          columns: columns.map(({ methodology, rules, overrides }) => ({
            methodology,
            overrides: [...overrides],
            ...(rules && { rules }),
          })),
          reference: Math.max(
            0,
            columns.findIndex(({ key }) => key === reference),
          ),
        };
        const came = await comparisonWork.getState().run(request, `Comparison of ${columns.length} methods`);
        if (came)
          set(({ surfaces }) => ({ compared: columns, surfaces: surfaces.filter(({ key }) => isIn(columns, key)) }));
      },
      drawSurfaces: async () => {
        const own = requestOf(session.getState());
        const { columns } = get();
        if (!own) return;
        set({ surfaces: [] });
        for (const { key, methodology, rules, overrides } of columns) {
          const { rules: _rules, ...inputs } = own;
          const job = startJob(
            "surface.run",
            { ...inputs, methodology, overrides: [...overrides], ...(rules && { rules }), axes, map: true },
            { label: `Small surface, ${methodology}`, panel: id },
          );
          set({ surfaceJob: job.id });
          const answer = await job.result;
          if (!answer.ok && answer.failure.reason === "cancelled") break;
          const result = answer.ok ? { key, surface: answer.value } : { key, failure: answer.failure };
          set(({ surfaces }) => ({ surfaces: [...surfaces, result] }));
        }
        set({ surfaceJob: undefined });
      },
    };
  });

const panels = ownParts<ComparisonPanel>(
  "comparison",
  (id) => {
    const work = createWork("margin.comparison", id);
    outdateWithSession(work);
    const store = createComparisonStore({ id, work });
    dropSurfacesWithSession(store);
    return { id, work, store };
  },
  (from, to) => {
    copyWork(from.work, to.work);
    // What is being drawn is drawn in the original.
    to.store.setState({ surfaceJob: undefined });
  },
);

/** The comparison of one instance of the panel: duplicates hold other methods beside each other. */
export const comparisonPanel = panels.of;
export const useComparisonPanel = panels.use;

export const useComparison = <T>(select: (state: ComparisonState) => T): T =>
  useStore(useComparisonPanel().store, select);

function isIn(columns: readonly ChosenColumn[], key: number): boolean {
  return columns.some((column) => column.key === key);
}

/** Other books and markets have other surfaces. */
function dropSurfacesWithSession(store: ComparisonPanel["store"]): void {
  session.subscribe((now, before) => {
    const same =
      now.portfolio === before.portfolio &&
      now.market === before.market &&
      now.edits === before.edits &&
      now.history === before.history &&
      now.parameterFile === before.parameterFile;
    if (!same) store.setState({ surfaces: [] });
  });
}
