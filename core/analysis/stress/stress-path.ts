import { missingOf, stressAmounts, stressFlags } from "./stress-amounts.ts";
import type { StressStep } from "./stress-result.ts";
import type { StressShocks } from "./stress-shocks.ts";
import type { StressCharger } from "./stress-work.ts";

/** A step of a path, resolved: where everything stands then, measured from the start. */
export interface PathPoint {
  readonly label: string;
  readonly days: number;
  readonly shocks: StressShocks;
}

/**
 * Replays a path in its order. At each step the whole book is taken to where the step stands; what an account lacks of its initial margin is
 * called and met in cash of its currency, which counts from then on. Flags are those before the call is met: below maintenance margin the
 * venue would liquidate before any cash arrives.
 *
 * @param charger of the book
 * @param path    steps in order
 * @returns one a step
 */
export function replayedPath(charger: StressCharger, path: readonly PathPoint[]): readonly StressStep[] {
  const posted = new Map<string, number>();
  let calledUsd = 0;
  const chargedAt = charger.amountsIn(path.map(({ shocks }) => shocks));
  return path.map(({ label, days }, step) => {
    const { stressed, charge } = chargedAt(step);
    const { accounts } = charge;
    const amounts = stressAmounts(accounts, posted);
    const flags = stressFlags(accounts, posted);
    for (const account of accounts) {
      const missing = missingOf(account, "initial", posted);
      if (missing > 0) posted.set(account.id, (posted.get(account.id) ?? 0) + missing);
    }
    const { callUsd } = amounts;
    calledUsd += callUsd ?? 0;
    const called = callUsd === undefined ? {} : { callUsd, calledUsd };
    return { ...{ label, days, pnlUsd: stressed.pnlUsd, amounts }, ...called, flags };
  });
}
