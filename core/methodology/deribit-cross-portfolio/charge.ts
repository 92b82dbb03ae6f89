import { DomainError } from "../../base/index.ts";
import type { AccountCharge, Charge, ChargeInput } from "../contract.ts";
import { componentLines, equityLine, inUsd } from "../parts/account-lines.ts";
import type { CoinEquity, MatrixContent } from "../parts/extended-risk-matrix-entries.ts";
import { type PairVector, pairVectorsOf } from "../parts/extended-risk-matrix-pair-vector.ts";
import { matrixRemarks } from "../parts/extended-risk-matrix-remarks.ts";
import { matrixRequirement } from "../parts/extended-risk-matrix-result.ts";
import { currencyOf, pairOf, parameterCurrencies } from "../parts/extended-risk-matrix-rules.ts";
import { matrixColumns } from "../parts/extended-risk-matrix-scenarios.ts";
import { section } from "../parts/extended-risk-matrix-sections.ts";
import { usdPerUnit } from "../parts/usd-per-unit.ts";
import { type Line, lines } from "../statement.ts";
import { collateralRemarks, equitiesByUnderlying, haircutLines, ownBalances } from "./collateral.ts";
import type { CrossPortfolioRules } from "./rules.ts";

export const account = "cross";

/** One account in USD; one matrix per base currency that nets its inverse products, linear products and coin equity. */
export function crossCharge(input: ChargeInput<CrossPortfolioRules>): Charge {
  const { book, rules, cube, detail, amountsOnly } = input;
  const balances = ownBalances(book);
  if (book.positions.length === 0 && balances.length === 0 && book.components.length === 0)
    return { accounts: [], remarks: [] };
  const vectors = pairVectorsOf(book, rules);
  const requirement = matrixRequirement({
    account,
    unit: "USD",
    contents: contentsOf(input, vectors),
    rules,
    components: (ids, parent) => {
      const chosen = book.components.filter(({ id }) => ids.includes(id));
      return [...new Set(chosen.map(({ currency }) => currency))].flatMap((currency) =>
        componentLines(chosen, currency, `${parent}/${currency}`, section.components).map((line) =>
          inUsd(line, book.indices, `${line.id}-usd`, section.components),
        ),
      );
    },
    haircuts: haircutLines(book, rules, `${account}/initial`),
    cube,
    detail,
    amountsOnly,
  });
  const equityUnder = (id: string): Line[] =>
    balances.map((balance) => {
      const line = equityLine(balance, `${id}/${balance.currency}/equity`, section.equity);
      return inUsd(line, book.indices, `${id}/${balance.currency}`, section.equity);
    });
  const total = (name: string, label: string): Line =>
    lines("USD").sum(`${account}/${name}`, label, section.equity, equityUnder(`${account}/${name}`), {
      component: "balance",
    });
  const charged: AccountCharge = {
    id: account,
    unit: "USD",
    usdPerUnit: 1,
    ...requirement,
    ...(balances.length === 0
      ? {}
      : { equity: total("equity", "Equity"), marginBalance: total("margin-balance", "Margin balance (equity)") }),
  };
  if (amountsOnly === true) return { accounts: [charged], remarks: [] };
  return {
    accounts: [charged],
    remarks: [...matrixRemarks(vectors, [charged]), ...collateralRemarks(book, rules)],
  };
}

function contentsOf(
  { book, rules }: ChargeInput<CrossPortfolioRules>,
  vectors: readonly PairVector[],
): readonly MatrixContent[] {
  const equities = equitiesByUnderlying(book, rules);
  const underlyings = new Set([...vectors.map(({ underlying }) => underlying), ...equities.keys()]);
  return [...underlyings].map((underlying) => {
    const own = vectors.filter((vector) => vector.underlying === underlying);
    return contentOf({ book, rules }, underlying, own, equities.get(underlying) ?? []);
  });
}

export function contentOf(
  { book, rules }: Pick<ChargeInput<CrossPortfolioRules>, "book" | "rules">,
  underlying: string,
  vectors: readonly PairVector[],
  equities: readonly CoinEquity[],
): MatrixContent {
  const currencies = parameterCurrencies(rules, underlying, "USD");
  const pair = pairOf(rules, underlying);
  const [risk, offset] = [currencyOf(rules, currencies.risk), currencyOf(rules, currencies.offset)];
  if (pair === undefined || risk === undefined || offset === undefined)
    throw new DomainError("the rules need the parameters of every base currency", underlying);
  return {
    id: underlying.toLowerCase(),
    underlying,
    unit: "USD",
    index: usdPerUnit(book.indices, underlying),
    inUsd: true,
    inCoin: false,
    vectors,
    equities,
    columns: matrixColumns(rules.general, pair.rules),
    rules,
    pair,
    offset,
    risk,
  };
}
