import { instrumentId, type OptionType } from "../../../../core/instrument/index.ts";
import type { OptionLeg, Pool, StockHolding } from "../../../../core/methodology/strategy-based/legs.ts";
import { blackValue } from "../../../../core/pricing/index.ts";

/** A seeded generator of numbers in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export interface PoolShape {
  readonly legs: number;
  readonly expiries: number;
  readonly mostContracts: number;
  readonly strikes: number;
  readonly exercise?: "american" | "european";
  readonly shares?: number;
}

/** A pool of random series at prices of one volatility smile: no two legs are one series. */
export function randomPool(seed: number, shape: PoolShape): Pool {
  const random = seeded(seed);
  const spot = 100;
  const legs = new Map<string, OptionLeg>();
  while (legs.size < shape.legs) {
    const days = 30 * (1 + Math.floor(random() * shape.expiries));
    const strike = 100 + 5 * Math.round((random() - 0.5) * shape.strikes);
    const optionType: OptionType = random() < 0.5 ? "call" : "put";
    const count = 1 + Math.floor(random() * shape.mostContracts);
    const contracts = random() < 0.5 ? count : -count;
    legs.set(
      `${optionType} ${days} ${strike}`,
      legOf({ optionType, days, strike, contracts, spot, exercise: shape.exercise }),
    );
  }
  const pool = { id: "AAA", legs: [...legs.keys()].sort().flatMap((key) => legs.get(key) ?? []) };
  return shape.shares === undefined || shape.shares === 0 ? pool : { ...pool, stock: stockOf(shape.shares, spot) };
}

interface LegTerms {
  readonly optionType: OptionType;
  readonly days: number;
  readonly strike: number;
  readonly contracts: number;
  readonly spot?: number;
  readonly price?: number;
  readonly exercise?: "american" | "european" | undefined;
}

/** One leg of an equity option of 100 shares. */
export function legOf({
  optionType,
  days,
  strike,
  contracts,
  spot = 100,
  price,
  exercise = "american",
}: LegTerms): OptionLeg {
  const symbol = `AAA ${days}d ${optionType} ${strike}`;
  return {
    option: {
      ...{ id: instrumentId("us", symbol), venue: "us", symbol, underlying: "AAA", quote: "USD" },
      ...{ payoff: "linear", settlement: "USD", contractSize: 100, kind: "option" },
      ...{ expiryMs: days * 86_400_000, strike, optionType, exercise },
    },
    ...{
      spot,
      size: 100,
      contracts,
      part: false,
      shares: 100,
      strikePerShare: strike,
      isLong: days > 273,
      holders: [],
    },
    price: price ?? Math.round(100 * blackValue(spot, strike, days / 365, 0.3, optionType === "call")) / 100,
    rates: { name: "equity", pct: 0.2, minPct: 0.1, leverage: 1 },
  };
}

export function stockOf(shares: number, price = 100): StockHolding {
  return { underlying: "AAA", price, cost: price, shares, holders: [] };
}
