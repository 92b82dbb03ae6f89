import type { ColumnMapping } from "../../import/index.ts";
import type { StoredMapping } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { counted, entries } from "./entries.ts";
import type { ServicePart } from "./part.ts";

/** Remembered column mappings. */
export function mapping(ports: Ports): ServicePart<"mapping"> {
  const stored = entries<StoredMapping>(ports, "column mapping", () => ports.store.mappings);
  return {
    "mapping.list": stored.list,
    "mapping.delete": ({ id }) => stored.remove(id),
  };
}

/** The key by which the mapping of a table is remembered: its column names, whatever their order. */
export function signatureOf(columns: readonly string[]): string {
  return [...columns].sort().join("\u001f");
}

/** The mapping remembered for a table with these columns. */
export function rememberedMapping(
  { store }: Pick<Ports, "store">,
  columns: readonly string[],
): ColumnMapping | undefined {
  return storedMapping(store, signatureOf(columns))?.content.mapping;
}

/** Remembers a mapping; a table with the same columns has one mapping, the latest. */
export function rememberMapping(
  { store, newId, now }: Pick<Ports, "store" | "newId" | "now">,
  columns: readonly string[],
  fileName: string,
  content: ColumnMapping,
): void {
  const signature = signatureOf(columns);
  store.mappings.save({
    id: storedMapping(store, signature)?.id ?? newId(),
    name: fileName,
    note: `${content.kind}, ${counted(columns.length, "column")}`,
    savedAtMs: now(),
    content: { signature, mapping: content },
  });
}

function storedMapping(store: Ports["store"], signature: string) {
  for (const { id } of store.mappings.list()) {
    const entry = store.mappings.get(id);
    if (entry?.content.signature === signature) return entry;
  }
  return undefined;
}
