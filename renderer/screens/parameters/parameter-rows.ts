import type { ResolvedRules } from "../../client/types.ts";
import type { TreeNode } from "../../grids/tree.ts";
import { schemaAt } from "./json-schema.ts";

export type ParameterValue = number | string | boolean;

/** One row of the register: a parameter, or a group of them. */
export interface ParameterFigures {
  readonly pointer: string;
  /** Absent on groups. */
  readonly value?: ParameterValue;
  /** The published value, when an override replaces it. */
  readonly published?: ParameterValue;
  readonly description?: string | undefined;
  readonly choices?: readonly string[] | undefined;
  /** Section of the source. */
  readonly cite?: string | undefined;
  /** Why the value is a default and not a published figure. */
  readonly uncertain?: string | undefined;
  /** Overrides and uncertain values below a group. */
  readonly overrides: number;
  readonly uncertains: number;
}

/** Every value of the rules by its pointer, as a tree. */
export function parameterTree(rules: ResolvedRules, schema: unknown): TreeNode<ParameterFigures>[] {
  return childrenOf(rules, schema, rules.parameters, "");
}

function childrenOf(
  rules: ResolvedRules,
  schema: unknown,
  value: unknown,
  above: string,
): TreeNode<ParameterFigures>[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]): TreeNode<ParameterFigures>[] => {
    const pointer = `${above}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    const about = {
      pointer,
      ...schemaAt(schema, pointer),
      cite: covering(rules.cites, pointer),
      uncertain: covering(rules.uncertain, pointer),
    };
    if (isValue(member)) {
      const override = rules.overrides.find(({ path }) => path === pointer);
      const figures: ParameterFigures = {
        ...about,
        value: member,
        ...(override && { published: override.replaced }),
        overrides: override ? 1 : 0,
        uncertains: about.uncertain === undefined ? 0 : 1,
      };
      return [{ id: pointer, label: key, value: figures, children: [] }];
    }
    const children = childrenOf(rules, schema, member, pointer);
    const count = (of: (figures: ParameterFigures) => number): number =>
      children.reduce((total, child) => total + of(child.value), 0);
    const figures = { ...about, overrides: count((f) => f.overrides), uncertains: count((f) => f.uncertains) };
    return [{ id: pointer, label: key, value: figures, children }];
  });
}

/** What is said of a pointer or of the nearest one above it: a pointer covers everything below. */
export function covering(words: Readonly<Record<string, string>>, pointer: string): string | undefined {
  for (let at = pointer; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
    const found = words[at];
    if (found !== undefined) return found;
  }
  return words[""];
}

/** A typed value of the kind the parameter has; `undefined` for text that is none. */
export function parsedValue(text: unknown, current: ParameterValue): ParameterValue | undefined {
  const words = String(text ?? "").trim();
  if (words === "") return undefined;
  if (typeof current === "boolean") return words === "true" ? true : words === "false" ? false : undefined;
  if (typeof current === "string") return words;
  const number = Number(words.replace("−", "-"));
  return Number.isFinite(number) ? number : undefined;
}

function isValue(value: unknown): value is ParameterValue {
  return typeof value === "number" || typeof value === "string" || typeof value === "boolean";
}
