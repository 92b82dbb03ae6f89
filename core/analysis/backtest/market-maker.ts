import { failed, msPerDay, success } from "../../base/index.ts";
import type { MarketSnapshot } from "../../market/index.ts";
import { randomStream } from "../../measure/index.ts";
import type { Position, PositionId } from "../../portfolio/index.ts";
import { deltaHedge, inversePerpetual } from "./delta-hedge.ts";
import { quotedOptions } from "./listed-options.ts";
import type { Strategy, StrategyStep } from "./strategy.ts";

export interface MarketMakerTerms {
  readonly underlying: string;
  /** Nearest expiries that are quoted and live to the next refresh; ≥ 1. */
  readonly expiries: number;
  /** Options held; ≥ 1. */
  readonly positions: number;
  /** Largest size of one position, units of underlying; > 0. */
  readonly size: number;
  /** Least absolute delta of an option that is made a market in; in (0, 0.5). */
  readonly leastDelta: number;
  /** Days after which the inventory is another one; > 0. */
  readonly refreshDays: number;
  /** Integer; the same seed makes the same inventory at the same market. */
  readonly seed: number;
}

interface Memory {
  readonly refreshedMs: number;
  readonly refreshes: number;
  readonly inventory: readonly Position[];
}

/**
 * An inventory as customers leave it with a market maker: long and short options of several expiries and strikes, drawn from a
 * seeded stream, delta hedged with the perpetual at every instant. Expired options drop out until the next refresh.
 *
 * @source resources/docs/backtest.md, section 2
 */
export function marketMaker(terms: MarketMakerTerms): Strategy {
  const { underlying, refreshDays } = terms;
  return {
    id: "market-maker",
    title: `Market maker's book of ${underlying}, delta hedged`,
    next: (market, before) => {
      const memory = keptInventory(before, market, refreshDays) ?? refreshed(terms, market, before);
      if (memory.inventory.length === 0)
        return failed("missing-data", `${market.name} quotes no option of ${underlying} to make a market in`);
      const live = memory.inventory.filter(
        ({ instrument }) => instrument.kind === "option" && instrument.expiryMs > market.asOfMs,
      );
      const hedge = deltaHedge(live, market, inversePerpetual(market.venue, underlying));
      return success({
        portfolio: {
          ...{ name: `Market maker's book of ${underlying}`, venue: market.venue, positions: [...live, ...hedge] },
          ...{ balances: [], components: [], asOfMs: market.asOfMs, sources: [] },
        },
        memory,
      });
    },
  };
}

function keptInventory(before: StrategyStep | undefined, market: MarketSnapshot, refreshDays: number) {
  const memory = before?.memory as Memory | undefined;
  return memory !== undefined && market.asOfMs - memory.refreshedMs < refreshDays * msPerDay ? memory : undefined;
}

function refreshed(terms: MarketMakerTerms, market: MarketSnapshot, before: StrategyStep | undefined): Memory {
  const refreshes = ((before?.memory as Memory | undefined)?.refreshes ?? -1) + 1;
  const quoted = quotedOptions(market, terms.underlying, terms.refreshDays).filter(({ delta }) => {
    const size = Math.abs(delta);
    return size >= terms.leastDelta && size <= 1 - terms.leastDelta;
  });
  const expiries = [...new Set(quoted.map(({ option }) => option.expiryMs))].slice(0, terms.expiries);
  const listed = quoted.filter(({ option }) => expiries.includes(option.expiryMs));
  const stream = randomStream(terms.seed + refreshes);
  const sizes = new Map<number, number>();
  for (let drawn = 0; drawn < terms.positions && listed.length > 0; drawn++) {
    const place = Math.floor(stream.next() * listed.length);
    const size = Math.ceil(stream.next() * 10) / 10;
    sizes.set(place, (sizes.get(place) ?? 0) + (stream.next() < 0.5 ? -size : size) * terms.size);
  }
  const inventory = listed.flatMap(({ option, terms: { mark } }, place): Position[] => {
    const quantity = sizes.get(place) ?? 0;
    if (quantity === 0) return [];
    return [
      { id: `${option.symbol}@${market.asOfMs}` as PositionId, instrument: option, quantity, averagePrice: mark },
    ];
  });
  return { refreshedMs: market.asOfMs, refreshes, inventory };
}
