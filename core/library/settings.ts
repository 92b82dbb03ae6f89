import type { Database } from "better-sqlite3";
import type { Store } from "../api/ports.ts";
import { canonicalJson } from "../base/index.ts";

/** Settings: plain JSON by key. */
export function settings(database: Database): Store["settings"] {
  const get = database.prepare("SELECT value FROM setting WHERE key = ?").pluck();
  const set = database.prepare(
    "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
  );
  const write = database.transaction((key: string, text: string) => set.run(key, text));
  return {
    get(key) {
      const text: unknown = get.get(key);
      return typeof text === "string" ? JSON.parse(text) : undefined;
    },
    set(key, value) {
      write.immediate(key, canonicalJson(value ?? null));
    },
  };
}
