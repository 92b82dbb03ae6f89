import { formatQuantity } from "../../base/format.ts";
import { failed, type Result, success } from "../../base/index.ts";
import type { Stored, StoredSummary } from "../contract.ts";
import type { Ports, Repository } from "../ports.ts";

/** What every kind of stored entry can do, worded once. `word` is the kind in the user's words: `portfolio`. */
export interface Entries<T> {
  readonly list: () => Result<readonly StoredSummary[]>;
  readonly get: (id: string) => Result<Stored<T>>;
  readonly rename: (id: string, name: string) => Result<StoredSummary>;
  readonly remove: (id: string) => Result<null>;
  /** A new entry; with the id of an existing one it replaces that. */
  readonly save: (entry: SavedEntry<T>) => Result<StoredSummary>;
}

interface SavedEntry<T> {
  readonly id?: string | undefined;
  readonly name: string;
  readonly note: string;
  readonly content: T;
}

/** @param repository asked at each call: opening the library may wait until it is needed */
export function entries<T>(ports: Ports, word: string, repository: () => Repository<T>): Entries<T> {
  const missing = (id: string) => notStored(word, id);
  return {
    list: () => success(repository().list()),
    get(id) {
      const entry = repository().get(id);
      return entry === undefined ? missing(id) : success(entry);
    },
    rename(id, name) {
      const renamed = repository().rename(id, name);
      return renamed === undefined ? missing(id) : success(renamed);
    },
    remove: (id) => (repository().remove(id) ? success(null) : missing(id)),
    save({ id, name, note, content }) {
      if (id !== undefined && repository().get(id) === undefined) return missing(id);
      return success(repository().save({ id: id ?? ports.newId(), name, note, savedAtMs: ports.now(), content }));
    },
  };
}

/** `1 position`, `1,904 positions`. */
export function counted(count: number, noun: string): string {
  return `${formatQuantity(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** Says that the library has no entry of that kind and id. */
export function notStored(word: string, id: string): Result<never> {
  return failed("not-found", `the library has no ${word} with the id ${JSON.stringify(id)}`, id);
}
