import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Remembered<T> {
  readonly get: () => T | undefined;
  readonly set: (value: T) => void;
}

/**
 * A small value of the shell that survives the program, one file each; the library holds what belongs to the user's work.
 *
 * @param parse checks what the file holds; anything else counts as absent
 */
export function remembered<T>(userData: string, name: string, parse: (value: unknown) => T | undefined): Remembered<T> {
  const path = join(userData, `${name}.json`);
  return {
    get() {
      try {
        return parse(JSON.parse(readFileSync(path, "utf8")));
      } catch {
        return undefined;
      }
    },
    set(value) {
      try {
        writeFileSync(`${path}.new`, JSON.stringify(value));
        renameSync(`${path}.new`, path);
      } catch (error) {
        process.stderr.write(`${name} is not remembered: ${error instanceof Error ? error.message : error}\n`);
      }
    },
  };
}
