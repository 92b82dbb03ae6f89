import { normalPdf } from "../base/index.ts";
import type { PricingTerms } from "../market/index.ts";
import { blackDeltaKernel, leastTotalVolatility, logMoneyness, positionGreeks } from "../pricing/index.ts";
import type { ClassSums } from "./class-sums.ts";
import type { Holdings } from "./shocked-book.ts";

/** Greeks of a whole book, USD; units as in `SurfaceLayers`. */
export interface BookGreeks {
  readonly delta: number;
  readonly gamma: number;
  readonly vega: number;
  readonly theta: number;
}

const daysPerYear = 365;

/**
 * The sum of `positionGreeks` over the instruments of a book: the same arithmetic, without what a surface does not show.
 *
 * @param terms by instrument, within the bounds of `positionGreeks` (books are checked when they are built)
 */
export function bookGreeks(terms: readonly PricingTerms[], { instruments, quantities }: Holdings): BookGreeks {
  const totals = { delta: 0, gamma: 0, vega: 0, theta: 0 };
  for (let row = 0; row < instruments.length; row++) {
    const instrument = instruments[row]?.instrument;
    const at = terms[row];
    if (instrument === undefined || at === undefined) continue;
    const quantity = quantities[row] ?? 0;
    const { forward, index, years, volatility } = at;
    if (instrument.kind !== "option") {
      totals.delta += (positionGreeks(instrument, at, quantity).delta * index) / 100;
      continue;
    }
    const root = Math.sqrt(years);
    const total = volatility * root;
    const distance = logMoneyness(forward, instrument.strike);
    const delta = blackDeltaKernel(distance, total, instrument.optionType === "call");
    totals.delta += (quantity * delta * index) / 100;
    if (total < leastTotalVolatility) continue;
    const density = normalPdf(distance / total + 0.5 * total);
    totals.gamma += (quantity * (density / (forward * total)) * forward * index) / 10_000;
    totals.vega += (quantity * (forward * density * root)) / 100;
    totals.theta += (quantity * ((-forward * density * volatility) / (2 * root))) / daysPerYear;
  }
  return totals;
}

/**
 * Adds what a class of options has of the greeks of a book.
 *
 * @param totals takes it
 * @param index  of the underlying at the point
 */
export function addClassGreeks(
  totals: { -readonly [Greek in keyof BookGreeks]: number },
  { profits, sensitivities }: Pick<ClassSums, "profits" | "sensitivities">,
  point: number,
  index: number,
): void {
  const points = profits.length;
  totals.delta += ((sensitivities[point] as number) * index) / 100;
  totals.gamma += ((sensitivities[points + point] as number) * index) / 10_000;
  totals.vega += (sensitivities[2 * points + point] as number) / 100;
  totals.theta += (sensitivities[3 * points + point] as number) / daysPerYear;
}
