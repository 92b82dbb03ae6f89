import { formatNumber } from "../../core/base/format.ts";
import { priceAxis, shockText, volatilityAxis } from "./axes.ts";
import { bindingAt, extremes, type GridPoint, originOf, valueAt } from "./grid.ts";
import { hasLayer, type LayerId, layerOf, type Surface } from "./layer.ts";

/** `price −15 %, volatility +50 %`. */
export function pointWords(surface: Surface, { row, column }: GridPoint): string {
  const price = shockText(priceAxis, surface.priceMoves[column] ?? 0);
  const volatility = shockText(rowAxis(surface), surface.volatilityChanges[row] ?? 0);
  return `price ${price}, volatility ${volatility}`;
}

/** What a layer shows, in a few sentences, for those who do not see the chart. */
export function surfaceWords(surface: Surface, id: LayerId): string {
  const { label, unit } = layerOf(id);
  const { min, max, minAt, maxAt } = extremes(surface, id);
  const money = (value: number): string => formatNumber(value, { decimals: 2, unit });
  const origin = originOf(surface);
  const regions = new Set(surface.binding).size;
  return [
    `${label}: ${money(valueAt(surface, id, origin) ?? 0)} at ${pointWords(surface, origin)} (${bindingAt(surface, origin)}).`,
    `Lowest ${money(min)} at ${pointWords(surface, minAt)}, highest ${money(max)} at ${pointWords(surface, maxAt)}.`,
    `${regions === 1 ? "One scenario binds everywhere" : `${regions} scenarios bind in different regions`}.`,
    liquidationWords(surface),
  ].join(" ");
}

/** How far price may move before liquidation, volatility unchanged. */
function liquidationWords(surface: Surface): string {
  if (!hasLayer(surface, "headroom")) return "No balance is known, so there is no headroom to liquidation.";
  const moves = liquidationMoves(surface);
  if (moves === "already") return "The account is below its maintenance margin now.";
  const sides = [moves.down, moves.up].filter((move) => move !== undefined);
  if (sides.length === 0) return "No liquidation within these price moves at unchanged volatility.";
  return `At unchanged volatility liquidation comes at price ${sides.map((move) => shockText(priceAxis, move)).join(" and ")}.`;
}

/** The nearest price moves at which headroom reaches zero, by linear interpolation at the volatility nearest to now. */
export function liquidationMoves(
  surface: Surface,
): "already" | { readonly down: number | undefined; readonly up: number | undefined } {
  const { row, column } = originOf(surface);
  const { priceMoves } = surface;
  const headroom = (at: number): number => valueAt(surface, "headroom", { row, column: at }) ?? 0;
  if (headroom(column) < 0) return "already";
  const crossing = (step: -1 | 1): number | undefined => {
    for (let at = column; priceMoves[at + step] !== undefined; at += step) {
      const [here, next] = [headroom(at), headroom(at + step)];
      if (next >= 0) continue;
      const [from, to] = [priceMoves[at] ?? 0, priceMoves[at + step] ?? 0];
      return from + (here / (here - next)) * (to - from);
    }
    return undefined;
  };
  return { down: crossing(-1), up: crossing(1) };
}
