import { type ScenarioSet, validScenarioSet } from "../../scenario/index.ts";
import type { Ports } from "../ports.ts";
import { counted, entries } from "./entries.ts";
import type { ServicePart } from "./part.ts";

/** Stored scenario sets. */
export function scenarioSet(ports: Ports): ServicePart<"scenario-set"> {
  const stored = entries<ScenarioSet>(ports, "scenario set", () => ports.store.scenarioSets);
  return {
    "scenario-set.list": stored.list,
    "scenario-set.get": ({ id }) => stored.get(id),
    "scenario-set.save": ({ id, name, content }) => {
      const valid = validScenarioSet(content as ScenarioSet);
      if (!valid.ok) return valid;
      return stored.save({ id, name, note: counted(content.scenarios.length, "scenario"), content: valid.value });
    },
    "scenario-set.delete": ({ id }) => stored.remove(id),
  };
}
