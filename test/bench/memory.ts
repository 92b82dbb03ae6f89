import { bookSurface, type EngineKernel } from "../../core/revaluation/engine/index.ts";
import type { Inputs } from "./inputs.ts";
import { at, grossOf, plainValue } from "./plain.ts";

export const memoryTrial = "memory-100000-161";

/** The largest surface of the product, and the most memory the process ever held. */
export function measureMemory(engine: EngineKernel, inputs: Inputs) {
  const book = inputs.book("w1_100000");
  const size = 161;
  const axis = Float64Array.from({ length: size }, (_, i) => -0.5 + i / (size - 1));
  const start = performance.now();
  const surface = bookSurface(engine, { book, priceMoves: axis, volatilityChanges: axis, volatilityAxis: "nodes" });
  const ms = performance.now() - start;
  const residentMB = process.resourceUsage().maxRSS / 1024;
  let total = 0;
  for (let row = 0; row < book.forward.length; row++)
    total += plainValue(book, row, 1 + at(axis, 37), 1 + at(axis, 113)) - plainValue(book, row, 1, 1);
  const err = Math.abs(total - at(surface, 113 * size + 37)) / grossOf(book);
  return { cells: book.forward.length * size * size, ms, residentMB, err };
}
