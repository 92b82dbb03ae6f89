import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startPool } from "../../core/host/pool/start-pool.ts";
import {
  type EngineKernel,
  type KernelName,
  kernelNames,
  typedArrayKernel,
  wasmKernel,
} from "../../core/revaluation/engine/index.ts";
import { checkedInputs, InputError, inputsFrom } from "./inputs.ts";
import { repeatedly } from "./measure.ts";
import { measureMemory, memoryTrial } from "./memory.ts";
import { productTrials } from "./product-trials.ts";
import { syntheticInputs } from "./synthetic-inputs.ts";
import { type Trial, trials } from "./trials.ts";

process.on("uncaughtException", (error) => {
  // What was asked for cannot be done: a sentence. Everything else is a defect and keeps its trace.
  process.stderr.write(`bench: ${error instanceof InputError ? error.message : (error.stack ?? error)}\n`);
  process.exit(1);
});
const flags = flagsGiven();
const largestError = 1e-9;
const doubles = 1 << 22;
const engine = engineNamed(flags.kernel);
const folder = flags.inputs ?? syntheticInputs(mkdtempSync(join(tmpdir(), "marginscope-bench-")));
const threads = threadsGiven(flags.threads);

export interface Row {
  readonly workload: string;
  readonly nsPerCell: number;
  readonly ms: number;
  readonly cells: number;
  readonly err: number;
  readonly peer: string;
  readonly p95: number;
  /** Median processor time of all threads: what a busy machine does not lengthen. */
  readonly cpuMs?: number;
  /** Largest resident memory of the process, MB. */
  readonly residentMB?: number;
}

if (flags["measure-memory"]) {
  process.stdout.write(JSON.stringify(measureMemory(engine, inputsFrom(folder))));
} else {
  const inputs = checkedInputs(folder);
  const pool = startPool({ threads, workerPath: join(import.meta.dirname, "pool-worker.mjs") });
  let printed = 0;
  for (const make of trials(inputs)) {
    const trial = make();
    if (!wanted(trial.workload)) continue;
    for (const row of await measured(trial)) print(row);
  }
  if (wanted(memoryTrial)) print(memoryRow());
  for (const trial of productTrials(pool)) {
    if (!wanted(trial.workload)) continue;
    for (const { peer, err, ...measured } of await trial.measure())
      print(rowOf(trial.workload, trial.cells, peer, measured, err));
  }
  await pool.close();
  if (printed === 0) throw new InputError(`--only ${flags.only}: no workload begins so`);

  function print(row: Row): void {
    printed += 1;
    write(row);
  }

  /** Checks the result first, then times it; the plain loop runs in the same call. */
  async function measured(trial: Trial): Promise<Row[]> {
    const result = trial.run(engine);
    let plain: ReturnType<NonNullable<Trial["plain"]>> | undefined;
    const once = await repeatedly(1, () => {
      plain = trial.plain?.();
    });
    const err = plain ? trial.error(result, plain.result) : 0;
    if (!(err <= largestError))
      throw new Error(`${trial.workload}: error ${err} of gross notional is above ${largestError}`);
    const one = await repeatedly(trial.repeats, () => trial.run(engine));
    const rows = [rowOf(trial.workload, trial.cells, `${engine.name}, 1 thread`, one, err)];
    const { pooled } = trial;
    if (pooled) {
      for (let i = 0; i < 3; i++) sameBits(trial.workload, result, await pooled(pool, engine));
      const many = await repeatedly(trial.repeats, () => pooled(pool, engine));
      rows.push(rowOf(trial.workload, trial.cells, `${engine.name}, ${pool.name}`, many, err));
    }
    const share = plain?.share ?? 1;
    const whole = { times: once.times.map((ms) => ms / share), cpu: once.cpu.map((ms) => ms / share) };
    if (plain) rows.push(rowOf(trial.workload, trial.cells, "plain JavaScript", whole, 0));
    return rows;
  }
}

function sameBits(workload: string, one: Float64Array, other: Float64Array): void {
  for (let i = 0; i < one.length; i++)
    if (!Object.is(one[i], other[i])) throw new Error(`${workload}: threads give other bits at ${i}`);
}

/** In a process of its own, because memory that other workloads touched does not come back. */
function memoryRow(): Row {
  const kernel = flags.kernel === undefined ? [] : ["--kernel", flags.kernel];
  const args = [join(import.meta.dirname, "bench.mjs"), "--measure-memory", "--inputs", folder, ...kernel];
  const { stdout, stderr } = spawnSync(process.execPath, ["--expose-gc", ...args], { encoding: "utf8" });
  if (stdout === "") throw new Error(stderr);
  const { cells, ms, residentMB, err } = JSON.parse(stdout) as ReturnType<typeof measureMemory>;
  if (!(err <= largestError))
    throw new Error(`${memoryTrial}: error ${err} of gross notional is above ${largestError}`);
  return { ...rowOf(memoryTrial, cells, `${engine.name}, 1 thread`, { times: [ms] }, err), residentMB };
}

function rowOf(
  workload: string,
  cells: number,
  peer: string,
  { times, cpu = [] }: { readonly times: readonly number[]; readonly cpu?: readonly number[] },
  err: number,
): Row {
  const quantile = (values: readonly number[], share: number): number =>
    [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))] ?? 0;
  const ms = quantile(times, 0.5);
  const figures = { workload, nsPerCell: (ms * 1e6) / cells, ms, cells, err, peer, p95: quantile(times, 0.95) };
  return cpu.length === 0 ? figures : { ...figures, cpuMs: quantile(cpu, 0.5) };
}

function wanted(workload: string): boolean {
  return flags.only === undefined || flags.only.split(",").some((name) => workload.startsWith(name));
}

function flagsGiven() {
  try {
    const { values } = parseArgs({
      options: {
        json: { type: "boolean" },
        inputs: { type: "string" },
        only: { type: "string" },
        threads: { type: "string", default: "2" },
        kernel: { type: "string" },
        "measure-memory": { type: "boolean" },
      },
    });
    return values;
  } catch (error) {
    const usage = "[--json] [--inputs DIR] [--only W1,W2] [--threads N] [--kernel NAME]";
    throw new InputError(`${error instanceof Error ? error.message : error}\nusage: npm run bench -- ${usage}`);
  }
}

function threadsGiven(given: string): number {
  const count = Number(given);
  if (Number.isInteger(count) && count >= 1 && count <= 64) return count;
  throw new InputError(`--threads ${given}: expected a whole number from 1 to 64`);
}

/** The kernel asked for, in the threads of the pool too. */
function engineNamed(given: string | undefined): EngineKernel {
  if (given === undefined) return wasmKernel(doubles) ?? typedArrayKernel(doubles);
  const name: KernelName | undefined = kernelNames.find((one) => one === given);
  if (name === undefined) throw new InputError(`--kernel ${given}: expected ${kernelNames.join(", ")}`);
  process.env.MARGINSCOPE_KERNEL = name;
  const engine = name === "typed-array" ? typedArrayKernel(doubles) : wasmKernel(doubles, name);
  if (engine === undefined) throw new InputError(`--kernel ${given}: this machine does not run it`);
  return engine;
}

function write(row: Row): void {
  if (flags.json) process.stdout.write(`${JSON.stringify(row)}\n`);
  else {
    const columns = [row.workload.padEnd(20), row.peer.padEnd(24), `${row.nsPerCell.toFixed(3)} ns/cell`.padStart(18)];
    const rest = [
      `${row.ms.toFixed(2)} ms`.padStart(14),
      `p95 ${row.p95.toFixed(2)} ms`.padStart(18),
      `cpu ${row.cpuMs?.toFixed(2) ?? "-"} ms`.padStart(18),
      `err ${row.err.toExponential(1)}`,
      ...(row.residentMB === undefined ? [] : [`${row.residentMB.toFixed(0)} MB resident`]),
    ];
    process.stdout.write(`${[...columns, ...rest].join("  ")}\n`);
  }
}
