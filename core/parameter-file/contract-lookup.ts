import { failed, type Result, success } from "../base/index.ts";
import type { Instrument, Listing } from "../instrument/index.ts";
import { familyKey } from "./merged-families.ts";
import type {
  CombinedCommodity,
  ContractFamily,
  ContractSeries,
  FamilyLink,
  ParameterFile,
  RiskContract,
} from "./parameter-file.ts";

/** A contract of a parameter file with everything around it. */
export interface FoundContract {
  readonly family: ContractFamily;
  readonly series: ContractSeries;
  readonly contract: RiskContract;
  readonly commodity: CombinedCommodity;
  readonly link: FamilyLink;
}

interface Lookup {
  /** `product/type` -> families of that name, one an exchange. */
  readonly families: ReadonlyMap<string, readonly ContractFamily[]>;
  /** Family -> the commodity it is margined with. */
  readonly owners: ReadonlyMap<string, { readonly commodity: CombinedCommodity; readonly link: FamilyLink }>;
  readonly contracts: Map<ContractSeries, ReadonlyMap<string, RiskContract>>;
}

const known = new WeakMap<ParameterFile, Lookup>();

/** Lookups of a file, made once: files never change. */
function lookupOf(file: ParameterFile): Lookup {
  const found = known.get(file);
  if (found !== undefined) return found;
  const families = new Map<string, ContractFamily[]>();
  for (const family of file.families) {
    const key = `${family.product}/${family.type}`;
    families.set(key, [...(families.get(key) ?? []), family]);
  }
  const owners = new Map<string, { commodity: CombinedCommodity; link: FamilyLink }>();
  for (const commodity of file.commodities)
    for (const link of commodity.families)
      if (!owners.has(familyKey(link))) owners.set(familyKey(link), { commodity, link });
  const lookup = { families, owners, contracts: new Map() };
  known.set(file, lookup);
  return lookup;
}

/**
 * The contract of a parameter file that an instrument names.
 *
 * @param instrument with a `listing`; strike and right of options stand in the instrument itself
 * @returns `not-found` says which step failed: family, month, strike; `conflict` when two exchanges or series have it, or when
 *          the family is in no combined commodity
 */
export function contractOf(file: ParameterFile, instrument: Instrument): Result<FoundContract> {
  const { listing, symbol } = instrument;
  if (listing === undefined) return failed("not-applicable", `${symbol} names no contract of a clearing house`, symbol);
  const lookup = lookupOf(file);
  const families = (lookup.families.get(`${listing.product}/${listing.type}`) ?? []).filter(
    ({ exchange }) => listing.exchange === undefined || listing.exchange === exchange,
  );
  const [family, other] = families;
  const place = listing.exchange === undefined ? "" : ` of ${listing.exchange}`;
  if (family === undefined)
    return failed("not-found", `${file.name} has no ${listing.type} ${listing.product}${place}`, symbol);
  if (other !== undefined)
    return failed(
      "conflict",
      `${file.name} has ${listing.type} ${listing.product} at ${family.exchange} and at ${other.exchange}; name the exchange`,
      symbol,
    );
  const series = seriesOf(family, listing);
  if (!series.ok) return { ok: false, failure: { ...series.failure, at: symbol } };
  const contract = contractIn(lookup, series.value, instrument);
  if (contract === undefined) {
    const wanted = instrument.kind === "option" ? `${instrument.strike} ${instrument.optionType}` : listing.month;
    return failed(
      "not-found",
      `${listing.type} ${listing.product} ${listing.month} has no ${wanted} in ${file.name}`,
      symbol,
    );
  }
  const owner = lookup.owners.get(familyKey(family));
  if (owner === undefined)
    return failed(
      "conflict",
      `${listing.type} ${listing.product} has contracts in ${file.name} but belongs to no combined commodity there`,
      symbol,
    );
  return success({ family, series: series.value, contract, ...owner });
}

function seriesOf(family: ContractFamily, { month, futureMonth, product, type }: Listing): Result<ContractSeries> {
  const fits = (series: ContractSeries) =>
    futureMonth === undefined || series.futureMonth === undefined || series.futureMonth.startsWith(futureMonth);
  const exact = family.series.filter((series) => series.month === month && fits(series));
  // A month without the suffix of its series means that series, where the month has only one.
  const found =
    exact.length > 0 ? exact : family.series.filter((series) => series.month.startsWith(month) && fits(series));
  const months = new Set(found.map((series) => `${series.month}/${series.futureMonth ?? ""}`));
  const [first] = found;
  if (first === undefined) {
    const has = [...new Set(family.series.map((series) => series.month))].slice(0, 12).join(", ");
    return failed("not-found", `${type} ${product} has no month ${month}; it has ${has}`);
  }
  if (months.size > 1)
    return failed("conflict", `${type} ${product} has ${[...months].join(" and ")} in ${month}; name one`);
  // Parts of one large series arrive as several.
  return success(found.length === 1 ? first : { ...first, contracts: found.flatMap(({ contracts }) => contracts) });
}

function contractIn(lookup: Lookup, series: ContractSeries, instrument: Instrument): RiskContract | undefined {
  if (instrument.kind !== "option") return series.contracts[0];
  let contracts = lookup.contracts.get(series);
  if (contracts === undefined) {
    contracts = new Map(
      series.contracts.map((contract) => [strikeKey(contract.right, contract.strike ?? Number.NaN), contract]),
    );
    lookup.contracts.set(series, contracts);
  }
  return contracts.get(strikeKey(instrument.optionType, instrument.strike));
}

function strikeKey(right: string | undefined, strike: number): string {
  return `${right ?? ""} ${Number(strike.toPrecision(12))}`;
}

/**
 * Price of what a series is written on: the future's, or the physical's.
 *
 * @returns the price in the underlying's own unit; `undefined` where the file does not have it
 */
export function underlyingPriceOf(file: ParameterFile, series: ContractSeries): number | undefined {
  const { underlying } = series;
  if (underlying === undefined) return undefined;
  for (const family of file.families) {
    if (underlying.exchange !== undefined && family.exchange !== underlying.exchange) continue;
    if (
      underlying.familyId !== undefined
        ? family.familyId !== underlying.familyId
        : family.product !== underlying.product
    )
      continue;
    if (underlying.type !== undefined && family.type !== underlying.type) continue;
    for (const one of family.series) {
      if (underlying.contractId === undefined && underlying.month !== undefined && one.month !== underlying.month)
        continue;
      const contract = one.contracts.find(
        ({ contractId, right }) =>
          right === undefined && (underlying.contractId === undefined || contractId === underlying.contractId),
      );
      if (contract?.price !== undefined) return contract.price;
    }
  }
  return undefined;
}
