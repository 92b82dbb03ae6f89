import type { ProgramInstrument } from "./hedge-program.ts";
import type { ExpressionRow } from "./margin-expression.ts";

/**
 * An instrument that costs nothing and loses in no scenario when bought, or when sold: a programme would take all of it. Either its data are
 * wrong or it is an arbitrage; it must be looked at before anything is solved.
 *
 * @param instruments in the order of `unitProfits` of the rows
 * @param rows        every scenario of the requirement
 * @returns the first such instrument in words; `undefined` when there is none
 */
export function freeProfit(
  instruments: readonly ProgramInstrument[],
  rows: readonly ExpressionRow[],
): string | undefined {
  for (const [k, { name, cost, mostBought, mostSold }] of instruments.entries()) {
    if (cost > 0 || rows.length === 0) continue;
    const profits = rows.map(({ unitProfits }) => unitProfits[k] ?? 0);
    const gains = profits.some((profit) => profit > 0);
    const loses = profits.some((profit) => profit < 0);
    if (gains && !loses && mostBought > 0) return inWords(name, "bought");
    if (loses && !gains && mostSold > 0) return inWords(name, "sold");
  }
  return undefined;
}

function inWords(name: string, direction: string): string {
  return `${name} costs nothing to trade and loses in no scenario when ${direction}: without a bound the hedge would take all of it; check its price and scenarios, or state a cost`;
}
