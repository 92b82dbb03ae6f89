import { sum } from "../base/index.ts";
import type { AccountCharge } from "../methodology/index.ts";
import type { Totals } from "./margin-result.ts";

/**
 * All accounts in USD, each at its own rate. Amounts that no account has are left out.
 *
 * @param accounts charged accounts; amounts in the unit of each
 * @returns USD; requirements ≥ 0
 */
export function totalsOf(accounts: readonly AccountCharge[]): Totals {
  const inUsd = (amounts: readonly (number | undefined)[]) =>
    sum(accounts.map(({ usdPerUnit }, index) => usdPerUnit * (amounts[index] ?? 0)));
  const some = (name: keyof Totals, amounts: readonly (number | undefined)[]): Partial<Totals> =>
    amounts.some((amount) => amount !== undefined) ? { [name]: inUsd(amounts) } : {};
  return {
    initialUsd: inUsd(accounts.map(({ initial }) => initial.amount)),
    maintenanceUsd: inUsd(accounts.map(({ maintenance }) => maintenance.amount)),
    ...some(
      "equityUsd",
      accounts.map(({ equity }) => equity?.amount),
    ),
    ...some(
      "marginBalanceUsd",
      accounts.map(({ marginBalance }) => marginBalance?.amount),
    ),
    ...(accounts.some(owesWithoutBalance)
      ? {}
      : some(
          "availableFundsUsd",
          accounts.map(({ marginBalance, initial }) =>
            marginBalance === undefined ? undefined : marginBalance.amount - initial.amount,
          ),
        )),
  };
}

/** An account with a requirement and no balance: what is available over all accounts cannot be said. */
function owesWithoutBalance({ initial, marginBalance }: AccountCharge): boolean {
  return marginBalance === undefined && initial.amount > 0;
}
