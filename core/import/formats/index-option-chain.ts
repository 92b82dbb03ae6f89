import { isThirdFriday, osiOption } from "../../instrument/index.ts";
import { noteExpiry } from "../broker/expiry-note.ts";
import type { RowReader } from "../cells.ts";
import { present } from "../deribit/quote-row.ts";
import { defineFormat, isRecord, type JsonRow } from "../format.ts";
import { addQuote, decide, type Intake, placeOf } from "../intake.ts";

/** The layout names no underlying: it is one of S&P 500 options. */
const [underlying, series] = ["SPX", "SPXW"];

/**
 * End-of-day chain of index options: `{date, spot, timestamp, expiries: {day: [rows]}}`.
 *
 * @source resources/docs/formats.md, section 17.5
 */
export default defineFormat({
  id: "index-option-chain",
  title: "Index option chain by expiry (JSON: spot, expiries)",
  kind: "market",
  claims: (probe) =>
    probe.type === "json" &&
    isRecord(probe.content) &&
    ["date", "spot", "expiries"].every((key) => isRecord(probe.content) && Object.hasOwn(probe.content, key)) &&
    isRecord(probe.content.expiries),
  rows: chainRows,
  read: (row, intake, outer) => readQuote(row, intake, outer),
  *finish(intake) {
    yield;
    const own = intake.quotes.filter(({ at }) => at?.startsWith(`${intake.file}:`) === true);
    const unknown = own.filter(({ markVolatility }) => markVolatility === undefined).length;
    if (unknown > 0)
      decide(
        intake,
        `volatility of ${unknown} rows`,
        "none",
        "volatility 0 with all greeks 0 was not computed by the source",
      );
  },
});

function chainRows(content: unknown): readonly JsonRow[] {
  if (!isRecord(content) || !isRecord(content.expiries)) return [];
  const { date, spot, timestamp } = content;
  return Object.entries(content.expiries).flatMap(([expiry, list]) =>
    (Array.isArray(list) ? list : [list]).map((row: unknown) => ({
      row: isRecord(row) ? { ...row, spot, timestamp: timestamp ?? date } : {},
      outer: { expiry },
    })),
  );
}

function readQuote(row: RowReader, intake: Intake, { expiry }: Readonly<Record<string, unknown>>): void {
  decide(
    intake,
    "underlying",
    `${underlying}, series ${series}`,
    "the layout is one of S&P 500 options and names no symbol",
  );
  const why = "the source runs on UTC and writes no zone";
  const timestampMs = row.instant("timestamp", why);
  const day = row.text("expirationDate") ?? String(expiry);
  const strike = row.requiredNumber("strikePrice", { above: 0 });
  const type = row.requiredText("optionType").toLowerCase();
  const bid = row.number("bidPrice", { atLeast: 0 });
  const ask = row.number("askPrice", { atLeast: 0, zeroIsNone: true });
  const volatility = row.number("volatility", { atLeast: 0, zeroIsNone: true });
  const indexPrice = row.number("spot", { above: 0 });
  const openInterest = row.number("openInterest", { atLeast: 0 });
  const volume = row.number("volume", { atLeast: 0 });
  if (row.broken()) return;
  if (day !== expiry) {
    row.reject(
      "a row is of its expiry",
      `expirationDate is ${day}, the row stands under ${String(expiry)}`,
      "expirationDate",
    );
    return;
  }
  if (type !== "call" && type !== "put") {
    row.reject("optionType is Call or Put", `optionType is ${JSON.stringify(row.raw("optionType"))}`, "optionType");
    return;
  }
  const option = osiOption({ root: series, day, right: type, strike });
  if (!option.ok) {
    row.reject("the contract is known", option.failure.message, "expirationDate");
    return;
  }
  noteExpiry(row, intake, day, "expirationDate");
  if (isThirdFriday(day))
    decide(
      intake,
      `series of ${day}`,
      `${series}, settled at the close`,
      `on a third Friday the file may hold ${underlying} (settled at the opening) too and does not tell them apart`,
    );
  decide(
    intake,
    "mark",
    "middle of bid and ask",
    "lastPrice may be of any earlier time; a row without an ask has no mark",
  );
  decide(
    intake,
    "spot",
    "index price only",
    "it is not of the moment of the quotes: forwards come from put-call parity",
  );
  const mark = ask === undefined ? undefined : ((bid ?? 0) + ask) / 2;
  addQuote(intake, {
    instrument: option.value,
    ...present({ mark, markVolatility: volatility, bid: bid === 0 ? undefined : bid, ask, indexPrice }),
    ...present({ openInterest, volume, timestampMs }),
    at: placeOf(intake),
  });
}
