import type { MethodPoint } from "./backtest.ts";

/**
 * The account that follows a method: it begins with a multiple of the first initial margin, earns the profit of each step, and when it
 * stands below maintenance a call brings it to initial margin.
 *
 * @param before      the same method at the point before
 * @param now         requirement at this point, USD
 * @param profitUsd   since the point before
 * @returns equity before any call and the call, USD; the call is 0 when none is needed
 * @source resources/docs/backtest.md, section 5
 */
export function accountAfter(
  before: MethodPoint | undefined,
  { initialUsd, maintenanceUsd }: Pick<MethodPoint, "initialUsd" | "maintenanceUsd">,
  profitUsd: number,
  startMultiple: number,
): Pick<MethodPoint, "equityUsd" | "callUsd"> {
  const equityUsd = before === undefined ? startMultiple * initialUsd : before.equityUsd + before.callUsd + profitUsd;
  return { equityUsd, callUsd: equityUsd < maintenanceUsd ? initialUsd - equityUsd : 0 };
}
