import { failed, type Result } from "../base/index.ts";
import { parseBinanceSymbol } from "./binance-symbol.ts";
import { parseBybitSymbol } from "./bybit-symbol.ts";
import { parseDeribitSymbol } from "./deribit-symbol.ts";
import { parseDeriveSymbol } from "./derive-symbol.ts";
import type { Instrument } from "./instrument.ts";
import { parseOkxSymbol } from "./okx-symbol.ts";
import { osiOption, parseOsiSymbol, usListed } from "./osi-symbol.ts";
import { parseParadexSymbol } from "./paradex-symbol.ts";

/** Readers of symbols by venue. */
const grammars: Readonly<Record<string, (symbol: string) => Result<Instrument>>> = {
  deribit: parseDeribitSymbol,
  okx: parseOkxSymbol,
  bybit: parseBybitSymbol,
  binance: parseBinanceSymbol,
  derive: parseDeriveSymbol,
  paradex: parseParadexSymbol,
  [usListed]: (symbol) => {
    const terms = parseOsiSymbol(symbol);
    return terms.ok ? osiOption(terms.value) : terms;
  },
};

/**
 * Contract terms of a symbol by the grammar of its venue.
 *
 * @param venue  `deribit`, `okx`, `us-listed` (option symbols only), …
 * @param symbol as the venue writes it
 * @returns the instrument; the grammar's own failure, or `unsupported` for a venue whose symbols do not state the terms
 * @source resources/docs/formats.md, section 6
 */
export function instrumentOfSymbol(venue: string, symbol: string): Result<Instrument> {
  const parse = Object.hasOwn(grammars, venue) ? grammars[venue] : undefined;
  if (parse !== undefined) return parse(symbol);
  const known = Object.keys(grammars).join(", ");
  return failed("unsupported", `symbols of ${venue} are not read, those of ${known} are: state the terms of ${symbol}`);
}
