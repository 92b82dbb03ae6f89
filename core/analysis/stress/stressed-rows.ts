import type { Instrument } from "../../instrument/index.ts";
import type { PricingTerms } from "../../market/index.ts";
import { type Book, hasUsdRate, usdPerUnit } from "../../methodology/index.ts";
import { movedTerms, type PricedInstrument, type RevaluationKernel } from "../../revaluation/index.ts";
import type { Scenario } from "../../scenario/index.ts";
import type { Holdings } from "../holdings.ts";
import type { StatedUnits } from "../shocked-book.ts";
import { type CoinPrices, contractShocker } from "./contract-shock.ts";
import { narrowest, pegRatio, relativeMove } from "./shock-amounts.ts";
import type { ShocksByKind, StressShocks } from "./stress-shocks.ts";

/** Contracts after a scenario, by row of their holdings. */
export interface StressedRows {
  readonly terms: PricingTerms[];
  /** Of one unit, funding included; settlement currency. */
  readonly unitProfits: Float64Array;
  /** Of what is held. */
  readonly amounts: Float64Array;
  readonly optionChanges: Float64Array;
  /** Valued by the normal model. */
  readonly normalRows: number[];
  /** Without a value, with the reason. */
  readonly refusedRows: { row: number; reason: string }[];
  /** What entries that stand for several options say of themselves. */
  readonly stated?: StatedUnits;
}

/**
 * Contracts after each of some scenarios. What fits the kernel (a relative price move, one shock of volatility, days) is revalued
 * for all scenarios at once and moved by `movedTerms`; everything else contract by contract.
 *
 * @param holdings  of a book before, or a part of them
 * @param coinPrice of `coinPricesOf(book)`
 * @param shocks    scenarios
 * @returns rows of a scenario by its place, made when asked for
 */
export function stressedRows(
  holdings: Holdings,
  coinPrice: CoinPrices,
  shocks: readonly StressShocks[],
  kernel: RevaluationKernel,
): (scenario: number) => StressedRows {
  const parts = sortsOf(holdings).map((sort) => {
    const scenarios = shocks.map((one) => plainScenario(sort.like, one, coinPrice, sort.hasSmile));
    const fitting = scenarios.flatMap((scenario) => scenario ?? []);
    let column = 0;
    const columns = scenarios.map((scenario) => (scenario === undefined ? -1 : column++));
    const values = fitting.length === 0 ? undefined : kernel.unitPnl(sort.priced, fitting);
    return { ...sort, scenarios, columns, width: fitting.length, values };
  });
  return (at) => {
    const count = holdings.instruments.length;
    const rows: StressedRows = {
      ...{
        terms: new Array<PricingTerms>(count),
        unitProfits: new Float64Array(count),
        normalRows: [],
        refusedRows: [],
      },
      ...{ amounts: new Float64Array(count), optionChanges: new Float64Array(count) },
    };
    for (const part of parts) {
      const [scenario, column = -1, own] = [part.scenarios[at], part.columns[at], shocks[at]];
      if (scenario !== undefined && part.values !== undefined)
        moveTogether(rows, part, scenario, part.values, column, part.width);
      else if (own !== undefined) moveOneByOne(rows, part, own, coinPrice);
    }
    countHeld(rows, holdings);
    return rows;
  };
}

/** USD per coin of a book before a scenario; 1 where nothing is known of it. */
export function coinPricesOf({ indices }: Pick<Book, "indices">): CoinPrices {
  return (coin) => (hasUsdRate(indices, coin) ? usdPerUnit(indices, coin) : 1);
}

/** Contracts that a scenario may move as one: of one underlying, quote currency and kind. */
interface Sort {
  readonly like: Pick<Instrument, "underlying" | "quote" | "kind">;
  readonly hasSmile: boolean;
  readonly rows: readonly number[];
  readonly priced: readonly PricedInstrument[];
}

/** Sorts of a book; made once for it. */
function sortsOf(holdings: Holdings): readonly Sort[] {
  const known = sortsByHoldings.get(holdings);
  if (known !== undefined) return known;
  const sorts = new Map<string, { like: Instrument; hasSmile: boolean; rows: number[]; priced: PricedInstrument[] }>();
  holdings.instruments.forEach((priced, row) => {
    const { instrument, terms } = priced;
    const hasSmile = terms.smile !== undefined;
    const key = `${instrument.underlying} ${instrument.quote} ${instrument.kind} ${hasSmile}`;
    const sort = sorts.get(key) ?? { like: instrument, hasSmile, rows: [], priced: [] };
    sorts.set(key, sort);
    sort.rows.push(row);
    sort.priced.push(priced);
  });
  const made = [...sorts.values()];
  sortsByHoldings.set(holdings, made);
  return made;
}

const sortsByHoldings = new WeakMap<Holdings, readonly Sort[]>();

function moveTogether(
  { terms, unitProfits }: StressedRows,
  { rows, priced }: Sort,
  scenario: Scenario,
  values: Float64Array,
  column: number,
  width: number,
): void {
  for (let i = 0; i < rows.length; i++) {
    const [row, one] = [rows[i] as number, priced[i] as PricedInstrument];
    const profit = values[i * width + column] as number;
    unitProfits[row] = profit;
    terms[row] = movedTerms(one.instrument, one.terms, scenario, profit);
  }
}

function moveOneByOne(into: StressedRows, { rows, priced }: Sort, shocks: StressShocks, coinPrice: CoinPrices): void {
  const shocker = contractShocker(shocks, coinPrice);
  rows.forEach((row, i) => {
    const shocked = shocker(priced[i] as PricedInstrument);
    into.terms[row] = shocked.terms;
    into.unitProfits[row] = shocked.unitProfit + shocked.unitFunding;
    if (shocked.refused !== undefined) into.refusedRows.push({ row, reason: shocked.refused });
    else if (shocked.isNormal) into.normalRows.push(row);
  });
}

function countHeld(
  { terms, unitProfits, amounts, optionChanges }: StressedRows,
  { instruments, quantities }: Holdings,
): void {
  for (let row = 0; row < instruments.length; row++) {
    const quantity = quantities[row] as number;
    const priced = instruments[row] as PricedInstrument;
    amounts[row] = quantity * (unitProfits[row] as number);
    if (priced.instrument.kind === "option")
      optionChanges[row] = quantity * ((terms[row] as PricingTerms).mark - priced.terms.mark);
  }
}

/**
 * What a scenario says of an instrument as a price move, a volatility shock and days, where that is all it says.
 *
 * @returns `undefined` where the contract needs more: buckets, levels, basis, rates, skew, funding
 */
export function plainScenario(
  instrument: Pick<Instrument, "underlying" | "quote" | "kind">,
  shocks: StressShocks,
  coinPrice: (coin: string) => number,
  hasSmile: boolean,
): Scenario | undefined {
  const { byFactor, scale, days } = shocks;
  const { underlying, quote, kind } = instrument;
  const own: ShocksByKind = byFactor.get(underlying) ?? {};
  const isDated = kind === "future" || kind === "option";
  if (isDated && (own.rate !== undefined || byFactor.get(quote)?.rate !== undefined)) return undefined;
  if (kind === "perpetual" && own.funding !== undefined) return undefined;
  if ((kind === "future" || kind === "perpetual") && own.basis !== undefined) return undefined;
  if (isDated && own.price?.some(({ tenor }) => tenor !== undefined)) return undefined;
  const ownPeg = pegRatio(shocks, underlying, coinPrice(underlying));
  const peg = ownPeg / (quote === underlying ? 1 : pegRatio(shocks, quote, coinPrice(quote)));
  const price = ownPeg === 1 ? narrowest(own.price, undefined) : undefined;
  if (price !== undefined && price.mode !== "relative") return undefined;
  const move = price === undefined ? 0 : relativeMove(price.amount, scale);
  if (!(move > -1)) return undefined;
  const priceMove = peg === 1 ? move : (1 + move) * peg - 1;
  const still = { id: "stress", label: "", priceMove, ...(days === 0 ? {} : { decayDays: days }) };
  if (kind !== "option") return still;
  if (own.skew !== undefined || own.term !== undefined || (shocks.stickiness !== undefined && hasSmile))
    return undefined;
  const { volatility = [] } = own;
  if (volatility.length === 0) return still;
  const [only] = volatility;
  if (only === undefined || volatility.length > 1 || only.tenor !== undefined || only.delta !== undefined)
    return undefined;
  if (only.mode === "level" || only.rule?.byDelta !== undefined) return undefined;
  return { ...still, volatility: { change: only.amount * scale, mode: only.mode, ...only.rule } };
}
