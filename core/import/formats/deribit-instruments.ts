import { type Instrument, instrumentId, type Payoff, parseDeribitSymbol } from "../../instrument/index.ts";
import type { RowReader } from "../cells.ts";
import { defineFormat, firstHas, rowsOf } from "../format.ts";

/** Reply of public/get_instruments (or get_instrument): contract terms for the other files of the same import. */
export default defineFormat({
  id: "deribit-instruments",
  title: "Deribit instruments (get_instruments)",
  kind: "instruments",
  claims: (probe) =>
    probe.type === "json" && firstHas(probe.content, "instrument_name", "kind", "contract_size", "settlement_currency"),
  rows: rowsOf,
  read(row, intake) {
    const symbol = row.requiredText("instrument_name");
    const instrument = instrumentOf(row, symbol);
    if (instrument === undefined || row.broken()) return;
    const named = parseDeribitSymbol(symbol);
    if (named.ok && !sameTerms(named.value, instrument)) {
      row.warn(
        "name and terms agree",
        `the terms listed for ${symbol} differ from its name; the list is believed`,
        "instrument_name",
      );
    }
    intake.instruments.set(symbol, instrument);
  },
});

function instrumentOf(row: RowReader, symbol: string): Instrument | undefined {
  const kind = row.requiredText("kind");
  if (kind.endsWith("_combo")) {
    row.reject(
      "combos are imported as their legs",
      `"${symbol}" is a combo (${kind}); its legs are the contracts`,
      "kind",
    );
    return undefined;
  }
  const payoff: Payoff = (row.text("instrument_type") ?? row.text("future_type")) === "linear" ? "linear" : "inverse";
  const quote = row.text("counter_currency") ?? row.requiredText("quote_currency");
  const shared = {
    ...{ id: instrumentId("deribit", symbol), venue: "deribit", symbol, underlying: row.requiredText("base_currency") },
    ...{ quote, payoff, settlement: kind === "spot" ? quote : row.requiredText("settlement_currency") },
  };
  if (kind === "spot") return { kind: "spot", ...shared, payoff: "linear" };
  if (kind === "future" && row.text("settlement_period") === "perpetual") return { kind: "perpetual", ...shared };
  const expiryMs = row.instant("expiration_timestamp");
  if (expiryMs === undefined) {
    row.reject("expiration_timestamp is given", `"${symbol}" has no expiry`, "expiration_timestamp");
    return undefined;
  }
  if (kind === "future") return { kind: "future", ...shared, expiryMs };
  const right = row.requiredText("option_type");
  const strike = row.requiredNumber("strike", { above: 0 });
  if (kind === "option" && (right === "call" || right === "put")) {
    return { kind: "option", ...shared, expiryMs, strike, optionType: right };
  }
  row.reject("kind is future, option or spot", `"${symbol}" is of kind ${kind} ${right}`, "kind");
  return undefined;
}

function sameTerms(a: Instrument, b: Instrument): boolean {
  const terms = (i: Instrument) =>
    JSON.stringify([
      i.kind,
      i.underlying,
      i.quote,
      i.payoff,
      i.settlement,
      "expiryMs" in i ? i.expiryMs : 0,
      "strike" in i ? i.strike : 0,
      "optionType" in i ? i.optionType : "",
    ]);
  return terms(a) === terms(b);
}
