import { listedOption } from "../../resources/sample/generator/option.ts";
import { asOfMs, optionExpiries, type Underlying, underlyings } from "../../resources/sample/generator/underlying.ts";

export interface DroppedFile {
  readonly name: string;
  readonly text: string;
}

/** Replies of a synthetic venue: options of two coins on nine expiries, all of them held; 2,016 unless more strikes are asked for. */
export function largeBook(strikes = 56): {
  readonly positions: readonly DroppedFile[];
  readonly market: readonly DroppedFile[];
} {
  const reply = (name: string, result: unknown): DroppedFile => ({
    name: `large-${name}.json`,
    text: JSON.stringify({ jsonrpc: "2.0", result }),
  });
  return {
    positions: underlyings.map((underlying) =>
      reply(`positions-${underlying.currency}`, optionsOf(underlying, strikes).map(positionRow)),
    ),
    market: underlyings.map((underlying) =>
      reply(`book-${underlying.currency}`, optionsOf(underlying, strikes).map(bookRow)),
    ),
  };
}

interface Listed {
  readonly underlying: Underlying;
  readonly option: ReturnType<typeof listedOption>;
}

function optionsOf(underlying: Underlying, strikes: number): Listed[] {
  return optionExpiries.flatMap((expiryMs) =>
    Array.from({ length: strikes }, (_, i) => Math.round(underlying.index * (0.55 + (0.9 * i) / strikes))).flatMap(
      (strike) =>
        [true, false].map((isCall) => ({ underlying, option: listedOption(underlying, expiryMs, strike, isCall) })),
    ),
  );
}

function positionRow({ underlying: { index }, option }: Listed, place: number): object {
  const size = ((place * 37) % 41) - 20 || 1;
  return {
    ...{ instrument_name: option.name, kind: "option", direction: size > 0 ? "buy" : "sell", size },
    ...{ average_price: option.mark, mark_price: option.mark, index_price: index },
    ...{ delta: option.delta * size, gamma: option.gamma * size, vega: option.vega * size, theta: option.theta * size },
  };
}

function bookRow({ underlying: { currency, index }, option }: Listed): object {
  return {
    ...{ instrument_name: option.name, base_currency: currency, quote_currency: currency },
    ...{ mark_price: option.mark, mark_iv: option.volatilityPercent, bid_price: null, ask_price: null },
    ...{ mid_price: null, last: null, open_interest: 1, volume: 1, interest_rate: 0 },
    ...{ underlying_price: option.forward, underlying_index: option.forwardName },
    ...{ estimated_delivery_price: index, creation_timestamp: asOfMs },
  };
}
