import { type ColumnMapping, type FileInspection, type ImportFile, inspectFiles } from "../../import/index.ts";
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

type Mappings = Readonly<Record<string, ColumnMapping>>;

/** What is known of files, the remembered mapping of an unknown table in place of the suggested one. */
export function inspectedFiles(ports: Pick<Ports, "store">, files: readonly ImportFile[]): readonly FileInspection[] {
  return inspectFiles(files).map((inspection) => {
    const { table } = inspection;
    if (table === undefined) return inspection;
    const remembered = storedMapping(ports, table.columns)?.content.mapping;
    return remembered === undefined ? inspection : { ...inspection, table: { ...table, suggested: remembered } };
  });
}

/** File name -> remembered mapping, for the files that are unknown tables with a remembered one. */
export function rememberedMappings(ports: Pick<Ports, "store">, files: readonly ImportFile[]): Mappings {
  const found = inspectFiles(files).flatMap(({ name, table }) => {
    const stored = table && storedMapping(ports, table.columns);
    return stored === undefined ? [] : [[name, stored.content.mapping] as const];
  });
  return Object.fromEntries(found);
}

/** Remembers the mappings given for files; tables with the same columns have one mapping, the latest. */
export function rememberMappings(
  ports: Pick<Ports, "store" | "newId" | "now">,
  files: readonly ImportFile[],
  given: Mappings,
): void {
  for (const { name, table } of inspectFiles(files.filter((file) => given[file.name] !== undefined))) {
    const content = given[name];
    if (content === undefined || table === undefined) continue;
    ports.store.mappings.save({
      id: storedMapping(ports, table.columns)?.id ?? ports.newId(),
      name,
      note: `${content.kind}, ${counted(table.columns.length, "column")}`,
      savedAtMs: ports.now(),
      content: { signature: signatureOf(table.columns), mapping: content },
    });
  }
}

/** The key by which the mapping of a table is remembered: its column names, whatever their order. */
function signatureOf(columns: readonly string[]): string {
  return [...columns].sort().join("\u001f");
}

function storedMapping({ store }: Pick<Ports, "store">, columns: readonly string[]) {
  const signature = signatureOf(columns);
  for (const { id } of store.mappings.list()) {
    const entry = store.mappings.get(id);
    if (entry?.content.signature === signature) return entry;
  }
  return undefined;
}
