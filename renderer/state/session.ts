import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type {
  Failure,
  MarginRequest,
  MarginResult,
  Override,
  Progress,
  RulesChoice,
  SetBalance,
  SetComponent,
} from "../client/types.ts";
import { type StartedJob, startJob } from "./jobs.ts";
import { undoable } from "./undo.ts";

/** A library entry, or the synthetic sample that ships with the program. */
export type Chosen = StoredChoice | { readonly sample: true };

export interface StoredChoice {
  readonly id: string;
  readonly name: string;
}

export type PanelState = "empty" | "loading" | "ready" | "stale" | "error";

/** How it stands with an answer that is computed when asked for: the shown one, and the next. */
export interface RunState {
  readonly state: PanelState;
  readonly failure: Failure | undefined;
  /** The last run was cancelled; the answer is the earlier one. */
  readonly cancelled: boolean;
  /** When the shown answer came, UTC ms. */
  readonly computedAtMs: number | undefined;
  readonly progress: Progress | undefined;
  readonly jobId: number | undefined;
}

/** Everything the margin depends on. */
export interface Inputs {
  readonly portfolio: Chosen | undefined;
  readonly market: Chosen | undefined;
  readonly methodology: string;
  /** Absent: the version in force on the day of the market. */
  readonly rules: RulesChoice | undefined;
  readonly overrides: readonly Override[];
  /** Position id -> changed quantity; 0 leaves the position out. */
  readonly edits: Readonly<Record<string, number>>;
  readonly components: readonly SetComponent[];
  readonly balances: readonly SetBalance[];
  /** Past of risk factors, for methods that need one. Absent: the sample's, where the market is the sample. */
  readonly history: Chosen | undefined;
  /** A clearing house's arrays and tables, for methods that need them and for what listed positions are. */
  readonly parameterFile: StoredChoice | undefined;
}

export interface SessionState extends Inputs, RunState {
  /** The last finished result; kept while a newer one is computed, and when that fails or is cancelled. */
  readonly result: MarginResult | undefined;
  /** Recalculate by itself after each change. */
  readonly automatic: boolean;
  readonly recalculate: () => Promise<void>;
  readonly choosePortfolio: (portfolio: Chosen) => void;
  /** `undefined`: the prices of the parameter file. */
  readonly chooseMarket: (market: Chosen | undefined) => void;
  /** Both at once: one recalculation. */
  readonly choose: (inputs: Pick<Inputs, "portfolio" | "market"> & Partial<Pick<Inputs, "parameterFile">>) => void;
  /** All inputs of a stored run at once. */
  readonly takeUp: (inputs: Inputs) => void;
  readonly selectMethodology: (methodology: string) => void;
  readonly selectRules: (rules: RulesChoice | undefined) => void;
  readonly setOverride: (override: Override) => void;
  readonly removeOverride: (path: string) => void;
  readonly setOverrides: (overrides: readonly Override[]) => void;
  readonly clearOverrides: () => void;
  /** `undefined` takes the change back. */
  readonly setQuantity: (positionId: string, quantity: number | undefined) => void;
  readonly clearEdits: () => void;
  readonly chooseHistory: (history: Chosen | undefined) => void;
  readonly chooseParameterFile: (parameterFile: StoredChoice | undefined) => void;
  readonly setComponents: (components: readonly SetComponent[]) => void;
  readonly setBalances: (balances: readonly SetBalance[]) => void;
  readonly setAutomatic: (automatic: boolean) => void;
}

/** Changes that come within this time are computed once. */
const settleMs = 30;

export const session = createStore<SessionState>()((set, get) => {
  let running: StartedJob<"margin.run"> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** @param label what is changed, for the history of edits */
  const change = (label: string, inputs: Partial<Inputs>): void => {
    const before = inputsOf(get());
    apply(inputs);
    const after = inputsOf(get());
    undoable({ label, undo: () => apply(before), redo: () => apply(after) });
  };
  const apply = (inputs: Partial<Inputs>): void => {
    running?.supersede();
    running = undefined;
    set(({ result }) => ({ ...inputs, state: result ? "stale" : "empty", jobId: undefined, progress: undefined }));
    clearTimeout(timer);
    if (get().automatic) timer = setTimeout(() => void get().recalculate(), settleMs);
  };

  return {
    portfolio: { sample: true },
    market: { sample: true },
    methodology: "deribit-portfolio",
    rules: undefined,
    overrides: [],
    edits: {},
    components: [],
    balances: [],
    history: undefined,
    parameterFile: undefined,
    result: undefined,
    state: "empty",
    failure: undefined,
    cancelled: false,
    computedAtMs: undefined,
    progress: undefined,
    jobId: undefined,
    automatic: true,

    recalculate: async () => {
      clearTimeout(timer);
      running?.supersede();
      const request = requestOf(get());
      if (!request) {
        set({ state: "empty" });
        return;
      }
      const job = startJob(
        "margin.run",
        { ...request, standAlone: true },
        {
          label: `Margin, ${get().methodology}`,
          panel: "summary",
          onProgress: (progress) => {
            if (running === job) set({ progress });
          },
        },
      );
      running = job;
      set({ state: "loading", jobId: job.id, progress: undefined, cancelled: false, failure: undefined });
      const answer = await job.result;
      if (running !== job) return;
      running = undefined;
      set({ jobId: undefined, progress: undefined });
      if (answer.ok) set({ result: answer.value, state: "ready", computedAtMs: Date.now() });
      else if (answer.failure.reason === "cancelled") {
        set(({ result }) => ({ state: result ? "stale" : "empty", cancelled: true }));
      } else set({ state: "error", failure: answer.failure });
    },

    choosePortfolio: (portfolio) =>
      change(`portfolio ${chosenName(portfolio)}`, { portfolio, edits: {}, components: [], balances: [] }),
    chooseMarket: (market) => change(market ? `market ${chosenName(market)}` : "market", { market }),
    choose: (inputs) =>
      change(`portfolio ${chosenName(inputs.portfolio)}`, { ...inputs, edits: {}, components: [], balances: [] }),
    takeUp: (inputs) => change("inputs of a stored run", inputs),
    selectMethodology: (methodology) =>
      change(`method ${methodology}`, { methodology, rules: undefined, overrides: [] }),
    selectRules: (rules) => change("version of the rules", { rules }),
    setOverride: (override) =>
      change(`override of ${override.path}`, {
        overrides: [...get().overrides.filter(({ path }) => path !== override.path), override],
      }),
    removeOverride: (removed) =>
      change(`override of ${removed}`, { overrides: get().overrides.filter(({ path }) => path !== removed) }),
    setOverrides: (overrides) => change("overrides", { overrides }),
    clearOverrides: () => change("overrides", { overrides: [] }),
    setQuantity: (positionId, quantity) => {
      const { [positionId]: _, ...others } = get().edits;
      const symbol = get().result?.positions?.find(({ id }) => id === positionId)?.symbol ?? positionId;
      change(`quantity of ${symbol}`, {
        edits: quantity === undefined ? others : { ...others, [positionId]: quantity },
      });
    },
    clearEdits: () => change("changed quantities", { edits: {} }),
    chooseHistory: (history) => change("history", { history }),
    // Where its prices were the market, the sample is again.
    chooseParameterFile: (parameterFile) =>
      change("parameter file", {
        parameterFile,
        ...(!parameterFile && !get().market && { market: { sample: true } as const }),
      }),
    setComponents: (components) => change("margin components set by you", { components }),
    setBalances: (balances) => change("equity set by you", { balances }),
    setAutomatic: (automatic) => {
      set({ automatic });
      if (automatic && get().state === "stale") void get().recalculate();
    },
  };
});

export const useSession = <T>(select: (state: SessionState) => T): T => useStore(session, select);

/** The request that the inputs make; `undefined` while portfolio or market is not chosen. A parameter file may stand for the market. */
export function requestOf(inputs: Inputs): MarginRequest | undefined {
  const { portfolio, market, methodology, rules, edits, history, parameterFile } = inputs;
  if (!portfolio || (!market && !parameterFile) || methodology === "") return undefined;
  return {
    portfolio: sourceOf(portfolio),
    ...(market && { market: sourceOf(market) }),
    methodology,
    ...(rules && { rules }),
    ...(history && { history: sourceOf(history) }),
    ...(parameterFile && { parameterFile: { id: parameterFile.id } }),
    overrides: [...inputs.overrides],
    components: [...inputs.components],
    balances: [...inputs.balances],
    edits: Object.entries(edits).map(([positionId, quantity]) => ({ positionId, quantity })),
  };
}

export function chosenName(chosen: Chosen | undefined): string {
  if (!chosen) return "—";
  return "sample" in chosen ? "Sample (synthetic)" : chosen.name;
}

export function sourceOf(chosen: Chosen): { readonly id: string } | { readonly sample: true } {
  return "sample" in chosen ? { sample: true } : { id: chosen.id };
}

function inputsOf(state: SessionState): Inputs {
  const { portfolio, market, methodology, rules, overrides, edits, components, balances, history, parameterFile } =
    state;
  return { portfolio, market, methodology, rules, overrides, edits, components, balances, history, parameterFile };
}
