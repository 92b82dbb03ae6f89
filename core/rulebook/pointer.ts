/** The parts of a JSON pointer (RFC 6901), unescaped. */
export function pointerParts(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The value a pointer names in plain JSON data; `undefined` when there is none. */
export function valueAt(data: unknown, pointer: string): unknown {
  return pointerParts(pointer).reduce<unknown>(
    (found, part) =>
      found !== null && typeof found === "object" && Object.prototype.propertyIsEnumerable.call(found, part)
        ? member(found, part)
        : undefined,
    data,
  );
}

/** A copy of plain JSON data with the value a pointer names replaced; everything else is shared. */
export function withValueAt(data: unknown, pointer: string, value: unknown): unknown {
  const replace = (found: unknown, parts: readonly string[]): unknown => {
    const [part, ...rest] = parts;
    if (part === undefined) return value;
    if (Array.isArray(found)) return found.map((item, index) => (String(index) === part ? replace(item, rest) : item));
    if (found === null || typeof found !== "object") return found;
    return { ...found, [part]: replace(member(found, part), rest) };
  };
  return replace(data, pointerParts(pointer));
}

/** A value that holds no other: what an override can replace. */
export interface PointedValue {
  readonly path: string;
  readonly value: unknown;
}

/** Every leaf of plain JSON data with its pointer, in the order of the data. Empty arrays and records are leaves. */
export function* leavesOf(data: unknown, path = ""): Generator<PointedValue> {
  const members = data !== null && typeof data === "object" ? Object.entries(data) : [];
  if (members.length === 0) yield { path, value: data };
  for (const [key, value] of members)
    yield* leavesOf(value, `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
}

/** The nearest of `pointers` that is `path` or stands above it; `undefined` when none covers it. */
export function coveringPointer(pointers: Iterable<string>, path: string): string | undefined {
  let nearest: string | undefined;
  for (const pointer of pointers)
    if ((path === pointer || path.startsWith(`${pointer}/`)) && pointer.length > (nearest?.length ?? -1))
      nearest = pointer;
  return nearest;
}

function member(data: object, key: string): unknown {
  return (data as Readonly<Record<string, unknown>>)[key];
}
