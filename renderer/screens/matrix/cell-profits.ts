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

/** USD as the method counts them: joint scenarios count profit in coin at the shocked index. */
const usdOf = ({ profitUsd, jointProfitUsd = profitUsd }: ScenarioProfit): number => jointProfitUsd;

/** The positions of one account in a scenario, largest loss first; a cross account takes those no other account settles. */
export function profitsOfAccount(
  profits: readonly ScenarioProfit[],
  result: MarginResult,
  account: AccountResult,
): ProfitRow[] {
  const ids = new Set(result.accounts.map(({ id }) => id));
  const own = profits.filter(({ settlement }) => settlement === account.id || !ids.has(settlement));
  const losses = own.reduce((total, entry) => total + Math.min(0, usdOf(entry)), 0);
  return own
    .map((entry) => {
      const { id, symbol, quantity, settlement, profit } = entry;
      const profitUsd = usdOf(entry);
      return {
        ...{ id, symbol, quantity, profitUsd },
        profit: settlement === account.unit ? profit : profitUsd / account.usdPerUnit,
        lossShare: profitUsd < 0 ? profitUsd / losses : undefined,
      };
    })
    .sort((a, b) => a.profitUsd - b.profitUsd);
}
