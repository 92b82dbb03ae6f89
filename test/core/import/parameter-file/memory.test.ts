import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { readParameterFile } from "../../../../core/import/index.ts";
import { bytesOf } from "./read-file.ts";
import { type SyntheticFile, syntheticPositional, syntheticXml } from "./synthetic-file.ts";

/** Collects garbage, so that what is left is held. */
function collector(): () => void {
  setFlagsFromString("--expose_gc");
  return runInNewContext("gc") as () => void;
}

/** Largest heap held while a file is read, beyond what was held before; bytes. */
async function heldWhileReading(bytes: Uint8Array): Promise<{ readonly held: number; readonly arrays: number }> {
  const collect = collector();
  collect();
  const before = process.memoryUsage().heapUsed;
  let held = 0;
  let steps = 0;
  const read = await readParameterFile({ name: "large", bytes }, () => {}, {
    progress: () => {
      steps += 1;
      if (steps % 4 !== 0) return;
      collect();
      held = Math.max(held, process.memoryUsage().heapUsed - before);
    },
    cancelled: () => false,
    pause: async () => {},
  });
  if (!read.ok) throw new Error(read.failure.message);
  return { held, arrays: read.value.counts.arrays };
}

const sizes: readonly SyntheticFile[] = [
  { families: 6, months: 6, strikes: 100 },
  { families: 30, months: 6, strikes: 100 },
];

describe.each([
  ["XML", syntheticXml],
  ["positional", syntheticPositional],
] as const)("memory while a %s file is read", (_name, text) => {
  it("does not grow with the file", async () => {
    const [small, large] = sizes.map((size) => bytesOf([...text(size)].join("")));
    if (small === undefined || large === undefined) throw new Error("no files");
    expect(large.length).toBeGreaterThan(4 * 1024 * 1024);
    const first = await heldWhileReading(small);
    const second = await heldWhileReading(large);
    expect(second.arrays).toBe(5 * first.arrays);
    // One part of a family, one piece of text, and what the machine keeps of its own.
    expect(second.held).toBeLessThan(12 * 1024 * 1024);
    expect(second.held - first.held).toBeLessThan(4 * 1024 * 1024);
  });
});
