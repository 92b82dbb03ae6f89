import { DomainError, failed, success } from "../../base/index.ts";
import { ruleEffect } from "../../explain/index.ts";
import type { MarginResult } from "../../margin/index.ts";
import { differenceOf, type RulesChoice, resolveRules } from "../../rulebook/index.ts";
import type { Ports } from "../ports.ts";
import { ruledMethodology } from "./methodology.ts";
import type { ServicePart } from "./part.ts";
import { marginOf, preparedRun } from "./prepared-run.ts";
import type { Sources } from "./source.ts";

/** Rules by day or name, and what differs between two versions. */
export function rulebook(ports: Pick<Ports, "resources">, sources: Sources): ServicePart<"rulebook"> {
  const { resources } = ports;
  return {
    "rulebook.effect": async ({ from, to, ...request }, work) => {
      const quiet = { ...work, progress: () => {} };
      const results: MarginResult[] = [];
      for (const side of [from, to]) {
        work.progress(results.length, 2, "rule sets");
        const prepared = await preparedRun({ ...request, ...side }, ports, sources, work);
        if (!prepared.ok) return prepared;
        const result = await marginOf(prepared.value, { work: quiet });
        if (!result.ok) return result;
        results.push(result.value);
      }
      work.progress(2, 2, "rule sets");
      const [before, after] = results;
      if (before === undefined || after === undefined)
        throw new DomainError("two sides give two results", results.length);
      return success(ruleEffect(before, after));
    },
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
