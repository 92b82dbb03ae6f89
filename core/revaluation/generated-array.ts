import { DomainError } from "../base/index.ts";
import type { Instrument, Option } from "../instrument/index.ts";
import type { PricingTerms, ScanRange } from "../market/index.ts";
import { carriedGreeks, carriedPrice, carriedPrices, spotOption } from "../pricing/index.ts";
import type { ArrayGeneration, ArrayPoint } from "../scenario/index.ts";
import type { PricedInstrument } from "./pnl-cube.ts";

/** An underlying that a scenario moves to 0 or below stands at this share of its price: options on it have no other value. */
const leastPrice = 1e-9;

/**
 * The risk array of one long contract, made from prices, volatility and scan ranges.
 *
 *     S_i = S + u_i·PSR/size,   σ_i = σ·(1 + v_i·VSR) when relative, σ + v_i·VSR when absolute
 *     option   a_i = w_i·size·(V₀ − V(S_i, σ_i, τ − L));   future, stock   a_i = −w_i·u_i·PSR
 *
 * Extreme points (|u| > 1) take the contract's own multiplier and cover fraction where it has them.
 *
 * @param priced     terms with `scan`, and with `carry` for options
 * @param generation points, look-ahead L, base value V₀
 * @returns money per contract, one value a point; loss > 0
 * @throws DomainError if the terms have no scan range or a price is not above 0
 * @source resources/docs/methodology/span-array.md, section 2
 */
export function generatedArray(priced: PricedInstrument, generation: ArrayGeneration): readonly number[] {
  const { instrument, terms } = priced;
  const scan = scanOf(priced);
  const size = instrument.contractSize ?? 1;
  const points = generation.points.map((point) => ownPoint(point, scan));
  const option = instrument.kind === "option" ? instrument : undefined;
  const price = option === undefined || option.on === "future" ? terms.forward : terms.index;
  const range = scan.priceUnit === "money" ? scan.price : scan.price * price * size;
  if (option === undefined) return points.map(({ priceFraction, weight }) => -weight * priceFraction * range || 0);
  const lookAhead = scan.lookAheadYears ?? generation.lookAheadYears;
  const base = generation.base === "settlement" ? terms.mark : carriedPrice(option, terms);
  const spots = points.map(({ priceFraction }) => movedPrice(price, (priceFraction * range) / size));
  const values = valuesAt(
    option,
    terms,
    spots,
    points.map((point) => shockedVolatility(terms, scan, point)),
    lookAhead,
  );
  return points.map(({ weight }, index) => weight * size * (base - (values[index] ?? 0)) || 0);
}

/**
 * Composite delta: the mean of an option's deltas at several prices, volatility unchanged, after the look-ahead time.
 *
 *     delta = Σ weight·∂V/∂S(S + u·PSR/size, σ + v, τ − L)
 *
 * @param points weights that add up to 1
 * @returns per contract: futures and stocks 1, puts below 0
 * @throws DomainError as `generatedArray`
 */
export function compositeDelta(
  priced: PricedInstrument,
  points: readonly ArrayPoint[],
  lookAheadYears: number,
): number {
  const { instrument, terms } = priced;
  if (instrument.kind !== "option") return 1;
  const scan = scanOf(priced);
  const size = instrument.contractSize ?? 1;
  const onFuture = instrument.on === "future";
  const price = onFuture ? terms.forward : terms.index;
  const range = scan.priceUnit === "money" ? scan.price : scan.price * price * size;
  const years = Math.max(0, terms.years - (scan.lookAheadYears ?? lookAheadYears));
  let total = 0;
  for (const point of points) {
    const moved = movedPrice(price, (point.priceFraction * range) / size);
    const at = { ...terms, years, volatility: shockedVolatility(terms, scan, point) };
    const here = onFuture ? { ...at, forward: moved } : { ...at, index: moved };
    total += point.weight * carriedGreeks(instrument, here).delta;
  }
  return total;
}

function scanOf({ instrument, terms }: PricedInstrument): ScanRange {
  if (terms.scan === undefined) throw new DomainError("making an array needs a scan range", instrument.symbol);
  return terms.scan;
}

function ownPoint(point: ArrayPoint, { extremeMultiplier, coverFraction }: ScanRange): ArrayPoint {
  if (Math.abs(point.priceFraction) <= 1) return point;
  return {
    volatilityFraction: point.volatilityFraction,
    priceFraction:
      extremeMultiplier === undefined ? point.priceFraction : Math.sign(point.priceFraction) * extremeMultiplier,
    weight: coverFraction ?? point.weight,
  };
}

function movedPrice(price: number, move: number): number {
  const moved = price + move;
  return moved > 0 ? moved : price * leastPrice;
}

function shockedVolatility({ volatility }: PricingTerms, scan: ScanRange, { volatilityFraction }: ArrayPoint): number {
  const change = volatilityFraction * scan.volatility;
  return Math.max(0, scan.volatilityUnit === "relative" ? volatility * (1 + change) : volatility + change);
}

/** Values at each point; points of one volatility share what does not depend on the price. */
function valuesAt(
  option: Option,
  terms: PricingTerms,
  spots: readonly number[],
  volatilities: readonly number[],
  lookAhead: number,
): readonly number[] {
  const values: number[] = new Array<number>(spots.length).fill(0);
  for (const volatility of new Set(volatilities)) {
    const rows = spots.flatMap((_, index) => (volatilities[index] === volatility ? [index] : []));
    const years = Math.max(0, terms.years - lookAhead);
    const found = carriedPrices(
      option,
      spotOption(option, { ...terms, volatility, years }),
      rows.map((row) => spots[row] ?? 0),
    );
    rows.forEach((row, index) => {
      values[row] = found[index] ?? 0;
    });
  }
  return values;
}

/** Whether an array can be made for a contract. */
export function canGenerate(instrument: Instrument, terms: PricingTerms): boolean {
  return terms.scan !== undefined && (instrument.kind !== "option" || terms.carry !== undefined);
}
