import { coveringPointer, leavesOf, type ResolvedRules } from "../rulebook/index.ts";
import type { ModelCard, ModelParameter } from "./model-card.ts";

/**
 * The card of a methodology under resolved rules: every single parameter with its section of the source and its status.
 *
 * @param title of the methodology
 * @param rules as resolved, overrides applied
 */
export function ruledModelCard(title: string, rules: ResolvedRules): ModelCard {
  const { methodology, version, effectiveFrom, source, parameters, overrides, uncertain, cites, lapsed } = rules;
  const overridden = new Map(overrides.map(({ path, replaced }) => [path, replaced]));
  const rows = [...leavesOf(parameters)].flatMap(({ path, value }): readonly ModelParameter[] => {
    if (typeof value !== "number" && typeof value !== "string" && typeof value !== "boolean") return [];
    const cited = coveringPointer(Object.keys(cites), path);
    const doubt = coveringPointer(Object.keys(uncertain), path);
    const replaced = overridden.get(path);
    const section = cited === undefined ? source.title : `${source.title}, ${cites[cited] ?? ""}`;
    const [words, status] =
      replaced !== undefined
        ? [`set by the user in place of ${replaced}`, "overridden" as const]
        : doubt !== undefined
          ? [`${section}; ${uncertain[doubt] ?? ""}`, "inferred" as const]
          : [section, "verified" as const];
    return [{ id: path, value, source: words, effectiveFrom, status }];
  });
  return {
    ...{ id: methodology, title, version, effectiveFrom, parameters: rows, assumptions: [] },
    design: [{ label: "rules", value: `${version}, ${source.title}, ${source.url}, retrieved ${source.retrieved}` }],
    limitations: lapsed === undefined ? [] : [lapsed],
  };
}
