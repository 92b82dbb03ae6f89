import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { call } from "../client/index.ts";
import type { Backtest, BacktestResult } from "../client/through-time.ts";
import type { Failure, StoredSummary } from "../client/types.ts";
import { backtestSeries, stepped } from "../figures/backtest-series.ts";
import {
  type BacktestSetup,
  type ChosenMethod,
  exampleMethods,
  firstSetup,
  nameOfSetup,
  requestOfSetup,
  setupOf,
} from "./backtest-setup.ts";
import { type JobOptions, type StartedJob, startJob } from "./jobs.ts";
import { libraryStore } from "./library.ts";
import { type Chosen, type RunState, session } from "./session.ts";

/** The backtest that the panels show. */
export interface ShownBacktest {
  /** Absent while its first run is going on. */
  readonly entry: StoredSummary | undefined;
  readonly name: string;
  readonly result: BacktestResult;
  /** Days of the panel; more than points and skipped markets when the walk has not ended. */
  readonly days: number;
  /** Absent while its first run is going on. */
  readonly request?: Backtest["request"];
  readonly historyName?: string | undefined;
}

interface BacktestState extends RunState {
  readonly setup: BacktestSetup;
  readonly shown: ShownBacktest | undefined;
  /** The instant that all panels point at. */
  readonly day: number | undefined;
  readonly choose: (change: Partial<BacktestSetup>) => void;
  readonly addMethod: (method: Omit<ChosenMethod, "key">) => void;
  readonly changeMethod: (key: number, change: Partial<Omit<ChosenMethod, "key">>) => void;
  readonly removeMethod: (key: number) => void;
  readonly run: () => Promise<void>;
  /** Goes on with one that was interrupted. */
  readonly resume: (entry: StoredSummary) => Promise<void>;
  readonly open: (entry: StoredSummary) => Promise<Failure | undefined>;
  readonly rename: (entry: StoredSummary, name: string) => Promise<Failure | undefined>;
  readonly remove: (entry: StoredSummary) => Promise<Failure | undefined>;
  /** The synthetic panel that ships with the program, and a backtest on it. */
  readonly loadExample: () => Promise<void>;
  readonly selectDay: (day: number | undefined) => void;
  /** The next instant whose loss was above a requirement; the first one after the last. */
  readonly nextBreach: () => void;
  /** Book, market, history and method of a day become those of the session. */
  readonly openDay: (day: number, label: string) => Promise<Failure | undefined>;
}

let lastKey = 0;
const keyed = (method: Omit<ChosenMethod, "key">): ChosenMethod => {
  lastKey += 1;
  return { ...method, key: lastKey };
};

export const backtestStore = createStore<BacktestState>()((set, get) => {
  let running: { readonly supersede: () => void } | undefined;

  const show = async (entry: StoredSummary): Promise<Failure | undefined> => {
    const answer = await call("backtest.get", { id: entry.id });
    if (!answer.ok) return answer.failure;
    const { content, name } = answer.value;
    const { result, days, request, history } = content;
    set(({ day }) => ({
      shown: { entry, name, result, days, request, historyName: history?.name },
      ...{ state: "ready", failure: undefined, cancelled: false, computedAtMs: entry.savedAtMs },
      day: result.points.some(({ asOfMs }) => asOfMs === day) ? day : undefined,
    }));
    return undefined;
  };

  const walk = async (
    name: string,
    start: (options: JobOptions<"backtest.run">) => StartedJob<"backtest.run" | "backtest.resume">,
  ): Promise<void> => {
    running?.supersede();
    const before = get().shown;
    let total = before?.days ?? 0;
    let came = false;
    const job = start({
      label: `Backtest ${name}`,
      panel: "backtest",
      onProgress: (progress) => {
        total = progress.total;
        if (running === job) set({ progress });
      },
      onPartial: (result) => {
        came = true;
        if (running === job) set({ shown: { entry: undefined, name, result, days: total } });
      },
    });
    running = job;
    set({ state: "loading", jobId: job.id, progress: undefined, cancelled: false, failure: undefined });
    const answer = await job.result;
    if (running !== job) return;
    running = undefined;
    set({ jobId: undefined, progress: undefined });
    if (answer.ok) {
      const failure = await show(answer.value);
      if (failure) set({ state: "error", failure });
    } else if (answer.failure.reason === "cancelled") {
      // what was walked so far stands in the list and can be resumed
      const cut = came ? get().shown : before;
      set({ shown: cut, state: cut ? "stale" : "empty", cancelled: true });
    } else set({ shown: before, state: "error", failure: answer.failure });
    await libraryStore.getState().refresh();
  };

  const change = (setup: Partial<BacktestSetup>): void =>
    set((before) => ({
      setup: { ...before.setup, ...setup },
      ...(before.state === "ready" && { state: "stale" as const, cancelled: false }),
    }));

  return {
    setup: firstSetup,
    shown: undefined,
    state: "empty",
    failure: undefined,
    cancelled: false,
    computedAtMs: undefined,
    progress: undefined,
    jobId: undefined,
    day: undefined,
    choose: change,
    addMethod: (method) => change({ methods: [...get().setup.methods, keyed(method)] }),
    changeMethod: (key, part) =>
      change({ methods: get().setup.methods.map((method) => (method.key === key ? { ...method, ...part } : method)) }),
    removeMethod: (key) => change({ methods: get().setup.methods.filter((method) => method.key !== key) }),
    run: async () => {
      const { setup } = get();
      const request = requestOfSetup(setup);
      if (!request) return;
      const name = nameOfSetup(setup);
      await walk(name, (options) => startJob("backtest.run", { name, request }, options));
    },
    resume: ({ id, name }) => walk(name, (options) => startJob("backtest.resume", { id }, options)),
    open: async (entry) => {
      running?.supersede();
      running = undefined;
      set({ jobId: undefined, progress: undefined });
      const failure = await show(entry);
      const { shown } = get();
      if (failure || !shown?.request) return failure;
      set({ setup: setupOf(shown.request, { keyed, history: historyNamed(shown.historyName) }) });
      return undefined;
    },
    rename: async ({ id }, name) => {
      const answer = await call("backtest.rename", { id, name });
      if (!answer.ok) return answer.failure;
      const { shown } = get();
      if (shown?.entry?.id === id) set({ shown: { ...shown, name, entry: answer.value } });
      await libraryStore.getState().refresh();
      return undefined;
    },
    remove: async ({ id }) => {
      const answer = await call("backtest.delete", { id });
      if (!answer.ok) return answer.failure;
      if (get().shown?.entry?.id === id) set({ shown: undefined, state: "empty", day: undefined });
      await libraryStore.getState().refresh();
      return undefined;
    },
    loadExample: async () => {
      const job = startJob("panel.sample", {}, { label: "Synthetic example", panel: "backtest" });
      set({ state: "loading", jobId: job.id, failure: undefined, cancelled: false });
      const answer = await job.result;
      set({ jobId: undefined });
      if (!answer.ok) {
        const stopped = answer.failure.reason === "cancelled";
        set(({ shown }) =>
          stopped ? { state: shown ? "stale" : "empty", cancelled: true } : { state: "error", failure: answer.failure },
        );
        return;
      }
      await libraryStore.getState().refresh();
      set({
        setup: {
          ...firstSetup,
          ...{ panel: answer.value.panel.id, history: { sample: true }, methods: exampleMethods.map(keyed) },
        },
      });
      await get().run();
    },
    selectDay: (day) => set({ day }),
    nextBreach: () => {
      const { shown, day } = get();
      if (!shown) return;
      const { timesMs, methods } = backtestSeries(shown.result);
      const isAny = (place: number): boolean => methods.some(({ breach }) => breach[place]);
      const next = stepped(timesMs, day, 1, isAny);
      set({ day: next === day ? stepped(timesMs, undefined, 1, isAny) : next });
    },
    openDay: async (day, label) => {
      const { shown } = get();
      if (!shown?.entry)
        return { reason: "not-found", message: "the backtest is still running; wait until it is kept" };
      const answer = await call("backtest.open-point", { id: shown.entry.id, asOfMs: day, label });
      if (!answer.ok) return answer.failure;
      const { portfolio, market, history, methodology, version, overrides } = answer.value;
      set({ day });
      session.getState().takeUp({
        ...{ portfolio: chosen(portfolio), market: chosen(market), history: history && chosen(history) },
        ...{
          methodology,
          rules: { name: version },
          overrides,
          edits: {},
          components: [],
          balances: [],
          parameterFile: undefined,
        },
      });
      await libraryStore.getState().refresh();
      return undefined;
    },
  };
});

/** A history of the library by its name; the sample has a name of its own. */
function historyNamed(name: string | undefined): Chosen | undefined {
  const found = libraryStore.getState().histories.find((entry) => entry.name === name);
  if (found) return chosen(found);
  return name === undefined ? undefined : { sample: true };
}

const chosen = ({ id, name }: StoredSummary) => ({ id, name });

export const useBacktest = <T>(select: (state: BacktestState) => T): T => useStore(backtestStore, select);

/** The walk ended before the last day of its panel. */
export function isUnfinished({ result, days }: Pick<ShownBacktest, "result" | "days">): boolean {
  return result.points.length + result.skipped.length < days;
}
