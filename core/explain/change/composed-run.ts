import { hashOf, type Result, success, sum } from "../../base/index.ts";
import { type EffectivePortfolio, effectivePortfolio, type MarginRun, termsAtMarket } from "../../margin/index.ts";
import type { MarketSnapshot } from "../../market/index.ts";
import { hasUsdRate, usdPerUnit } from "../../methodology/index.ts";
import type { Balance, Position } from "../../portfolio/index.ts";
import { unitProfit } from "../../pricing/index.ts";
import type { ChangeStepId } from "./change.ts";
import { type MarketChange, marketChange, marketSteps } from "./composed-market.ts";

/** Two runs as states in between: any of what differs taken from the later one. */
export interface RunChange {
  /** Steps whose input differs. */
  readonly differ: ReadonlySet<ChangeStepId>;
  /** The run with these steps taken: the earlier one without any, the later one with all that differ. */
  readonly with: (taken: ReadonlySet<ChangeStepId>) => MarginRun;
  /** Profit of what is held with these steps taken, from the market without the step to the one with it; USD, gain > 0. */
  readonly profitUsd: (taken: ReadonlySet<ChangeStepId>, step: ChangeStepId) => number;
}

type OneRun = Omit<MarginRun, "standAlone" | "work">;

/**
 * Takes two runs apart into steps. A state depends on which steps are taken, not on their order, so that orders can be compared.
 *
 * Where the balances differ, those of the earlier run earn the profit of what is held while the market moves, and the step of balances replaces
 * them by the later ones as stated: what is left to it is cash flows, fees and funding. Balances that are stated the same stay as they are.
 * Trades are made at the marks of the market of their state.
 *
 * @param from earlier run
 * @param to   later run
 * @returns failures of `effectivePortfolio`
 */
export function runChange(from: OneRun, to: OneRun): Result<RunChange> {
  const before = effectivePortfolio(from.portfolio, from);
  if (!before.ok) return before;
  const after = effectivePortfolio(to.portfolio, to);
  if (!after.ok) return after;
  const held = [...before.value.positions, ...after.value.positions].map(({ instrument }) => instrument);
  const market = marketChange(from.market, to.market, held);
  const differ = new Set<ChangeStepId>(market.differ);
  if (differs(before.value.positions.map(heldOf), after.value.positions.map(heldOf))) differ.add("positions");
  const moved = differ.size > 0;
  if (differs(collateralOf(before.value, moved), collateralOf(after.value, moved))) differ.add("collateral");
  if (from.history !== to.history && differs(from.history ?? null, to.history ?? null)) differ.add("history");
  if (from.parameterFile !== to.parameterFile && differs(from.parameterFile ?? null, to.parameterFile ?? null))
    differ.add("parameter-file");
  if (from.methodology.id !== to.methodology.id) differ.add("method");
  else if (from.rules.parametersHash !== to.rules.parametersHash || from.rules.version !== to.rules.version)
    differ.add("parameters");
  const pair = { from, to, before: before.value, after: after.value, market, earns: differ.has("collateral") };
  return success({
    differ,
    with: (taken) => {
      const own = [...differ].filter((step) => taken.has(step));
      if (own.length === 0) return from;
      return own.length === differ.size ? to : composedRun(pair, new Set(own));
    },
    profitUsd: (taken, step) => {
      const [without, within] = [new Set(taken), new Set(taken)];
      without.delete(step);
      within.add(step);
      const { positions } = taken.has("positions") ? after.value : before.value;
      const [old, now] = [market.with(without), market.with(within)];
      return inUsd(profitsOf(positions, old, now, from), now);
    },
  });
}

interface Pair {
  readonly from: OneRun;
  readonly to: OneRun;
  readonly before: EffectivePortfolio;
  readonly after: EffectivePortfolio;
  readonly market: MarketChange;
  /** Whether the balances of the earlier run earn the profit of the moving market. */
  readonly earns: boolean;
}

function composedRun({ from, to, before, after, market, earns }: Pair, taken: ReadonlySet<ChangeStepId>): MarginRun {
  const moved = market.with(taken);
  const book = taken.has("positions") ? after : before;
  const { positions } = book;
  const traded = taken.has("positions") || marketSteps.some((step) => taken.has(step));
  const stated = taken.has("collateral") ? after : before;
  const balances =
    taken.has("collateral") || !earns || !traded
      ? stated.balances
      : movedBalances(stated.balances, profitsOf(positions, from.market, moved, from), moved);
  const inputs = taken.has("positions") ? to : from;
  const rules = taken.has("parameters") || taken.has("method") ? to : from;
  const history = (taken.has("history") ? to : from).history;
  const parameterFile = (taken.has("parameter-file") ? to : from).parameterFile;
  const { kernel } = to;
  return {
    portfolio: { ...inputs.portfolio, positions, balances, components: stated.components },
    market: moved,
    methodology: (taken.has("method") ? to : from).methodology,
    rules: rules.rules,
    ...(history === undefined ? {} : { history }),
    ...(parameterFile === undefined ? {} : { parameterFile }),
    ...(kernel === undefined ? {} : { kernel }),
  };
}

/** Profit by settlement currency between two markets; what has no price in one of them earns nothing. */
function profitsOf(
  positions: readonly Position[],
  old: MarketSnapshot,
  now: MarketSnapshot,
  { parameterFile }: Pick<OneRun, "parameterFile">,
): ReadonlyMap<string, number> {
  if (old === now) return new Map();
  const [then, later] = [old, now].map((market) => ({
    ...{ market, parameterFile },
    indices: new Map(market.indices.map(({ underlying, price }) => [underlying, price])),
  }));
  const amounts = new Map<string, number[]>();
  for (const position of positions) {
    if (then === undefined || later === undefined) continue;
    const [first, last] = [termsAtMarket(position, then), termsAtMarket(position, later)];
    if (!first.ok || !last.ok) continue;
    const { settlement } = position.instrument;
    const profit = position.quantity * unitProfit(position.instrument, first.value, last.value);
    amounts.set(settlement, [...(amounts.get(settlement) ?? []), profit]);
  }
  return new Map([...amounts].map(([currency, profits]) => [currency, sum(profits)]));
}

function inUsd(profits: ReadonlyMap<string, number>, { indices }: MarketSnapshot): number {
  const prices = new Map(indices.map(({ underlying, price }) => [underlying, price]));
  return sum(
    [...profits].flatMap(([currency, profit]) =>
      hasUsdRate(prices, currency) ? [profit * usdPerUnit(prices, currency)] : [],
    ),
  );
}

/** Balances after a profit: equity moves; the margin balance and the option value that were stated no longer hold and are left out. */
function movedBalances(
  balances: readonly Balance[],
  profits: ReadonlyMap<string, number>,
  market: MarketSnapshot,
): readonly Balance[] {
  return balances.map((stated) => {
    const balance = withoutStatedValues(stated);
    const profit = balance.wholeAccount === true ? inUsd(profits, market) : (profits.get(balance.currency) ?? 0);
    return { ...balance, equity: balance.equity + profit };
  });
}

function heldOf({ id, instrument, quantity, account }: Position) {
  return { id, instrument: instrument.id, quantity, account: account ?? null };
}

/** What the step of balances replaces. With another book or market, values stated of the book before no longer hold, and are no difference. */
function collateralOf({ balances, components }: EffectivePortfolio, moved: boolean) {
  return { balances: moved ? balances.map(withoutStatedValues) : balances, components };
}

function withoutStatedValues({ marginBalance: _m, optionsValue: _o, ...balance }: Balance): Balance {
  return balance;
}

function differs(one: unknown, other: unknown): boolean {
  return hashOf(one) !== hashOf(other);
}
