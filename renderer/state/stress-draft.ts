import type { ShockKind, StressScenario, StressSet, StressShock } from "../client/stress.ts";
import { newShock } from "./shock-text.ts";

/** Edits of a set of scenarios as pure functions: the store keeps what comes out, and what was before for undo. */

export function emptySet(name: string): StressSet {
  return {
    ...{ name, description: "", owner: "", approval: "draft", tags: [], provenance: "", sources: [] },
    scenarios: [newScenario([])],
  };
}

export function newScenario(taken: readonly StressScenario[]): StressScenario {
  return {
    ...{ id: freeId("scenario", taken), label: "New scenario", kind: "hypothetical", figures: [] },
    shocks: [newShock("price")],
  };
}

export function withScenario(set: StressSet, scenario: StressScenario): StressSet {
  return { ...set, scenarios: [...set.scenarios, { ...scenario, id: freeId(scenario.id, set.scenarios) }] };
}

/** A copy right after the original. */
export function duplicated(set: StressSet, id: string): StressSet {
  return {
    ...set,
    scenarios: set.scenarios.flatMap((scenario) =>
      scenario.id === id
        ? [
            scenario,
            {
              ...scenario,
              id: freeId(id, set.scenarios),
              label: `${scenario.label} (copy)`,
              kind: "hypothetical" as const,
            },
          ]
        : [scenario],
    ),
  };
}

/** Sets have one scenario at least: the last one stays. */
export function withoutScenario(set: StressSet, id: string): StressSet {
  const scenarios = set.scenarios.filter((scenario) => scenario.id !== id);
  return scenarios.length === 0 ? set : { ...set, scenarios };
}

export function changedScenario(
  set: StressSet,
  id: string,
  change: (scenario: StressScenario) => StressScenario,
): StressSet {
  return { ...set, scenarios: set.scenarios.map((scenario) => (scenario.id === id ? change(scenario) : scenario)) };
}

type Shocks = readonly StressShock[];
type PathStep = NonNullable<StressScenario["path"]>[number];

/** Shocks of the scenario itself, or of a step of its path by its place. */
function changedShocks(
  set: StressSet,
  id: string,
  step: number | undefined,
  change: (shocks: Shocks, of: StressScenario) => StressShock[],
): StressSet {
  return changedScenario(set, id, (scenario) =>
    step === undefined
      ? { ...scenario, shocks: change(scenario.shocks, scenario) }
      : withPath(
          scenario,
          (scenario.path ?? []).map((known, place) =>
            place === step ? { ...known, shocks: change(known.shocks, scenario) } : known,
          ),
        ),
  );
}

export function withShock(set: StressSet, id: string, at: number, shock: StressShock, step?: number): StressSet {
  return changedShocks(set, id, step, (shocks) =>
    shocks.map((known, place) => (place === at ? edited(known, shock) : known)),
  );
}

/** For the factor named last, of a step without shocks that of the scenario. */
export function withNewShock(set: StressSet, id: string, kind: ShockKind, step?: number): StressSet {
  return changedShocks(set, id, step, (shocks, { shocks: own }) => {
    const factors = [...own, ...shocks].flatMap((shock) => ("factor" in shock ? [shock.factor] : []));
    return [...shocks, newShock(kind, factors.at(-1))];
  });
}

export function withoutShocks(set: StressSet, id: string, places: ReadonlySet<number>, step?: number): StressSet {
  return changedShocks(set, id, step, (shocks) => shocks.filter((_, place) => !places.has(place)));
}

/**
 * A new step behind another: steps stand where the event stands, measured from its start, so it begins as a copy of the one before, a day
 * later where there is room. The first step of a path begins with the shocks of the scenario.
 *
 * @param after place of the step before; absent: at the end
 */
export function withStep(set: StressSet, id: string, after?: number): StressSet {
  return changedScenario(set, id, (scenario) => {
    const path = scenario.path ?? [];
    const at = after ?? path.length - 1;
    const [before, next] = [path[at], path[at + 1]];
    const later = (before?.days ?? -1) + 1;
    const step: PathStep = {
      label: freeLabel(path),
      days: next === undefined ? later : Math.min(later, next.days),
      shocks: structuredClone([...(before?.shocks ?? scenario.shocks)]),
    };
    return withPath(scenario, [...path.slice(0, at + 1), step, ...path.slice(at + 1)]);
  });
}

export function changedStep(
  set: StressSet,
  id: string,
  at: number,
  change: Partial<Pick<PathStep, "label" | "days">>,
): StressSet {
  return changedScenario(set, id, (scenario) =>
    withPath(
      scenario,
      (scenario.path ?? []).map((step, place) => (place === at ? { ...step, ...change } : step)),
    ),
  );
}

/** The step changes places with its neighbour; the days stay with the places, so that a path never goes back in time. */
export function movedStep(set: StressSet, id: string, at: number, by: 1 | -1): StressSet {
  const path = set.scenarios.find((scenario) => scenario.id === id)?.path ?? [];
  const [own, other] = [path[at], path[at + by]];
  if (own === undefined || other === undefined) return set;
  return changedScenario(set, id, (scenario) =>
    withPath(
      scenario,
      path.map((step, place) =>
        place === at ? { ...other, days: own.days } : place === at + by ? { ...own, days: other.days } : step,
      ),
    ),
  );
}

/** Without its last step a scenario has no path. */
export function withoutSteps(set: StressSet, id: string, places: ReadonlySet<number>): StressSet {
  return changedScenario(set, id, (scenario) =>
    withPath(
      scenario,
      (scenario.path ?? []).filter((_, place) => !places.has(place)),
    ),
  );
}

function withPath(scenario: StressScenario, path: PathStep[]): StressScenario {
  const { path: _, ...others } = scenario;
  return path.length === 0 ? others : { ...others, path };
}

function freeLabel(path: readonly PathStep[]): string {
  const labels = new Set(path.map(({ label }) => label));
  for (let count = path.length + 1; ; count++) if (!labels.has(`Step ${count}`)) return `Step ${count}`;
}

/** A figure that the user changes is no longer that of its source. */
function edited(before: StressShock, after: StressShock): StressShock {
  const sameNumbers =
    JSON.stringify({ ...before, quality: "", note: "" }) === JSON.stringify({ ...after, quality: "", note: "" });
  if (sameNumbers || before.quality === "set" || after.quality !== before.quality) return after;
  const { source: _, ...others } = after;
  const was = before.source === undefined ? before.quality : `${before.quality}, ${before.source}`;
  return { ...others, quality: "set", note: after.note ?? `changed; was ${was}` } as StressShock;
}

function freeId(wanted: string, taken: readonly StressScenario[]): string {
  const ids = new Set(taken.map(({ id }) => id));
  if (!ids.has(wanted)) return wanted;
  const stem = wanted.replace(/-\d+$/, "");
  for (let count = 2; ; count++) if (!ids.has(`${stem}-${count}`)) return `${stem}-${count}`;
}
