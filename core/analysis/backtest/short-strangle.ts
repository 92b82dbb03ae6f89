import { failed, msPerDay, type Result, success } from "../../base/index.ts";
import type { OptionType } from "../../instrument/index.ts";
import type { MarketSnapshot } from "../../market/index.ts";
import type { Position, PositionId } from "../../portfolio/index.ts";
import { deltaHedge, inversePerpetual } from "./delta-hedge.ts";
import { expiryNear, type QuotedOption, quotedOptions } from "./listed-options.ts";
import type { Strategy, StrategyStep } from "./strategy.ts";

export interface ShortStrangleTerms {
  readonly underlying: string;
  /** Size of each leg, units of underlying; > 0. */
  readonly size: number;
  /** Absolute delta of the legs sold, in (0, 0.5). */
  readonly delta: number;
  /** Days to expiry that a new strangle is nearest to; > `rollDays`. */
  readonly days: number;
  /** Days after which it is bought back and sold anew; > 0. */
  readonly rollDays: number;
}

interface Memory {
  readonly soldMs: number;
  readonly legs: readonly Position[];
}

/**
 * Sells a call and a put of a chosen delta, hedges their delta with the perpetual at every instant, and rolls them after a
 * number of days, or when an expiry has come.
 *
 * @source resources/docs/backtest.md, section 2
 */
export function shortStrangle(terms: ShortStrangleTerms): Strategy {
  const { underlying, rollDays } = terms;
  return {
    id: "short-strangle",
    title: `Short strangle of ${underlying}, delta hedged`,
    next: (market, before) => {
      const kept = keptLegs(before, market, rollDays);
      const sold: Result<Memory> = kept === undefined ? newStrangle(terms, market) : success(kept);
      if (!sold.ok) return sold;
      const { legs } = sold.value;
      const hedge = deltaHedge(legs, market, inversePerpetual(market.venue, underlying));
      return success({
        portfolio: {
          ...{ name: `Short strangle of ${underlying}`, venue: market.venue, positions: [...legs, ...hedge] },
          ...{ balances: [], components: [], asOfMs: market.asOfMs, sources: [] },
        },
        memory: sold.value,
      });
    },
  };
}

function keptLegs(before: StrategyStep | undefined, market: MarketSnapshot, rollDays: number): Memory | undefined {
  const memory = before?.memory as Memory | undefined;
  if (memory === undefined || market.asOfMs - memory.soldMs >= rollDays * msPerDay) return undefined;
  const live = memory.legs.every(
    ({ instrument }) => instrument.kind === "option" && instrument.expiryMs > market.asOfMs,
  );
  return live ? memory : undefined;
}

function newStrangle({ underlying, size, delta, days, rollDays }: ShortStrangleTerms, market: MarketSnapshot) {
  const all = quotedOptions(market, underlying, rollDays);
  const expiryMs = expiryNear(all, market.asOfMs, days);
  const listed = all.filter(({ option }) => option.expiryMs === expiryMs);
  const legs = (["call", "put"] as const).flatMap((type) => {
    const found = nearestDelta(listed, type, delta);
    if (found === undefined) return [];
    const id = `${found.option.symbol}@${market.asOfMs}` as PositionId;
    return [{ id, instrument: found.option, quantity: -size, averagePrice: found.terms.mark }];
  });
  if (legs.length === 2) return success<Memory>({ soldMs: market.asOfMs, legs });
  return failed(
    "missing-data",
    `${market.name} quotes no call and put of ${underlying} with ${rollDays} days or more to expiry`,
    market.name,
  );
}

function nearestDelta(listed: readonly QuotedOption[], type: OptionType, delta: number): QuotedOption | undefined {
  const distance = (quoted: QuotedOption) => Math.abs(Math.abs(quoted.delta) - delta);
  return listed.filter(({ option }) => option.optionType === type).sort((a, b) => distance(a) - distance(b))[0];
}
