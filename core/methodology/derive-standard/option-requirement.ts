import type { DeriveExpiry } from "../parts/derive-expiry.ts";
import type { ExpiryOptions, NettedOption } from "../parts/derive-options.ts";
import type { OptionRates, Requirement } from "./rules.ts";

/**
 * Requirement of one short option on its own, its value included.
 *
 *     call  maintenance  (maintenanceCall·S + v)·size
 *           initial      (max(maxSpotReq − otm/S, minSpotReq)·S + v)·size,   otm = max(0, K − S)
 *     put   maintenance  (max(maintenancePutSpot·S, maintenancePutMark·v) + v)·size
 *           initial      the larger of the call's formula with otm = max(0, S − K) and maintenance·putMaintenanceScale
 *
 * @param at place of the option in its expiry; S spot, v value of one unit, size = −quantity
 * @returns USD; ≥ 0; 0 for a long option
 * @source resources/docs/methodology/derive-standard.md, section 3.1
 */
export function isolatedRequirement(
  { options, index: spot, unitValues }: DeriveExpiry,
  at: number,
  rates: OptionRates,
  requirement: Requirement,
): number {
  const { instrument, quantity } = options.held[at] as NettedOption;
  if (quantity >= 0) return 0;
  const unitValue = unitValues[at] as number;
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
function settlementLoss({ held, strikes }: ExpiryOptions): number {
  let worst = 0;
  for (const price of new Set([0, ...strikes])) {
    let value = 0;
    for (const { instrument, quantity } of held) {
      const { strike, optionType } = instrument;
      value += quantity * Math.max(0, optionType === "call" ? price - strike : strike - price);
    }
    worst = Math.min(worst, value);
  }
  return worst === 0 ? 0 : -worst;
}

/** Net short calls of an expiry, units of the underlying; ≥ 0. Their loss has no highest strike to end at. */
function unpairedCalls({ held }: ExpiryOptions): number {
  let net = 0;
  for (const { instrument, quantity } of held) if (instrument.optionType === "call") net += quantity;
  return Math.max(0, -net);
}

/** What the requirement of an expiry takes from its options, whatever the market. */
export interface Shorts {
  /** Places of the short options. */
  readonly shorts: readonly number[];
  /** As `settlementLoss` and `unpairedCalls` say. */
  readonly largestLoss: number;
  readonly unpairedCalls: number;
}

/** Made once for the options of an expiry. */
export function shortsOf(options: ExpiryOptions): Shorts {
  const known = shortsByOptions.get(options);
  if (known !== undefined) return known;
  const shorts = options.held.flatMap(({ quantity }, at) => (quantity < 0 ? [at] : []));
  const made = { shorts, largestLoss: settlementLoss(options), unpairedCalls: unpairedCalls(options) };
  shortsByOptions.set(options, made);
  return made;
}

const shortsByOptions = new WeakMap<ExpiryOptions, Shorts>();
