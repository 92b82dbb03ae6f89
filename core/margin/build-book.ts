import { type Failure, failed, failure, isoInstant, type Result, success } from "../base/index.ts";
import { type History, historyUpTo, seriesOf } from "../history/index.ts";
import type { MarketSnapshot, PricingTerms } from "../market/index.ts";
import { type Book, type BookPosition, hasUsdRate, type MethodologyUnderRules } from "../methodology/index.ts";
import { completedPortfolio, listedTerms, type ParameterFile } from "../parameter-file/index.ts";
import type { Portfolio, Position } from "../portfolio/index.ts";
import { canGenerate, resolveTerms, smileOf } from "../revaluation/index.ts";
import { type Changes, type EffectivePortfolio, effectivePortfolio } from "./effective-portfolio.ts";
import { joinedList, joinedOnce, type Outcome } from "./joined-positions.ts";
import type { ExcludedPosition } from "./margin-result.ts";

/** A book, and everything of the portfolio that is not in it. */
export interface BuiltBook {
  readonly book: Book;
  readonly excluded: readonly ExcludedPosition[];
  /** Balances and components that have no rate to USD, in the user's words. */
  readonly leftOut: readonly string[];
  /** What the history warns of, where the methodology uses it. */
  readonly historyWarnings: readonly string[];
}

export interface BookRequest extends Changes {
  readonly portfolio: Portfolio;
  readonly market: MarketSnapshot;
  readonly methodology: MethodologyUnderRules;
  /** Past of the risk factors; observations after the market's time are not shown to the methodology. */
  readonly history?: History;
  /** Completes listed positions and values them by its prices and arrays. */
  readonly parameterFile?: ParameterFile;
}

/**
 * Joins a portfolio with the market: every position gets the numbers its price needs, or stands in `excluded` with the
 * reason. Positions a methodology does not margin are excluded in the same way.
 *
 * @returns `missing-data` (or the reason of the first exclusion) when the portfolio holds positions and none of them can be valued, or
 *          the reason of a methodology that refuses the book
 */
export function buildBook(request: BookRequest): Result<BuiltBook> {
  const joined = joinPositions(request);
  if (!joined.ok) return joined;
  const { positions, excluded } = joined.value;
  const first = excluded.find(isHeld) ?? excluded[0];
  if (
    first !== undefined &&
    !positions.some(({ position }) => isHeld(position)) &&
    (isHeld(first) || positions.length === 0)
  )
    return { ok: false, failure: refusal(first, excluded.length) };
  return bookOf(request, joined.value);
}

function isHeld({ quantity }: { readonly quantity: number }): boolean {
  return quantity !== 0;
}

/**
 * Which positions a methodology does not margin at this market, each with the reason; a methodology that refuses what is left
 * margins none, by that reason.
 *
 * @returns failure as of `effectivePortfolio`
 */
export function excludedPositions(request: BookRequest): Result<readonly ExcludedPosition[]> {
  const joined = joinPositions(request);
  if (!joined.ok) return joined;
  const { positions, excluded } = joined.value;
  if (positions.length === 0) return success(excluded);
  const book = bookOf(request, joined.value);
  if (book.ok) return success(excluded);
  return success([...excluded, ...positions.map(({ position }) => excludedPosition(position, book.failure))]);
}

function excludedPosition({ id, instrument, quantity }: Position, why: Failure): ExcludedPosition {
  return { id, symbol: instrument.symbol, quantity, failure: why };
}

interface Joined {
  readonly positions: readonly BookPosition[];
  readonly excluded: readonly ExcludedPosition[];
  readonly indices: ReadonlyMap<string, number>;
  readonly effective: EffectivePortfolio;
  readonly history: History | undefined;
}

function joinPositions(request: BookRequest): Result<Joined> {
  const { market, methodology, parameterFile } = request;
  const portfolio =
    parameterFile === undefined ? request.portfolio : completedPortfolio(request.portfolio, parameterFile);
  const history = request.history && historyUpTo(request.history, market.asOfMs);
  const effective = effectivePortfolio(portfolio, request);
  if (!effective.ok) return effective;
  const indices = new Map(market.indices.map(({ underlying, price }) => [underlying, price]));
  const join = (position: Position): Outcome => {
    const terms = termsOf(position, methodology, indices, market, history, parameterFile);
    if (!terms.ok) return excludedPosition(position, terms.failure);
    const { underlying } = position.instrument;
    if (!indices.has(underlying)) indices.set(underlying, terms.value.index);
    return { position, terms: terms.value };
  };
  const list = effective.value.positions;
  // By a parameter file an outcome depends on the indices that earlier positions brought.
  const { positions, excluded } =
    parameterFile === undefined
      ? joinedOnce(list, { methodology, market, history: request.history }, join)
      : joinedList(list, join);
  return success({ positions, excluded, indices, effective: effective.value, history });
}

function bookOf(
  { market, methodology, parameterFile }: BookRequest,
  { positions, excluded, indices, effective, history }: Joined,
): Result<BuiltBook> {
  const rated = <T extends { readonly currency: string }>(entries: readonly T[]) =>
    entries.filter(({ currency }) => hasUsdRate(indices, currency));
  const { balances, components } = effective;
  const unrated = [...balances, ...components].filter(({ currency }) => !hasUsdRate(indices, currency));
  const book: Book = {
    ...{ positions, indices, balances: rated(balances), components: rated(components), asOfMs: market.asOfMs },
    ...(market.feeds === undefined ? {} : { feeds: market.feeds }),
    ...(history === undefined ? {} : { history }),
    ...(parameterFile === undefined ? {} : { parameterFile }),
  };
  const refused = methodology.refuses?.(book);
  if (refused !== undefined) return { ok: false, failure: refused };
  return success({
    book,
    excluded,
    historyWarnings: warningsOf(history, positions, methodology),
    leftOut: [...new Set(unrated.map(({ currency }) => currency))].map(
      (currency) => `amounts in ${currency} are left out: the market has no index:${currency}`,
    ),
  });
}

function termsOf(
  position: Position,
  methodology: MethodologyUnderRules,
  indices: ReadonlyMap<string, number>,
  market: MarketSnapshot,
  history: History | undefined,
  parameterFile: ParameterFile | undefined,
): Result<PricingTerms> {
  const reason = methodology.excludes(position);
  if (reason !== undefined) return failed("not-applicable", reason, position.id);
  const terms = termsAtMarket(position, { market, indices, parameterFile });
  if (!terms.ok) return terms;
  const required = methodology.requires([position]);
  const missing = required.filter((name) => {
    const index = /^index:(.+)$/.exec(name)?.[1];
    return index !== undefined && index !== position.instrument.underlying && !hasUsdRate(indices, index);
  });
  if (missing.length > 0) return failed("missing-data", `the market has no ${missing.join(", ")}`, position.id);
  const lacking = missingArray(required, terms.value, position, parameterFile);
  if (lacking !== undefined) return failed("missing-data", lacking, position.id);
  const unknown = missingSeries(required, history, market.asOfMs);
  if (unknown !== undefined) return failed("missing-data", unknown, position.id);
  const { index, forward, mark, years, volatility } = terms.value;
  const usable = [index, forward].every((price) => Number.isFinite(price) && price > 0);
  const markUsable = Number.isFinite(mark) && (position.instrument.kind === "option" ? mark >= 0 : mark > 0);
  if (usable && markUsable && years >= 0 && volatility >= 0)
    return methodology.smiles === true ? success(withSmile(terms.value, position, market)) : terms;
  return failed(
    "invalid-input",
    `${position.instrument.symbol} has index ${index}, forward ${forward}, mark ${mark}; expected positive numbers`,
    position.id,
  );
}

/**
 * The numbers a position's price needs, whatever methodology asks: of the parameter file where the position is listed there, else of the
 * market.
 *
 * @returns `missing-data` that names the gap, or `not-applicable` for an expired contract
 */
export function termsAtMarket(
  position: Position,
  {
    market,
    indices,
    parameterFile,
  }: {
    readonly market: MarketSnapshot;
    readonly indices: ReadonlyMap<string, number>;
    readonly parameterFile?: ParameterFile | undefined;
  },
): Result<PricingTerms> {
  return position.instrument.listing === undefined || parameterFile === undefined
    ? resolvedOnce(market, position)
    : fileTerms(position, parameterFile, indices);
}

function withSmile(terms: PricingTerms, { instrument }: Position, market: MarketSnapshot): PricingTerms {
  const smile = instrument.kind === "option" ? smileOf(market, instrument) : undefined;
  return smile === undefined ? terms : { ...terms, smile };
}

/** `history:price:BTC` among what a methodology requires asks for the series `price:BTC`. */
const historyPrefix = "history:";

function warningsOf(
  history: History | undefined,
  positions: readonly BookPosition[],
  methodology: MethodologyUnderRules,
): readonly string[] {
  if (history === undefined) return [];
  const held = positions.map(({ position }) => position);
  return needsHistory(methodology, held) ? history.warnings.map(({ message }) => message) : [];
}

/** Whether a methodology asks for some series of the past for these positions. */
export function needsHistory({ requires }: MethodologyUnderRules, positions: readonly Position[]): boolean {
  return requires(positions).some((name) => name.startsWith(historyPrefix));
}

/** What a required `history:<factor>` lacks, in words; `undefined` when every series has an observation. */
function missingSeries(required: readonly string[], history: History | undefined, asOfMs: number): string | undefined {
  const factors = required.flatMap((name) => (name.startsWith(historyPrefix) ? name.slice(historyPrefix.length) : []));
  const missing = factors.filter((factor) => seriesOf(history, factor) === undefined);
  if (missing.length === 0) return undefined;
  if (history === undefined) return `the method needs a history with ${missing.join(", ")}; the request names none`;
  return `the history ${history.name} has no ${missing.join(", ")} up to ${isoInstant(asOfMs)}`;
}

/** `array:…` and `scan:…` among what a methodology requires ask for a risk array, and for what making one needs. */
function missingArray(
  required: readonly string[],
  terms: PricingTerms,
  { instrument }: Position,
  file: ParameterFile | undefined,
): string | undefined {
  const source = file?.name ?? "the market";
  if (required.some((name) => name.startsWith("array:")) && terms.riskArray === undefined)
    return `${source} has no risk array of ${instrument.symbol}`;
  if (required.some((name) => name.startsWith("scan:")) && !canGenerate(instrument, terms))
    return `${source} states no scan ranges of ${instrument.symbol}, which making an array needs`;
  return undefined;
}

/** Terms of a listed position by the parameter file; the market gives the price of its combined commodity only. */
function fileTerms(
  { id, instrument }: Position,
  file: ParameterFile,
  indices: ReadonlyMap<string, number>,
): Result<PricingTerms> {
  const index = indices.get(instrument.underlying);
  // Without its commodity's price the file's own reason says more, where it has one.
  const terms = listedTerms(file, instrument, index ?? 1);
  if (!terms.ok || index !== undefined) return terms;
  const name = `index:${instrument.underlying}`;
  return failed("missing-data", `${name}: the market has no index price of ${instrument.underlying}`, id);
}

/** Terms of a position at a market, resolved once: both never change, and a what-if keeps all but the edited ones. */
function resolvedOnce(market: MarketSnapshot, position: Position): Result<PricingTerms> {
  const byPosition = resolvedTerms.get(market) ?? new WeakMap<Position, Result<PricingTerms>>();
  resolvedTerms.set(market, byPosition);
  const terms =
    byPosition.get(position) ??
    (position.instrument.listing !== undefined && position.instrument.contractSize === undefined
      ? failed(
          "missing-data",
          `the contract size of ${position.instrument.symbol} is not known: give a parameter file or state it`,
        )
      : resolveTerms(market, position.instrument, position.stated));
  byPosition.set(position, terms);
  return terms;
}

const resolvedTerms = new WeakMap<MarketSnapshot, WeakMap<Position, Result<PricingTerms>>>();

function refusal({ symbol, failure: first }: ExcludedPosition, count: number): Failure {
  const all = count === 1 ? "the only position" : `any of ${count} positions`;
  return failure(first.reason, `cannot value ${all}; ${symbol}: ${first.message}`, first.at);
}
