import type { Failure } from "../base/index.ts";
import type { ListedType, OptionType } from "../instrument/index.ts";
import type { ScanRange } from "../market/index.ts";
import type { SourceFile } from "../portfolio/index.ts";

/** A value that a file may state once for each of its rate sets (account types, initial or maintenance). */
export interface RateValue {
  /** Index of the rate set, as the file numbers them; 1 where it has one. */
  readonly rate: number;
  readonly value: number;
}

/** One of the scenarios of an array: what moves, and how much of the loss counts. */
export interface ScenarioPoint {
  /** 1 to the number of scenarios, in the order of the arrays. */
  readonly point: number;
  /** Price move as a multiple of the price scan range; ±the extreme multiplier for extreme moves. */
  readonly priceFraction: number;
  /** Volatility move as a multiple of the volatility scan range. */
  readonly volatilityFraction: number;
  /** Share of the loss that counts, 0 to 1. */
  readonly weight: number;
  /** Scenario of the same price move and the opposite volatility move. */
  readonly paired: number;
}

/** One of the price points whose weighted deltas make a composite delta. */
export interface DeltaPoint {
  readonly priceFraction: number;
  readonly volatilityFraction: number;
  readonly weight: number;
}

export interface AccountType {
  readonly code: string;
  readonly name: string;
  readonly customer: boolean;
  /** Long and short positions of one contract offset; false: gross (omnibus) accounts. */
  readonly net: boolean;
}

/** Which rate set holds the figures of an account type. */
export interface RateDefinition {
  readonly rate: number;
  readonly accountType: string;
  readonly customer: boolean;
  readonly maintenance: boolean;
  readonly bondClass?: string;
}

/** What an option or a future is written on. */
export interface UnderlyingContract {
  readonly exchange?: string;
  readonly product?: string;
  readonly type?: ListedType;
  /** Number of the underlying contract in the file, unique in its family there. */
  readonly contractId?: string;
  /** Number of the underlying's family in the file. */
  readonly familyId?: string;
  readonly month?: string;
}

/** One contract: its price and its risk array. */
export interface RiskContract {
  readonly right?: OptionType;
  /** Price of the family's unit. */
  readonly strike?: number;
  readonly contractId?: string;
  /** Settlement price in the family's price unit; absent where the file states none. */
  readonly price?: number;
  /** Implied volatility, fraction per √year. */
  readonly volatility?: number;
  /** Composite delta of one long contract: futures 1, puts below 0. */
  readonly delta?: number;
  /** Loss of ONE LONG contract in each scenario, money in the combined commodity's currency; loss > 0, gain < 0. Absent: none in the file. */
  readonly array?: readonly number[];
}

/** Contracts that share month, expiry and ranges: one future, or all strikes of an option month. */
export interface ContractSeries {
  /** `CCYYMM` and the suffix of weekly or flexible series; of the option for options. */
  readonly month: string;
  /** Month of the future an option on a future delivers. */
  readonly futureMonth?: string;
  /** ISO day. */
  readonly expiryDate?: string;
  /** Time to expiry; ≥ 0. */
  readonly years?: number;
  /** Money per contract per 1.0 of price; > 0. */
  readonly contractSize?: number;
  /** Scales deltas of unequal contracts of one combined commodity; 1 where absent. */
  readonly deltaScaling?: number;
  /** At-the-money or base volatility of the series, fraction per √year. */
  readonly volatility?: number;
  readonly underlying?: UnderlyingContract;
  /** Interest rate, continuously compounded, fraction per year. */
  readonly interestRate?: number;
  /** Dividend yield, continuously compounded, fraction per year. */
  readonly dividendYield?: number;
  readonly scan?: ScanRange;
  readonly contracts: readonly RiskContract[];
}

/** All contracts of one product and type. */
export interface ContractFamily {
  readonly exchange: string;
  readonly product: string;
  readonly type: ListedType;
  readonly familyId?: string;
  readonly name?: string;
  /** Currency of price and strike. */
  readonly currency: string;
  /** `premium`: the option's value is paid when bought; `futures`: it is settled daily like a future. */
  readonly style: "premium" | "futures";
  readonly exercise?: "european" | "american";
  /** Model code as the clearing house writes it: `M`, `BC`. */
  readonly priceModel?: string;
  readonly series: readonly ContractSeries[];
}

/** Months from the first to the last, `CCYYMM`, ends included; no ends: every month. */
export interface Tier {
  readonly tier: number;
  readonly from?: string;
  readonly to?: string;
}

export interface FamilyLink {
  readonly exchange: string;
  readonly product: string;
  readonly type: ListedType;
  readonly familyId?: string;
  /** Month that an option's delta counts in: its own (`period`), or its underlying future's. */
  readonly deltaMonth?: "period" | "underlying";
}

export interface SpreadLeg {
  /** Legs of one side are long when those of the other are short. */
  readonly side: "A" | "B";
  readonly deltaPerSpread: number;
  readonly tier?: number;
  /** A single contract month instead of a tier. */
  readonly month?: string;
}

/** A spread between months of one combined commodity. Lower priorities form first. */
export interface MonthSpread {
  readonly priority: number;
  /** Money per spread. */
  readonly charge: readonly RateValue[];
  readonly legs: readonly SpreadLeg[];
}

/** Charge on deltas of a month near delivery. */
export interface DeliveryRate {
  readonly month: string;
  /** Money per delta that spreads consume, and per delta left. */
  readonly inSpreads: number;
  readonly outright: number;
  readonly applies?: "long" | "short" | "both";
}

/** Rate set `rate` is `factor` × rate set `base`. */
export interface RateAdjustment {
  readonly rate: number;
  readonly base: number;
  readonly factor: number;
}

/** All products with one ultimate underlying, margined together. */
export interface CombinedCommodity {
  readonly code: string;
  readonly exchange?: string;
  readonly name?: string;
  /** Currency of arrays, charges and the requirement. */
  readonly currency: string;
  readonly families: readonly FamilyLink[];
  readonly group?: string;
  /** Option value beyond the commodity's own risk does not help others. */
  readonly limitOptionValue?: boolean;
  readonly weightedRisk: "normal" | "cap" | "scan-range";
  /** Absent or empty: one tier of all months. */
  readonly scanTiers: readonly Tier[];
  readonly spreadTiers: readonly Tier[];
  readonly creditTiers: readonly Tier[];
  /** Money per short option, by tier. */
  readonly shortOptionRates: readonly (Tier & { readonly rates: readonly RateValue[] })[];
  readonly shortOptionMethod: "gross" | "max";
  readonly spreads: readonly MonthSpread[];
  readonly delivery: readonly DeliveryRate[];
  readonly adjustments: readonly RateAdjustment[];
  /** Initial = maintenance × ratio, by account type. */
  readonly initialRatios?: { readonly member: number; readonly hedger: number; readonly speculator: number };
  /** Risk × factor, by account type. */
  readonly adjustmentFactors?: { readonly member: number; readonly hedger: number; readonly speculator: number };
}

export interface CommodityLeg {
  readonly exchange?: string;
  readonly commodity: string;
  readonly side: "A" | "B";
  readonly deltaPerSpread: number;
  readonly tier?: number;
  /** A rate of the leg's own, fraction. */
  readonly rate?: number;
  /** False: the spread forms without it. */
  readonly required?: boolean;
}

/** A spread between combined commodities: offsetting deltas earn a credit, or arrays are added. */
export interface CommoditySpread {
  readonly group?: string;
  readonly priority: number;
  readonly method: "delta" | "scanning";
  /** `fraction` of the weighted price risk, or `flat` money per spread. */
  readonly credit: "fraction" | "flat";
  readonly rates: readonly RateValue[];
  readonly legs: readonly CommodityLeg[];
  /** Where legs of the scanning method are added together. */
  readonly target?: { readonly commodity: string; readonly ratio: number };
  readonly minimumLegs?: number;
}

/** What a reader met and did not use. */
export interface NotUnderstood {
  /** `record 9`, `element volSrc in series`. */
  readonly what: string;
  readonly count: number;
}

/** A clearing house's parameters of one day: arrays, spreads, credits. Built once by a reader; immutable after. */
export interface ParameterFile {
  readonly name: string;
  /** As the file calls it: `TAKASBANK`, `CME`. */
  readonly clearingHouse: string;
  /** Business day, ISO. */
  readonly date: string;
  /** `settlement final`, `intraday 3`. */
  readonly cycle: string;
  readonly layout: "xml" | "positional";
  /** What the file declares of its letters, and how its names were read. */
  readonly encoding?: string;
  /** Which requirement the figures of positional files are. */
  readonly states?: "initial" | "maintenance";
  readonly accountTypes: readonly AccountType[];
  readonly rateDefinitions: readonly RateDefinition[];
  /** Scenarios and delta points, where the file defines them. */
  readonly scenarios?: readonly ScenarioPoint[];
  readonly deltaPoints?: readonly DeltaPoint[];
  /** Units of the second currency for one of the first. */
  readonly conversions: readonly { readonly from: string; readonly to: string; readonly factor: number }[];
  /** Month options' deltas count in where the link does not say it. */
  readonly deltaMonth?: "period" | "underlying";
  readonly limitOptionValue?: boolean;
  readonly families: readonly ContractFamily[];
  readonly commodities: readonly CombinedCommodity[];
  readonly interSpreads: readonly CommoditySpread[];
  readonly notUnderstood: readonly NotUnderstood[];
  /** Contracts and lists that disagree, prices below 0, arrays that are missing: shown beside every number. */
  readonly warnings: readonly Failure[];
  readonly sources: readonly SourceFile[];
}

/** Everything of a file but its contracts, and how many there are: what a reader returns and a list shows. */
export interface ParameterFileHeader extends Omit<ParameterFile, "families"> {
  readonly counts: FileCounts;
}

export interface FileCounts {
  readonly families: number;
  readonly series: number;
  readonly contracts: number;
  /** Contracts with an array. */
  readonly arrays: number;
}
