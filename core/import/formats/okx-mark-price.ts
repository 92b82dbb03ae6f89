import { present } from "../deribit/quote-row.ts";
import { defineFormat, firstHas, rowsOf } from "../format.ts";
import { placeOf } from "../intake.ts";
import { okxInstrument } from "../okx/contract.ts";
import { addQuotePart } from "../okx/quote-row.ts";

/** Reply of public/mark-price: options in coin per coin, everything else in the quote currency. */
export default defineFormat({
  id: "okx-mark-price",
  title: "OKX mark price (public/mark-price)",
  kind: "market",
  claims: (probe) =>
    probe.type === "json" && firstHas(probe.content, "instId", "markPx", "ts") && !firstHas(probe.content, "pos"),
  rows: rowsOf,
  read(row, intake) {
    const instrument = okxInstrument(row, "instId", intake);
    const mark = row.requiredNumber("markPx", { atLeast: 0 });
    const timestampMs = row.instant("ts");
    if (instrument === undefined || row.broken()) return;
    addQuotePart(intake, { instrument, mark, ...present({ timestampMs }), at: placeOf(intake) });
  },
});
