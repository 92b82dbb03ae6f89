import type { Result } from "../base/index.ts";
import type { Methodology, MethodologyUnderRules } from "../methodology/index.ts";
import type { ResolvedRules } from "../rulebook/index.ts";

/**
 * A methodology under rules, the same object for the same parameters: what is known of a book under it is kept with it.
 * Parameters of a rulebook are objects that never change.
 *
 * @returns failure as of `Methodology.under`
 */
export function underRules(
  methodology: Methodology,
  { parameters }: Pick<ResolvedRules, "parameters">,
): Result<MethodologyUnderRules> {
  if (typeof parameters !== "object" || parameters === null) return methodology.under(parameters);
  const byParameters = known.get(methodology) ?? new WeakMap<object, Result<MethodologyUnderRules>>();
  known.set(methodology, byParameters);
  const under = byParameters.get(parameters) ?? methodology.under(parameters);
  byParameters.set(parameters, under);
  return under;
}

const known = new WeakMap<Methodology, WeakMap<object, Result<MethodologyUnderRules>>>();
