import { type Result, success } from "../../base/index.ts";
import type { Ports, Repository } from "../ports.ts";
import { entries } from "./entries.ts";

/** Stored contents kept parsed: a workstation works on a few at a time. */
const mostKept = 6;

/**
 * Reads stored contents by id and keeps the latest ones, so that an unchanged entry is the same object each time and others can cache
 * by it. A renamed entry shows its new name.
 *
 * @param word the kind in the user's words
 */
export function keptEntries<T extends { readonly name: string }>(
  ports: Ports,
  word: string,
  repository: () => Repository<T>,
): (id: string) => Result<{ readonly content: T }> {
  const stored = entries(ports, word, repository);
  const kept = new Map<string, { readonly content: T }>();
  return (id) => {
    const known = repository()
      .list()
      .find((entry) => entry.id === id);
    const key = known && `${known.sha256} ${known.name}`;
    const found = key === undefined ? undefined : kept.get(key);
    if (found !== undefined) return success(found);
    const entry = stored.get(id);
    if (!entry.ok) return entry;
    const sourced = { content: { ...entry.value.content, name: entry.value.name } };
    kept.set(`${entry.value.sha256} ${entry.value.name}`, sourced);
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return success(sourced);
  };
}
