import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { Failure, Override, RulesChoice, SurfaceLayer } from "../client/types.ts";
import type { Surface } from "../figures/layer.ts";
import { startJob } from "./jobs.ts";
import { requestOf, session } from "./session.ts";
import { createWork, outdateWithSession } from "./work.ts";

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

export const comparisonWork = createWork("margin.comparison", "comparison");
outdateWithSession(comparisonWork);

let lastKey = 0;
const keyed = (column: Omit<ChosenColumn, "key">): ChosenColumn => {
  lastKey += 1;
  return { ...column, key: lastKey };
};

export const comparisonStore = createStore<ComparisonState>()((set, get) => {
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
          { label: `Small surface, ${methodology}`, panel: "comparison" },
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

export const useComparison = <T>(select: (state: ComparisonState) => T): T => useStore(comparisonStore, select);

function isIn(columns: readonly ChosenColumn[], key: number): boolean {
  return columns.some((column) => column.key === key);
}

/** Other books and markets have other surfaces. */
session.subscribe((now, before) => {
  const same =
    now.portfolio === before.portfolio &&
    now.market === before.market &&
    now.edits === before.edits &&
    now.history === before.history &&
    now.parameterFile === before.parameterFile;
  if (!same) comparisonStore.setState({ surfaces: [] });
});
