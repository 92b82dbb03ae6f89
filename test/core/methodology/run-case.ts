import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Result } from "../../../core/base/index.ts";
import type { Instrument } from "../../../core/instrument/index.ts";
import { type MarginResult, type MarginRun, runMargin } from "../../../core/margin/index.ts";
import type { Methodology } from "../../../core/methodology/index.ts";
import type { PositionId } from "../../../core/portfolio/index.ts";
import {
  type Override,
  parseRulebook,
  type ResolvedRules,
  type Rulebook,
  resolveRules,
} from "../../../core/rulebook/index.ts";
import { unwrapped } from "../result-value.ts";
import { type CaseFile, caseFile, caseInputs } from "./case-file.ts";

const root = resolve(import.meta.dirname, "..", "..", "..");

export interface NamedCase {
  readonly file: string;
  readonly content: CaseFile;
}

/** Rulebook of a methodology from resources; throws when it does not parse. */
export function rulebookOf(id: string): Rulebook {
  const json: unknown = JSON.parse(readFileSync(join(root, "resources/rulebooks", `${id}.json`), "utf8"));
  return unwrapped(parseRulebook(json));
}

/** Rules of a methodology as the last version of its rulebook has them. */
export function latestRules({ id }: Pick<Methodology, "id">): ResolvedRules {
  const rulebook = rulebookOf(id);
  return unwrapped(resolveRules(rulebook, { name: rulebook.versions.at(-1)?.name ?? "" }));
}

export function documentOf(id: string): string {
  return readFileSync(join(root, "resources/docs/methodology", `${id}.md`), "utf8");
}

/** Cases of a methodology in the order of their file names. */
export function casesOf(id: string): NamedCase[] {
  const folder = join(root, "core/methodology", id, "cases");
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => ({ file, content: caseFile.parse(JSON.parse(readFileSync(join(folder, file), "utf8"))) }));
}

export function rulesOf(rulebook: Rulebook, given: CaseFile, more: readonly Override[] = []): ResolvedRules {
  return unwrapped(resolveRules(rulebook, given.rules ?? { date: given.date }, [...given.overrides, ...more]));
}

/** Margin of a case, with changes to its run if wanted. */
export async function runCase(
  methodology: Methodology,
  rules: ResolvedRules,
  given: CaseFile,
  changes: Partial<MarginRun> = {},
): Promise<Result<MarginResult>> {
  return runMargin({ ...caseInputs(given), methodology, rules, ...changes });
}

/** Whether a methodology, under its rules of a day, margins at least one of these instruments. */
export function marginsAny(methodology: Methodology, instruments: readonly Instrument[], date: string): boolean {
  const rules = unwrapped(resolveRules(rulebookOf(methodology.id), { date }));
  const { excludes } = unwrapped(methodology.under(rules.parameters));
  return instruments.some(
    (instrument) => excludes({ id: "held" as PositionId, instrument, quantity: 1 }) === undefined,
  );
}

/** Whether a methodology, under its rules of a day, measures these instruments on a history of prices. */
export function needsHistory(methodology: Methodology, instruments: readonly Instrument[], date: string): boolean {
  const rules = unwrapped(resolveRules(rulebookOf(methodology.id), { date }));
  const { requires } = unwrapped(methodology.under(rules.parameters));
  const held = instruments.map((instrument) => ({ id: "held" as PositionId, instrument, quantity: 1 }));
  return requires(held).some((name) => name.startsWith("history:"));
}
