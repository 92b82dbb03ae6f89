import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";

/** One cell of a risk matrix: its account, its set and its scenario. */
export interface SelectedScenario {
  readonly account: string;
  readonly setId: string;
  readonly scenarioId: string;
}

interface SelectionState {
  readonly positions: readonly string[];
  readonly scenario: SelectedScenario | undefined;
  /** Line of the statement, by id. */
  readonly line: string | undefined;
  /** JSON pointer of a rulebook parameter. */
  readonly parameter: string | undefined;
  readonly selectPositions: (positions: readonly string[]) => void;
  readonly selectScenario: (scenario: SelectedScenario | undefined) => void;
  readonly selectLine: (line: string | undefined) => void;
  readonly selectParameter: (parameter: string | undefined) => void;
}

/** What the user points at, shared by all panels. */
export const selection = createStore<SelectionState>()((set) => ({
  positions: [],
  scenario: undefined,
  line: undefined,
  parameter: undefined,
  selectPositions: (positions) => set({ positions }),
  selectScenario: (scenario) => set({ scenario }),
  selectLine: (line) => set({ line }),
  selectParameter: (parameter) => set({ parameter }),
}));

export const useSelection = <T>(select: (state: SelectionState) => T): T => useStore(selection, select);
