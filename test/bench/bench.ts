import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { typedArrayKernel, wasmKernel } from "../../core/revaluation/engine/index.ts";
import { inputsFrom } from "./inputs.ts";
import { syntheticInputs } from "./synthetic-inputs.ts";
import { type Trial, trials } from "./trials.ts";

const { values: flags } = parseArgs({
  options: { json: { type: "boolean" }, inputs: { type: "string" }, only: { type: "string" } },
});
const largestError = 1e-9;
const doubles = 1 << 22;
const engine = wasmKernel(doubles) ?? typedArrayKernel(doubles);
const folder = flags.inputs ?? syntheticInputs(mkdtempSync(join(tmpdir(), "marginscope-bench-")));

interface Row {
  readonly workload: string;
  readonly nsPerCell: number;
  readonly ms: number;
  readonly p95: number;
  readonly cells: number;
  readonly err: number;
  readonly peer: string;
}

for (const make of trials(inputsFrom(folder))) {
  const trial = make();
  if (flags.only && !flags.only.split(",").some((name) => trial.workload.startsWith(name))) continue;
  for (const row of measured(trial)) print(row);
}

/** Checks the result first, then times it; the plain loop runs in the same call. */
function measured(trial: Trial): Row[] {
  const result = trial.run(engine);
  const begin = performance.now();
  const plain = trial.plain?.();
  const plainMs = plain ? (performance.now() - begin) / plain.share : 0;
  const err = plain ? trial.error(result, plain.result) : 0;
  if (!(err <= largestError))
    throw new Error(`${trial.workload}: error ${err} of gross notional is above ${largestError}`);
  const times = Array.from({ length: trial.repeats }, () => {
    const start = performance.now();
    trial.run(engine);
    return performance.now() - start;
  }).sort((a, b) => a - b);
  const quantile = (share: number): number => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
  const ms = quantile(0.5);
  const row = (peer: string, time: number, p95: number, error: number): Row => {
    return {
      workload: trial.workload,
      nsPerCell: (time * 1e6) / trial.cells,
      ms: time,
      p95,
      cells: trial.cells,
      err: error,
      peer,
    };
  };
  const ours = row(`${engine.name}, 1 thread`, ms, quantile(0.95), err);
  return plain ? [ours, row("plain JavaScript", plainMs, plainMs, 0)] : [ours];
}

function print(row: Row): void {
  if (flags.json) process.stdout.write(`${JSON.stringify(row)}\n`);
  else {
    const columns = [row.workload.padEnd(16), row.peer.padEnd(22), `${row.nsPerCell.toFixed(3)} ns/cell`.padStart(18)];
    const rest = [
      `${row.ms.toFixed(2)} ms`.padStart(14),
      `p95 ${row.p95.toFixed(2)} ms`.padStart(18),
      `err ${row.err.toExponential(1)}`,
    ];
    process.stdout.write(`${[...columns, ...rest].join("  ")}\n`);
  }
}
