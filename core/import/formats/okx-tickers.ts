import { present } from "../deribit/quote-row.ts";
import { defineFormat, firstHas, rowsOf } from "../format.ts";
import { placeOf } from "../intake.ts";
import { okxInstrument } from "../okx/contract.ts";
import { addQuotePart } from "../okx/quote-row.ts";

const none = { atLeast: 0, zeroIsNone: true } as const;

/** Reply of market/tickers or market/ticker: best bid and ask; it has no mark. */
export default defineFormat({
  id: "okx-tickers",
  title: "OKX tickers (market/tickers)",
  kind: "market",
  claims: (probe) => probe.type === "json" && firstHas(probe.content, "instId", "bidPx", "askPx", "ts"),
  rows: rowsOf,
  read(row, intake) {
    const instrument = okxInstrument(row, "instId", intake);
    const fields = present({
      bid: row.number("bidPx", none),
      ask: row.number("askPx", none),
      timestampMs: row.instant("ts"),
    });
    if (instrument === undefined || row.broken()) return;
    if (fields.bid === undefined && fields.ask === undefined) {
      row.leaveOut("a market row has a price", `${instrument.symbol} has neither bid nor ask; it is left out`);
      return;
    }
    addQuotePart(intake, { instrument, ...fields, at: placeOf(intake) });
  },
});
