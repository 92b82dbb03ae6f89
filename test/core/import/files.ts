import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { unwatched } from "../../../core/base/index.ts";
import { type ImportFile, type ImportOptions, type ImportResult, importFiles } from "../../../core/import/index.ts";

export function textFile(name: string, text: string): ImportFile {
  return { name, bytes: new TextEncoder().encode(text) };
}

export function jsonFile(name: string, content: unknown): ImportFile {
  return textFile(name, JSON.stringify(content));
}

export function diskFile(path: string): ImportFile {
  return { name: basename(path), bytes: new Uint8Array(readFileSync(path)) };
}

/** What the files hold; throws the refusal when they hold nothing. */
export async function imported(
  files: ImportFile | readonly ImportFile[],
  options: Partial<ImportOptions> = {},
): Promise<ImportResult> {
  const list = "bytes" in files ? [files] : files;
  const result = await importFiles(list, { mappings: {}, name: "test", work: unwatched, ...options });
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

/** Why the files cannot be imported. */
export async function refusalOf(file: ImportFile, options: Partial<ImportOptions> = {}): Promise<string> {
  const result = await importFiles([file], { mappings: {}, name: "test", work: unwatched, ...options });
  return result.ok ? "not refused" : result.failure.message;
}

/** Problems as short lines: `error 3 quantity: message`. */
export function problemLines({ report }: ImportResult): string[] {
  return report.problems.map(({ severity, row, column, message }) =>
    [severity, row, column === undefined ? undefined : `${column}:`, message]
      .filter((part) => part !== undefined)
      .join(" "),
  );
}
