import { instrumentId, parseBinanceSymbol } from "../../instrument/index.ts";
import { defineFormat, firstHas, isRecord, rowsOf } from "../format.ts";

/** Reply of eapi/v1/exchangeInfo: terms and `unit` (coins of one contract) of options. */
export default defineFormat({
  id: "binance-option-instruments",
  title: "Binance options (eapi exchangeInfo)",
  kind: "instruments",
  claims: (probe) =>
    probe.type === "json" && firstHas(symbolsOf(probe.content), "symbol", "side", "strikePrice", "unit"),
  rows: (content) => rowsOf(symbolsOf(content)),
  read(row, intake) {
    const symbol = row.requiredText("symbol");
    const type = row.requiredText("side");
    const strike = row.requiredNumber("strikePrice", { above: 0 });
    const expiryMs = row.instant("expiryDate");
    const unit = row.requiredNumber("unit", { above: 0 });
    const quote = row.text("quoteAsset") ?? "USDT";
    const pair = row.requiredText("underlying");
    if (row.broken()) return;
    if (expiryMs === undefined) {
      row.reject("expiryDate is given", `"${symbol}" has no expiry`, "expiryDate");
      return;
    }
    if (type !== "CALL" && type !== "PUT") {
      row.reject("side is CALL or PUT", `"${symbol}" has side ${type}, which means the option type here`, "side");
      return;
    }
    const underlying = pair.endsWith(quote) ? pair.slice(0, -quote.length) : pair;
    const optionType = type === "PUT" ? "put" : "call";
    const named = parseBinanceSymbol(symbol);
    if (
      named.ok &&
      named.value.kind === "option" &&
      (named.value.strike !== strike || named.value.optionType !== optionType)
    )
      row.warn(
        "name and terms agree",
        `the terms listed for ${symbol} differ from its name; the list is believed`,
        "symbol",
      );
    intake.contractSizes.set(symbol, unit);
    intake.instruments.set(symbol, {
      ...{ kind: "option", id: instrumentId("binance", symbol), venue: "binance", symbol, underlying },
      ...{ quote, payoff: "linear", settlement: quote, expiryMs, strike, optionType },
    });
  },
});

function symbolsOf(content: unknown): unknown {
  return isRecord(content) && Array.isArray(content.optionSymbols) ? content.optionSymbols : content;
}
