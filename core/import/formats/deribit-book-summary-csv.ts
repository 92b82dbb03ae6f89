import type { RowReader } from "../cells.ts";
import { checkTerms, instrumentNamed } from "../deribit/instrument-name.ts";
import { readQuote } from "../deribit/quote-row.ts";
import { defineFormat, hasColumns } from "../format.ts";
import { decide, type Intake } from "../intake.ts";
import { okxContract } from "../okx/contract.ts";

const terms = { strike: "strike", expiry: "expiry", optionType: "type" };
const prices = { mark: "mark_price", markVolatility: "mark_iv", bid: "bid", ask: "ask" };
const sizes = { openInterest: "open_interest", volume: "volume_24h" };

/**
 * Chain CSV made from market summaries of Deribit or OKX: `snapshot_utc` without a zone mark. One layout, two meanings, and the column
 * `exchange` decides: `mark_iv` is percent for Deribit and decimal for OKX, `underlying_price` the forward and the spot index, open
 * interest coins and contracts.
 *
 * @source resources/docs/formats.md, sections 2 and 9.2
 */
export default defineFormat({
  id: "deribit-book-summary-csv",
  title: "Chain of Deribit or OKX (CSV, snapshot_utc … mark_iv)",
  kind: "market",
  claims: (probe) => hasColumns(probe, "snapshot_utc", "exchange", "instrument", "mark_iv", "underlying_price", "type"),
  read(row, intake) {
    const exchange = row.requiredText("exchange");
    const taken = row.instant("snapshot_utc", "the column is named so");
    if (exchange.toLowerCase() === "deribit") readDeribit(row, intake, taken);
    else if (exchange.toLowerCase() === "okx") readOkx(row, intake, taken);
    else {
      const message = `rows of "${exchange}" cannot be read yet: names and units differ`;
      row.reject("the exchange is Deribit or OKX", message, "exchange");
    }
  },
});

function readDeribit(row: RowReader, intake: Intake, taken: number | undefined): void {
  const instrument = instrumentNamed(row, "instrument", intake);
  if (instrument === undefined) return;
  checkTerms(row, instrument, terms);
  const units = { volatility: "percent", why: "this layout keeps the venue's percent" } as const;
  readQuote(row, intake, instrument, { ...prices, ...sizes, underlyingPrice: "underlying_price" }, units, taken);
}

function readOkx(row: RowReader, intake: Intake, taken: number | undefined): void {
  const contract = okxContract(row, "instrument", intake);
  if (contract === undefined) return;
  const { instrument, size } = contract;
  checkTerms(row, instrument, terms);
  const why = "OKX states volatilities as decimals, and this layout keeps them";
  const units = { volatility: "decimal", why, contractSize: size } as const;
  readQuote(row, intake, instrument, { ...prices, ...sizes, indexPrice: "underlying_price" }, units, taken);
  decide(
    intake,
    "underlying_price",
    "spot index",
    "for OKX this layout holds the index, not the forward of the expiry",
  );
}
