/** What the JSON Schema of the rules says of one parameter. */
export interface ParameterSchema {
  readonly description?: string | undefined;
  /** Allowed words. */
  readonly choices?: readonly string[] | undefined;
}

type Schema = Readonly<Record<string, unknown>>;

/** The schema at a JSON pointer: through properties, additional properties, items, references and unions. */
export function schemaAt(root: unknown, pointer: string): ParameterSchema {
  let here: Schema | undefined = isSchema(root) ? root : undefined;
  let description: string | undefined;
  for (const key of keysOf(pointer)) {
    here = here && childOf(resolved(here, root), key, root);
    if (!here) return {};
    description = textOf(here) ?? textOf(resolved(here, root)) ?? description;
  }
  const found: Schema | undefined = here && resolved(here, root);
  const words: unknown = found?.enum;
  const choices = Array.isArray(words) ? words.filter((word): word is string => typeof word === "string") : undefined;
  return { description, choices: choices && choices.length > 0 ? choices : undefined };
}

/** Keys of a JSON pointer, unescaped. */
export function keysOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function childOf(schema: Schema, key: string, root: unknown): Schema | undefined {
  const { properties, additionalProperties, prefixItems, items } = schema;
  const candidates: unknown[] = [
    isSchema(properties) ? properties[key] : undefined,
    Array.isArray(prefixItems) ? prefixItems[Number(key)] : undefined,
    /^\d+$/.test(key) ? items : undefined,
    additionalProperties,
  ];
  const found = candidates.find(isSchema);
  if (found) return found;
  return alternativesOf(schema)
    .map((alternative) => childOf(resolved(alternative, root), key, root))
    .find((child) => child !== undefined);
}

function alternativesOf({ anyOf, oneOf, allOf }: Schema): Schema[] {
  return [anyOf, oneOf, allOf].flatMap((list) => (Array.isArray(list) ? list.filter(isSchema) : []));
}

function resolved(schema: Schema, root: unknown): Schema {
  const { $ref } = schema;
  if (typeof $ref !== "string" || !$ref.startsWith("#")) return schema;
  let here: unknown = root;
  for (const key of keysOf($ref.slice(1))) here = isSchema(here) ? here[key] : undefined;
  return isSchema(here) ? here : schema;
}

function textOf({ description }: Schema): string | undefined {
  return typeof description === "string" ? description : undefined;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
