import type { AccountCharge, Charge, ChargeInput } from "../contract.ts";
import { componentLines, equityLine, settlementCurrencies } from "../parts/account-lines.ts";
import type { MatrixContent } from "../parts/extended-risk-matrix-entries.ts";
import { type PairVector, pairVectorsOf } from "../parts/extended-risk-matrix-pair-vector.ts";
import { matrixRemarks } from "../parts/extended-risk-matrix-remarks.ts";
import { matrixRequirement } from "../parts/extended-risk-matrix-result.ts";
import { matrixColumns } from "../parts/extended-risk-matrix-scenarios.ts";
import { section } from "../parts/extended-risk-matrix-sections.ts";
import { hasUsdRate, usdPerUnit } from "../parts/usd-per-unit.ts";
import { lines } from "../statement.ts";
import type { PortfolioRules } from "./rules.ts";

/** One account per settlement currency; inside it one matrix per pair vector, each at its own worst entry. */
export function segregatedCharge(input: ChargeInput<PortfolioRules>): Charge {
  const { book, rules } = input;
  const vectors = pairVectorsOf(book, rules);
  const balances = book.balances.filter(({ wholeAccount }) => wholeAccount !== true);
  const currencies = settlementCurrencies({ ...book, balances });
  const accounts = currencies
    .filter((currency) => hasUsdRate(book.indices, currency))
    .map((currency) => accountOf(input, vectors, currency));
  const unknown = currencies.filter((currency) => !hasUsdRate(book.indices, currency));
  if (input.amountsOnly === true) return { accounts, remarks: [] };
  return {
    accounts,
    remarks: [
      ...matrixRemarks(vectors, accounts),
      ...unknown.map((currency) => ({
        accuracy: "unsupported" as const,
        message: `the account in ${currency} is left out: the market has no USD index for ${currency}`,
        rule: section.equity,
      })),
    ],
  };
}

function accountOf(
  { book, rules, cube, detail, amountsOnly }: ChargeInput<PortfolioRules>,
  vectors: readonly PairVector[],
  currency: string,
): AccountCharge {
  const requirement = matrixRequirement({
    account: currency,
    unit: currency,
    contents: vectors.filter(({ settlement }) => settlement === currency).map((vector) => contentOf(vector, rules)),
    rules,
    components: (ids, parent) =>
      componentLines(
        book.components.filter(({ id }) => ids.includes(id)),
        currency,
        parent,
        section.components,
      ),
    haircuts: [],
    cube,
    detail,
    amountsOnly,
  });
  const balance = book.balances.find((entry) => entry.currency === currency && entry.wholeAccount !== true);
  return {
    id: currency,
    unit: currency,
    usdPerUnit: usdPerUnit(book.indices, currency),
    ...requirement,
    ...(balance === undefined
      ? {}
      : {
          equity: equityLine(balance, `${currency}/equity`, section.equity),
          marginBalance: lines(currency).sum(
            `${currency}/margin-balance`,
            "Margin balance (equity)",
            section.equity,
            [equityLine(balance, `${currency}/margin-balance/equity`, section.equity)],
            { component: "balance" },
          ),
        }),
  };
}

export function contentOf(vector: PairVector, rules: PortfolioRules): MatrixContent {
  const { id, underlying, settlement: unit, index, inverse, pair, offset, risk } = vector;
  const columns = matrixColumns(rules.general, pair.rules);
  const common = { id, underlying, unit, index, rules, pair, offset, risk, columns };
  return { ...common, inUsd: false, inCoin: inverse, vectors: [vector], equities: [] };
}
