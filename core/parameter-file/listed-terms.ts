import { failed, type Result, success, yearsBetween } from "../base/index.ts";
import type { Instrument } from "../instrument/index.ts";
import type { PricingTerms } from "../market/index.ts";
import { contractOf, underlyingPriceOf } from "./contract-lookup.ts";
import { hasExpired, startOfDayMs } from "./listed-instrument.ts";
import type { ParameterFile } from "./parameter-file.ts";

/**
 * What valuing a listed position needs, from the parameter file alone: its settlement price, its risk array where it has one,
 * and what making an array needs. No model is asked; volatility, rates and forward are those the file states.
 *
 *     forward   future: its price; option on a future: that future's; option on a physical: S·e^((r − q)·τ)
 *
 * @param instrument a listed contract, completed by the same file
 * @param index      price of the combined commodity, quote currency
 * @returns terms; `not-found` for a contract the file does not list, `missing-data` for one without price or contract
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
  const years =
    series.years ??
    (series.expiryDate === undefined ? 0 : yearsBetween(startOfDayMs(file.date), startOfDayMs(series.expiryDate)));
  const isOption = contract.right !== undefined;
  const underlying = underlyingPriceOf(file, series);
  const onPhysical = isOption && found.value.family.type === "OOP";
  const rate = series.interestRate ?? 0;
  const dividendYield = onPhysical ? (series.dividendYield ?? 0) : rate;
  const growth = onPhysical ? Math.exp((rate - dividendYield) * years) : 1;
  const forward = isOption ? (underlying ?? index) * growth : price;
  return success({
    ...{ index: onPhysical ? (underlying ?? index) : index, forward, years, mark: price },
    volatility: isOption ? (contract.volatility ?? series.volatility ?? 0) : 0,
    ...(contract.array === undefined ? {} : { riskArray: contract.array }),
    ...(series.scan === undefined ? {} : { scan: series.scan }),
    ...(isOption ? { carry: { rate, dividendYield, dividends: [], yieldSource: "stated" as const } } : {}),
    sources: {
      forward: isOption ? (underlying === undefined ? "index" : "reported") : "mark",
      ...(isOption ? { volatility: "mark" as const } : {}),
      mark: "quoted",
    },
  });
}
