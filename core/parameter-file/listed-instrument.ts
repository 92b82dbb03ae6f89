import { type Instrument, instrumentId, type Listing } from "../instrument/index.ts";
import type { FoundContract } from "./contract-lookup.ts";
import type { ParameterFile } from "./parameter-file.ts";

/** UTC milliseconds of the beginning of an ISO day. */
export function startOfDayMs(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/**
 * Contract terms as the parameter file states them. The underlying is the combined commodity, settlement is in the currency of
 * its arrays and requirement, prices in that of the family; the expiry is the beginning of
 * the expiry day, so that whole days are left from the file's business day.
 *
 * @param venue of the instrument
 * @param size  contract size of the series
 */
export function listedInstrument(found: FoundContract, venue: string, size: number): Instrument {
  const { family, series, contract, commodity } = found;
  const listing: Listing = {
    exchange: family.exchange,
    product: family.product,
    type: family.type,
    month: series.month,
    ...(series.futureMonth === undefined ? {} : { futureMonth: series.futureMonth }),
  };
  const symbol = listedSymbol(listing, contract);
  const settlement = commodity.currency;
  const quote = family.currency === "" ? settlement : family.currency;
  const shared = {
    ...{ id: instrumentId(venue, symbol), venue, symbol, underlying: commodity.code, quote, settlement },
    ...{ payoff: "linear" as const, contractSize: size, listing },
  };
  const expiryMs = series.expiryDate === undefined ? endOfMonthMs(series.month) : startOfDayMs(series.expiryDate);
  if (contract.right !== undefined && contract.strike !== undefined)
    return {
      ...{ kind: "option", ...shared, expiryMs, strike: contract.strike, optionType: contract.right },
      ...(family.exercise === undefined ? {} : { exercise: family.exercise }),
      ...(family.type === "OOF" ? { on: "future" as const } : {}),
    };
  return family.type === "PHY" ? { kind: "stock", ...shared } : { kind: "future", ...shared, expiryMs };
}

/**
 * Name of a listed contract: `FUT XU030 201606`, `OOP XU030 201606 96 C`.
 *
 * @param contract its right and strike when it is an option
 */
export function listedSymbol(
  { type, product, month }: Listing,
  { right, strike }: { readonly right?: "call" | "put"; readonly strike?: number },
): string {
  const terms = right === undefined ? "" : ` ${strike} ${right === "call" ? "C" : "P"}`;
  return `${type} ${product} ${month}${terms}`;
}

/** Beginning of the last day of a contract month, for contracts whose expiry day is not known. */
export function endOfMonthMs(month: string): number {
  const [year, index] = [Number(month.slice(0, 4)), Number(month.slice(4, 6))];
  return Date.UTC(year, index, 0);
}

/** Whether the file's business day is after the expiry. */
export function hasExpired({ date }: ParameterFile, expiryDate: string | undefined): boolean {
  return expiryDate !== undefined && expiryDate < date;
}
