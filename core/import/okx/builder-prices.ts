import type { Instrument } from "../../instrument/index.ts";
import type { RowReader } from "../cells.ts";
import { isRecord } from "../format.ts";
import { decide, type Intake, setIndexPrice } from "../intake.ts";
import { readNumber } from "../read-number.ts";
import { okxContract } from "./contract.ts";

interface Held {
  readonly instrument: Instrument;
  /** Signed size in quantity units. */
  readonly quantity: number;
  readonly floatProfit: number;
}

/**
 * Index prices a risk unit implies. With one linear contract in it,
 *
 *     u = upl of the unit in USD / floatPnl of the position in its quote coin
 *     index of the pair = scenario profit / (move · coins · u)
 *
 * @source okx.md 4, MR1: the printed grid of a linear contract is coins · move · index · u
 */
export function readBuilderPrices(row: RowReader, intake: Intake): void {
  const positions = row.raw("portfolios");
  const [only, ...others] = Array.isArray(positions) ? positions.filter(isRecord) : [];
  if (only === undefined || others.length > 0) return;
  const held = heldOf(only, row, intake);
  if (held === undefined || held.instrument.payoff !== "linear" || held.instrument.kind === "option") return;
  const { underlying, quote } = held.instrument;
  const profit = row.number("upl");
  const rate = profit === undefined || held.floatProfit === 0 ? undefined : profit / held.floatProfit;
  const usd = rate !== undefined && Math.abs(rate - 1) < 0.5 ? rate : (intake.indexPrices.get(quote)?.price ?? 1);
  const perMove = slopeOf(row.raw("mr1Scenarios"));
  if (perMove === undefined || held.quantity === 0) return;
  const pair = perMove / (held.quantity * usd);
  if (!(pair > 0)) return;
  const why = "the reply states no index: it follows from the scenario profits of a unit with one contract";
  if (rate !== undefined && usd === rate && !intake.indexPrices.has(quote)) {
    setIndexPrice(intake, quote, usd);
    decide(
      intake,
      `USD price of ${quote}`,
      String(usd),
      "upl of a risk unit in USD over floatPnl of its only position",
    );
  }
  setIndexPrice(intake, `${underlying}-${quote}`, pair);
  setIndexPrice(intake, underlying, pair * usd);
  decide(intake, `index ${underlying}-${quote}`, String(pair), why);
}

function heldOf(position: Readonly<Record<string, unknown>>, row: RowReader, intake: Intake): Held | undefined {
  const inner: RowReader = {
    ...row,
    requiredText: (column) => String(position[column] ?? ""),
    reject: () => undefined,
  };
  const contract = okxContract(inner, "instId", intake);
  const [contracts, floatProfit] = [readNumber(position.amt, false), readNumber(position.floatPnl, false)];
  if (contract === undefined || typeof contracts !== "number") return undefined;
  const sign = position.posSide === "short" ? -1 : 1;
  return {
    instrument: contract.instrument,
    quantity: sign * contracts * contract.size,
    floatProfit: typeof floatProfit === "number" ? floatProfit : 0,
  };
}

/** Profit per unit of move: of the largest move whose volatility stays, where rounding weighs least. */
function slopeOf(scenarios: unknown): number | undefined {
  const same = isRecord(scenarios) ? scenarios.volSame : undefined;
  if (!isRecord(same)) return undefined;
  const cells = Object.entries(same).flatMap(([move, profit]) => {
    const [k, amount] = [Number(move), readNumber(profit, false)];
    return Number.isFinite(k) && k !== 0 && typeof amount === "number" ? [{ k, amount }] : [];
  });
  const [largest] = cells.sort((a, b) => Math.abs(b.k) - Math.abs(a.k));
  return largest === undefined ? undefined : largest.amount / largest.k;
}
