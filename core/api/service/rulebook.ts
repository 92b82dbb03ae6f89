import { failed, success } from "../../base/index.ts";
import { differenceOf, type RulesChoice, resolveRules } from "../../rulebook/index.ts";
import type { Ports } from "../ports.ts";
import { ruledMethodology } from "./methodology.ts";
import type { ServicePart } from "./part.ts";

/** Rules by day or name, and what differs between two versions. */
export function rulebook({ resources }: Pick<Ports, "resources">): ServicePart<"rulebook"> {
  return {
    "rulebook.resolve": ({ methodology, rules, overrides }) => {
      const found = ruledMethodology(resources, methodology);
      if (!found.ok) return found;
      const { method, rulebook } = found.value;
      const resolved = resolveRules(rulebook, rules as RulesChoice, overrides);
      if (!resolved.ok) return resolved;
      const accepted = method.under(resolved.value.parameters);
      return accepted.ok ? resolved : accepted;
    },
    "rulebook.difference": ({ methodology, from, to }) => {
      const found = ruledMethodology(resources, methodology);
      if (!found.ok) return found;
      const { versions } = found.value.rulebook;
      const [before, after] = [from, to].map((name) => versions.find((version) => version.name === name));
      if (before !== undefined && after !== undefined)
        return success(differenceOf(before.parameters, after.parameters));
      const missing = before === undefined ? from : to;
      const known = versions.map(({ name }) => name).join(", ");
      return failed("not-found", `${methodology} has no rules named ${missing}; it has ${known}`, missing);
    },
  };
}
