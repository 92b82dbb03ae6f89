import type { Database } from "better-sqlite3";
import type { StoredStressSet, StressSetSummary, StressSetVersion } from "../api/contract.ts";
import type { NewStressSetVersion, StressSetStore } from "../api/ports.ts";
import type { StressSet } from "../scenario/index.ts";
import { type ContentRow, contentValue, dropUnheld, keepContent } from "./content.ts";

const summaryColumns =
  "id, name, saved_at_ms AS savedAtMs, sha256, note, version, owner, approval, tags, scenarios, copy_of AS copyOf, deleted";
const versionColumns = "number, change, name, owner, approval, scenarios, at_ms AS savedAtMs, note, sha256, before";

type SummaryRow = Omit<StressSetSummary, "tags" | "copyOf" | "deleted" | "place" | "readOnly"> & {
  readonly tags: string;
  readonly copyOf: string | null;
  readonly deleted: number;
};
type VersionRow = Omit<StressSetVersion, "before" | "current"> & { readonly before: number | null };

/** Stored sets of stress scenarios: the current state of each, and every state before it. */
export function stressSets(database: Database): StressSetStore {
  const list = database.prepare(`SELECT ${summaryColumns} FROM stress_set ORDER BY saved_at_ms DESC, id`);
  const summary = database.prepare(`SELECT ${summaryColumns} FROM stress_set WHERE id = ?`);
  const content = database.prepare("SELECT sha256, encoding, bytes FROM content WHERE sha256 = ?");
  const versions = database.prepare(
    `SELECT ${versionColumns} FROM stress_set_version WHERE set_id = ? ORDER BY number DESC`,
  );
  const addVersion = database.prepare(
    `INSERT INTO stress_set_version (set_id, number, change, name, owner, approval, scenarios, at_ms, note, sha256, before)
     VALUES (@id, @version, @change, @name, @owner, @approval, @scenarios, @savedAtMs, @why, @sha256, @before)`,
  );
  const put = database.prepare(
    `INSERT INTO stress_set (id, name, note, saved_at_ms, sha256, version, owner, approval, tags, scenarios, copy_of, deleted)
     VALUES (@id, @name, @note, @savedAtMs, @sha256, @version, @owner, @approval, @tags, @scenarios, @copyOf, @deleted)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, note = excluded.note, saved_at_ms = excluded.saved_at_ms,
       sha256 = excluded.sha256, version = excluded.version, owner = excluded.owner, approval = excluded.approval,
       tags = excluded.tags, scenarios = excluded.scenarios, copy_of = excluded.copy_of, deleted = excluded.deleted`,
  );

  const row = (id: string): SummaryRow | undefined => summary.get(id) as SummaryRow | undefined;
  const setOf = (sha256: string): StressSet => contentValue(content.get(sha256) as ContentRow) as StressSet;

  const read = database.transaction((id: string): StoredStressSet | undefined => {
    const found = row(id);
    return found && { ...summaryOf(found), content: { ...setOf(found.sha256), name: found.name } };
  });

  const readVersions = database.transaction((id: string): readonly StressSetVersion[] => {
    const current = row(id)?.version;
    return (versions.all(id) as VersionRow[]).map(({ before, ...rest }) => ({
      ...rest,
      ...(before !== null && { before }),
      current: rest.number === current,
    }));
  });

  const append = database.transaction((entry: NewStressSetVersion): StressSetSummary | undefined => {
    const found = row(entry.id);
    if ((found?.version ?? 0) !== entry.expected) return undefined;
    const { name, owner, approval, tags, scenarios, origin } = entry.content;
    const kept = {
      ...{ id: entry.id, name, owner, approval, note: entry.note, savedAtMs: entry.atMs },
      ...{ sha256: keepContent(database, entry.content), version: entry.expected + 1 },
      ...{ scenarios: scenarios.length, tags: JSON.stringify(tags), copyOf: origin?.name ?? null },
      deleted: entry.change === "deleted" ? 1 : 0,
    };
    put.run(kept);
    addVersion.run({ ...kept, change: entry.change, why: entry.why, before: entry.before ?? null });
    return summaryOf(kept);
  });

  const remove = database.transaction((id: string): boolean => {
    const held = new Set((versions.all(id) as VersionRow[]).map(({ sha256 }) => sha256));
    const found = row(id);
    if (found === undefined) return false;
    database.prepare("DELETE FROM stress_set WHERE id = ?").run(id);
    database.prepare("DELETE FROM stress_set_version WHERE set_id = ?").run(id);
    for (const sha256 of held.add(found.sha256)) dropUnheld(database, sha256);
    return true;
  });

  return {
    list: () => (list.all() as SummaryRow[]).map(summaryOf),
    get: (id) => read(id),
    versions: (id) => readVersions(id),
    content: (sha256) => setOf(sha256),
    append: (entry) => append.immediate(entry),
    remove: (id) => remove.immediate(id),
  };
}

function summaryOf({ tags, copyOf, deleted, ...rest }: SummaryRow): StressSetSummary {
  return {
    ...rest,
    ...{ place: "library", readOnly: false, tags: JSON.parse(tags) as string[] },
    ...(copyOf !== null && { copyOf }),
    ...(deleted === 1 && { deleted: true }),
  };
}
