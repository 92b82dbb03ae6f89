import { deribitSymbol, type Instrument, parseDeribitSymbol } from "../../instrument/index.ts";
import type { RowReader } from "../cells.ts";
import { readQuote } from "../deribit/quote-row.ts";
import { defineFormat, hasColumns } from "../format.ts";
import { decide } from "../intake.ts";

const own = [
  "snapshot_ts",
  "expiry",
  "strike",
  "option_type",
  "mark_price",
  "forward_price",
  "implied_vol",
  "days_to_expiry",
];

/** Surface CSV of BTC options without instrument names; marks have 4 decimals, 0.0 means no bid or ask. */
export default defineFormat({
  id: "deribit-surface-csv",
  title: "Deribit BTC option surface (CSV, snapshot_ts … implied_vol)",
  kind: "market",
  claims: (probe) => hasColumns(probe, ...own) && !hasColumns(probe, "instrument_name"),
  read(row, intake) {
    const instrument = instrumentOf(row);
    if (instrument === undefined) return;
    decide(
      intake,
      "instrument names",
      "BTC-<expiry>-<strike>-<C|P>",
      "the layout has no names and holds inverse BTC options",
    );
    decide(
      intake,
      "marks",
      "from volatility and forward",
      "mark_price has 4 decimals: it serves the parity forward only",
    );
    const columns = {
      ...{
        mark: "mark_price",
        markVolatility: "implied_vol",
        bid: "bid",
        ask: "ask",
        underlyingPrice: "forward_price",
      },
      ...{ indexPrice: "index_price", openInterest: "open_interest", volume: "volume_24h" },
    };
    const units = { volatility: "decimal", why: "this layout states decimals", markRounded: true } as const;
    readQuote(row, intake, instrument, columns, units, row.instant("snapshot_ts"));
  },
});

function instrumentOf(row: RowReader): Instrument | undefined {
  const expiryMs = row.instantOfExpiry("expiry");
  const strike = row.requiredNumber("strike", { above: 0 });
  const right = row.requiredText("option_type").toUpperCase();
  if (expiryMs === undefined) row.reject("expiry is given", "expiry is empty", "expiry");
  if (right !== "C" && right !== "P") row.reject("option_type is C or P", `option_type is "${right}"`, "option_type");
  if (expiryMs === undefined || row.broken()) return undefined;
  const optionType = right === "C" ? "call" : "put";
  const terms = {
    kind: "option",
    underlying: "BTC",
    quote: "USD",
    payoff: "inverse",
    expiryMs,
    strike,
    optionType,
  } as const;
  const parsed = parseDeribitSymbol(deribitSymbol(terms));
  if (parsed.ok) return parsed.value;
  row.reject("the row names a contract", parsed.failure.message, "expiry");
  return undefined;
}
