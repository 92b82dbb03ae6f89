import { failed, type Result, success, yearsBetween } from "../base/index.ts";
import type { Instrument } from "../instrument/index.ts";
import type { PricingTerms } from "../market/index.ts";
import { contractOf, underlyingPriceOf } from "./contract-lookup.ts";
import { hasExpired, startOfDayMs } from "./listed-instrument.ts";
import type { ParameterFile } from "./parameter-file.ts";

/**
 * What valuing a listed position needs, from the parameter file alone: its settlement price and its risk array. No model is
 * asked; volatility and forward are those the file states, for greeks.
 *
 *     forward   future: its price; option on a future: that future's; option on a physical: S·e^((r − q)·τ)
 *
 * @param instrument a listed contract, completed by the same file
 * @param index      price of the combined commodity, quote currency
 * @returns terms; `not-found` for a contract the file does not list, `missing-data` for one without array, price or contract
 *          size, `not-applicable` when it has expired, `invalid-input` for a negative price, `conflict` for another contract size
 */
export function listedTerms(file: ParameterFile, instrument: Instrument, index: number): Result<PricingTerms> {
  const found = contractOf(file, instrument);
  if (!found.ok) return found;
  const { series, contract } = found.value;
  const { symbol } = instrument;
  if (hasExpired(file, series.expiryDate))
    return failed(
      "not-applicable",
      `${symbol} expired on ${series.expiryDate}, before ${file.date} of the file`,
      symbol,
    );
  const size = series.contractSize;
  if (size === undefined) return failed("missing-data", `${file.name} states no contract size of ${symbol}`, symbol);
  if (instrument.contractSize !== size)
    return failed(
      "conflict",
      `${symbol} has contract size ${instrument.contractSize ?? "none"} in the positions and ${size} in ${file.name}`,
      symbol,
    );
  const { price } = contract;
  if (price === undefined) return failed("missing-data", `${file.name} states no price of ${symbol}`, symbol);
  if (price < 0)
    return failed("invalid-input", `${symbol} has the price ${price} in ${file.name}; expected 0 or more`, symbol);
  if (contract.array === undefined)
    return failed("missing-data", `${file.name} has no risk array of ${symbol}`, symbol);
  const years =
    series.years ??
    (series.expiryDate === undefined ? 0 : yearsBetween(startOfDayMs(file.date), startOfDayMs(series.expiryDate)));
  const isOption = contract.right !== undefined;
  const underlying = underlyingPriceOf(file, series);
  const growth =
    found.value.family.type === "OOP"
      ? Math.exp(((series.interestRate ?? 0) - (series.dividendYield ?? 0)) * years)
      : 1;
  const forward = isOption ? (underlying ?? index) * growth : price;
  const volatility = isOption ? (contract.volatility ?? series.volatility ?? 0) : 0;
  return success({
    ...{ index, forward, years, volatility, mark: price, riskArray: contract.array },
    sources: {
      forward: isOption ? (underlying === undefined ? "index" : "reported") : "mark",
      ...(isOption ? { volatility: "mark" as const } : {}),
      mark: "quoted",
    },
  });
}
