import type { DeriveExpiry, DeriveOption } from "../parts/derive-expiry.ts";
import type { OptionRates, Requirement } from "./rules.ts";

/**
 * Requirement of one short option on its own, its value included.
 *
 *     call  maintenance  (maintenanceCall·S + v)·size
 *           initial      (max(maxSpotReq − otm/S, minSpotReq)·S + v)·size,   otm = max(0, K − S)
 *     put   maintenance  (max(maintenancePutSpot·S, maintenancePutMark·v) + v)·size
 *           initial      the larger of the call's formula with otm = max(0, S − K) and maintenance·putMaintenanceScale
 *
 * @param option S spot, v value of one unit, size = −quantity
 * @returns USD; ≥ 0; 0 for a long option
 * @source resources/docs/methodology/derive-standard.md, section 3.1
 */
export function isolatedRequirement(
  { instrument, quantity, terms, unitValue }: DeriveOption,
  rates: OptionRates,
  requirement: Requirement,
): number {
  if (quantity >= 0) return 0;
  const { index: spot } = terms;
  const isCall = instrument.optionType === "call";
  const maintenance = isCall
    ? rates.maintenanceCall * spot + unitValue
    : Math.max(rates.maintenancePutSpot * spot, rates.maintenancePutMark * unitValue) + unitValue;
  if (requirement === "maintenance") return -quantity * maintenance;
  const outOfTheMoney = Math.max(0, isCall ? instrument.strike - spot : spot - instrument.strike);
  const initial = Math.max(rates.maxSpotReq - outOfTheMoney / spot, rates.minSpotReq) * spot + unitValue;
  return -quantity * (isCall ? initial : Math.max(initial, maintenance * rates.putMaintenanceScale));
}

/**
 * Largest loss at settlement of the options of an expiry, over the prices 0 and every strike: −min(0, Σ quantity·payoff).
 *
 * @returns USD; ≥ 0
 * @source resources/docs/methodology/derive-standard.md, section 3.2
 */
export function settlementLoss({ options }: DeriveExpiry): number {
  let worst = 0;
  for (const price of new Set([0, ...options.map(({ instrument }) => instrument.strike)])) {
    let value = 0;
    for (const { instrument, quantity } of options) {
      const { strike, optionType } = instrument;
      value += quantity * Math.max(0, optionType === "call" ? price - strike : strike - price);
    }
    worst = Math.min(worst, value);
  }
  return worst === 0 ? 0 : -worst;
}

/** Net short calls of an expiry, units of the underlying; ≥ 0. Their loss has no highest strike to end at. */
export function unpairedCalls({ options }: DeriveExpiry): number {
  let net = 0;
  for (const { instrument, quantity } of options) if (instrument.optionType === "call") net += quantity;
  return Math.max(0, -net);
}
