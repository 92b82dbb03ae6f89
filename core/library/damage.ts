import { existsSync, mkdirSync, renameSync, rmdirSync, statSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { primaryCode, StoreRefusal } from "./store-refusal.ts";

/** A process that died while it set a file aside leaves its lock; it counts no more after this time. */
const staleAfterMs = 10_000;
const companions = ["", "-wal", "-shm"];

/** Whether an error says that the file is no sound SQLite database. */
export function isDamaged(error: unknown): boolean {
  return ["SQLITE_CORRUPT", "SQLITE_NOTADB"].includes(primaryCode(error));
}

/**
 * Renames a damaged file and its companions to `<name>.damaged-<time>[-n]<extension>`; nothing is overwritten.
 *
 * @param check opens the file and throws while it is damaged: of two processes that find the damage, the second must not
 *              set aside the fresh file of the first
 * @returns a notice for the user; `undefined` when another process has already set the file aside
 */
export function setAside(path: string, nowMs: number, check: () => void): string | undefined {
  const lock = `${path}.setting-aside`;
  takeLock(lock);
  try {
    check();
    return undefined;
  } catch (error) {
    if (!isDamaged(error)) throw error;
    const aside = freeName(path, nowMs);
    for (const suffix of companions) {
      if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
    }
    return `The library was damaged (${error instanceof Error ? error.message : "unknown"}). It is kept as ${basename(aside)}, and a new library was begun.`;
  } finally {
    rmdirSync(lock);
  }
}

function takeLock(lock: string): void {
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  for (let tries = 0; tries < 200; tries += 1) {
    try {
      mkdirSync(lock);
      return;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
    removeStale(lock);
    Atomics.wait(sleeper, 0, 0, 100);
  }
  throw new StoreRefusal("conflict", "another program is setting a damaged library aside; try again", lock);
}

function removeStale(lock: string): void {
  try {
    if (Date.now() - statSync(lock).mtimeMs > staleAfterMs) rmdirSync(lock);
  } catch {
    // its owner has just removed it
  }
}

function freeName(path: string, nowMs: number): string {
  const stamp = new Date(nowMs).toISOString().replace(/[-:]/g, "").replace(/\.\d+/, "");
  const extension = extname(path);
  const stem = join(dirname(path), basename(path, extension));
  for (let number = 1; ; number += 1) {
    const name = `${stem}.damaged-${stamp}${number === 1 ? "" : `-${number}`}${extension}`;
    if (companions.every((suffix) => !existsSync(name + suffix))) return name;
  }
}
