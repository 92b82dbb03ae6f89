import type { StatedParameter, VenueStatement } from "../import/index.ts";
import type { Methodology } from "../methodology/index.ts";
import { type Override, type ResolvedRules, valueAt, withValueAt } from "../rulebook/index.ts";

/** Parameters of a reply as overrides of a rulebook. */
export interface StatedOverrides {
  /** Where the reply differs from the rules; ready for a run. */
  readonly overrides: readonly Override[];
  /** Parameters that are the same in both. */
  readonly same: number;
  /** Parameters that cannot be used, each with the reason: no such parameter, or outside its documented range. */
  readonly refused: readonly { readonly parameter: StatedParameter; readonly reason: string }[];
}

/**
 * Turns the parameters of a reply into overrides, in one step. A value outside the range its rules schema documents is left out and named.
 *
 * @param statement   what the venue stated
 * @param rules       the rules it is compared with
 * @param methodology whose schema the values must keep
 */
export function statedOverrides(
  statement: Pick<VenueStatement, "parameters">,
  rules: Pick<ResolvedRules, "parameters" | "version">,
  methodology: Methodology,
): StatedOverrides {
  const overrides: Override[] = [];
  const refused: { parameter: StatedParameter; reason: string }[] = [];
  let same = 0;
  for (const parameter of statement.parameters) {
    const { path, value } = parameter;
    const ours = valueAt(rules.parameters, path);
    if (ours === value) {
      same += 1;
      continue;
    }
    if (typeof ours !== typeof value) {
      const reason =
        ours === undefined ? `rules ${rules.version} have no parameter ${path}` : `${path} is a ${typeof ours}`;
      refused.push({ parameter, reason });
      continue;
    }
    const accepted = methodology.under(withValueAt(rules.parameters, path, value));
    if (accepted.ok) overrides.push({ path, value });
    else refused.push({ parameter, reason: `outside its documented range: ${accepted.failure.message}` });
  }
  return { overrides, same, refused };
}
