import { msPerDay } from "../../../core/base/index.ts";
import { factorOf, type History, kindDefaults, type Series } from "../../../core/history/index.ts";
import { normalQuantile, randomStream } from "../../../core/measure/index.ts";

/** A history of made prices and volatilities, one value a day; the same arguments give the same values. */
export function madeHistory(factors: readonly string[], fromDate: string, toDate: string): History {
  const fromMs = Date.parse(`${fromDate}T00:00:00Z`);
  const count = Math.round((Date.parse(`${toDate}T00:00:00Z`) - fromMs) / msPerDay) + 1;
  const timesMs = Array.from({ length: count }, (_, day) => fromMs + day * msPerDay);
  const market = normals(1, count);
  const series = factors.map((factor, at): Series => {
    const parts = factorOf(factor);
    if (parts === undefined) throw new Error(`${factor} is no factor`);
    const own = normals(at + 2, count);
    const isPrice = parts.kind === "price";
    let level = isPrice ? 1000 : 0.6;
    const values = timesMs.map((_, day) => {
      const shock = 0.6 * (market[day] ?? 0) * (isPrice ? 1 : -1) + 0.8 * (own[day] ?? 0);
      // Volatilities return to their mean; now and then a day is four times as wild.
      const size = (isPrice ? 0.03 : 0.05) * (day % 97 === 0 ? 4 : 1);
      level *= Math.exp(size * shock + (isPrice ? 0 : 0.05 * Math.log(0.6 / level)));
      return level;
    });
    return { factor, ...parts, ...kindDefaults[parts.kind], calendar: "every-day", timesMs, values, source: "made" };
  });
  return { name: "made", series, warnings: [], sources: [], synthetic: true };
}

function normals(seed: number, count: number): Float64Array {
  const uniforms = new Float64Array(count);
  randomStream(seed).fillOpen(uniforms);
  return uniforms.map(normalQuantile);
}
