import type { AccountColumns, MarketColumns } from "../market-columns.ts";
import { settlementCurrencies } from "../parts/account-lines.ts";
import { requirementColumns } from "../parts/extended-risk-matrix-requirement-columns.ts";
import {
  addShocks,
  type PlacedVector,
  placedVectorsOf,
  vectorProfits,
} from "../parts/extended-risk-matrix-vector-columns.ts";
import { hasUsdRate, usdColumn } from "../parts/usd-per-unit.ts";
import { contentOf } from "./charge.ts";
import type { PortfolioRules } from "./rules.ts";

/** Amounts of `segregatedCharge` at many markets. */
export function segregatedColumns(
  input: MarketColumns & { readonly rules: PortfolioRules },
): readonly AccountColumns[] {
  const { book, rules } = input;
  const vectors = placedVectorsOf(book, rules);
  const balances = book.balances.filter(({ wholeAccount }) => wholeAccount !== true);
  return settlementCurrencies({ ...book, balances })
    .filter((currency) => hasUsdRate(book.indices, currency))
    .map((currency) =>
      accountOf(
        input,
        vectors.filter(({ settlement }) => settlement === currency),
        currency,
      ),
    );
}

function accountOf(
  input: MarketColumns & { readonly rules: PortfolioRules },
  vectors: readonly PlacedVector[],
  currency: string,
): AccountColumns {
  const { book, rules, count, indices, equities } = input;
  const shocks = new Float64Array(count);
  const contents = vectors.map((vector) => {
    const content = contentOf(vector, rules);
    const index = indices.get(vector.underlying) ?? new Float64Array();
    addShocks(shocks, input, vector, rules, vector.inverse);
    return { content, index, profits: vectorProfits(input, vector, rules, content.columns.length) };
  });
  const stated = book.balances.findIndex((one) => one.currency === currency && one.wholeAccount !== true);
  const marginBalance = equities[stated];
  const requirement = requirementColumns({
    ...{ count, contents, rules, shocks },
    addComponents(ids, to) {
      const own = book.components.filter((one) => one.currency === currency && ids.includes(one.id));
      for (const { amount } of own) for (let at = 0; at < count; at++) to[at] = (to[at] as number) + amount;
    },
  });
  return {
    id: currency,
    usdPerUnit: usdColumn(indices, currency, count),
    ...requirement,
    ...(marginBalance === undefined ? {} : { marginBalance }),
  };
}
