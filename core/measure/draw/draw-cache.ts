import { hashOf, type Result } from "../../base/index.ts";
import { type DrawRequest, drawFactors, type FactorDraws, wrongDrawRequest } from "./factor-draws.ts";

/** Draws kept for what-if questions: a changed position is then revalued on the same scenarios, free of sampling noise. */
export interface DrawCache {
  /** Draws of a request, made once. */
  readonly draws: (request: DrawRequest) => Result<FactorDraws>;
}

/**
 * A cache of draws by the content of their request. The ones used longest ago are forgotten first; one larger than the bound is not kept.
 *
 * @param bytes bound of the memory kept; 64 MiB when absent
 */
export function drawCache(bytes = 64 * 1024 * 1024): DrawCache {
  const kept = new Map<string, FactorDraws>();
  return {
    draws(request) {
      if (wrongDrawRequest(request) !== undefined) return drawFactors(request);
      const key = hashOf(request);
      const known = kept.get(key);
      if (known !== undefined) {
        kept.delete(key);
        kept.set(key, known);
        return { ok: true, value: known };
      }
      const made = drawFactors(request);
      if (made.ok && made.value.values.byteLength <= bytes) {
        kept.set(key, made.value);
        let total = 0;
        for (const { values } of kept.values()) total += values.byteLength;
        for (const [oldest, { values }] of kept) {
          if (total <= bytes) break;
          kept.delete(oldest);
          total -= values.byteLength;
        }
      }
      return made;
    },
  };
}
