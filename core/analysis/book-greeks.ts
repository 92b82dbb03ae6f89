import { normalPdf } from "../base/index.ts";
import type { Option } from "../instrument/index.ts";
import type { PricingTerms } from "../market/index.ts";
import { blackDeltaKernel, leastTotalVolatility, logMoneyness, positionGreeks } from "../pricing/index.ts";
import type { PricedInstrument } from "../revaluation/index.ts";
import type { ClassSums } from "./class-sums.ts";
import type { Holdings } from "./holdings.ts";

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
  const unit = new Float64Array(unitWidth);
  for (let row = 0; row < instruments.length; row++) {
    const instrument = instruments[row]?.instrument;
    const at = terms[row];
    if (instrument === undefined || at === undefined) continue;
    const quantity = quantities[row] ?? 0;
    if (instrument.kind === "option") {
      writeUnit(instrument, at, unit, 0);
      addUnit(totals, unit, 0, quantity);
    } else totals.delta += (positionGreeks(instrument, at, quantity).delta * at.index) / 100;
  }
  return totals;
}

/** `bookGreeks` at the terms of the holdings, bit for bit; those of one unit are kept for other quantities of the same instruments. */
export function unshockedGreeks({ instruments, quantities }: Holdings): BookGreeks {
  const totals = { delta: 0, gamma: 0, vega: 0, theta: 0 };
  const units = unitsOf(instruments);
  for (let row = 0; row < instruments.length; row++) {
    const quantity = quantities[row] as number;
    if (!Number.isNaN(units[row * unitWidth])) {
      addUnit(totals, units, row * unitWidth, quantity);
      continue;
    }
    const { instrument, terms } = instruments[row] as PricedInstrument;
    totals.delta += (positionGreeks(instrument, terms, quantity).delta * terms.index) / 100;
  }
  return totals;
}

/** Black delta, gamma per forward, vega and theta of one option, its forward and index. */
const unitWidth = 6;

/** By instrument; the first is NaN of what is not an option. Made once for each list. */
function unitsOf(instruments: Holdings["instruments"]): Float64Array {
  const known = unitsByList.get(instruments);
  if (known !== undefined) return known;
  const units = new Float64Array(instruments.length * unitWidth);
  instruments.forEach(({ instrument, terms }, row) => {
    if (instrument.kind === "option") writeUnit(instrument, terms, units, row * unitWidth);
    else units[row * unitWidth] = Number.NaN;
  });
  unitsByList.set(instruments, units);
  return units;
}

const unitsByList = new WeakMap<Holdings["instruments"], Float64Array>();

function writeUnit(option: Option, terms: PricingTerms, into: Float64Array, from: number): void {
  const { forward, index, years, volatility } = terms;
  const root = Math.sqrt(years);
  const total = volatility * root;
  const distance = logMoneyness(forward, option.strike);
  const lively = total >= leastTotalVolatility;
  const density = lively ? normalPdf(distance / total + 0.5 * total) : 0;
  into[from] = blackDeltaKernel(distance, total, option.optionType === "call");
  into[from + 1] = lively ? density / (forward * total) : 0;
  into[from + 2] = forward * density * root;
  into[from + 3] = lively ? (-forward * density * volatility) / (2 * root) : 0;
  into[from + 4] = forward;
  into[from + 5] = index;
}

function addUnit(totals: Totals, units: Float64Array, from: number, quantity: number): void {
  const [forward, index] = [units[from + 4] as number, units[from + 5] as number];
  totals.delta += (quantity * (units[from] as number) * index) / 100;
  totals.gamma += (quantity * (units[from + 1] as number) * forward * index) / 10_000;
  totals.vega += (quantity * (units[from + 2] as number)) / 100;
  totals.theta += (quantity * (units[from + 3] as number)) / daysPerYear;
}

type Totals = { -readonly [Greek in keyof BookGreeks]: number };

/**
 * Adds what a class of options has of the greeks of a book.
 *
 * @param totals takes it
 * @param index  of the underlying at the point
 */
export function addClassGreeks(
  totals: Totals,
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
