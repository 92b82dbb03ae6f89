import { type EngineKernel, engineRevaluation, typedArrayKernel, wasmKernel } from "./engine/index.ts";
import type { RevaluationKernel } from "./pnl-cube.ts";

/** 8 MB: a block of 256 options in some 4,000 scenarios. */
const engineDoubles = 1 << 20;

let engine: EngineKernel | undefined;
let revaluation: RevaluationKernel | undefined;

/** The inner loops of this thread: WebAssembly SIMD where the machine has it, else typed arrays; made once for each thread. */
export function bestEngine(): EngineKernel {
  engine ??= wasmKernel(engineDoubles) ?? typedArrayKernel(engineDoubles);
  return engine;
}

/** The kernel every run uses, on `bestEngine`. */
export function bestKernel(): RevaluationKernel {
  revaluation ??= engineRevaluation(bestEngine());
  return revaluation;
}
