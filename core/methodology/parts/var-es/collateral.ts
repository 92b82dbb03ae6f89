import { sum } from "../../../base/index.ts";
import type { Book } from "../../contract.ts";
import { hasUsdRate, usdPerUnit } from "../usd-per-unit.ts";
import type { VarEsRules } from "./rules.ts";

const noIndices: ReadonlyMap<string, number> = new Map();

/** Coins held as collateral, where the rules measure book and collateral together. */
export function collateralCoins({ balances }: Book, { addOns }: VarEsRules): readonly string[] {
  if (addOns.wrongWay.share === 0) return [];
  const coins = balances.filter(({ currency, equity }) => equity > 0 && !hasUsdRate(noIndices, currency));
  return [...new Set(coins.map(({ currency }) => currency))];
}

/** Value of each coin held as collateral at its index, USD; > 0. */
export function collateralValues(book: Book, rules: VarEsRules): ReadonlyMap<string, number> {
  return new Map(
    collateralCoins(book, rules).map((coin) => [
      coin,
      sum(
        book.balances.flatMap(({ currency, equity }) =>
          currency === coin ? [equity * usdPerUnit(book.indices, coin)] : [],
        ),
      ),
    ]),
  );
}
