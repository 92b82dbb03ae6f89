/// <reference path="./wasm-module.d.ts" />
import { prepareArena } from "./arena.ts";
import type { EngineKernel } from "./engine-kernel.ts";
import kernelBytes from "./kernel.as.ts?wasm";
import relaxedBytes from "./kernel.as.ts?wasm=relaxed";

/** The little of the WebAssembly interface that is used; core has neither DOM nor Node types. */
interface WebAssemblyInterface {
  validate(bytes: Uint8Array): boolean;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: Omit<EngineKernel, "name" | "arena"> };
  Memory: new (limits: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
}

const pageDoubles = 8192;

/**
 * The engine in WebAssembly SIMD.
 *
 * @param doubles size of its memory; fixed, because growing would detach every view
 * @param name    `wasm-simd` is reproducible to the last bit on every machine; `wasm-relaxed-simd` multiplies and adds in the polynomials
 *                with one rounding or two, as the machine likes
 * @returns `undefined` where the machine has no such instructions: use `typedArrayKernel`
 */
export function wasmKernel(
  doubles: number,
  name: "wasm-simd" | "wasm-relaxed-simd" = "wasm-simd",
): EngineKernel | undefined {
  const { WebAssembly } = globalThis as unknown as { WebAssembly?: WebAssemblyInterface };
  const bytes = name === "wasm-simd" ? kernelBytes : relaxedBytes;
  if (!WebAssembly?.validate(bytes)) return undefined;
  const pages = Math.ceil(doubles / pageDoubles);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  const arena = new Float64Array(memory.buffer);
  prepareArena(arena);
  return {
    name,
    arena,
    surface: exports.surface,
    segments: exports.segments,
    list: exports.list,
    joint: exports.joint,
    sensitivities: exports.sensitivities,
    account: exports.account,
    profile: exports.profile,
    correlate: exports.correlate,
  };
}
