import { engineRevaluation, typedArrayKernel, wasmKernel } from "./engine/index.ts";
import type { RevaluationKernel } from "./pnl-cube.ts";

/** 8 MB: a block of 256 options in some 4,000 scenarios. */
const engineDoubles = 1 << 20;

let best: RevaluationKernel | undefined;

/** The kernel every run uses: WebAssembly SIMD where the machine has it, else typed arrays; made once for each thread. */
export function bestKernel(): RevaluationKernel {
  best ??= engineRevaluation(wasmKernel(engineDoubles) ?? typedArrayKernel(engineDoubles));
  return best;
}
