import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { Database } from "better-sqlite3";
import type { ParameterFileSummary, Stored } from "../api/contract.ts";
import type { ParameterFileStore, ParameterFileWriter } from "../api/ports.ts";
import type { ContractFamily, ParameterFileHeader } from "../parameter-file/index.ts";
import { type ContentRow, contentValue, dropUnheld, keepContent } from "./content.ts";

const summaryColumns =
  "id, name, saved_at_ms AS savedAtMs, sha256, note, clearing_house AS clearingHouse, business_date AS date, cycle";

interface PartRow {
  readonly exchange: string;
  readonly product: string;
  readonly type: ContractFamily["type"];
  readonly sha256: string;
}

/** Stored parameter files: a header each, and families in parts of their own, so that a run reads only those it needs. */
export function parameterFiles(database: Database): ParameterFileStore {
  const list = database.prepare(
    `SELECT ${summaryColumns} FROM parameter_file ORDER BY business_date DESC, clearing_house, cycle, saved_at_ms DESC, id`,
  );
  const summary = database.prepare(`SELECT ${summaryColumns} FROM parameter_file WHERE id = ?`);
  const content = database.prepare("SELECT sha256, encoding, bytes FROM content WHERE sha256 = ?");
  const parts = database.prepare(
    "SELECT exchange, product, type, sha256 FROM parameter_file_part WHERE file_id = ? ORDER BY place",
  );
  const storedValue = (sha256: string) => contentValue(content.get(sha256) as ContentRow);

  const read = database.transaction((id: string): Stored<ParameterFileHeader> | undefined => {
    const found = summary.get(id) as ParameterFileSummary | undefined;
    return found && { ...found, content: storedValue(found.sha256) as ParameterFileHeader };
  });

  const removeParts = (id: string): void => {
    const held = parts.all(id) as PartRow[];
    database.prepare("DELETE FROM parameter_file_part WHERE file_id = ?").run(id);
    for (const { sha256 } of held) dropUnheld(database, sha256);
  };

  const remove = database.transaction((id: string): boolean => {
    const found = summary.get(id) as ParameterFileSummary | undefined;
    if (found === undefined) return false;
    database.prepare("DELETE FROM parameter_file WHERE id = ?").run(id);
    dropUnheld(database, found.sha256);
    removeParts(id);
    return true;
  });

  return {
    list: () => list.all() as ParameterFileSummary[],
    get: (id) => read(id),
    families: (id, wanted) =>
      (parts.all(id) as PartRow[]).filter(wanted).map(({ sha256 }) => storedValue(sha256) as ContractFamily),
    begin: (id) => writerOf(database, id),
    remove: (id) => remove.immediate(id),
  };
}

/**
 * Families are packed as they come and written with the header in one transaction: a file is there whole or not at all, and
 * no other process sees half of it.
 */
function writerOf(database: Database, id: string): ParameterFileWriter {
  const packed: { readonly family: Omit<ContractFamily, "series">; readonly row: ContentRow }[] = [];
  const finish = database.transaction((entry: Parameters<ParameterFileWriter["finish"]>[0]): ParameterFileSummary => {
    const insertPart = database.prepare(
      "INSERT INTO parameter_file_part (file_id, place, exchange, product, type, sha256) VALUES (?, ?, ?, ?, ?, ?)",
    );
    const insertContent = database.prepare(
      "INSERT INTO content (sha256, encoding, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
    );
    for (const [place, { family, row }] of packed.entries()) {
      insertContent.run(row.sha256, row.encoding, row.bytes);
      insertPart.run(id, place, family.exchange, family.product, family.type, row.sha256);
    }
    const { name, note, savedAtMs, header } = entry;
    const { clearingHouse, date, cycle } = header;
    const sha256 = keepContent(database, header);
    database
      .prepare(
        "INSERT INTO parameter_file (id, name, note, saved_at_ms, sha256, clearing_house, business_date, cycle) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      )
      .run(id, name, note, savedAtMs, sha256, clearingHouse, date, cycle);
    return { id, name, note, savedAtMs, sha256, clearingHouse, date, cycle };
  });
  return {
    add: (family) => {
      const { series: _series, ...rest } = family;
      packed.push({ family: rest, row: partContent(family) });
    },
    finish: (entry) => finish.immediate(entry),
  };
}

/** As `contentRow`; parts are many and large, so they are hashed and packed by the machine's own code. */
function partContent(family: ContractFamily): ContentRow {
  const text = Buffer.from(JSON.stringify(family), "utf8");
  const sha256 = createHash("sha256").update(text).digest("hex");
  return { sha256, encoding: "gzip", bytes: gzipSync(text, { level: 1 }) };
}
