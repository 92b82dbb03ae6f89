import type { AccountResult, MarginResult } from "../../client/types.ts";
import { isRanked } from "../matrix/ranked.ts";

export interface WorstScenario {
  readonly account: string;
  readonly setId: string;
  readonly scenarioId: string;
  readonly label: string;
  /** Profit in it, gain > 0, in `unit`. */
  readonly amount: number;
  readonly unit: string;
  /** One of a list of scenarios by loss: it stands at the rank of the VaR, and others lose more. */
  readonly ranked: boolean;
}

/** The figures of the strip, of one account or of all in USD. Absent where no balance is known. */
export interface SummaryFigures {
  readonly id: string;
  readonly unit: string;
  readonly equity?: number | undefined;
  readonly marginBalance?: number | undefined;
  readonly initial: number;
  readonly maintenance: number;
  /** Margin balance less initial margin: below 0 no new risk can be taken. */
  readonly available?: number | undefined;
  /** Margin balance less maintenance margin: below 0 the account is liquidated. Of all accounts: of the one nearest to it. */
  readonly toLiquidation?: number | undefined;
  /** The account that `toLiquidation` speaks of, when it is one of several. */
  readonly nearest?: string | undefined;
  /** Initial margin ÷ margin balance, fraction; only of a positive balance. */
  readonly utilisation?: number | undefined;
  /** Maintenance margin ÷ margin balance, fraction; liquidation at 1. */
  readonly maintenanceRatio?: number | undefined;
  /** The binding scenario of each matrix that has one, largest loss first. */
  readonly worst: readonly WorstScenario[];
}

export type Standing = "none" | "ok" | "call" | "liquidation";

/** Accounts in the order of the result. */
export function accountFigures(result: MarginResult): SummaryFigures[] {
  return result.accounts.map((account) => {
    const { id, unit, initial, maintenance, equity, marginBalance } = account;
    return {
      id,
      unit,
      equity: equity?.amount,
      ...against(marginBalance?.amount, initial.amount, maintenance.amount),
      worst: worstOf(account),
    };
  });
}

/** All accounts in USD, for overview: each account stands alone. */
export function totalFigures(result: MarginResult): SummaryFigures {
  const { equityUsd, marginBalanceUsd, initialUsd, maintenanceUsd } = result.totals;
  const inUsd = result.accounts.flatMap((account) =>
    worstOf(account).map((worst) => ({ worst, usd: worst.amount * account.usdPerUnit })),
  );
  const headrooms = accountFigures(result).flatMap(({ id, toLiquidation }, index) =>
    toLiquidation === undefined ? [] : [{ id, usd: toLiquidation * (result.accounts[index]?.usdPerUnit ?? 1) }],
  );
  const [nearest] = headrooms.sort((a, b) => a.usd - b.usd);
  return {
    id: "total",
    unit: "USD",
    equity: equityUsd,
    ...against(marginBalanceUsd, initialUsd, maintenanceUsd),
    toLiquidation: nearest?.usd,
    nearest: nearest?.id,
    worst: inUsd.sort((a, b) => a.usd - b.usd).map(({ worst }) => worst),
  };
}

/** Where an account stands; `none` without a balance to compare with. */
export function standingOf({ available, toLiquidation }: SummaryFigures): Standing {
  if (available === undefined || toLiquidation === undefined) return "none";
  if (toLiquidation < 0) return "liquidation";
  return available < 0 ? "call" : "ok";
}

function against(marginBalance: number | undefined, initial: number, maintenance: number) {
  const positive = marginBalance !== undefined && marginBalance > 0;
  return {
    marginBalance,
    initial,
    maintenance,
    available: marginBalance === undefined ? undefined : marginBalance - initial,
    toLiquidation: marginBalance === undefined ? undefined : marginBalance - maintenance,
    utilisation: positive ? initial / marginBalance : undefined,
    maintenanceRatio: positive ? maintenance / marginBalance : undefined,
  };
}

function worstOf({ id, matrices }: AccountResult): WorstScenario[] {
  return matrices
    .flatMap((matrix) => {
      const { setId, unit, cells, bindingScenarioId } = matrix;
      const cell = cells.find(({ scenarioId }) => scenarioId === bindingScenarioId);
      if (!cell) return [];
      const { scenarioId, label, amount } = cell;
      return [{ account: id, setId, scenarioId, label, amount, unit, ranked: isRanked(matrix) }];
    })
    .sort((a, b) => a.amount - b.amount);
}
