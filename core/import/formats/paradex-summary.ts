import { readQuote } from "../deribit/quote-row.ts";
import { defineFormat, firstHas, rowsOf } from "../format.ts";
import { paradexMarket, resultsOf } from "../paradex/market-name.ts";

/**
 * Reply of GET /v1/markets/summary: marks in USD, volatilities as decimals, the spot oracle as `underlying_price`.
 *
 * @source Paradex API, markets summary; resources/docs/methodology/paradex-portfolio.md, section 2 (S is the spot oracle)
 */
export default defineFormat({
  id: "paradex-summary",
  title: "Paradex markets summary (/v1/markets/summary)",
  kind: "market",
  claims: (probe) =>
    probe.type === "json" && firstHas(resultsOf(probe.content), "symbol", "mark_price", "underlying_price"),
  rows: (content) => rowsOf(resultsOf(content)),
  read(row, intake) {
    const instrument = paradexMarket(row, "symbol", intake);
    const taken = row.instant("created_at");
    if (instrument === undefined) return;
    if (instrument.kind === "spot") {
      row.leaveOut(
        "spot has its price in the index",
        `${instrument.symbol} is a spot market; it is left out`,
        "symbol",
      );
      return;
    }
    const columns = {
      ...{ mark: "mark_price", markVolatility: "mark_iv", bidVolatility: "bid_iv", askVolatility: "ask_iv" },
      ...{
        bid: "bid",
        ask: "ask",
        indexPrice: "underlying_price",
        openInterest: "open_interest",
        volume: "volume_24h",
      },
    };
    const units = { volatility: "decimal", why: "the venue states volatilities as decimals" } as const;
    readQuote(row, intake, instrument, columns, units, taken);
  },
});
