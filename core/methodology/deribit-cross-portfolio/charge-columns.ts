import type { AccountColumns, MarketColumns } from "../market-columns.ts";
import { addColumn, addProducts } from "../parts/columns.ts";
import type { MatrixContent } from "../parts/extended-risk-matrix-entries.ts";
import { type ContentColumns, requirementColumns } from "../parts/extended-risk-matrix-requirement-columns.ts";
import {
  addShocks,
  type PlacedVector,
  placedVectorsOf,
  vectorProfits,
} from "../parts/extended-risk-matrix-vector-columns.ts";
import { usdColumn } from "../parts/usd-per-unit.ts";
import { account, contentOf } from "./charge.ts";
import { collateralOf, impactOf } from "./collateral.ts";
import type { CrossPortfolioRules } from "./rules.ts";

type Input = MarketColumns & { readonly rules: CrossPortfolioRules };

/** Equity in one currency at each market. */
interface EquityColumn {
  readonly currency: string;
  /** In the currency. */
  readonly amounts: Float64Array;
  readonly usd: Float64Array;
}

/** Equity that moves with the prices of a matrix, USD. */
interface MovingEquity {
  readonly underlying: string;
  readonly risingOnly: boolean;
  readonly usd: Float64Array;
}

/** Amounts of `crossCharge` at many markets. */
export function crossColumns(input: Input): readonly AccountColumns[] {
  const { book, rules, count, indices } = input;
  const equities = equitiesOf(input);
  if (book.positions.length === 0 && equities.length === 0 && book.components.length === 0) return [];
  const vectors = placedVectorsOf(book, rules);
  const shocks = new Float64Array(count);
  for (const vector of vectors) addShocks(shocks, input, vector, rules, false);
  const marginBalance = new Float64Array(count);
  for (const { usd } of equities) addColumn(marginBalance, usd);
  const requirement = requirementColumns({
    ...{ count, contents: contentsOf(input, vectors, equities), rules, shocks, haircuts: haircutsOf(input, equities) },
    addComponents(ids, to) {
      for (const { id, currency, amount } of book.components)
        if (ids.includes(id)) addColumn(to, usdColumn(indices, currency, count), amount);
    },
  });
  return [
    {
      id: account,
      usdPerUnit: new Float64Array(count).fill(1),
      ...requirement,
      ...(equities.length === 0 ? {} : { marginBalance }),
    },
  ];
}

/** Equity of the single currencies, as `ownBalances`. */
function equitiesOf({ book, count, indices, equities }: Input): readonly EquityColumn[] {
  return book.balances.flatMap(({ currency, wholeAccount }, at) => {
    const amounts = equities[at];
    if (wholeAccount === true || amounts === undefined) return [];
    const usd = new Float64Array(count);
    addProducts(usd, amounts, usdColumn(indices, currency, count));
    return [{ currency, amounts, usd }];
  });
}

function haircutsOf({ rules, count }: Input, equities: readonly EquityColumn[]): Float64Array {
  const total = new Float64Array(count);
  for (const { currency, usd } of equities) {
    const haircut = collateralOf(rules, currency)?.haircut ?? 0;
    addColumn(
      total,
      usd.map((amount) => Math.max(0, amount)),
      haircut,
    );
  }
  return total;
}

function contentsOf(
  input: Input,
  vectors: readonly PlacedVector[],
  equities: readonly EquityColumn[],
): readonly ContentColumns[] {
  const { book, rules, count } = input;
  const moving = equities.flatMap(({ currency, amounts, usd }): readonly MovingEquity[] => {
    const impact = impactOf(book, rules, currency);
    return impact === undefined || amounts.every((amount) => amount === 0) ? [] : [{ ...impact, usd }];
  });
  const underlyings = new Set([...vectors, ...moving].map(({ underlying }) => underlying));
  return [...underlyings].map((underlying) => {
    const own = vectors.filter((vector) => vector.underlying === underlying);
    const content = contentOf(input, underlying, own, []);
    const profits = new Float64Array(count * content.columns.length);
    for (const vector of own) addVector(profits, input, vector, content);
    for (const equity of moving) if (equity.underlying === underlying) addEquity(profits, equity, content);
    return { content, index: usdColumn(input.indices, underlying, count), profits };
  });
}

/** Profits of a pair vector in USD: those in coin at the price of the scenario. */
function addVector(into: Float64Array, input: Input, vector: PlacedVector, { columns }: MatrixContent): void {
  const width = columns.length;
  const own = vectorProfits(input, vector, input.rules, width);
  if (!vector.inverse) {
    addColumn(into, own);
    return;
  }
  const index = usdColumn(input.indices, vector.underlying, input.count);
  for (let market = 0; market < input.count; market++)
    for (let column = 0; column < width; column++) {
      const at = market * width + column;
      const price = (index[market] as number) * (1 + (columns[column]?.priceMove ?? 0));
      into[at] = (into[at] as number) + price * (own[at] as number);
    }
}

/** As `equityProfit`. */
function addEquity(into: Float64Array, { usd, risingOnly }: MovingEquity, { columns }: MatrixContent): void {
  const moves = columns.map(({ priceMove }) => (risingOnly && priceMove <= 0 ? 0 : priceMove));
  for (let at = 0; at < into.length; at++) {
    const market = Math.floor(at / moves.length);
    into[at] = (into[at] as number) + (usd[market] as number) * (moves[at % moves.length] as number);
  }
}
