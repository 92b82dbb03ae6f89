import { failed, type Result, success } from "../../base/index.ts";
import {
  closeMinutes,
  type Exercise,
  type Future,
  instrumentId,
  newYorkMs,
  type Option,
  type OptionType,
  osiOption,
  type Stock,
  tradingDayOf,
  usListed,
} from "../../instrument/index.ts";
import { listedSymbol } from "../../parameter-file/index.ts";

/** Venue of listed contracts whose file names no exchange. */
export const listedVenue = "listed";

/** A share or fund by its symbol; its price and index price are the same. */
export function listedStock(symbol: string, currency: string): Stock {
  const venue = currency === "USD" ? usListed : listedVenue;
  return {
    kind: "stock",
    ...{ id: instrumentId(venue, symbol), venue, symbol, underlying: symbol },
    ...{ quote: currency, settlement: currency, payoff: "linear" },
  };
}

export interface FutureContract {
  readonly product: string;
  /** CCYYMM. */
  readonly month: string;
  /** Last day, ISO. */
  readonly day: string;
  readonly contractSize: number;
  readonly currency: string;
}

/** A listed future; its underlying is its product, and it ends at the close of New York. `parse-error` for no such day. */
export function listedFuture({ product, month, day, contractSize, currency }: FutureContract): Result<Future> {
  const listing = { product, type: "FUT", month } as const;
  const expiryMs = newYorkMs(day, closeMinutes);
  if (expiryMs === undefined) return failed("parse-error", `${day} is no day`);
  return success({
    kind: "future",
    ...linear(listedSymbol(listing, {}), product, currency),
    contractSize,
    listing,
    expiryMs,
  });
}

export interface FutureOptionContract extends FutureContract {
  /** Product of the future it delivers: `ES` of `EW3`. */
  readonly underlying: string;
  /** Month of that future, where it is known. */
  readonly futureMonth?: string;
  readonly strike: number;
  readonly right: OptionType;
}

/** An option on a future, American. `parse-error` for no such day. */
export function futureOption(contract: FutureOptionContract): Result<Option> {
  const { product, month, futureMonth, strike, right, underlying, currency, contractSize } = contract;
  const expiryMs = newYorkMs(contract.day, closeMinutes);
  if (expiryMs === undefined) return failed("parse-error", `${contract.day} is no day`);
  const listing = { product, type: "OOF", month, ...(futureMonth === undefined ? {} : { futureMonth }) } as const;
  const symbol = listedSymbol(listing, { right, strike });
  return success({
    ...{ kind: "option", ...linear(symbol, underlying, currency), contractSize, listing, expiryMs, strike },
    ...{ optionType: right, exercise: "american", on: "future" },
  });
}

export interface OptionContract {
  /** Series, as in an option symbol: `SPXW`. */
  readonly root: string;
  readonly underlying: string;
  /** The day the source gives, ISO. */
  readonly day: string;
  readonly strike: number;
  readonly right: OptionType;
  readonly currency: string;
  readonly contractSize: number;
  readonly exercise?: Exercise;
}

/** An option on a stock, fund or index: by OSI in the US, else by the terms it is given. `parse-error` for no such day. */
export function listedOption(contract: OptionContract): Result<Option> {
  const { root, underlying, strike, right, currency, contractSize, exercise } = contract;
  if (currency === "USD") {
    const found = osiOption({ root, day: contract.day, right, strike }, contractSize, exercise);
    return found.ok && underlying !== "" ? success({ ...found.value, underlying }) : found;
  }
  const day = tradingDayOf(contract.day);
  const expiryMs = newYorkMs(day, closeMinutes);
  if (expiryMs === undefined) return failed("parse-error", `${contract.day} is no day`);
  const symbol = `${root} ${day} ${strike} ${right === "call" ? "C" : "P"}`;
  const terms = { contractSize, expiryMs, strike, optionType: right, exercise: exercise ?? ("american" as const) };
  return success({ kind: "option", ...linear(symbol, underlying, currency), ...terms });
}

function linear(symbol: string, underlying: string, currency: string) {
  return {
    ...{ id: instrumentId(listedVenue, symbol), venue: listedVenue, symbol, underlying },
    ...{ quote: currency, settlement: currency, payoff: "linear" as const },
  };
}
