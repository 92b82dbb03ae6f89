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

export function withShock(set: StressSet, id: string, at: number, shock: StressShock): StressSet {
  return changedScenario(set, id, (scenario) => ({
    ...scenario,
    shocks: scenario.shocks.map((known, place) => (place === at ? edited(known, shock) : known)),
  }));
}

export function withNewShock(set: StressSet, id: string, kind: ShockKind): StressSet {
  return changedScenario(set, id, (scenario) => {
    const factors = scenario.shocks.flatMap((shock) => ("factor" in shock ? [shock.factor] : []));
    return { ...scenario, shocks: [...scenario.shocks, newShock(kind, factors.at(-1))] };
  });
}

export function withoutShocks(set: StressSet, id: string, places: ReadonlySet<number>): StressSet {
  return changedScenario(set, id, (scenario) => ({
    ...scenario,
    shocks: scenario.shocks.filter((_, place) => !places.has(place)),
  }));
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
