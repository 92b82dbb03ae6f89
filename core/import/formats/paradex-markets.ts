import { instrumentId } from "../../instrument/index.ts";
import { defineFormat, firstHas, rowsOf } from "../format.ts";
import { resultsOf } from "../paradex/market-name.ts";

/**
 * Reply of GET /v1/markets: contract terms for the other files of the same import.
 *
 * @source Paradex API, list available markets
 */
export default defineFormat({
  id: "paradex-markets",
  title: "Paradex markets (/v1/markets)",
  kind: "instruments",
  claims: (probe) =>
    probe.type === "json" && firstHas(resultsOf(probe.content), "symbol", "asset_kind", "base_currency"),
  rows: (content) => rowsOf(resultsOf(content)),
  read(row, intake) {
    const symbol = row.requiredText("symbol");
    const underlying = row.requiredText("base_currency");
    const kind = row.requiredText("asset_kind");
    const quote = row.text("quote_currency") ?? "USD";
    const settlement = row.text("settlement_currency") ?? "USDC";
    const expiryMs = row.number("expiry_at", { zeroIsNone: true }) === undefined ? undefined : row.instant("expiry_at");
    if (row.broken()) return;
    const shared = { id: instrumentId("paradex", symbol), venue: "paradex", symbol, underlying, quote, settlement };
    const terms = { ...shared, payoff: "linear" as const };
    if (kind === "PERP") intake.instruments.set(symbol, { kind: "perpetual", ...terms });
    else if (kind === "SPOT") intake.instruments.set(symbol, { kind: "spot", ...terms });
    else if (kind.endsWith("OPTION") && expiryMs !== undefined) {
      const strike = row.requiredNumber("strike_price", { above: 0 });
      const right = row.requiredText("option_type");
      if (row.broken()) return;
      const optionType = right.toUpperCase().startsWith("P") ? "put" : "call";
      intake.instruments.set(symbol, { kind: "option", ...terms, expiryMs, strike, optionType });
    } else row.leaveOut("the contract is known", `${symbol} is of kind ${kind}; it is left out`, "asset_kind");
  },
});
