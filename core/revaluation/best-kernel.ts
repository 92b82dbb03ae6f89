import { carryKernel } from "./carry-kernel.ts";
import { type EngineKernel, engineRevaluation, typedArrayKernel, wasmKernel } from "./engine/index.ts";
import type { RevaluationKernel } from "./pnl-cube.ts";
import { slideKernel } from "./slide-kernel.ts";
import { cachingKernel } from "./unit-value-cache.ts";

/** 8 MB: a block of 256 options in some 4,000 scenarios. */
const engineDoubles = 1 << 20;

let engine: EngineKernel | undefined;
let revaluation: RevaluationKernel | undefined;
let caching: RevaluationKernel | undefined;

/** The inner loops of this thread: WebAssembly SIMD where the machine has it, else typed arrays; made once for each thread. */
export function bestEngine(): EngineKernel {
  engine ??= wasmKernel(engineDoubles) ?? typedArrayKernel(engineDoubles);
  return engine;
}

/** Revaluation on `bestEngine`: what surfaces use, which never see the same market twice. */
export function bestKernel(): RevaluationKernel {
  revaluation ??= slideKernel(carryKernel(engineRevaluation(bestEngine())));
  return revaluation;
}

/** The kernel every run uses: `bestKernel`, which prices an instrument once for each market and scenario list. */
export function runKernel(): RevaluationKernel {
  caching ??= cachingKernel(bestKernel());
  return caching;
}
