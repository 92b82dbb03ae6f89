import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { text as textOfStream } from "node:stream/consumers";
import { decode } from "../../api/codec.ts";
import { failed, type Result, success } from "../../base/index.ts";

/**
 * The input of an operation from the command line: `@request.json`, `@-` for stdin, or the JSON itself.
 * Wherever the contract takes a file (`files`, `file`, `charged`), `{"path": "…", "name"?: "…"}` stands for its content.
 */
export async function requestInput(argument: string): Promise<Result<unknown>> {
  const text = argument.startsWith("@") ? await fileText(argument.slice(1)) : success(argument);
  if (!text.ok) return text;
  const input = decode(text.value);
  return input.ok ? withFileContent(input.value, false) : input;
}

/** A file's content as the contract takes it. */
export async function fileInput(path: string, name: string = basename(path)): Promise<Result<unknown>> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => error);
  return bytes instanceof Error ? unreadable(path, bytes) : success({ name, bytes: Uint8Array.from(bytes) });
}

/** The text of a file, `-` is stdin; or in words why it cannot be read. */
export async function fileText(path: string): Promise<Result<string>> {
  const reading = path === "-" ? textOfStream(process.stdin) : readFile(path, "utf8");
  const text = await reading.catch((error: NodeJS.ErrnoException) => error);
  return text instanceof Error ? unreadable(path, text) : success(text);
}

function unreadable(path: string, error: NodeJS.ErrnoException): ReturnType<typeof failed> {
  const why = error.code === "ENOENT" ? "there is no such file" : error.message;
  return failed("not-found", `${path} cannot be read: ${why}`, path);
}

/** Members of requests that hold files. */
const fileMembers: ReadonlySet<string> = new Set(["files", "file", "charged"]);

/** @param isFile whether the value stands where the contract takes a file */
async function withFileContent(value: unknown, isFile: boolean): Promise<Result<unknown>> {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return success(value);
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const item of value) {
      const read = await withFileContent(item, isFile);
      if (!read.ok) return read;
      items.push(read.value);
    }
    return success(items);
  }
  const { path, name, ...rest } = value as { path?: unknown; name?: unknown };
  if (isFile && typeof path === "string" && Object.keys(rest).length === 0) {
    return fileInput(path, typeof name === "string" ? name : basename(path));
  }
  const members: [string, unknown][] = [];
  for (const [key, member] of Object.entries(value)) {
    const read = await withFileContent(member, fileMembers.has(key));
    if (!read.ok) return read;
    members.push([key, read.value]);
  }
  return success(Object.fromEntries(members));
}
