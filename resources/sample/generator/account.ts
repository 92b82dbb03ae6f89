import { futureDatesOfHedge, type Leg, plans } from "./book.ts";
import { perpetualMark } from "./market.ts";
import { type ListedOption, listedOption } from "./option.ts";
import { random } from "./random.ts";
import { dayName, futureMark, rounded, strikesOf, type Underlying } from "./underlying.ts";

interface Holding {
  readonly option: ListedOption;
  readonly size: number;
}

export interface Account {
  readonly underlying: Underlying;
  readonly positions: readonly object[];
  readonly optionsValue: number;
  readonly optionsDelta: number;
  readonly futuresDelta: number;
  /** Totals of the options, as the venue counts them. */
  readonly gamma: number;
  readonly vega: number;
  readonly theta: number;
}

/** The positions of each currency: options by plan, then futures that hedge their delta. */
export function accounts(underlyings: readonly Underlying[]): Account[] {
  return underlyings.map((underlying) => {
    const plan = plans[underlying.currency];
    const holdings = plan.legs.map((leg): Holding => ({ option: nearest(underlying, leg), size: leg.size }));
    const total = (value: (holding: Holding) => number): number =>
      holdings.reduce((sum, holding) => sum + value(holding), 0);
    const optionsValue = total(({ option, size }) => size * option.mark);
    const optionsDelta = total(({ option, size }) => size * option.delta);
    const futures = hedge(underlying, plan.openDelta - (optionsDelta - optionsValue));
    return {
      underlying,
      positions: [
        ...optionPositions(underlying, holdings),
        ...futures.map((future) => futurePosition(underlying, future)),
      ],
      optionsValue,
      optionsDelta,
      futuresDelta: futures.reduce((sum, { usd, mark }) => sum + usd / mark, 0),
      gamma: total(({ option, size }) => size * option.gamma),
      vega: total(({ option, size }) => size * option.vega),
      theta: total(({ option, size }) => size * option.theta),
    };
  });
}

/** Reply of `private/get_account_summaries`. */
export function accountSummaries(all: readonly Account[]): object {
  const summaries = all.map(({ underlying, optionsValue, optionsDelta, futuresDelta, gamma, vega, theta }) => {
    const { balance, stated } = plans[underlying.currency];
    const equity = balance + optionsValue;
    return {
      currency: underlying.currency,
      margin_model: "segregated_pm",
      portfolio_margining_enabled: true,
      cross_collateral_enabled: false,
      balance: rounded(balance, 8),
      equity: rounded(equity, 8),
      margin_balance: rounded(equity, 8),
      options_value: rounded(optionsValue, 8),
      options_session_upl: 0,
      options_session_rpl: 0,
      futures_session_upl: 0,
      futures_session_rpl: 0,
      session_upl: 0,
      session_rpl: 0,
      initial_margin: stated.initial,
      maintenance_margin: stated.maintenance,
      available_funds: rounded(equity - stated.initial, 8),
      delta_total: rounded(futuresDelta + optionsDelta - optionsValue, 6),
      options_delta: rounded(optionsDelta, 6),
      options_gamma: rounded(gamma, 6),
      options_vega: rounded(vega, 2),
      options_theta: rounded(theta, 2),
    };
  });
  return { id: 0, username: "synthetic-market-maker", type: "main", summaries };
}

function nearest(underlying: Underlying, leg: Leg): ListedOption {
  const options = strikesOf(underlying, leg.expiryMs).map((strike) =>
    listedOption(underlying, leg.expiryMs, strike, leg.isCall),
  );
  return options.reduce((best, option) =>
    Math.abs(option.delta - leg.delta) < Math.abs(best.delta - leg.delta) ? option : best,
  );
}

function optionPositions(underlying: Underlying, holdings: readonly Holding[]): object[] {
  const next = random(`positions ${underlying.currency}`);
  return [...bySymbol(holdings)].map(([name, { option, size }]) => {
    const average = rounded(Math.max(underlying.tick, option.mark * (0.75 + 0.6 * next())), 4);
    const profit = rounded(size * (option.mark - average), 8);
    return {
      instrument_name: name,
      kind: "option",
      direction: size > 0 ? "buy" : "sell",
      size,
      average_price: average,
      average_price_usd: rounded(average * underlying.index, 2),
      mark_price: option.mark,
      index_price: underlying.index,
      settlement_price: 0,
      delta: rounded(option.delta * size, 5),
      gamma: rounded(option.gamma * size, 5),
      vega: rounded(option.vega * size, 5),
      theta: rounded(option.theta * size, 5),
      open_orders_margin: 0,
      floating_profit_loss: profit,
      realized_profit_loss: 0,
      total_profit_loss: profit,
    };
  });
}

/** Legs that chose one strike are one position. */
function bySymbol(holdings: readonly Holding[]): Map<string, Holding> {
  const merged = new Map<string, Holding>();
  for (const { option, size } of holdings) {
    const sum = size + (merged.get(option.name)?.size ?? 0);
    if (sum === 0) merged.delete(option.name);
    else merged.set(option.name, { option, size: sum });
  }
  return merged;
}

interface FutureHolding {
  readonly name: string;
  readonly mark: number;
  readonly usd: number;
}

function hedge(underlying: Underlying, deltaWanted: number): FutureHolding[] {
  const { datedUsd } = plans[underlying.currency];
  const dated = (["december", "march"] as const).map((month) => {
    const expiryMs = futureDatesOfHedge[month];
    return { name: dayName(expiryMs), mark: futureMark(underlying, expiryMs), usd: datedUsd[month] };
  });
  const rest = deltaWanted - dated.reduce((sum, { usd, mark }) => sum + usd / mark, 0);
  const mark = perpetualMark(underlying);
  const usd = Math.round((rest * mark) / underlying.contractUsd) * underlying.contractUsd;
  return [...dated, { name: "PERPETUAL", mark, usd }];
}

function futurePosition(underlying: Underlying, { name, mark, usd }: FutureHolding): object {
  const average = rounded(mark * (usd > 0 ? 0.991 : 1.006), 2);
  const profit = rounded(usd * (1 / average - 1 / mark), 8);
  return {
    instrument_name: `${underlying.currency}-${name}`,
    kind: "future",
    direction: usd > 0 ? "buy" : "sell",
    size: usd,
    size_currency: rounded(usd / mark, 9),
    average_price: average,
    mark_price: mark,
    index_price: underlying.index,
    settlement_price: rounded(mark * 0.9964, 2),
    delta: rounded(usd / mark, 9),
    open_orders_margin: 0,
    floating_profit_loss: profit,
    realized_profit_loss: 0,
    total_profit_loss: profit,
    leverage: 50,
  };
}
