import type { z } from "zod";
import { type StressSet, stressSet } from "./stress-set.ts";
import type { StressSetProblem } from "./stress-set-problem.ts";
import { shockPlace, stressSetProblems } from "./stress-set-rules.ts";

export interface ParsedStressSet {
  /** Absent when anything is wrong. */
  readonly set?: StressSet;
  readonly problems: readonly StressSetProblem[];
}

/**
 * Reads a set from plain data of unknown origin: its members by the schema, then by the rules of `stressSetProblems`.
 *
 * @param value plain data
 * @param name  of the set in messages, when it has none of its own
 */
export function parseStressSet(value: unknown, name: string = "the set"): ParsedStressSet {
  const parsed = stressSet.safeParse(value);
  if (!parsed.success) return { problems: parsed.error.issues.map((issue) => schemaProblem(issue, value, name)) };
  const problems = stressSetProblems(parsed.data);
  return problems.length === 0 ? { set: parsed.data, problems } : { problems };
}

/** `Historical events, scenario ftx, shock 3 (price of BTC): found -2, expected a relative move is above -1`. */
export function problemWords({ at, found, rule }: StressSetProblem): string {
  return `${at}: ${rule}${found === undefined || found === "" ? "" : `; found ${found}`}`;
}

function schemaProblem(issue: z.core.$ZodIssue, value: unknown, fallback: string): StressSetProblem {
  const path = issue.path.map(String);
  const name = textAt(value, ["name"]) ?? fallback;
  const found = shown(valueAt(value, path));
  const pointer = `/${path.map((key) => key.replaceAll("~", "~0").replaceAll("/", "~1")).join("/")}`;
  const common = { pointer, found, rule: ruleOf(issue, path.at(-1)) };
  const [scenarios, place] = path;
  if (scenarios !== "scenarios" || place === undefined) return { at: name, ...common };
  const scenario = textAt(value, ["scenarios", place, "id"]) ?? `number ${Number(place) + 1}`;
  const inPath = path[2] === "path" && path[4] === "shocks";
  const shockAt = inPath ? path[5] : path[2] === "shocks" ? path[3] : undefined;
  const inStep = path[2] === "path" && path[3] !== undefined;
  const step = inStep ? (textAt(value, [...path.slice(0, 4), "label"]) ?? `number ${Number(path[3]) + 1}`) : undefined;
  if (shockAt === undefined)
    return {
      at: `${name}, scenario ${scenario}${step === undefined ? "" : `, step ${step}`}`,
      ...{ scenario, ...(step !== undefined && { step }), ...common },
    };
  const shock = valueAt(value, path.slice(0, inPath ? 6 : 4));
  return {
    at: shockPlace(name, scenario, step, typeof shock === "object" && shock !== null ? shock : {}, Number(shockAt)),
    ...{ scenario, ...(step !== undefined && { step }), shock: Number(shockAt) + 1, ...common },
  };
}

/** The rule in words, with the member it is about. */
function ruleOf(issue: z.core.$ZodIssue, member: string | undefined): string {
  const named = member === undefined ? "" : ` of \`${member}\``;
  switch (issue.code) {
    case "invalid_type":
      return `expected ${/^[aeiou]/.test(issue.expected) ? "an" : "a"} ${issue.expected}${named}`;
    case "too_small":
      return `expected ${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}${named}`;
    case "too_big":
      return `expected ${issue.inclusive === false ? "less than" : "at most"} ${issue.maximum}${named}`;
    case "unrecognized_keys":
      return `no member ${issue.keys.map((key) => `\`${key}\``).join(", ")} is known here`;
    case "invalid_value":
      return `expected one of ${issue.values.map(String).join(", ")}${named}`;
    case "invalid_union":
      return `expected a kind of shock: price, volatility, skew, term, basis, funding, rate, stablecoin, haircut, correlation, liquidity, time`;
    default:
      return issue.message;
  }
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Record<string, unknown>)[key];
  }
  return found;
}

function textAt(value: unknown, path: readonly string[]): string | undefined {
  const found = valueAt(value, path);
  return typeof found === "string" && found !== "" ? found : undefined;
}

function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
