import type { z } from "zod";
import { type Failure, failure } from "../base/index.ts";

/** Things wrong with an input that are named; beyond these they are counted. */
const listed = 5;

type Issue = z.core.$ZodIssue;

/**
 * The failure of an input that breaks its schema, in words: where, what was expected, what was found, for up to five of them.
 *
 * @param operation name of the operation, for the message
 * @param input     the whole input, to show what was found
 */
export function invalidInput(operation: string, error: z.ZodError, input: unknown): Failure {
  const [first] = error.issues;
  if (first === undefined) return failure("invalid-input", `the input of ${operation} is not valid`);
  const wrong = error.issues.slice(0, listed).map((issue) => wordsOf(issue, input));
  const more = error.issues.length - wrong.length;
  const message = [...wrong, ...(more > 0 ? [`and ${more} more`] : [])].join("; ");
  return failure("invalid-input", `${operation} ${message}`, pointerOf(mostSpecific(first, []).path));
}

/** `at /edits/0/quantity: expected a finite number, found "much"`. */
function wordsOf(issue: Issue, input: unknown): string {
  const { path, issue: specific } = mostSpecific(issue, []);
  return `at ${pointerOf(path)}: expected ${expectation(specific)}; found ${shown(valueAt(input, path))}`;
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? "/" : `/${path.map(escaped).join("/")}`;
}

/** Of a union's branches, the one that agreed longest: it is the one the user meant. */
function mostSpecific(issue: Issue, base: readonly PropertyKey[]): { path: readonly PropertyKey[]; issue: Issue } {
  const path = [...base, ...issue.path];
  if (issue.code !== "invalid_union") return { path, issue };
  const branches = issue.errors
    .map((issues) => issues.map((inner) => mostSpecific(inner, path)))
    .filter((found) => found.length > 0);
  const best = branches.reduce<(typeof branches)[number] | undefined>(
    (chosen, found) => (chosen === undefined || closeness(found) > closeness(chosen) ? found : chosen),
    undefined,
  );
  const [first] = best ?? [];
  return first === undefined || closeness(best ?? []) <= path.length ? { path, issue } : first;
}

function closeness(found: readonly { readonly path: readonly PropertyKey[] }[]): number {
  return Math.max(...found.map(({ path }) => path.length)) - found.length / 100;
}

function expectation(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return typeWords[issue.expected] ?? String(issue.expected);
    case "too_small":
      return `${measured(issue.origin)} ${issue.inclusive === false ? "above" : "of at least"} ${issue.minimum}`;
    case "too_big":
      return `${measured(issue.origin)} ${issue.inclusive === false ? "below" : "of at most"} ${issue.maximum}`;
    case "unrecognized_keys":
      return `no member ${issue.keys.map((key) => JSON.stringify(key)).join(", ")}`;
    case "invalid_value":
      return `one of ${issue.values.map((value) => JSON.stringify(value)).join(", ")}`;
    case "invalid_union":
      return "one of the forms that `contract.operations` lists";
    default:
      return issue.message;
  }
}

const typeWords: Readonly<Record<string, string>> = {
  number: "a finite number",
  int: "a whole number",
  string: "a text",
  boolean: "true or false",
  object: "an object",
  array: "a list",
  record: "an object",
  null: "null",
};

function measured(origin: string): string {
  if (origin === "array" || origin === "set") return "a list with a length";
  if (origin === "string") return "a text with a length";
  return "a number";
}

function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "number") return String(value);
  if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) {
    const keys = Object.keys(value);
    return keys.length === 0 ? "an empty object" : `an object with ${keys.slice(0, 5).join(", ")}`;
  }
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

/** One token of a JSON pointer (RFC 6901). */
function escaped(key: PropertyKey): string {
  return String(key).replaceAll("~", "~0").replaceAll("/", "~1");
}
