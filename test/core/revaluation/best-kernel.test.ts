import { describe, expect, it, vi } from "vitest";
import { chooseNamedKernel } from "../../../core/host/pool/kernel-choice.ts";
import { bookSurface } from "../../../core/revaluation/engine/index.ts";
import { bestEngine, bestKernel, kernelNames } from "../../../core/revaluation/index.ts";
import { bookOf, distance, relaxed, simd, spaced } from "./engine-book.ts";

/** The stage anew, before anything was revalued. */
async function fresh() {
  vi.resetModules();
  return {
    ...(await import("../../../core/revaluation/index.ts")),
    ...(await import("../../../core/host/pool/kernel-choice.ts")),
  };
}

describe("the kernel of a thread", () => {
  it("is plain SIMD where nothing is asked for", async () => {
    const stage = await fresh();
    stage.chooseNamedKernel({});
    expect([stage.bestEngine().name, stage.bestKernel().name, stage.runKernel().name]).toEqual(
      Array.from({ length: 3 }, () => "wasm-simd"),
    );
  });

  it.each(kernelNames)("is %s where the environment asks for it, and says so", async (name) => {
    const stage = await fresh();
    if (name === "wasm-relaxed-simd" && relaxed.length === 0)
      expect(() => stage.chooseNamedKernel({ MARGINSCOPE_KERNEL: name })).toThrow("this machine does not run");
    else {
      stage.chooseNamedKernel({ MARGINSCOPE_KERNEL: name });
      expect([stage.bestEngine().name, stage.bestKernel().name, stage.runKernel().name]).toEqual([name, name, name]);
    }
  });

  it("is not exchanged once it is in use", () => {
    expect(bestEngine().name).toBe(bestKernel().name);
    expect(() => chooseNamedKernel({ MARGINSCOPE_KERNEL: "typed-array" })).toThrow("the kernel in use is wasm-simd");
  });

  it("is refused where there is none of the name", () =>
    expect(() => chooseNamedKernel({ MARGINSCOPE_KERNEL: "fast" })).toThrow(
      "MARGINSCOPE_KERNEL is fast; expected wasm-simd, wasm-relaxed-simd, typed-array",
    ));
});

describe("relaxed SIMD", () => {
  it("stays within 1e-14 of the plain kernel, where the machine has it", () => {
    const options = Array.from({ length: 50 }, (_, i) => ({
      ...{ forward: 100, strike: 60 + 2 * i, years: 0.02 * (i + 1), volatility: 0.4, call: i % 2 === 0 },
    }));
    const input = { priceMoves: spaced(-0.5, 0.5, 41), volatilityChanges: spaced(-0.5, 0.5, 41) };
    const run = { book: bookOf(options), ...input, volatilityAxis: "exact" } as const;
    for (const engine of relaxed)
      expect(distance(bookSurface(engine, run), bookSurface(simd, run)) / (50 * 160)).toBeLessThan(1e-14);
  });
});
