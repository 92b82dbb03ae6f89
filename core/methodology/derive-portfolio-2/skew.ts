import { blackValue } from "../../pricing/index.ts";
import type { DeriveExpiry, DeriveOption } from "../parts/derive-expiry.ts";
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
export function skewChange(
  kind: "linear" | "abs",
  moneynessLog: number,
  years: number,
  rules: ParameterSet["skew"],
): number {
  const root = Math.sqrt(years);
  const [base, slope] =
    kind === "linear" ? [rules.linearCapBase, rules.linearCapSlope] : [rules.absCapBase, rules.absCapSlope];
  const cap = base + slope * root;
  const width = Math.max(rules.minKStar, root * rules.widthScale * (rules.volStatic + root * rules.volScale));
  const k = kind === "abs" ? Math.abs(moneynessLog) : moneynessLog;
  if (k === 0) return Math.min(cap, 0);
  const change = (k * cap) / width;
  const limited = Number.isFinite(change) ? change : Math.sign(k) * cap;
  return k > 0 ? Math.min(cap, limited) : Math.max(-cap, limited);
}

/** Value of one unit of an option under a skew scenario: its own forward, a changed volatility. USD; ≥ 0. */
export function skewedValue(
  { discount }: DeriveExpiry,
  { instrument: { strike, optionType }, terms }: DeriveOption,
  kind: "linear" | "abs",
  rules: ParameterSet["skew"],
): number {
  const { forward, years, volatility } = terms;
  const change = skewChange(kind, Math.log(strike / forward), years, rules);
  return discount * blackValue(forward, strike, years, volatility * Math.max(0, 1 + change), optionType === "call");
}
