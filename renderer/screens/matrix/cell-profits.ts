import type { AccountResult, MarginResult, Output } from "../../client/types.ts";

type ScenarioProfit = Output<"margin.cell">["positions"][number];

export interface ProfitRow {
  readonly id: string;
  readonly symbol: string;
  readonly quantity: number;
  /** Unit of the account; gain > 0. */
  readonly profit: number;
  readonly profitUsd: number;
  /** Loss ÷ all losses, fraction; absent for gains. */
  readonly lossShare: number | undefined;
}

/** The positions of one account in a scenario, largest loss first; a cross account takes those no other account settles. */
export function profitsOfAccount(
  profits: readonly ScenarioProfit[],
  result: MarginResult,
  account: AccountResult,
): ProfitRow[] {
  const ids = new Set(result.accounts.map(({ id }) => id));
  const own = profits.filter(({ settlement }) => settlement === account.id || !ids.has(settlement));
  const losses = own.reduce((total, { profitUsd }) => total + Math.min(0, profitUsd), 0);
  return own
    .map(({ id, symbol, quantity, settlement, profit, profitUsd }) => ({
      id,
      symbol,
      quantity,
      profit: settlement === account.unit ? profit : profitUsd / account.usdPerUnit,
      profitUsd,
      lossShare: profitUsd < 0 ? profitUsd / losses : undefined,
    }))
    .sort((a, b) => a.profitUsd - b.profitUsd);
}
