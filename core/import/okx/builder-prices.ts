import type { RowReader } from "../cells.ts";
import { isRecord } from "../format.ts";
import { decide, type Intake, setIndexPrice } from "../intake.ts";
import { readNumber } from "../read-number.ts";
import { okxContract } from "./contract.ts";
import { impliedPrices } from "./implied-prices.ts";

/** Takes the prices a risk unit of a position-builder reply implies as index prices of the import. */
export function readBuilderPrices(row: RowReader, intake: Intake): void {
  const positions = row.raw("portfolios");
  const [only, ...others] = Array.isArray(positions) ? positions.filter(isRecord) : [];
  if (only === undefined || others.length > 0) return;
  const contracts = readNumber(only.amt);
  const inner = { ...row, requiredText: (column: string) => String(only[column] ?? ""), reject: () => undefined };
  const contract = okxContract(inner, "instId", intake);
  if (contract === undefined || typeof contracts !== "number") return;
  const quantity = (only.posSide === "short" ? -1 : 1) * contracts * contract.size;
  const unit = { upl: row.raw("upl"), scenarios: row.raw("mr1Scenarios") };
  const found = impliedPrices(unit, { floatPnl: only.floatPnl }, { instrument: contract.instrument, quantity });
  if (found === undefined) return;
  const { underlying, quote, usdPerQuote, pairUsd } = found;
  if (usdPerQuote !== undefined && !intake.indexPrices.has(quote)) {
    setIndexPrice(intake, quote, usdPerQuote);
    const why = "upl of a risk unit in USD over floatPnl of its only position";
    decide(intake, `USD price of ${quote}`, String(usdPerQuote), why);
  }
  const pair = pairUsd / (intake.indexPrices.get(quote)?.price ?? 1);
  setIndexPrice(intake, `${underlying}-${quote}`, pair);
  setIndexPrice(intake, underlying, pairUsd);
  const why = "the reply states no index: it follows from the scenario profits of a unit with one contract";
  decide(intake, `index ${underlying}-${quote}`, String(pair), why);
}
