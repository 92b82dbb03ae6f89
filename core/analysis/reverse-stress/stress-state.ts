import { failed, type Result, success } from "../../base/index.ts";
import { totalsOf } from "../../margin/index.ts";
import type { AccountCharge } from "../../methodology/index.ts";
import { profitInUsd } from "../shocked-book.ts";
import type { BookMover, Displacement } from "./moved-book.ts";

/** What a reverse stress looks for. */
export type StressGoal =
  /** Equity of an account falls to 0. */
  | { readonly kind: "equity" }
  /** Margin balance of an account falls to its maintenance margin: liquidation. */
  | { readonly kind: "maintenance" }
  /** Margin balance of an account falls to its initial margin: a call, no new risk. */
  | { readonly kind: "initial" }
  /** The positions lose this much, at the rates to USD of the moved market. */
  | { readonly kind: "loss"; readonly amountUsd: number };

/** An account at a moved market; USD at the rates there. */
export interface StressState {
  /** Profit of the positions in the move; gain > 0. */
  readonly pnlUsd: number;
  readonly initialUsd: number;
  readonly maintenanceUsd: number;
  readonly equityUsd?: number;
  readonly marginBalanceUsd?: number;
  /** Account that stands worst by the goal; absent for a loss. */
  readonly account?: string;
  /** What is left to the goal, USD; ≤ 0 where it is reached. */
  readonly leftUsd: number;
}

/** Whether an account can fail: one that holds nothing and owes nothing stands at 0 whatever happens. */
function isAlive({ initial, equity, marginBalance }: AccountCharge): boolean {
  return initial.amount !== 0 || (equity?.amount ?? 0) !== 0 || (marginBalance?.amount ?? 0) !== 0;
}

function leftOf(goal: Exclude<StressGoal, { kind: "loss" }>, account: AccountCharge): number | undefined {
  const { equity, marginBalance, initial, maintenance, usdPerUnit } = account;
  if (goal.kind === "equity") return equity && usdPerUnit * equity.amount;
  const against = goal.kind === "initial" ? initial : maintenance;
  return marginBalance && usdPerUnit * (marginBalance.amount - against.amount);
}

/** What is left to a goal at displacements of a book. */
export interface GoalMeter {
  readonly left: (displacement: Displacement) => number;
  readonly state: (displacement: Displacement) => StressState;
}

/**
 * Measures a goal on a book. Of several accounts the one nearest to failure counts.
 *
 * @returns `missing-data` when no account has the balance the goal needs
 */
export function goalMeter(mover: BookMover, goal: StressGoal): Result<GoalMeter> {
  if (goal.kind === "loss") {
    const state = (displacement: Displacement): StressState => {
      const moved = mover.moved(displacement);
      const pnlUsd = profitInUsd(moved.profits, moved.book.indices);
      return { pnlUsd, ...totalsInUsd(mover.charge(moved, false).accounts), leftUsd: goal.amountUsd + pnlUsd };
    };
    const left = (displacement: Displacement): number => {
      const moved = mover.moved(displacement);
      return goal.amountUsd + profitInUsd(moved.profits, moved.book.indices);
    };
    return success({ left, state });
  }
  const now = mover.charge(mover.moved({}), false).accounts;
  const counted = new Set(
    now.filter((account) => isAlive(account) && leftOf(goal, account) !== undefined).map(({ id }) => id),
  );
  if (counted.size === 0)
    return failed(
      "missing-data",
      `no account states the balance that ${worded(goal)} needs; set an equity`,
      "balances",
    );
  const worst = (accounts: readonly AccountCharge[]): { readonly account: string; readonly leftUsd: number } => {
    let found = { account: "", leftUsd: Number.POSITIVE_INFINITY };
    for (const account of accounts) {
      const leftUsd = counted.has(account.id) ? leftOf(goal, account) : undefined;
      if (leftUsd !== undefined && leftUsd < found.leftUsd) found = { account: account.id, leftUsd };
    }
    return found;
  };
  return success({
    left: (displacement) => worst(mover.charge(mover.moved(displacement), "amounts").accounts).leftUsd,
    state: (displacement) => {
      const moved = mover.moved(displacement);
      const { accounts } = mover.charge(moved, false);
      return { pnlUsd: profitInUsd(moved.profits, moved.book.indices), ...totalsInUsd(accounts), ...worst(accounts) };
    },
  });
}

/** A goal in words. */
export function worded(goal: StressGoal): string {
  if (goal.kind === "loss") return `a loss of ${goal.amountUsd} USD`;
  if (goal.kind === "equity") return "equity at 0";
  return `margin balance at ${goal.kind} margin`;
}

function totalsInUsd(accounts: readonly AccountCharge[]): Omit<StressState, "pnlUsd" | "leftUsd" | "account"> {
  const { initialUsd, maintenanceUsd, equityUsd, marginBalanceUsd } = totalsOf(accounts);
  return {
    ...{ initialUsd, maintenanceUsd },
    ...(equityUsd === undefined ? {} : { equityUsd }),
    ...(marginBalanceUsd === undefined ? {} : { marginBalanceUsd }),
  };
}
