import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const shared = resolve(import.meta.dirname, "..", "..", "shared", "data");

/** Path of a file or folder of the shared sample data; undefined when this checkout stands alone. */
export function sharedData(...segments: string[]): string | undefined {
  const path = join(shared, ...segments);
  return existsSync(path) ? path : undefined;
}

/** Path of a document or table of the shared specification; undefined when this checkout stands alone. */
export function sharedReference(...segments: string[]): string | undefined {
  const path = resolve(shared, "..", "reference", ...segments);
  return existsSync(path) ? path : undefined;
}

/**
 * A suite that needs the shared data folder; `path` gives the full path of a file in it and fails when that file is missing.
 * Without the folder the suite is one passing test that says so.
 */
export function describeWithSharedData(name: string, suite: (path: (...segments: string[]) => string) => void): void {
  if (!existsSync(shared)) {
    describe(name, () => {
      it("needs the shared data folder (absent in this checkout)", () => expect(existsSync(shared)).toBe(false));
    });
    return;
  }
  describe(name, () => {
    suite((...segments) => {
      const path = sharedData(...segments);
      if (path === undefined) throw new Error(`the shared data folder has no ${segments.join("/")}`);
      return path;
    });
  });
}
