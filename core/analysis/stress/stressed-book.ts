import type { PricingTerms } from "../../market/index.ts";
import { type Book, type Charge, hasUsdRate, usdPerUnit } from "../../methodology/index.ts";
import type { RevaluationKernel } from "../../revaluation/index.ts";
import { type Holdings, holdingsOf } from "../holdings.ts";
import { settledBook } from "../settled-book.ts";
import { bookAtTerms, bySettlement, profitInUsd, type ShockedBook } from "../shocked-book.ts";
import { type Haircut, haircutsOf } from "./haircut.ts";
import { narrowest, pegRatio, shockedPrice } from "./shock-amounts.ts";
import type { StressShocks } from "./stress-shocks.ts";
import { coinPricesOf, type StressedRows, stressedRows } from "./stressed-rows.ts";

/** A book after a scenario, ready for a methodology, with what the scenario made. */
export interface StressedBook extends ShockedBook {
  /** Terms to revalue a method's scenarios from: where a contract is left out, those before. */
  readonly chargedTerms: readonly PricingTerms[];
  /** Profit of one unit by row of `holdingsOf(book)`, funding included; settlement currency. */
  readonly unitProfits: Float64Array;
  /** Profit of the positions, USD at the stressed indices; gain > 0. */
  readonly pnlUsd: number;
  /** By underlying, in the order of the book; adds up to `pnlUsd`. */
  readonly byUnderlying: readonly { readonly underlying: string; readonly pnlUsd: number }[];
  /** What balances lost or gained beside that: coin prices and pegs, USD. */
  readonly collateralUsd: number;
  /** Haircuts the scenario puts on balances; the margin balance of each method is less them. */
  readonly haircuts: readonly Haircut[];
  /** Rows valued by the normal model: at a price of 0 or below, where no method's own scenarios hold. They are not in `book`. */
  readonly normalRows: readonly number[];
  /** Rows that have no value at the stressed market, with the reason; they are not in `book` and have no profit. */
  readonly refusedRows: readonly { readonly row: number; readonly reason: string }[];
  readonly remarks: readonly string[];
}

/** A book after a scenario and what its method asks there. */
export interface StressedCharge {
  readonly stressed: StressedBook;
  readonly charge: Charge;
}

/**
 * A book after a scenario: every contract at the terms of `contractShocker`, profit and funding in the equity of its settlement currency,
 * contracts that expire in the days that pass settled, indices and pegs where they have come to. Haircuts lower margin balances, not the book (`haircutCuts`).
 *
 * Where nothing but a relative price move, a parallel shock of volatility and time reaches an underlying, its contracts are revalued by the
 * kernel and moved by `movedTerms`, as everywhere else: the same bits as `shockedBook`.
 *
 * @param book   before, its balances derived (`derivedBook`)
 * @param shocks of `resolveShocks` for this book
 * @param kernel revalues
 * @returns the same book where nothing moves
 * @throws DomainError as of the pricers
 */
export function stressedBook(book: Book, shocks: StressShocks, kernel: RevaluationKernel): StressedBook {
  return stressedBooks(book, [shocks], kernel)(0);
}

/**
 * As `stressedBook` for several scenarios: the same bits, what they share is made once.
 *
 * @returns the book after a scenario by its place, made when asked for
 */
export function stressedBooks(
  book: Book,
  scenarios: readonly StressShocks[],
  kernel: RevaluationKernel,
): (scenario: number) => StressedBook {
  const rowsAt = stressedRows(holdingsOf(book), coinPricesOf(book), scenarios, kernel);
  return (at) => bookAfter(book, scenarios[at] as StressShocks, rowsAt(at));
}

/**
 * The book whose contracts a scenario has taken where they are.
 *
 * @param book before, or a merged book
 * @param rows of its holdings
 */
export function bookAfter(book: Book, shocks: StressShocks, rows: StressedRows): StressedBook {
  const holdings = holdingsOf(book);
  const indices = stressedIndices(book, holdings, shocks);
  const unmoved =
    rows.terms.every((terms, row) => terms === holdings.instruments[row]?.terms) && indices === book.indices;
  const at = unmoved
    ? { book, terms: rows.terms, profits: bySettlement(holdings, rows.amounts) }
    : bookAtTerms(book, holdings, { ...rows, indices });
  const isOut = new Set([...rows.normalRows, ...rows.refusedRows.map(({ row }) => row)]);
  const settled = shocks.days === 0 ? at.book : settledBook(book, at.book, shocks.days);
  const kept = isOut.size === 0 ? settled : withoutRows(settled, book, holdings, isOut);
  return {
    ...{ book: kept, terms: rows.terms, profits: at.profits, unitProfits: rows.unitProfits },
    chargedTerms:
      isOut.size === 0
        ? rows.terms
        : rows.terms.map((terms, row) => (isOut.has(row) ? (holdings.instruments[row]?.terms ?? terms) : terms)),
    pnlUsd: profitInUsd(at.profits, indices),
    byUnderlying: byUnderlying(holdings, rows.amounts, indices),
    collateralUsd: collateralChange(book, indices),
    haircuts: haircutsOf(shocks, kept),
    normalRows: rows.normalRows,
    refusedRows: rows.refusedRows,
    remarks: remarksOf(book, holdings, rows, shocks),
  };
}

/** A coin that a scenario moves to 0 or below stands at this share of its price: nothing of it is worth anything. */
const leastPrice = 1e-9;

/** Indices after a scenario; the same map where none moves. Amounts are converted by them, so each is above 0. */
function stressedIndices(book: Book, holdings: Holdings, shocks: StressShocks): ReadonlyMap<string, number> {
  const { byFactor, scale } = shocks;
  const { quotes } = namesOf(holdings);
  const moved = new Map<string, number>();
  let still = true;
  for (const [name, price] of book.indices) {
    // `BTC-USDT` is the index of BTC in USDT.
    const dash = name.lastIndexOf("-");
    const quote = dash > 0 && quotes.has(name.slice(dash + 1)) ? name.slice(dash + 1) : undefined;
    const underlying = quote === undefined ? name : name.slice(0, dash);
    const ratio = quote === undefined ? 1 : pegRatio(shocks, quote, book.indices.get(quote) ?? 1);
    const peg = pegRatio(shocks, underlying, price);
    const own = peg === 1 ? narrowest(byFactor.get(underlying)?.price, undefined) : undefined;
    const after = (peg === 1 ? shockedPrice(price, own, scale) : price * peg) / ratio;
    still &&= after === price;
    moved.set(name, after > 0 ? after : Math.abs(price) * leastPrice);
  }
  // A dollar coin without an index of its own stood at one.
  for (const [coin] of byFactor) {
    if (book.indices.has(coin)) continue;
    const peg = pegRatio(shocks, coin, 1);
    if (peg === 1) continue;
    moved.set(coin, peg);
    still = false;
  }
  return still ? book.indices : moved;
}

function withoutRows(at: Book, before: Book, { instrumentOf }: Holdings, isOut: ReadonlySet<number>): Book {
  const out = new Set(
    before.positions.flatMap(({ position }, index) => (isOut.has(instrumentOf[index] ?? -1) ? [position.id] : [])),
  );
  return { ...at, positions: at.positions.filter(({ position }) => !out.has(position.id)) };
}

/** What the balances before are worth more at other indices, USD. */
function collateralChange(before: Book, indices: ReadonlyMap<string, number>): number {
  let change = 0;
  for (const { currency, equity, wholeAccount } of before.balances) {
    if (wholeAccount === true) continue;
    const after = hasUsdRate(indices, currency) ? usdPerUnit(indices, currency) : 0;
    change += equity * (after - usdPerUnit(before.indices, currency));
  }
  return change;
}

function byUnderlying(
  holdings: Holdings,
  amounts: Float64Array,
  indices: ReadonlyMap<string, number>,
): StressedBook["byUnderlying"] {
  const { currencies, currencyOf } = holdings;
  const rates = currencies.map((currency) => (hasUsdRate(indices, currency) ? usdPerUnit(indices, currency) : 0));
  const { underlyings, underlyingOf } = namesOf(holdings);
  const totals = new Float64Array(underlyings.length);
  for (let row = 0; row < amounts.length; row++) {
    const at = underlyingOf[row] as number;
    const rate = rates[currencyOf[row] as number] as number;
    totals[at] = (totals[at] as number) + (amounts[row] as number) * rate;
  }
  return underlyings.map((underlying, at) => ({ underlying, pnlUsd: totals[at] as number }));
}

/** Names in holdings, each once. */
interface HeldNames {
  readonly quotes: ReadonlySet<string>;
  readonly underlyings: readonly string[];
  /** Index of the underlying of each instrument. */
  readonly underlyingOf: Uint32Array;
}

const namesByHoldings = new WeakMap<Holdings, HeldNames>();

/** Names in the holdings of a book; made once for them. */
export function namesOf(holdings: Holdings): HeldNames {
  const known = namesByHoldings.get(holdings);
  if (known !== undefined) return known;
  const instruments = holdings.instruments.map(({ instrument }) => instrument);
  const underlyings = [...new Set(instruments.map(({ underlying }) => underlying))];
  const names = {
    quotes: new Set(instruments.map(({ quote }) => quote)),
    underlyings,
    underlyingOf: Uint32Array.from(instruments, ({ underlying }) => underlyings.indexOf(underlying)),
  };
  namesByHoldings.set(holdings, names);
  return names;
}

function remarksOf(book: Book, { instruments }: Holdings, rows: StressedRows, shocks: StressShocks): readonly string[] {
  const symbols = (list: readonly number[]): string => {
    const named = list.slice(0, 3).map((row) => instruments[row]?.instrument.symbol ?? "");
    return `${named.join(", ")}${list.length > 3 ? ` and ${list.length - 3} more` : ""}`;
  };
  const options = rows.normalRows.filter((row) => instruments[row]?.instrument.kind === "option");
  const coins = book.balances.some(({ wholeAccount }) => wholeAccount === true) && shocks.byFactor.size > 0;
  return [
    ...(options.length === 0
      ? []
      : [`valued by the normal model, at the normal volatility of equal value before the move: ${symbols(options)}`]),
    ...(rows.normalRows.length === 0
      ? []
      : [
          `at a price of 0 or below the method's scenarios do not hold; profit counts, no margin is recomputed for ${symbols(rows.normalRows)}`,
        ]),
    ...rows.refusedRows.map(({ reason }) => `left out: ${reason}`),
    ...(shocks.stickiness !== undefined &&
    !instruments.some(({ terms }) => terms.smile !== undefined) &&
    instruments.some(({ instrument }) => instrument.kind === "option")
      ? ["options carry no smile under this method: their volatility stays by strike"]
      : []),
    ...(coins ? ["the venue states the whole account in USD: what its coins and pegs do to it is not known"] : []),
  ];
}
