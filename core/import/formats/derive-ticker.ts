import { yearsBetween } from "../../base/index.ts";
import type { Instrument } from "../../instrument/index.ts";
import type { RowReader } from "../cells.ts";
import { readQuote } from "../deribit/quote-row.ts";
import { deriveInstrument } from "../derive/instrument-name.ts";
import { defineFormat, firstHas, isRecord, type JsonRow } from "../format.ts";
import { decide, type Intake } from "../intake.ts";

/**
 * Tickers: public/get_ticker with its long names, and the slim rows of get_tickers and of the ticker channel, whose names are
 * letters. Volatilities are decimals. An option states the discount factor in its mark, which gives the interest rate of its
 * expiry.
 *
 * @source resources/docs/formats.md, section 13
 */
export default defineFormat({
  id: "derive-ticker",
  title: "Derive tickers (get_ticker, get_tickers)",
  kind: "market",
  claims: (probe) =>
    probe.type === "json" &&
    (firstHas(probe.content, "instrument_name", "mark_price", "index_price", "option_pricing", "base_asset_sub_id") ||
      slimRows(probe.content) !== undefined),
  rows: (content) => slimRows(content) ?? (Array.isArray(content) ? content : [content]).map(longRow),
  read(row, intake) {
    const instrument = deriveInstrument(row, intake);
    if (instrument === undefined) return;
    const timestampMs = row.instant("timestamp");
    const units = { volatility: "decimal", why: "the venue states volatilities as decimals" } as const;
    readQuote(row, intake, instrument, columns, units, timestampMs);
    if (!row.broken()) readRate(row, intake, instrument, timestampMs);
  },
});

const columns = {
  ...{ mark: "mark_price", bid: "best_bid_price", ask: "best_ask_price", indexPrice: "index_price" },
  ...{ markVolatility: "option_pricing.iv", underlyingPrice: "option_pricing.forward_price" },
  ...{ bidVolatility: "option_pricing.bid_iv", askVolatility: "option_pricing.ask_iv" },
  openInterest: "stats.open_interest",
};

function longRow(content: unknown): JsonRow {
  const row = isRecord(content) ? content : {};
  return { row: { ...row, ...nested(row, "option_pricing"), ...nested(row, "stats") } };
}

/** Members of a nested object beside the others, named `outer.inner`. */
function nested(row: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> {
  const inner = row[name];
  if (!isRecord(inner)) return {};
  return Object.fromEntries(Object.entries(inner).map(([key, value]) => [`${name}.${key}`, value]));
}

/** Rows of `{tickers: {name: slim}}` or of one slim ticker with its name; `undefined` for other content. */
function slimRows(content: unknown): readonly JsonRow[] | undefined {
  if (!isRecord(content)) return undefined;
  const { tickers, instrument_ticker: single, instrument_name: name } = content;
  if (isRecord(single) && isSlim(single)) return [slimRow(name ?? single.instrument_name, single)];
  const entries = isRecord(tickers) ? Object.entries(tickers) : [];
  const [first] = entries;
  if (first === undefined || !isSlim(first[1])) return undefined;
  return entries.map(([symbol, ticker]) => slimRow(symbol, isRecord(ticker) ? ticker : {}));
}

function isSlim(ticker: unknown): boolean {
  return isRecord(ticker) && ["I", "M", "t"].every((key) => Object.hasOwn(ticker, key));
}

/** A slim row under the long names. */
function slimRow(name: unknown, ticker: Readonly<Record<string, unknown>>): JsonRow {
  const pricing = isRecord(ticker.option_pricing) ? ticker.option_pricing : {};
  const stats = isRecord(ticker.stats) ? ticker.stats : {};
  return {
    row: {
      ...{ instrument_name: name, timestamp: ticker.t, mark_price: ticker.M, index_price: ticker.I },
      ...{ best_bid_price: ticker.b, best_ask_price: ticker.a, "stats.open_interest": stats.oi },
      ...{ "option_pricing.iv": pricing.i, "option_pricing.forward_price": pricing.f },
      ...{ "option_pricing.bid_iv": pricing.bi, "option_pricing.ask_iv": pricing.ai },
      "option_pricing.discount_factor": pricing.df,
    },
  };
}

/** The interest rate of an expiry: −ln(discount factor) ÷ time to expiry; the first row of an expiry gives it. */
function readRate(row: RowReader, intake: Intake, instrument: Instrument, timestampMs: number | undefined): void {
  const discount = row.number("option_pricing.discount_factor", { above: 0 });
  if (instrument.kind !== "option" || discount === undefined || timestampMs === undefined || row.broken()) return;
  const { underlying, expiryMs, symbol } = instrument;
  const years = yearsBetween(timestampMs, expiryMs);
  if (years === 0) return;
  if (discount > 1)
    row.warn(
      "discount factors are at most 1",
      `${symbol} has discount factor ${discount}`,
      "option_pricing.discount_factor",
    );
  if (intake.feeds.some((feed) => feed.underlying === underlying && feed.expiryMs === expiryMs)) return;
  decide(intake, "interest rates", "from discount factors", "−ln(discount factor) ÷ years to expiry, one an expiry");
  intake.feeds.push({ kind: "rate", underlying, expiryMs, value: -Math.log(discount) / years + 0 });
}
