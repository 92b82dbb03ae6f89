import { gunzipSync, gzipSync } from "node:zlib";
import type { Database } from "better-sqlite3";
import { canonicalJson, hashOfBytes } from "../base/index.ts";
import { StoreRefusal } from "./store-refusal.ts";

/** Tables whose rows hold content by hash. */
export const contentTables = [
  ...(["portfolio", "market", "scenario_set", "override_set", "mapping", "run"] as const),
  ...(["break_report", "history", "panel", "backtest", "parameter_file", "stress_set"] as const),
] as const;

/** Tables whose rows belong to an entry and hold content of their own. */
export const partTables = ["parameter_file_part", "stress_set_version"] as const;

const holdingTables = [...contentTables, ...partTables];

export type ContentTable = (typeof contentTables)[number];

export interface ContentRow {
  readonly sha256: string;
  readonly encoding: string;
  readonly bytes: Uint8Array;
}

/** Shorter texts gain nothing from compression. */
const compressFrom = 2_000;

/** The row of a value: its canonical JSON, compressed when long; the hash is that of the text. */
export function contentRow(value: unknown): ContentRow {
  const text = Buffer.from(canonicalJson(value), "utf8");
  const sha256 = hashOfBytes(text);
  return text.length < compressFrom
    ? { sha256, encoding: "json", bytes: text }
    : { sha256, encoding: "gzip", bytes: gzipSync(text) };
}

/**
 * The value of a row.
 *
 * @throws StoreRefusal when the bytes are not those that were stored
 */
export function contentValue(row: ContentRow): unknown {
  let text: Uint8Array;
  try {
    text = row.encoding === "gzip" ? gunzipSync(row.bytes) : row.bytes;
  } catch (error) {
    throw damaged(row, error instanceof Error ? error.message : String(error));
  }
  if (hashOfBytes(text) !== row.sha256) throw damaged(row, "the hash does not match");
  return JSON.parse(new TextDecoder().decode(text));
}

/** Stores a value unless it is there; inside the caller's transaction. Returns its hash. */
export function keepContent(database: Database, value: unknown): string {
  const row = contentRow(value);
  database
    .prepare("INSERT INTO content (sha256, encoding, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
    .run(row.sha256, row.encoding, row.bytes);
  return row.sha256;
}

/** Drops content that no entry holds any more; inside the caller's transaction. */
export function dropUnheld(database: Database, sha256: string): void {
  const held = holdingTables.map((table) => `SELECT 1 FROM ${table} WHERE sha256 = @sha256`).join(" UNION ALL ");
  database.prepare(`DELETE FROM content WHERE sha256 = @sha256 AND NOT EXISTS (${held})`).run({ sha256 });
}

function damaged({ sha256 }: ContentRow, why: string): StoreRefusal {
  return new StoreRefusal("conflict", `a stored entry is damaged and cannot be read: ${why}`, sha256);
}
