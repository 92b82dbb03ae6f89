import type { ColumnMapping } from "./import-result.ts";

/** A field of the generic CSV. */
export interface GenericField {
  readonly name: string;
  readonly required: boolean;
  readonly description: string;
  /** Other header words that mean it, lower case without separators. */
  readonly aliases: readonly string[];
}

const contract: readonly GenericField[] = [
  field("symbol", false, "name of the contract; or give the terms below", "instrument instrumentname contract ticker"),
  field("underlying", false, "what the price moves with, e.g. BTC", "base basecurrency coin asset"),
  field("kind", false, "option, future, perpetual, spot or stock", "instrumenttype assetclass producttype"),
  field("expiry", false, "ISO 8601; a day alone means 08:00 UTC", "expiration exp maturity expirydate expirydatetime"),
  field("strike", false, "quote currency", "strikeprice stk"),
  field("right", false, "C or P, call or put", "cp putcall callput optiontype type"),
  field("style", false, "inverse (paid in the coin) or linear", "payoff"),
  field("settlement_currency", false, "currency in which profit arises", "settlement settlecurrency settleccy"),
  field(
    "contract_units",
    false,
    "listed contracts: units of underlying of one; quantities then count contracts",
    "units",
  ),
  field("exercise", false, "listed options: american or european", "exercisestyle"),
  field("quote_currency", false, "currency of price and strike; default USD", "currency quote"),
];

export const genericFields: Readonly<Record<ColumnMapping["kind"], readonly GenericField[]>> = {
  positions: [
    ...contract,
    field("quantity", true, "signed: long above 0, short below", "qty position size amount contracts"),
    field("multiplier", false, "units of one contract; default 1", "mult contractsize"),
    field("average_price", false, "price unit of the contract", "avgprice averageprice entryprice avgpx costprice"),
    field("mark_price", false, "price unit of the contract", "mark markpx last"),
    field("index_price", false, "index of the underlying", "index idxpx spot"),
    field("account", false, "account or sub-account", "accountid subaccount uid"),
    field(
      "tag",
      false,
      "your own word for what it belongs to: a strategy, a desk",
      "strategy strategytag label desk book",
    ),
  ],
  market: [
    ...contract,
    field("mark_price", false, "price unit of the contract", "mark markpx last"),
    field(
      "iv",
      false,
      "mark volatility; the unit is asked or taken from the header",
      "ivpct markiv vol impliedvol impliedvolatility volatility markvol",
    ),
    field("bid", false, "best bid", "bidprice bestbid bestbidprice"),
    field("ask", false, "best ask", "askprice bestask bestaskprice"),
    field("forward", false, "the venue's forward of the expiry", "underlyingprice forwardprice fwd fwdpx"),
    field("index_price", false, "index of the underlying", "index idxpx spot"),
    field(
      "rate",
      false,
      "continuously compounded, fraction per year, for the row's expiry",
      "riskfreerate interestrate",
    ),
    field("dividend_yield", false, "of the underlying, continuous, fraction per year", "divyield yield"),
    field("dividends", false, "cash per unit by ex-date: 2026-03-15=0.5; 2026-06-15=0.5", "cashdividends"),
    field("open_interest", false, "coins or contracts", "oi openinterest"),
    field("volume", false, "traded volume", "volume24h vol24h"),
    field("timestamp", false, "time of the row; a zone is needed", "time datetime date ts asof snapshotts"),
  ],
};

/**
 * A first mapping from header words: exact names first, then other usual words. It is a suggestion: nothing is imported by it until the
 * user has confirmed it, unless the header uses the field names themselves.
 *
 * @param columns header of the file
 */
export function suggestMapping(columns: readonly string[]): ColumnMapping {
  const positions = match(columns, genericFields.positions);
  const kind = positions.quantity === undefined ? "market" : "positions";
  const found = kind === "positions" ? positions : match(columns, genericFields.market);
  const percent = /pct|percent|%/i.test(found.iv ?? "");
  return { kind, columns: found, venue: "deribit", ...(percent ? { volatilityUnit: "percent" } : {}) };
}

/** The suggested mapping when the header uses our own field names for what is needed; then no confirmation is needed. */
export function ownMapping(columns: readonly string[]): ColumnMapping | undefined {
  const suggested = suggestMapping(columns);
  const exact = (name: string) => columns.includes(name);
  const named = exact("symbol") || (exact("underlying") && exact("kind"));
  const valued =
    suggested.kind === "positions" ? exact("quantity") : exact("mark_price") || exact("iv") || exact("iv_pct");
  return named && valued ? suggested : undefined;
}

function match(columns: readonly string[], fields: readonly GenericField[]): Record<string, string> {
  const found: Record<string, string> = {};
  const taken = new Set<string>();
  const tests = [
    (fieldOfOurs: GenericField, column: string) => column === fieldOfOurs.name,
    (fieldOfOurs: GenericField, column: string) => word(column) === word(fieldOfOurs.name),
    (fieldOfOurs: GenericField, column: string) => fieldOfOurs.aliases.includes(word(column)),
  ];
  for (const test of tests) {
    for (const wanted of fields) {
      if (found[wanted.name] !== undefined) continue;
      const column = columns.find((candidate) => !taken.has(candidate) && test(wanted, candidate));
      if (column === undefined) continue;
      found[wanted.name] = column;
      taken.add(column);
    }
  }
  return found;
}

function word(header: string): string {
  return header.toLowerCase().replace(/[^a-z0-9]/g, "");
}

function field(name: string, required: boolean, description: string, aliases: string): GenericField {
  return { name, required, description, aliases: aliases.split(" ") };
}
