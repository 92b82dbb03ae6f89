import { statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";

/** A file as the page takes it. */
export interface GivenFile {
  readonly name: string;
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Larger files than the importers accept are not read at all. */
const largest = 512 * 1024 * 1024;

/** The arguments of a command line that are files. */
export function filesOf(argv: readonly string[], folder: string): string[] {
  return argv
    .slice(1)
    .filter((argument) => !argument.startsWith("-"))
    .map((argument) => resolve(folder, argument))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true);
}

/**
 * Files with their content.
 *
 * @throws Error in the user's words for a file that is too large or cannot be read
 */
export async function readFiles(paths: readonly string[]): Promise<GivenFile[]> {
  return Promise.all(
    paths.map(async (path) => {
      const size = statSync(path, { throwIfNoEntry: false })?.size;
      if (size === undefined) throw new Error(`${path}: there is no such file`);
      if (size > largest) throw new Error(`${path} has ${size} bytes; expected at most ${largest}`);
      return { name: basename(path), path, bytes: new Uint8Array(await readFile(path)) };
    }),
  );
}
