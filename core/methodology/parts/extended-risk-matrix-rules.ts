import { z } from "zod";
import type { Position } from "../../portfolio/index.ts";

/** Parameters of one underlying, keyed by currency pair (`btc_usd`). */
export const pairRules = z.strictObject({
  priceRange: z.number().positive().lt(1).describe("R: edge of the standard table, relative price move; 0.16 is 16 %"),
  volatilityUp: z.number().nonnegative().describe("U: relative rise of volatility at the reference tenor; 0.5 is 50 %"),
  volatilityDown: z.number().min(0).max(1).describe("Dn: relative fall of volatility at the reference tenor"),
  minimumVolatilityUp: z.number().nonnegative().describe("M: least volatility after the rise, fraction per √year"),
  referenceDays: z.number().positive().describe("tenor at which the volatility shock counts in full, days"),
  shortTermVegaPower: z.number().nonnegative().describe("ps: power of reference ÷ days below the reference tenor"),
  longTermVegaPower: z.number().nonnegative().describe("pl: power of reference ÷ days from the reference tenor on"),
  extendedTableFactor: z.number().nonnegative().describe("f: scale of extended entries, times"),
  deltaShockSlope: z.number().nonnegative().describe("m_inc: share of the excess lost per unit of underlying held"),
  deltaShockThreshold: z.number().nonnegative().describe("delta below which no delta shock is charged, USD"),
  maximumDeltaShock: z.number().nonnegative().describe("cap of the delta shock, share of the delta's USD value"),
});

/** Parameters of one currency, keyed by its lower-case code (`btc`; `usd` stands for USDC and USDT). */
export const currencyRules = z.strictObject({
  annualisedMoveRisk: z.number().nonnegative().describe("roll shock: continuous rate per year of the basis"),
  minimumAnnualisedMove: z.number().nonnegative().describe("roll shock: least charge, share of the delta"),
  extendedDampener: z.number().nonnegative().describe("loss forgiven per step of extended moves, USD"),
  profitOffset: z.number().min(0).max(1).describe("pnl_offset: share of a positive entry that is kept"),
  maximumOffsetProfit: z.number().nonnegative().describe("max_offsetable_pnl: most of a positive entry kept, USD"),
  correlationSet: z.boolean().describe("whether entries of this currency may offset those of other such currencies"),
});

export const generalRules = z.strictObject({
  maintenanceFactor: z.number().positive().max(1).describe("mm_factor: maintenance ÷ risk matrix margin"),
  bucketsPerSide: z.int().min(1).max(50).describe("price buckets on each side of zero, count"),
  volatilityColumns: z
    .array(z.enum(["down", "same", "up"]))
    .length(3)
    .refine((columns) => new Set(columns).size === 3, "each of down, same, up once")
    .describe("order of the volatility columns inside a bucket; decides labels and ties only"),
  extendedMoves: z
    .array(
      z
        .number()
        .gt(-1)
        .refine((move) => move !== 0, "a move other than 0"),
    )
    .describe("relative price moves of the extended table, volatility up"),
  minimumDays: z.number().positive().describe("least time to expiry in the volatility shock, days"),
  minimumVolatility: z
    .enum(["after-shock", "before-shock"])
    .describe("whether the least volatility holds after the rise or is what the rise starts from"),
  linearFuturePrice: z.enum(["mark", "index"]).describe("price a linear future's profit is a share of"),
  optionDelta: z
    .enum(["black", "net"])
    .describe("option delta in roll and delta shock: Black, or less the coin premium"),
  linearCurrency: z
    .enum(["settlement", "base"])
    .describe("whose parameters give a linear pair its roll rates and dampener"),
  offsetCurrency: z
    .enum(["base", "settlement"])
    .describe("whose parameters give a linear pair its profit offset, cap and correlation set"),
  worstCaseDecimals: z.int().min(0).max(15).describe("decimals of the worst case"),
  initialDecimals: z.int().min(0).max(15).describe("decimals of the initial margin"),
});

export type PairRules = z.output<typeof pairRules>;
export type CurrencyRules = z.output<typeof currencyRules>;

export interface MatrixRules {
  readonly general: z.output<typeof generalRules>;
  readonly pairs: Readonly<Record<string, PairRules>>;
  readonly currencies: Readonly<Record<string, CurrencyRules>>;
}

/** Currencies that are worth one US dollar in the margin formulas. */
const dollars = new Set(["USD", "USDC", "USDT"]);

/** The key of a parameter record and what stands there: the key is part of the JSON pointer shown beside the value. */
export interface Found<T> {
  readonly key: string;
  readonly rules: T;
}

/** Parameters of the pair an underlying is quoted in; one record serves its inverse and its linear products. */
export function pairOf(rules: MatrixRules, underlying: string): Found<PairRules> | undefined {
  return found(rules.pairs, `${underlying.toLowerCase()}_usd`);
}

/** Parameters of a currency; USDC and USDT share those of `usd` unless they have their own. */
export function currencyOf(rules: MatrixRules, currency: string): Found<CurrencyRules> | undefined {
  return (
    found(rules.currencies, currency.toLowerCase()) ??
    (dollars.has(currency) ? found(rules.currencies, "usd") : undefined)
  );
}

/** Currencies whose parameters hold for a product: `risk` gives roll rates and dampener, `offset` the profit offset. */
export function parameterCurrencies(
  { general }: MatrixRules,
  underlying: string,
  settlement: string,
): { readonly risk: string; readonly offset: string } {
  return {
    risk: general.linearCurrency === "base" ? underlying : settlement,
    offset: general.offsetCurrency === "base" ? underlying : settlement,
  };
}

/**
 * Why the extended risk matrix cannot margin a position.
 *
 * @returns the reason in the user's words; `undefined` when it can
 */
export function matrixExclusion({ instrument }: Position, rules: MatrixRules): string | undefined {
  const { kind, underlying, settlement, symbol } = instrument;
  if (kind === "spot") return `${symbol} is a spot holding: it counts as a balance, not as a position`;
  return missingParameters(rules, underlying, settlement);
}

/**
 * What the rules lack to measure the price risk of an underlying in a settlement currency.
 *
 * @returns the missing record in the user's words; `undefined` when nothing is missing
 */
export function missingParameters(rules: MatrixRules, underlying: string, settlement: string): string | undefined {
  if (pairOf(rules, underlying) === undefined)
    return `no parameters for the pair ${underlying.toLowerCase()}_usd in these rules; enter them under /pairs`;
  const { risk, offset } = parameterCurrencies(rules, underlying, settlement);
  for (const currency of [offset, risk])
    if (currencyOf(rules, currency) === undefined)
      return `no parameters for the currency ${currency.toLowerCase()} in these rules; enter them under /currencies`;
  return undefined;
}

/** Names of the market data the matrix needs: index and mark of everything, volatility of options. */
export function matrixRequires(positions: readonly Position[]): string[] {
  const names = positions.flatMap(({ instrument: { kind, symbol, underlying } }) => [
    `index:${underlying}`,
    kind === "option" ? `volatility:${symbol}` : `mark:${symbol}`,
  ]);
  return [...new Set(names)];
}

function found<T>(record: Readonly<Record<string, T>>, key: string): Found<T> | undefined {
  const rules = Object.hasOwn(record, key) ? record[key] : undefined;
  return rules === undefined ? undefined : { key, rules };
}
