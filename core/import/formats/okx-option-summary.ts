import { present } from "../deribit/quote-row.ts";
import { defineFormat, firstHas, rowsOf } from "../format.ts";
import { decide, placeOf } from "../intake.ts";
import { okxInstrument } from "../okx/contract.ts";
import { addQuotePart } from "../okx/quote-row.ts";

const none = { atLeast: 0, zeroIsNone: true } as const;

/**
 * Reply of public/opt-summary or its channel: volatilities and forward; marks come from public/mark-price.
 * Greeks are not read: they follow from the market.
 *
 * @source resources/docs/formats.md, section 10
 */
export default defineFormat({
  id: "okx-option-summary",
  title: "OKX option summary (public/opt-summary)",
  kind: "market",
  claims: (probe) => probe.type === "json" && firstHas(probe.content, "instId", "markVol", "fwdPx"),
  rows: rowsOf,
  read(row, intake) {
    const instrument = okxInstrument(row, "instId", intake);
    const fields = present({
      markVolatility: row.number("markVol", none),
      bidVolatility: row.number("bidVol", none),
      askVolatility: row.number("askVol", none),
      underlyingPrice: row.number("fwdPx", none),
      timestampMs: row.instant("ts"),
    });
    if (instrument === undefined || row.broken()) return;
    decide(intake, "unit of markVol", "decimal", "the venue states volatilities as decimals");
    addQuotePart(intake, { instrument, ...fields, at: placeOf(intake) });
  },
});
