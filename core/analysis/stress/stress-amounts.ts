import { sum } from "../../base/index.ts";
import { totalsOf } from "../../margin/index.ts";
import type { AccountCharge } from "../../methodology/index.ts";
import { bindingOf } from "../surface-point.ts";
import type { StressAmounts, StressFlag } from "./stress-result.ts";

/** Cash posted beside the balances, by account and in its unit; ≥ 0. */
export type PostedCash = ReadonlyMap<string, number>;

const nothingPosted: PostedCash = new Map();

/**
 * What accounts owe and have at one market, USD at its rates. Of segregated accounts each is short on its own: calls and shortfalls are summed,
 * surpluses elsewhere do not lessen them.
 *
 * @param posted cash met earlier calls: part of margin balance and equity
 */
export function stressAmounts(accounts: readonly AccountCharge[], posted: PostedCash = nothingPosted): StressAmounts {
  const { initialUsd, maintenanceUsd, equityUsd, marginBalanceUsd } = totalsOf(accounts);
  const cash = sum(accounts.map(({ id, usdPerUnit }) => usdPerUnit * (posted.get(id) ?? 0)));
  const balance = marginBalanceUsd === undefined ? undefined : marginBalanceUsd + cash;
  const binding = bindingOf(accounts);
  return {
    ...{ initialUsd, maintenanceUsd },
    ...(equityUsd === undefined ? {} : { equityUsd: equityUsd + cash }),
    ...(balance === undefined
      ? {}
      : {
          marginBalanceUsd: balance,
          callUsd: missingUsd(accounts, "initial", posted),
          shortfallUsd: missingUsd(accounts, "maintenance", posted),
          ...(balance > 0 ? { marginRatio: maintenanceUsd / balance } : {}),
        }),
    ...(binding === undefined ? {} : { binding }),
  };
}

function missingUsd(accounts: readonly AccountCharge[], kind: "initial" | "maintenance", posted: PostedCash): number {
  return sum(accounts.map((account) => account.usdPerUnit * missingOf(account, kind, posted)));
}

/** Requirement less margin balance of one account in its unit; 0 where it has enough or states no balance. */
export function missingOf(account: AccountCharge, kind: "initial" | "maintenance", posted: PostedCash): number {
  const { id, marginBalance } = account;
  if (marginBalance === undefined) return 0;
  return Math.max(0, account[kind].amount - marginBalance.amount - (posted.get(id) ?? 0));
}

/** What befalls some account; in the order of severity. */
export function stressFlags(
  accounts: readonly AccountCharge[],
  posted: PostedCash = nothingPosted,
): readonly StressFlag[] {
  const some = (test: (account: AccountCharge) => boolean): boolean => accounts.some(test);
  return [
    ...(some((account) => missingOf(account, "initial", posted) > 0) ? (["call"] as const) : []),
    ...(some((account) => missingOf(account, "maintenance", posted) > 0) ? (["liquidation"] as const) : []),
    ...(some(({ id, equity }) => equity !== undefined && equity.amount + (posted.get(id) ?? 0) < 0)
      ? (["insolvent"] as const)
      : []),
  ];
}
