import { instrumentId, type Perpetual } from "../../instrument/index.ts";
import type { MarketSnapshot } from "../../market/index.ts";
import type { Position, PositionId } from "../../portfolio/index.ts";
import { positionGreeks } from "../../pricing/index.ts";
import { heldAt } from "./close-out.ts";

/** The inverse perpetual of a coin, as most coin-margined venues name it. */
export function inversePerpetual(venue: string, underlying: string): Perpetual {
  const symbol = `${underlying}-PERPETUAL`;
  return {
    ...{ id: instrumentId(venue, symbol), venue, symbol, underlying, quote: "USD" },
    ...{ kind: "perpetual", payoff: "inverse", settlement: underlying },
  };
}

/**
 * A position in the inverse perpetual that makes the net delta of options zero.
 *
 *     quantity = −Σ net delta · index, USD of contracts
 *
 * @param options   positions of one underlying
 * @param market    the market they are hedged at
 * @param perpetual of the same underlying; without a mark it trades at the index
 * @returns the hedge; nothing when there is no delta
 * @source Deribit, net transaction delta
 */
export function deltaHedge(options: readonly Position[], market: MarketSnapshot, perpetual: Perpetual): Position[] {
  const [at] = heldAt([{ id: "hedge" as PositionId, instrument: perpetual, quantity: 0 }], market);
  if (at === undefined) return [];
  let netDelta = 0;
  for (const { position, terms } of heldAt(options, market))
    netDelta += positionGreeks(position.instrument, terms, position.quantity).netDelta;
  const quantity = -netDelta * at.terms.mark;
  return quantity === 0 ? [] : [{ id: `hedge:${perpetual.symbol}` as PositionId, instrument: perpetual, quantity }];
}
