import type { ScanRange } from "../../market/index.ts";
import type {
  CommodityLeg,
  CommoditySpread,
  ContractSeries,
  DeliveryRate,
  DeltaPoint,
  FamilyLink,
  MonthSpread,
  RateAdjustment,
  RateValue,
  RiskContract,
  ScenarioPoint,
  SpreadLeg,
  Tier,
  UnderlyingContract,
} from "../../parameter-file/index.ts";
import type { Findings } from "./reader.ts";

/** An open element that holds others: its texts by name, and what its children became. */
export interface Frame {
  readonly name: string;
  readonly texts: Record<string, string>;
  rates?: RateValue[];
  array?: number[];
  move?: number;
  volatilityMove?: number;
  scenarios?: ScenarioPoint[];
  deltaPoints?: DeltaPoint[];
  underlying?: UnderlyingContract;
  scan?: ScanRange;
  delta?: number;
  interestRate?: number;
  dividendYield?: number;
  contracts?: RiskContract[];
  series?: ContractSeries[];
  held?: number;
  links?: FamilyLink[];
  adjustments?: RateAdjustment[];
  tiers?: (Tier & { readonly rates: readonly RateValue[] })[];
  tierLists?: Record<string, readonly (Tier & { readonly rates: readonly RateValue[] })[]>;
  legs?: SpreadLeg[];
  commodityLegs?: CommodityLeg[];
  monthSpreads?: MonthSpread[];
  commoditySpreads?: CommoditySpread[];
  delivery?: DeliveryRate[];
}

/** The number of a text; `undefined` when it is absent or blank, and with a warning when it is no number. */
export function numberIn(frame: Frame, name: string, findings: Findings): number | undefined {
  const text = frame.texts[name];
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isFinite(value)) return text.trim() === "" ? undefined : value;
  findings.warn(`${name} of <${frame.name}> is ${JSON.stringify(text.slice(0, 40))}, expected a number`);
  return undefined;
}

/** The text without blanks around it; `undefined` when nothing is left. */
export function textIn(frame: Frame, name: string): string | undefined {
  const text = frame.texts[name]?.trim();
  return text === "" ? undefined : text;
}

/** Index of the rate set that a frame names; 1 where it names none. */
export function rateIn(frame: Frame, findings: Findings): number {
  return numberIn(frame, "r", findings) ?? 1;
}
