import type { AddedLeg } from "../../margin/index.ts";

/**
 * Legs of a times larger ticket: quantities and what they gain against their marks in proportion.
 *
 * @param times ≥ 0; a ticket the other way round may trade at other prices and is resolved anew
 */
export function scaledLegs(legs: readonly AddedLeg[], times: number): readonly AddedLeg[] {
  return legs.map(({ gain, ...leg }) => ({
    ...leg,
    quantity: leg.quantity * times,
    ...(gain === undefined
      ? {}
      : {
          gain: {
            ...gain,
            amount: gain.amount * times,
            ...(gain.usd === undefined ? {} : { usd: gain.usd * times }),
          },
        }),
  }));
}
