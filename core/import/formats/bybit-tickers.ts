import { parseBybitSymbol } from "../../instrument/index.ts";
import { bybitInstrument, bybitList, bybitRows, warnOfPages } from "../bybit/instrument-name.ts";
import type { RowReader } from "../cells.ts";
import { readQuote } from "../deribit/quote-row.ts";
import { defineFormat, firstHas, type Probe } from "../format.ts";
import { type Intake, setIndexPrice } from "../intake.ts";

/**
 * Tickers in both spellings: the REST list (bid1Price, markIv) and the channel (bidPrice, markPriceIv). Prices in the
 * settlement currency per coin, volatilities as decimals, 0 = none. Greeks are not read: they follow from the market.
 *
 * @source resources/docs/formats.md, section 11
 */
export default defineFormat({
  id: "bybit-tickers",
  title: "Bybit tickers (market/tickers, tickers channel)",
  kind: "market",
  claims: (probe) =>
    hasAll(probe, "symbol", "markPrice", "indexPrice", "lastPrice") ||
    hasAll(probe, "symbol", "usdIndexPrice", "lastPrice"),
  rows: bybitRows,
  read(row, intake, outer) {
    warnOfPages(row, intake, outer);
    if (!row.has("markPrice")) readSpot(row, intake);
    else readTicker(row, intake);
  },
});

function hasAll(probe: Probe, ...keys: readonly string[]): boolean {
  return probe.type === "json" && firstHas(bybitList(probe.content), ...keys);
}

function readTicker(row: RowReader, intake: Intake): void {
  const instrument = bybitInstrument(row, "symbol", intake);
  if (instrument === undefined) return;
  const rest = row.has("bid1Price");
  const columns = {
    mark: "markPrice",
    bid: rest ? "bid1Price" : "bidPrice",
    ask: rest ? "ask1Price" : "askPrice",
    bidVolatility: rest ? "bid1Iv" : "bidIv",
    askVolatility: rest ? "ask1Iv" : "askIv",
    markVolatility: row.has("markIv") ? "markIv" : "markPriceIv",
    ...{ underlyingPrice: "underlyingPrice", indexPrice: "indexPrice", openInterest: "openInterest" },
    volume: "volume24h",
  };
  const units = { volatility: "decimal", why: "the venue states volatilities as decimals" } as const;
  readQuote(row, intake, instrument, columns, units, intake.instants.at(-1));
}

/** A spot ticker is read for the index only: its symbol is that of the perpetual. */
function readSpot(row: RowReader, intake: Intake): void {
  const symbol = row.requiredText("symbol");
  const price = row.number("usdIndexPrice", { atLeast: 0, zeroIsNone: true });
  const named = parseBybitSymbol(symbol);
  if (row.broken()) return;
  if (price === undefined || !named.ok) {
    row.leaveOut("spot is read for its index", `${symbol} has no usdIndexPrice to take`, "usdIndexPrice");
    return;
  }
  setIndexPrice(intake, named.value.underlying, price);
}
