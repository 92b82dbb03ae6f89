import {
  type Instrument,
  instrumentId,
  type ListedType,
  type Listing,
  listedTypes,
  type OptionType,
} from "../../instrument/index.ts";
import { endOfMonthMs, listedSymbol } from "../../parameter-file/index.ts";
import type { RowReader } from "../cells.ts";
import { present } from "../deribit/quote-row.ts";
import { defineFormat, hasColumns } from "../format.ts";
import { addPosition, decide, type Intake, placeOf } from "../intake.ts";

/** The venue of listed contracts whose file names no exchange. */
const venue = "listed";

/**
 * Positions in contracts of a clearing house, by its own names: product, type and month, strike and right of options.
 * Quantities count contracts. Contract size, expiry and currency are completed by the parameter file of a run where the
 * columns do not state them.
 *
 * @source resources/docs/formats.md, section 18
 */
export default defineFormat({
  id: "listed-positions",
  title: "Listed positions (CSV: product, type, month, quantity)",
  kind: "positions",
  claims: (probe) => hasColumns(probe, "product", "type", "month", "quantity"),
  read(row, intake) {
    const instrument = listedContract(row, intake);
    const contracts = row.requiredNumber("quantity");
    const averagePrice = optional(row, "average_price");
    const markPrice = optional(row, "mark_price", 0);
    const account = row.has("account") ? row.text("account") : undefined;
    if (instrument === undefined || row.broken()) return;
    if (contracts === 0) {
      row.leaveOut("zero positions are left out", `${instrument.symbol} has quantity 0; it is left out`, "quantity");
      return;
    }
    addPosition(intake, {
      instrument,
      quantity: contracts * (instrument.contractSize ?? 1),
      ...present({ averagePrice, account }),
      ...(markPrice === undefined ? {} : { stated: { markPrice } }),
      origin: { at: placeOf(intake), quantity: String(row.raw("quantity")).trim(), unit: "contracts" },
    });
  },
});

function optional(row: RowReader, column: string, atLeast?: number): number | undefined {
  return row.has(column) ? row.number(column, atLeast === undefined ? {} : { atLeast }) : undefined;
}

function listedContract(row: RowReader, intake: Intake): Instrument | undefined {
  const listing = listingOf(row);
  if (listing === undefined) return undefined;
  const size = row.has("contract_size") ? row.number("contract_size", { above: 0 }) : undefined;
  const stated = row.has("expiry") ? row.instantOfExpiry("expiry") : undefined;
  const currency = row.has("currency") ? row.text("currency")?.toUpperCase() : undefined;
  const isOption = listing.type === "OOF" || listing.type === "OOP" || listing.type === "OOC";
  const option = isOption ? optionTerms(row) : undefined;
  if (isOption && option === undefined) return undefined;
  const incomplete = [
    ...(size === undefined ? ["contract size"] : []),
    ...(currency === undefined ? ["currency"] : []),
  ];
  if (incomplete.length > 0)
    decide(intake, incomplete.join(", "), "from the parameter file", "the file of positions does not state it");
  const symbol = listedSymbol(listing, option ?? {});
  const quote = currency ?? "unknown";
  const place = listing.exchange ?? venue;
  const shared = {
    ...{ id: instrumentId(place, symbol), venue: place, symbol, underlying: listing.product, quote, settlement: quote },
    ...{ payoff: "linear" as const, listing },
    ...(size === undefined ? {} : { contractSize: size }),
  };
  if (listing.type === "PHY") return { kind: "stock", ...shared };
  const expiryMs = stated ?? endOfMonthMs(listing.month);
  if (option === undefined) return { kind: "future", ...shared, expiryMs };
  const { strike, right } = option;
  return {
    kind: "option",
    ...shared,
    expiryMs,
    strike,
    optionType: right,
    ...(listing.type === "OOF" ? { on: "future" } : {}),
  };
}

function listingOf(row: RowReader): Listing | undefined {
  const [product, stated, month] = [row.requiredText("product"), row.requiredText("type"), row.requiredText("month")];
  if (row.broken()) return undefined;
  const type = listedTypes.find((one): one is ListedType => one === stated.toUpperCase());
  if (type === undefined) {
    row.reject(`type is one of ${listedTypes.join(", ")}`, `type is ${JSON.stringify(stated)}`, "type");
    return undefined;
  }
  const compact = month.replace(/^(\d{4})-(\d{2})/, "$1$2");
  if (!isMonth(compact) && type !== "PHY") {
    row.reject(
      "month is CCYYMM",
      `month is ${JSON.stringify(month)}; expected for example 201606 or 201606S0`,
      "month",
    );
    return undefined;
  }
  const exchange = row.has("exchange") ? row.text("exchange") : undefined;
  const futureMonth = row.has("future_month") ? row.text("future_month") : undefined;
  return { product, type, month: compact, ...present({ exchange, futureMonth }) };
}

function isMonth(text: string): boolean {
  const found = /^\d{4}(\d{2})\w{0,4}$/.exec(text);
  return found !== null && Number(found[1]) >= 1 && Number(found[1]) <= 12;
}

function optionTerms(row: RowReader): { readonly strike: number; readonly right: OptionType } | undefined {
  const strike = row.has("strike") ? row.number("strike") : undefined;
  const right = (row.has("right") ? row.text("right") : undefined)?.toLowerCase()[0];
  if (strike === undefined || (right !== "c" && right !== "p")) {
    row.reject(
      "an option has a strike and a right",
      `strike is ${strike ?? "empty"}, right is ${right ?? "empty"}`,
      "right",
    );
    return undefined;
  }
  return { strike, right: right === "c" ? "call" : "put" };
}
