import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { call } from "../client/index.ts";
import type { LibraryInfo, MethodologySummary, Output, StoredSummary } from "../client/types.ts";

type ListName =
  | "portfolios"
  | "markets"
  | "runs"
  | "overrideSets"
  | "histories"
  | "panels"
  | "backtests"
  | "parameterFiles";

interface LibraryState extends Readonly<Record<ListName, readonly StoredSummary[]>> {
  readonly methodologies: readonly MethodologySummary[];
  /** Files opened before, newest first. */
  readonly recent: Output<"recent.list">;
  readonly info: LibraryInfo | undefined;
  /** Reads every list again. */
  readonly refresh: () => Promise<void>;
}

/** What the library holds, as lists. */
export const libraryStore = createStore<LibraryState>()((set) => ({
  portfolios: [],
  markets: [],
  runs: [],
  overrideSets: [],
  histories: [],
  panels: [],
  backtests: [],
  parameterFiles: [],
  methodologies: [],
  recent: [],
  info: undefined,
  refresh: async () => {
    const [
      portfolios,
      markets,
      runs,
      overrideSets,
      histories,
      panels,
      backtests,
      parameterFiles,
      methodologies,
      recent,
      info,
    ] = await Promise.all([
      call("portfolio.list", {}),
      call("market.list", {}),
      call("run.list", {}),
      call("overrides.list", {}),
      call("history.list", {}),
      call("panel.list", {}),
      call("backtest.list", {}),
      call("parameter-file.list", {}),
      call("methodology.list", {}),
      call("recent.list", {}),
      call("library.info", {}),
    ]);
    set((state) => ({
      portfolios: portfolios.ok ? portfolios.value : state.portfolios,
      markets: markets.ok ? markets.value : state.markets,
      runs: runs.ok ? runs.value : state.runs,
      overrideSets: overrideSets.ok ? overrideSets.value : state.overrideSets,
      histories: histories.ok ? histories.value : state.histories,
      panels: panels.ok ? panels.value : state.panels,
      backtests: backtests.ok ? backtests.value : state.backtests,
      parameterFiles: parameterFiles.ok ? parameterFiles.value : state.parameterFiles,
      methodologies: methodologies.ok ? methodologies.value : state.methodologies,
      recent: recent.ok ? recent.value : state.recent,
      info: info.ok ? info.value : state.info,
    }));
  },
}));

export const useLibrary = <T>(select: (state: LibraryState) => T): T => useStore(libraryStore, select);
