import { type Instrument, instrumentId, parseBybitSymbol } from "../../instrument/index.ts";
import { bybitList, bybitRows, warnOfPages } from "../bybit/instrument-name.ts";
import type { RowReader } from "../cells.ts";
import { defineFormat, firstHas } from "../format.ts";

/**
 * Reply of market/instruments-info of options, linear and inverse contracts: settlement and expiry for the other files of the import.
 *
 * @source resources/docs/formats.md, section 11
 */
export default defineFormat({
  id: "bybit-instruments",
  title: "Bybit instruments (market/instruments-info)",
  kind: "instruments",
  claims: (probe) =>
    probe.type === "json" && firstHas(bybitList(probe.content), "symbol", "baseCoin", "settleCoin", "deliveryTime"),
  rows: bybitRows,
  read(row, intake, outer) {
    warnOfPages(row, intake, outer);
    const symbol = row.requiredText("symbol");
    const instrument = instrumentOf(row, symbol);
    if (instrument === undefined || row.broken()) return;
    const named = parseBybitSymbol(symbol);
    if (named.ok && (named.value.settlement !== instrument.settlement || expiry(named.value) !== expiry(instrument)))
      row.warn(
        "name and terms agree",
        `the terms listed for ${symbol} differ from its name; the list is believed`,
        "symbol",
      );
    intake.instruments.set(symbol, instrument);
  },
});

function expiry(instrument: Instrument): number | undefined {
  return "expiryMs" in instrument ? instrument.expiryMs : undefined;
}

function instrumentOf(row: RowReader, symbol: string): Instrument | undefined {
  const settlement = row.requiredText("settleCoin");
  const underlying = row.requiredText("baseCoin");
  const quote = row.requiredText("quoteCoin");
  const type = row.text("contractType");
  const payoff = type?.startsWith("Inverse") === true ? "inverse" : "linear";
  const shared = {
    id: instrumentId("bybit", symbol),
    venue: "bybit",
    symbol,
    underlying,
    quote,
    payoff,
    settlement,
  } as const;
  if (type?.endsWith("Perpetual") === true) return { kind: "perpetual", ...shared };
  const expiryMs = row.instant("deliveryTime");
  if (expiryMs === undefined) {
    row.reject("deliveryTime is given", `"${symbol}" has no expiry`, "deliveryTime");
    return undefined;
  }
  if (type?.endsWith("Futures") === true) return { kind: "future", ...shared, expiryMs };
  const right = row.text("optionsType");
  const named = parseBybitSymbol(symbol);
  if ((right === "Call" || right === "Put") && named.ok && named.value.kind === "option")
    return {
      kind: "option",
      ...shared,
      expiryMs,
      strike: named.value.strike,
      optionType: right === "Put" ? "put" : "call",
    };
  row.reject("the contract type is known", `"${symbol}" is of type ${type ?? right ?? "(none)"}`, "symbol");
  return undefined;
}
