import { type Instrument, instrumentId } from "../../instrument/index.ts";
import type { RowReader } from "../cells.ts";
import { defineFormat, firstHas, rowsOf } from "../format.ts";

/**
 * Reply of public/instruments: contract terms and contract sizes for the other files of the same import.
 *
 * @source resources/docs/formats.md, section 10
 */
export default defineFormat({
  id: "okx-instruments",
  title: "OKX instruments (public/instruments)",
  kind: "instruments",
  claims: (probe) => probe.type === "json" && firstHas(probe.content, "instId", "instType", "ctVal", "settleCcy"),
  rows: rowsOf,
  read(row, intake) {
    const symbol = row.requiredText("instId");
    const instrument = instrumentOf(row, symbol);
    const isContract = instrument !== undefined && instrument.kind !== "spot";
    const value = isContract ? row.requiredNumber("ctVal", { above: 0 }) : 1;
    const multiplier = row.number("ctMult", { above: 0 }) ?? 1;
    if (instrument === undefined || row.broken()) return;
    intake.instruments.set(symbol, instrument);
    intake.contractSizes.set(symbol, value * multiplier);
  },
});

function instrumentOf(row: RowReader, symbol: string): Instrument | undefined {
  const type = row.requiredText("instType");
  const id = { id: instrumentId("okx", symbol), venue: "okx", symbol };
  if (type === "SPOT" || type === "MARGIN") {
    const [base, counter] = [row.requiredText("baseCcy"), row.requiredText("quoteCcy")];
    return { kind: "spot", ...id, underlying: base, quote: counter, payoff: "linear", settlement: counter };
  }
  const [underlying = "", quote = ""] = row.requiredText("uly").split("-");
  const settlement = row.requiredText("settleCcy");
  const payoff = settlement === underlying ? ("inverse" as const) : ("linear" as const);
  const shared = {
    ...id,
    underlying,
    quote: payoff === "inverse" ? quote : linearQuote(quote, settlement),
    payoff,
    settlement,
  };
  if (type === "SWAP") return { kind: "perpetual", ...shared };
  const expiryMs = row.instant("expTime");
  const right = row.text("optType");
  if (type === "FUTURES" && expiryMs !== undefined) return { kind: "future", ...shared, expiryMs };
  if (type === "OPTION" && expiryMs !== undefined && (right === "C" || right === "P")) {
    const strike = row.requiredNumber("stk", { above: 0 });
    return { kind: "option", ...shared, expiryMs, strike, optionType: right === "C" ? "call" : "put" };
  }
  row.reject(
    "the contract is known",
    `"${symbol}" is of type ${type} with expTime ${row.text("expTime") ?? "empty"}`,
    "instType",
  );
  return undefined;
}

/** A contract on BTC-USD that pays in a stablecoin has its prices against that coin for margin. */
function linearQuote(quote: string, settlement: string): string {
  return quote === "" || quote === "USD" ? settlement : quote;
}
