import { useContext } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { type LinkGroup, linkStore, PanelIdContext } from "./links.ts";

/** One cell of a risk matrix: its account, its set and its scenario. */
export interface SelectedScenario {
  readonly account: string;
  readonly setId: string;
  readonly scenarioId: string;
}

interface Selected {
  readonly positions: readonly string[];
  readonly scenario: SelectedScenario | undefined;
  /** Line of the statement, by id. */
  readonly line: string | undefined;
  /** JSON pointer of a rulebook parameter. */
  readonly parameter: string | undefined;
}

interface SelectionState extends Selected {
  readonly selectPositions: (positions: readonly string[]) => void;
  readonly selectScenario: (scenario: SelectedScenario | undefined) => void;
  readonly selectLine: (line: string | undefined) => void;
  readonly selectParameter: (parameter: string | undefined) => void;
}

/** What the user points at in panels of one letter. */
const createSelection = () =>
  createStore<SelectionState>()((set) => ({
    positions: [],
    scenario: undefined,
    line: undefined,
    parameter: undefined,
    selectPositions: (positions) => set({ positions }),
    selectScenario: (scenario) => set({ scenario }),
    selectLine: (line) => set({ line }),
    selectParameter: (parameter) => set({ parameter }),
  }));

/** What the user points at, shared by all panels without a letter. What is selected here by name, not in a panel, holds in all groups. */
export const selection = createSelection();

const lettered: Readonly<Record<LinkGroup, typeof selection>> = {
  A: createSelection(),
  B: createSelection(),
  C: createSelection(),
};

// A drill opens a panel by its id, and that panel may have a letter.
selection.subscribe((now, before) => {
  const { positions, scenario, line, parameter } = now;
  const changed: Partial<Selected> = {
    ...(positions !== before.positions && { positions }),
    ...(scenario !== before.scenario && { scenario }),
    ...(line !== before.line && { line }),
    ...(parameter !== before.parameter && { parameter }),
  };
  for (const group of Object.values(lettered)) group.setState(changed);
});

/** The selection of the panel that asks: that of its letter, or the common one. */
export function useSelection<T>(select: (state: SelectionState) => T): T {
  const panel = useContext(PanelIdContext);
  const group = useStore(linkStore, ({ groups }) => (panel === undefined ? undefined : groups[panel]));
  return useStore(group === undefined ? selection : lettered[group], select);
}
