import { DomainError } from "../base/index.ts";
import { carryKernel } from "./carry-kernel.ts";
import { type EngineKernel, engineRevaluation, type KernelName, typedArrayKernel, wasmKernel } from "./engine/index.ts";
import type { RevaluationKernel } from "./pnl-cube.ts";
import { slideKernel } from "./slide-kernel.ts";
import { cachingKernel } from "./unit-value-cache.ts";

/** 8 MB: a block of 256 options in some 4,000 scenarios. */
const engineDoubles = 1 << 20;

let engine: EngineKernel | undefined;
let revaluation: RevaluationKernel | undefined;
let caching: RevaluationKernel | undefined;

/**
 * Chooses the inner loops of this thread, before anything is revalued in it. Not needed for the best ones that give the same bits everywhere.
 *
 * @throws DomainError when the machine does not run them, or others are in use
 */
export function chooseKernel(name: KernelName): void {
  engine ??= name === "typed-array" ? typedArrayKernel(engineDoubles) : wasmKernel(engineDoubles, name);
  if (engine === undefined) throw new DomainError("this machine does not run the kernel asked for", name);
  if (engine.name !== name) throw new DomainError(`the kernel in use is ${engine.name}; one cannot change to`, name);
}

/** The inner loops of this thread: those chosen, else WebAssembly SIMD where the machine has it, else typed arrays; made once for each thread. */
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
