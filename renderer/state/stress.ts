import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import { call } from "../client/index.ts";
import type { StressMode, StressParameters, StressScenario, StressSet } from "../client/stress.ts";
import { copyWork, ownParts } from "./own-parts.ts";
import { requestOf, session } from "./session.ts";
import { isEdited, plain, stressSetsStore } from "./stress-sets.ts";
import { createWork, outdateWithSession, type WorkStore } from "./work.ts";

/** What is asked of which scenarios. */
interface StressChoice {
  /** Ids of sets; empty: the first that ships with the program. */
  readonly sets: readonly string[];
  /** Ids of scenarios wanted; absent: all of the sets. */
  readonly scenarios: readonly string[] | undefined;
  /** Ids of methods; empty: the session's own under its rules. */
  readonly methods: readonly string[];
  readonly mode: StressMode;
  /** k of the mode `scaled`. */
  readonly scale: number;
  readonly parameters: StressParameters;
  /** Whether factors without a figure follow the product's betas. */
  readonly betas: "none" | "product";
  /** Days that pass beside each scenario. */
  readonly days: readonly number[];
}

interface OpenScenario {
  readonly scenario: string;
  readonly column: number;
}

interface StressState extends StressChoice {
  /** Row that is read: scenario of the run, and its column. */
  readonly selected: OpenScenario | undefined;
  /** Row that the drill answers for, and the step of its path; absent: the event at once. */
  readonly opened: (OpenScenario & { readonly step: number | undefined }) | undefined;
  readonly choose: (change: Partial<StressChoice>) => void;
  readonly run: () => Promise<void>;
  readonly select: (scenario: string, column: number) => void;
  /** Opens what is selected by position and factor, with its statement: of a path its worst step, unless another or the event at once is asked. */
  readonly drill: (step?: number | "once") => Promise<void>;
  /** Runs one event of the shipped library as it went, step by step where it has a path. */
  readonly replay: (event: RegExp) => Promise<void>;
  /** One scenario of the set that is edited, or a step of its path, on the session's book and method. */
  readonly preview: (set: StressSet, scenario: StressScenario, step?: number) => Promise<void>;
}

/** A panel of stress runs: its choice, its run and the scenario it opened. */
export interface StressPanel {
  readonly store: StoreApi<StressState>;
  readonly work: WorkStore<"stress.run">;
  readonly drill: WorkStore<"stress.positions">;
}

const panels = ownParts<StressPanel>(
  "stress",
  (id) => {
    const [work, drill] = [createWork("stress.run", id), createWork("stress.positions", id)];
    outdateWithSession(work);
    outdateWithSession(drill);
    return { store: createStressStore(work, drill), work, drill };
  },
  (from, to) => {
    copyWork(from.work, to.work);
    copyWork(from.drill, to.drill);
  },
);

/** The runs of one instance of the panel: duplicates run other scenarios or methods beside the first. */
export const stressPanel = panels.of;

export const previewWork = createWork("stress.positions", "scenarios");
outdateWithSession(previewWork);

const createStressStore = (work: WorkStore<"stress.run">, drill: WorkStore<"stress.positions">) =>
  createStore<StressState>()((set, get) => ({
    sets: [],
    scenarios: undefined,
    methods: [],
    mode: "instant",
    scale: 1,
    parameters: "today",
    betas: "none",
    days: [0],
    selected: undefined,
    opened: undefined,
    choose: (change) => {
      set(change);
      work.getState().outdate();
    },
    run: async () => {
      const base = baseOf();
      if (!base) return;
      if (stressSetsStore.getState().sets.length === 0) await stressSetsStore.getState().refresh();
      const { scenarios, mode, scale, parameters, betas, days } = get();
      const chosen = chosenSets(get().sets);
      if (chosen.length === 0) return;
      const columns = columnsOf(get().methods);
      const came = await work.getState().run(
        {
          ...{ ...base, columns, sets: chosen.map(sourceOfSet), mode, parameters, betas, days: [...days] },
          ...(mode === "scaled" && { scale }),
          ...(scenarios && { scenarios: [...scenarios] }),
        },
        `Stress, ${chosen.length === 1 ? "1 set" : `${chosen.length} sets`}, ${columns.length === 1 ? "1 method" : `${columns.length} methods`}`,
      );
      if (!came) return;
      const worst = worstOf(work);
      drill.getState().clear();
      set({ selected: worst });
      if (worst) await get().drill();
    },
    select: (scenario, column) => {
      set({ selected: { scenario, column } });
      void get().drill();
    },
    drill: async (asked) => {
      const { selected, parameters, betas } = get();
      const { value, input } = work.getState();
      const base = baseOf();
      const scenario = value?.scenarios.find(({ id }) => id === selected?.scenario);
      const column = input?.columns[selected?.column ?? 0];
      const source = scenario && input?.sets[scenario.set];
      if (!base || !scenario || !column || !source || !selected) return;
      const worst = scenario.outcomes.find((outcome) => outcome.column === selected.column)?.worstStep;
      const step = asked === "once" ? undefined : (asked ?? worst);
      const came = await drill.getState().run(
        {
          ...{ ...base, column, set: source, scenario: scenario.scenarioId, parameters, betas, days: scenario.days },
          scale: scenario.scale,
          ...(step !== undefined && { step }),
        },
        `Stress of ${scenario.label}`,
      );
      if (came) set({ opened: { ...selected, step } });
    },
    replay: async (event) => {
      const library = stressSetsStore.getState();
      if (library.sets.length === 0) await library.refresh();
      const shipped = stressSetsStore.getState().sets.filter(({ place }) => place === "shipped");
      for (const { id } of shipped) {
        const answer = await call("stress-set.get", { id });
        if (!answer.ok) continue;
        const { scenarios } = answer.value.content;
        const found = scenarios.find(({ label, id: own, start }) => event.test(`${label} ${own} ${start ?? ""}`));
        if (!found) continue;
        set({ sets: [id], scenarios: [found.id], mode: found.path ? "path" : "instant" });
        await get().run();
        return;
      }
    },
    preview: async (whole, scenario, step) => {
      const base = baseOf();
      if (!base) return;
      const [column] = columnsOf([]);
      if (!column) return;
      await previewWork.getState().run(
        {
          ...{ ...base, column, set: { set: plain({ ...whole, scenarios: [scenario] }) }, scenario: scenario.id },
          betas: get().betas,
          ...(step !== undefined && { step }),
        },
        `Preview of ${scenario.label}`,
      );
    },
  }));

export const { store: stressStore, work: stressWork, drill: drillWork } = stressPanel();

/** The runs of the instance that a component stands in. */
export const useStressPanel = panels.use;

export const useStress = <T>(select: (state: StressState) => T): T => useStore(useStressPanel().store, select);

/** Everything of the session's request but its method. */
function baseOf() {
  const request = requestOf(session.getState());
  if (!request) return undefined;
  const { methodology: _method, rules: _rules, overrides: _overrides, ...base } = request;
  return base;
}

/** The session's own method stands under its rules and overrides. */
function columnsOf(methods: readonly string[]) {
  const { methodology, rules, overrides } = session.getState();
  const wanted = methods.length === 0 ? [methodology] : methods;
  return wanted.map((id) =>
    id === methodology
      ? { methodology, overrides: [...overrides], ...(rules && { rules }) }
      : { methodology: id, overrides: [] },
  );
}

/** Sets that are asked; none chosen: the first that ships. */
export function chosenSets(sets: readonly string[]): readonly string[] {
  if (sets.length > 0) return sets;
  const { sets: known } = stressSetsStore.getState();
  const first = known.find(({ place }) => place === "shipped") ?? known[0];
  return first ? [first.id] : [];
}

/** A set that is being edited is asked as it is shown. */
export function sourceOfSet(id: string) {
  const { stored, draft } = stressSetsStore.getState();
  return stored?.id === id && draft && (isEdited({ stored, draft }) || stored.place === "venue")
    ? { set: plain(draft) }
    : { id };
}

/** Largest loss under the first column. */
function worstOf(work: WorkStore<"stress.run">): StressState["selected"] {
  const scenarios = work.getState().value?.scenarios ?? [];
  const found = scenarios.find(({ outcomes }) => outcomes.some(({ column, rank }) => column === 0 && rank === 1));
  return found && { scenario: found.id, column: 0 };
}
