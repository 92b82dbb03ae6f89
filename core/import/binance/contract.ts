import { type Instrument, knownBinanceContractSize, parseBinanceSymbol, quantityUnit } from "../../instrument/index.ts";
import type { RowReader } from "../cells.ts";
import { decide, type Intake } from "../intake.ts";

/** A contract and what one of it is. */
export interface BinanceContract {
  readonly instrument: Instrument;
  /** Coins of one contract; USD for COIN-M contracts. */
  readonly size: number;
}

/**
 * The contract a Binance row names with its size: from exchangeInfo of the same import, else from the grammar and the well-known
 * sizes, and said so.
 *
 * @returns `undefined` after rejecting the row
 */
export function binanceContract(row: RowReader, column: string, intake: Intake): BinanceContract | undefined {
  const name = row.requiredText(column);
  if (name === "") return undefined;
  const listed = intake.instruments.get(name);
  const parsed = listed?.venue === "binance" ? listed : parseBinanceSymbol(name);
  if ("ok" in parsed && !parsed.ok) {
    row.reject("the instrument name is known", parsed.failure.message, column);
    return undefined;
  }
  const instrument = "ok" in parsed ? parsed.value : parsed;
  const size = intake.contractSizes.get(name);
  if (size !== undefined) return { instrument, size };
  const known = knownBinanceContractSize(instrument);
  if (known === undefined) {
    const message = `the unit of ${name} is not known: prices are per contract; import exchangeInfo with the file`;
    row.reject("the contract size is known", message, column);
    return undefined;
  }
  const { kind, underlying, payoff } = instrument;
  if (kind === "option" || payoff === "inverse") {
    const what = `contract size of ${underlying} ${kind}s`;
    decide(intake, what, `${known} ${quantityUnit(instrument)}`, "no exchangeInfo was given: the usual size is taken");
  }
  return { instrument, size: known };
}

/** A figure of the stream or a reply where −1 and 0 mean none. */
export function positiveOrNone(row: RowReader, column: string): number | undefined {
  const value = row.number(column);
  return value !== undefined && value > 0 ? value : undefined;
}
