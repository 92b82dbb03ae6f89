import { blackKernel } from "../../pricing/index.ts";
import type { DeriveExpiry } from "../parts/derive-expiry.ts";
import type { SkewKind } from "../parts/derive-scenarios.ts";
import type { ParameterSet } from "./rules.ts";

/**
 * Relative change of a volatility under a skew scenario.
 *
 *     cap = capBase + capSlope·√τ,   kStar = max(minKStar, √τ·widthScale·(volStatic + √τ·volScale))
 *     k = ln(K/F), abs: |k|,   y = k·cap/kStar, at most cap where k ≥ 0, at least −cap where k < 0
 *
 * With a negative cap the two limits act the other way, as in the contract. A cap reached at once (kStar = 0) is the cap.
 *
 * @param kind          linear: higher strikes up, lower down; abs: both wings up
 * @param moneynessLog  ln(K/F)
 * @param years         τ; ≥ 0
 * @returns y; the volatility becomes σ·max(0, 1 + y)
 * @source resources/docs/methodology/derive-portfolio-2.md, section 2.5
 */
export function skewChange(kind: SkewKind, moneynessLog: number, years: number, rules: ParameterSet["skew"]): number {
  return changeWithin(limitsAt(kind, years, rules), kind, moneynessLog);
}

interface SkewLimits {
  readonly cap: number;
  readonly width: number;
}

function limitsAt(kind: SkewKind, years: number, rules: ParameterSet["skew"]): SkewLimits {
  const root = Math.sqrt(years);
  const [base, slope] =
    kind === "linear" ? [rules.linearCapBase, rules.linearCapSlope] : [rules.absCapBase, rules.absCapSlope];
  const width = Math.max(rules.minKStar, root * rules.widthScale * (rules.volStatic + root * rules.volScale));
  return { cap: base + slope * root, width };
}

function changeWithin({ cap, width }: SkewLimits, kind: SkewKind, moneynessLog: number): number {
  const k = kind === "abs" ? Math.abs(moneynessLog) : moneynessLog;
  if (k === 0) return Math.min(cap, 0);
  const change = (k * cap) / width;
  const limited = Number.isFinite(change) ? change : Math.sign(k) * cap;
  return k > 0 ? Math.min(cap, limited) : Math.max(-cap, limited);
}

/**
 * Profit of each option of an expiry under its skew scenarios: its own forward, a changed volatility.
 *
 *     quantity·(D·V(F, K, σ·max(0, 1 + y)) − unit value)
 *
 * @returns USD by kind; gain > 0
 * @source resources/docs/methodology/derive-portfolio-2.md, section 2.5
 */
export function skewProfits(
  { options, discount, years, forwards, distances, volatilities, unitValues }: DeriveExpiry,
  rules: ParameterSet["skew"],
): (kind: SkewKind) => Float64Array {
  const { strikes, isCall, quantities } = options;
  const count = quantities.length;
  const root = Math.sqrt(years);
  const logs = new Float64Array(count);
  for (let at = 0; at < count; at++) logs[at] = Math.log((strikes[at] as number) / (forwards[at] as number));
  // Above the forward both kinds change a volatility alike where their caps agree: such an option is valued once.
  const totals = new Float64Array(count).fill(Number.NaN);
  let latest: Float64Array = new Float64Array();
  return (kind) => {
    const limits = limitsAt(kind, years, rules);
    const profits = new Float64Array(count);
    for (let at = 0; at < count; at++) {
      const change = changeWithin(limits, kind, logs[at] as number);
      const total = (volatilities[at] as number) * Math.max(0, 1 + change) * root;
      if (total === totals[at]) {
        profits[at] = latest[at] as number;
        continue;
      }
      totals[at] = total;
      const forward = forwards[at] as number;
      const strike = strikes[at] as number;
      const distance = distances[at] as number;
      const value = discount * blackKernel(forward, strike, distance, total, isCall[at] === 1);
      profits[at] = (quantities[at] as number) * (value - (unitValues[at] as number));
    }
    latest = profits;
    return profits;
  };
}
