import { failed, hashOf, isIsoDate, type Result, success } from "../base/index.ts";
import { valueAt, withValueAt } from "./pointer.ts";
import type { AppliedOverride, Override, ResolvedRules, Rulebook, RulebookVersion, RulesChoice } from "./rulebook.ts";

/**
 * The version in force on a day: the last that begins on or before it, versions kept for choice by name left out.
 *
 * @param date ISO day
 * @returns `undefined` before the first version
 */
export function versionOn(rulebook: Rulebook, date: string): RulebookVersion | undefined {
  return rulebook.versions.filter((version) => version.byNameOnly !== true && version.effectiveFrom <= date).at(-1);
}

/**
 * Parameters ready for a run: a version of the rulebook (or the user's own set), with single values replaced.
 *
 * @param rulebook  versions of the methodology
 * @param choice    by day, by name, or a whole parameter set of the user
 * @param overrides values to replace; each path must exist, hold a number, text or truth value, and keep its type
 * @returns the rules with their provenance, `lapsed` when they no longer held on the chosen day; `not-found` for an unknown name or a day before the first version,
 *          `invalid-input` for a day that is not in the calendar and naming the path of an override that does not fit
 * @source resources/docs/glossary.md, "override"
 */
export function resolveRules(
  rulebook: Rulebook,
  choice: RulesChoice,
  overrides: readonly Override[] = [],
): Result<ResolvedRules> {
  const version = chosenVersion(rulebook, choice);
  if (!version.ok) return version;
  const { name, effectiveFrom, source, note, cites, uncertain } = version.value;
  let parameters = version.value.parameters;
  const applied: AppliedOverride[] = [];
  for (const { path, value } of overrides) {
    const replaced = valueAt(parameters, path);
    if (typeof replaced !== "number" && typeof replaced !== "string" && typeof replaced !== "boolean")
      return failed("invalid-input", `override ${path}: ${name} has no single value there`, path);
    if (typeof replaced !== typeof value)
      return failed("invalid-input", `override ${path}: found a ${typeof value}, expected a ${typeof replaced}`, path);
    if (typeof value === "number" && !Number.isFinite(value))
      return failed("invalid-input", `override ${path}: expected a finite number`, path);
    parameters = withValueAt(parameters, path, value);
    applied.push({ path, value, replaced });
  }
  return success({
    methodology: rulebook.methodology,
    version: name,
    effectiveFrom,
    source,
    ...(note === undefined ? {} : { note }),
    ...lapsedOn(rulebook.methodology, version.value, choice),
    parameters,
    parametersHash: hashOf(parameters),
    overrides: applied,
    cites,
    uncertain: uncertain ?? {},
  });
}

/** What to say of a version chosen for a day on which it no longer held. */
function lapsedOn(methodology: string, version: RulebookVersion, choice: RulesChoice): Pick<ResolvedRules, "lapsed"> {
  const { name, heldUntil } = version;
  if (heldUntil === undefined || !("date" in choice) || choice.date < heldUntil.date) return {};
  const held = `${methodology} held until ${heldUntil.date}: ${heldUntil.because}`;
  return { lapsed: `${held}; version ${name} is used for ${choice.date}` };
}

function chosenVersion(rulebook: Rulebook, choice: RulesChoice): Result<RulebookVersion> {
  const { methodology, versions } = rulebook;
  if ("parameters" in choice)
    return success({
      name: choice.label,
      effectiveFrom: "set by the user",
      source: { title: choice.label, url: "", retrieved: "set by the user" },
      parameters: choice.parameters,
      cites: {},
    });
  if ("name" in choice) {
    const version = versions.find(({ name }) => name === choice.name);
    const known = versions.map(({ name }) => name).join(", ");
    return version === undefined
      ? failed("not-found", `${methodology} has no rules named ${choice.name}; it has ${known}`, choice.name)
      : success(version);
  }
  if (!isIsoDate(choice.date))
    return failed(
      "invalid-input",
      `${choice.date} is no day of the calendar; expected one such as 2026-11-22`,
      choice.date,
    );
  const version = versionOn(rulebook, choice.date);
  if (version !== undefined) return success(version);
  const first = versions.find(({ byNameOnly }) => byNameOnly !== true);
  const since = first === undefined ? "it has versions by name only" : `the first begins on ${first.effectiveFrom}`;
  return failed("not-found", `${methodology} has no rules for ${choice.date}; ${since}`, choice.date);
}
