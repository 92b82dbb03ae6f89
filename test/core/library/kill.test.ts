import { spawn } from "node:child_process";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { hashOf } from "../../../core/base/index.ts";
import { openLibrary } from "../../../core/library/index.ts";
import { freshPath } from "./fixture.ts";

const program = join(import.meta.dirname, "writer-process.ts");
const rounds = 20;
/** Milliseconds of writing before the kill, spread over the moments of a transaction; fixed, so that a failure can be repeated. */
const killAfterMs = (round: number): number => 1 + ((round * 7_919) % 40);

/** Starts two writers on one library, kills both in mid-work, and returns what they acknowledged. */
async function writeAndKill(path: string, round: number): Promise<Map<string, string>> {
  const acknowledged = await Promise.all(["a", "b"].map((writer) => oneWriter(path, `${round}${writer}-`, round)));
  return new Map(acknowledged.flat());
}

function oneWriter(path: string, prefix: string, round: number): Promise<[string, string][]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--no-warnings", program, path, prefix]);
    let output = "";
    let errors = "";
    let begun = false;
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (begun) return;
      begun = true;
      setTimeout(() => child.kill("SIGKILL"), killAfterMs(round));
    });
    child.stderr.on("data", (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (signal !== "SIGKILL") reject(new Error(`the writer ended by itself (${code}): ${errors}`));
      const lines = output.slice(0, output.lastIndexOf("\n")).split("\n");
      resolve(lines.map((line) => line.split(" ") as [string, string]));
    });
  });
}

describe("a process killed while it writes", () => {
  it(`loses no acknowledged row, ${rounds} times over, with two writers at once`, { timeout: 180_000 }, async () => {
    const path = freshPath();
    const acknowledged = new Map<string, string>();
    for (let round = 0; round < rounds; round += 1) {
      for (const [id, sha256] of await writeAndKill(path, round)) acknowledged.set(id, sha256);
      const raw = new Sqlite(path);
      expect(raw.pragma("integrity_check", { simple: true })).toBe("ok");
      expect(raw.pragma("foreign_key_check")).toEqual([]);
      raw.close();
    }

    const library = openLibrary(path);
    expect(library.info().notice).toBeUndefined();
    expect(acknowledged.size).toBeGreaterThan(2 * rounds);
    for (const [id, sha256] of acknowledged) expect(hashOf(library.portfolios.get(id)?.content)).toBe(sha256);
    library.close();
  });
});
