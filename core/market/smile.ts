import type { ExpiryGroup } from "./expiry-group.ts";
import type { Smile, SmilePoint } from "./snapshot.ts";

/**
 * Mark volatility by strike of one expiry. Where call and put of a strike differ, the one out of the money counts: its mark is
 * all time value.
 *
 * @param group   quotes of the expiry
 * @param forward quote currency; absent: the call's volatility is taken first
 * @returns strikes ascending; no points when no row states a volatility
 */
export function smileOf(group: ExpiryGroup, forward: number | undefined): Smile {
  const points = group.strikes.flatMap(({ strike, call, put }): SmilePoint[] => {
    const [first, second] = forward !== undefined && strike < forward ? [put, call] : [call, put];
    const volatility = usable(first?.markVolatility) ?? usable(second?.markVolatility);
    return volatility === undefined ? [] : [{ strike, volatility }];
  });
  return { underlying: group.underlying, quote: group.quote, expiryMs: group.expiryMs, points };
}

/** Strikes whose call and put state different mark volatilities, of all strikes where both state one. */
export function unequalVolatilities(group: ExpiryGroup): { readonly pairs: number; readonly unequal: number } {
  let pairs = 0;
  let unequal = 0;
  for (const { call, put } of group.strikes) {
    if (call?.markVolatility === undefined || put?.markVolatility === undefined) continue;
    pairs += 1;
    if (Math.abs(call.markVolatility - put.markVolatility) > 1e-9) unequal += 1;
  }
  return { pairs, unequal };
}

function usable(volatility: number | undefined): number | undefined {
  return volatility !== undefined && volatility > 0 ? volatility : undefined;
}
