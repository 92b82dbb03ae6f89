import { type Instrument, parseDeriveSymbol } from "../../instrument/index.ts";
import type { RowReader } from "../cells.ts";
import { defineFormat, firstHas, isRecord, rowsOf } from "../format.ts";
import { readNumber } from "../read-number.ts";

/**
 * Reply of public/get_instruments, get_instrument and get_all_instruments: contract terms for the other files of the same
 * import. Expiries count seconds.
 *
 * @source resources/docs/formats.md, section 13
 */
export default defineFormat({
  id: "derive-instruments",
  title: "Derive instruments (get_instruments)",
  kind: "instruments",
  claims: (probe) =>
    probe.type === "json" &&
    firstHas(listOf(probe.content), "instrument_name", "base_asset_sub_id", "option_details", "perp_details") &&
    !firstHas(listOf(probe.content), "mark_price"),
  rows: (content) => rowsOf(listOf(content)),
  read(row, intake) {
    const instrument = instrumentOf(row);
    if (instrument !== undefined && !row.broken()) intake.instruments.set(instrument.symbol, instrument);
  },
});

function listOf(content: unknown): unknown {
  return isRecord(content) && Array.isArray(content.instruments) ? content.instruments : content;
}

function instrumentOf(row: RowReader): Instrument | undefined {
  const symbol = row.requiredText("instrument_name");
  const type = row.text("instrument_type");
  if (type === "erc20") {
    row.leaveOut("coins need no contract terms", `${symbol} is a coin; balances name it themselves`, "instrument_type");
    return undefined;
  }
  const named = parseDeriveSymbol(symbol);
  if (!named.ok) {
    row.reject("the instrument name is known", named.failure.message, "instrument_name");
    return undefined;
  }
  const { value } = named;
  const details = row.raw("option_details");
  if (value.kind !== "option" || !isRecord(details)) return value;
  const [seconds, strike] = [readNumber(details.expiry), readNumber(details.strike)];
  const right = details.option_type === "P" ? "put" : "call";
  const listed: Instrument = {
    ...value,
    ...(typeof seconds === "number" && seconds > 0 ? { expiryMs: seconds * 1000 } : {}),
    ...(typeof strike === "number" && strike > 0 ? { strike } : {}),
    optionType: right,
  };
  if (listed.expiryMs !== value.expiryMs || listed.strike !== value.strike || right !== value.optionType)
    row.warn(
      "name and terms agree",
      `the terms listed for ${symbol} differ from its name; the list is believed`,
      "option_details",
    );
  return listed;
}
