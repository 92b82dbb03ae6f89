import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readParameterFile } from "../../core/import/parameter-file/read-parameter-file.ts";
import { syntheticPositional, syntheticXml } from "../core/import/parameter-file/synthetic-file.ts";

/**
 * Reads invented parameter files of some 200 MB in both layouts: time, and memory beside the bytes themselves.
 * Run: `node --expose-gc test/bench/parameter-file.ts [megabytes]`
 */
const wantedMegabytes = Number(process.argv[2] ?? 200);
const largestSeconds = 20;

const layouts = [
  { name: "XML", text: syntheticXml, bytesOfFamily: 6 * 120 * 452 },
  { name: "positional", text: syntheticPositional, bytesOfFamily: 6 * 120 * 249 },
];

const folder = mkdtempSync(join(tmpdir(), "marginscope-bench-"));
try {
  for (const { name, text, bytesOfFamily } of layouts) {
    const families = Math.ceil((wantedMegabytes * 1e6) / bytesOfFamily);
    const path = join(folder, `${name}.txt`);
    written(path, text({ families, months: 6, strikes: 120 }));
    const result = await measured(path);
    const speed = result.megabytes / result.seconds;
    console.log(
      `${name}: ${result.megabytes.toFixed(0)} MB, ${result.arrays} arrays, ${result.seconds.toFixed(1)} s (CPU ${result.cpuSeconds.toFixed(1)} s, ${speed.toFixed(0)} MB/s), heap at most ${result.heapMegabytes.toFixed(0)} MB above the start`,
    );
    if (result.seconds > largestSeconds) {
      console.error(`${name}: more than ${largestSeconds} s`);
      process.exitCode = 1;
    }
    rmSync(path);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function written(path: string, pieces: Iterable<string>): void {
  const file = openSync(path, "w");
  let text = "";
  for (const piece of pieces) {
    text += piece;
    if (text.length < 1 << 20) continue;
    writeSync(file, text);
    text = "";
  }
  writeSync(file, text);
  closeSync(file);
}

async function measured(path: string) {
  const bytes = new Uint8Array(readFileSync(path));
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  let highest = before;
  let steps = 0;
  const started = performance.now();
  const cpu = process.cpuUsage();
  const read = await readParameterFile({ name: path, bytes }, () => {}, {
    progress: () => {
      steps += 1;
      if (steps % 16 === 0) highest = Math.max(highest, process.memoryUsage().heapUsed);
    },
    cancelled: () => false,
    pause: async () => {},
  });
  if (!read.ok) throw new Error(read.failure.message);
  const { user, system } = process.cpuUsage(cpu);
  return {
    megabytes: statSync(path).size / 1e6,
    arrays: read.value.counts.arrays,
    seconds: (performance.now() - started) / 1000,
    cpuSeconds: (user + system) / 1e6,
    heapMegabytes: (highest - before) / 1e6,
  };
}
