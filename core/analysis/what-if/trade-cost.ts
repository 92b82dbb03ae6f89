import { quantityUnit } from "../../instrument/index.ts";
import type { AddedLeg, LegInputs } from "../../margin/index.ts";
import { markOfLeg, quoteOf } from "../../margin/index.ts";
import { hasUsdRate, usdPerUnit } from "../../methodology/index.ts";

/** What trading costs where the market does not say. */
export interface Costs {
  /** Of notional, each unit traded; 1 is 0.01 %. */
  readonly feeBps: number;
  /** Of notional, where the market has no bid and ask. */
  readonly halfSpreadBps: number;
}

export interface TradeCost {
  /** Half spread and fee, USD; ≥ 0. */
  readonly costUsd: number;
  /** Paid for options, spot and stocks at the mark > 0, received < 0. */
  readonly premiumUsd: number;
  /** Σ |quantity| at the index. */
  readonly notionalUsd: number;
  /** `quotes`: half spreads of the market for every leg; `default`: by basis points for one or more. */
  readonly source: "quotes" | "default";
}

const bps = 10_000;

/** Cost of trading legs: half of bid to ask where the market quotes both, else basis points of notional; and a fee. */
export function tradeCost(legs: readonly AddedLeg[], inputs: LegInputs, { feeBps, halfSpreadBps }: Costs): TradeCost {
  const indices = new Map(inputs.market.indices.map(({ underlying, price }) => [underlying, price]));
  let [costUsd, premiumUsd, notionalUsd] = [0, 0, 0];
  let source: TradeCost["source"] = "quotes";
  for (const { instrument, quantity } of legs) {
    const { settlement, kind, payoff } = instrument;
    const mark = markOfLeg(instrument, inputs);
    const index = indices.get(instrument.underlying);
    if (mark === undefined || index === undefined || !hasUsdRate(indices, settlement)) continue;
    const rate = usdPerUnit(indices, settlement);
    const coins = quantityUnit(instrument) === instrument.underlying ? quantity : quantity / mark;
    const notional = Math.abs(coins) * index;
    notionalUsd += notional;
    costUsd += (notional * feeBps) / bps;
    const { bid = 0, ask = 0 } = quoteOf(inputs.market, instrument) ?? {};
    if (bid > 0 && ask >= bid) {
      const isInverse = payoff === "inverse" && (kind === "future" || kind === "perpetual");
      const half = isInverse ? (1 / bid - 1 / ask) / 2 : (ask - bid) / 2;
      costUsd += Math.abs(quantity) * half * rate;
    } else {
      source = "default";
      costUsd += (notional * halfSpreadBps) / bps;
    }
    if (kind === "option" || kind === "spot" || kind === "stock") premiumUsd += quantity * mark * rate;
  }
  return { costUsd, premiumUsd: premiumUsd === 0 ? 0 : premiumUsd, notionalUsd, source };
}
