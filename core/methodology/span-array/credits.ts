import type { CommoditySpread, ParameterFile, Tier } from "../../parameter-file/index.ts";
import { type AccountKind, rateOf } from "./account-type.ts";
import type { CommodityRisk } from "./commodity-risk.ts";

/** A spread between combined commodities that formed, as one of its legs sees it. */
export interface Credit {
  readonly priority: number;
  readonly longSide: "A" | "B";
  /** The other legs: `1 × XU030`. */
  readonly against: string;
  /** Number of spreads; > 0. */
  readonly count: number;
  /** Deltas of this leg that it consumes; > 0. */
  readonly deltas: number;
  /** Fraction of the weighted price risk, or money per delta when flat. */
  readonly rate: number;
  readonly flat: boolean;
  /** Money; ≥ 0. */
  readonly amount: number;
}

/**
 * Forms spreads between combined commodities in the order of their group and priority, each in two passes, consuming the
 * deltas that spreads between months have left. The weighted price risk stays that of the whole net delta.
 *
 *     count = min over legs of (net delta left on the leg's side) / ratio,   credit of a leg = weighted price risk × count × ratio × rate
 *
 * @param risks held commodities; their month deltas are changed
 * @returns credits by commodity code
 */
export function formCredits(
  file: ParameterFile,
  risks: readonly CommodityRisk[],
  account: AccountKind,
): ReadonlyMap<string, readonly Credit[]> {
  const credits = new Map<string, Credit[]>();
  if (!account.net) return credits;
  const byCode = new Map(risks.map((risk) => [risk.commodity.code, risk]));
  for (const spread of inOrder(file.interSpreads)) {
    if (spread.method !== "delta") continue;
    for (const longSide of ["A", "B"] as const) {
      const legs = legsOf(spread, byCode, longSide);
      if (legs === undefined) continue;
      const count = Math.min(...legs.map(({ risk, side, tier, ratio }) => netOn(risk, side, tier) / ratio));
      if (!(count > 0)) continue;
      const rate = rateOf(spread.rates, account.initialRate);
      for (const { risk, side, tier, ratio, own } of legs) {
        const deltas = count * ratio;
        risk.deltas.consume(side, tier, deltas);
        const code = risk.commodity.code;
        const flat = spread.credit === "flat";
        const legRate = own ?? rate;
        const others = legs.filter((leg) => leg.risk !== risk);
        const list = credits.get(code) ?? [];
        credits.set(code, list);
        list.push({
          ...{ priority: spread.priority, longSide, count, deltas, rate: legRate, flat },
          against: others.map((leg) => `${leg.ratio} × ${leg.risk.commodity.code}`).join(", "),
          amount: (flat ? 1 : risk.weightedPriceRisk) * deltas * legRate,
        });
      }
    }
  }
  return credits;
}

function inOrder(spreads: readonly CommoditySpread[]): readonly CommoditySpread[] {
  return [...spreads].sort((a, b) => compare(a.group ?? "", b.group ?? "") || a.priority - b.priority);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

interface Leg {
  readonly risk: CommodityRisk;
  readonly side: "long" | "short";
  readonly tier: Tier;
  readonly ratio: number;
  readonly own: number | undefined;
}

/** All legs in one pass; `undefined` when the book does not hold one of them. */
function legsOf(
  { legs }: CommoditySpread,
  byCode: ReadonlyMap<string, CommodityRisk>,
  longSide: "A" | "B",
): readonly Leg[] | undefined {
  const found: Leg[] = [];
  for (const { commodity, side, deltaPerSpread, tier = 0, rate } of legs) {
    const risk = byCode.get(commodity);
    if (risk === undefined) return undefined;
    const months = risk.commodity.creditTiers.find((one) => one.tier === tier) ?? { tier };
    found.push({ risk, side: side === longSide ? "long" : "short", tier: months, ratio: deltaPerSpread, own: rate });
  }
  return found.length < 2 ? undefined : found;
}

/** Net delta left in the months of a tier when it is on the side asked for, else 0. */
function netOn({ deltas }: CommodityRisk, side: "long" | "short", tier: Tier): number {
  const net = deltas.net(tier);
  return Math.max(0, side === "long" ? net : -net);
}
