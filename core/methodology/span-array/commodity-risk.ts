import { sum } from "../../base/index.ts";
import type { PnlCube } from "../../revaluation/index.ts";
import type { AccountKind } from "./account-type.ts";
import type { HeldCommodity, Holding } from "./holding.ts";
import { MonthDeltas } from "./month-deltas.ts";
import { type DeliveryCharge, deliveryCharges, type FormedSpread, formMonthSpreads } from "./month-spreads.ts";
import type { ArrayRules, House } from "./rules.ts";
import { grossRisk, type Scan, scansOf } from "./scan.ts";
import { type ShortOptionMinimum, shortOptionMinimum } from "./short-options.ts";

/** Everything a combined commodity's requirement is made of, but credits. Money of its currency. */
export interface CommodityRisk extends HeldCommodity {
  /** The commodities whose arrays were added to make this one. */
  readonly legs?: readonly CommodityRisk[];
  readonly scans: readonly Scan[];
  /** Gross accounts: the risk of longs and shorts, each alone, by holding. */
  readonly gross?: readonly { readonly holding: Holding; readonly side: "long" | "short"; readonly risk: number }[];
  /** Market value that caps the scan risk; only of books of long options. */
  readonly cap?: number;
  readonly timeRisk: number;
  readonly volatilityRisk: number;
  readonly priceRisk: number;
  /** Σ position delta before any spread. */
  readonly netDelta: number;
  /** Price risk per delta. */
  readonly weightedPriceRisk: number;
  /** Deltas by month; credits between commodities consume them further. */
  readonly deltas: MonthDeltas;
  readonly spreads: readonly FormedSpread[];
  readonly delivery: readonly DeliveryCharge[];
  readonly shortOptions: readonly ShortOptionMinimum[];
  readonly optionValue: number;
}

/**
 * Risk of a combined commodity from its arrays and tables.
 *
 *     price risk = max(0, scan risk − volatility risk − time risk),   weighted price risk = price risk / |net delta|
 *
 * @param cube arrays of its contracts as profits
 */
export function commodityRisk(
  held: HeldCommodity,
  cube: PnlCube,
  account: AccountKind,
  rules: ArrayRules,
  house: House,
  scenarios: ArrayRules["scenarios"],
): CommodityRisk {
  const { commodity, holdings } = held;
  const scans = scansOf(held, cube, scenarios);
  const worst = sum(scans.map(({ losses, active }) => losses[active] ?? 0));
  const timeRisk = sum(scans.map((scan) => scan.timeRisk));
  const volatilityRisk = sum(scans.map((scan) => scan.volatilityRisk));
  const priceRisk = Math.max(0, worst - volatilityRisk - timeRisk);
  const netDelta = sum(holdings.map(({ delta }) => delta));
  const deltas = new MonthDeltas(holdings);
  const spreads = account.net ? formMonthSpreads(commodity, deltas, account.initialRate) : [];
  const optionValue = sum(holdings.map((holding) => holding.optionValue));
  const onlyLongOptions = holdings.every(
    ({ instrument, contracts, found }) =>
      instrument.kind === "option" && found.family.style === "premium" && contracts >= 0,
  );
  return {
    ...{ commodity, holdings, scans, timeRisk, volatilityRisk, priceRisk, netDelta, deltas, spreads, optionValue },
    ...(account.net ? {} : { gross: grossOf(holdings, cube) }),
    ...(house.longOptionCap && account.net && onlyLongOptions ? { cap: optionValue } : {}),
    weightedPriceRisk: weightedPriceRisk(held, priceRisk, netDelta, rules),
    delivery: deliveryCharges(commodity, deltas),
    shortOptions: shortOptionMinimum(commodity, holdings, account.initialRate, account.net),
  };
}

function grossOf(holdings: readonly Holding[], cube: PnlCube): NonNullable<CommodityRisk["gross"]> {
  return holdings.flatMap((holding) => {
    const { long, short } = grossRisk(holding, cube);
    return [
      ...(holding.long > 0 ? [{ holding, side: "long" as const, risk: long }] : []),
      ...(holding.short > 0 ? [{ holding, side: "short" as const, risk: short }] : []),
    ];
  });
}

/** Price risk per delta, by the method of the commodity: as it is, at most the scan range per delta, or that range. */
export function weightedPriceRisk(
  { commodity, holdings }: HeldCommodity,
  priceRisk: number,
  netDelta: number,
  rules: ArrayRules,
): number {
  const method = rules.weightedRisk === "file" ? commodity.weightedRisk : rules.weightedRisk;
  const own = netDelta === 0 ? 0 : priceRisk / Math.abs(netDelta);
  if (method === "normal") return own;
  const range = scanRangePerDelta(holdings);
  if (range === undefined) return own;
  return method === "cap" ? Math.min(own, range) : range;
}

/** Price scan range of the first holding that has one, money per unit of delta. */
function scanRangePerDelta(holdings: readonly Holding[]): number | undefined {
  for (const { positions, instrument, found } of holdings) {
    const terms = positions[0]?.terms;
    const scan = terms?.scan;
    if (scan === undefined || terms === undefined) continue;
    const price = instrument.kind === "option" && instrument.on !== "future" ? terms.index : terms.forward;
    const range = scan.priceUnit === "money" ? scan.price : scan.price * price * (instrument.contractSize ?? 1);
    return range / (found.series.deltaScaling ?? 1);
  }
  return undefined;
}
