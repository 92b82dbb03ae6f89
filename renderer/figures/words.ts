import { formatNumber } from "../../core/base/format.ts";
import { columnAxis, columnWord, rowAxis, rowWord, shockText } from "./axes.ts";
import { bindingAt, extremes, type GridPoint, originOf, valueAt } from "./grid.ts";
import { hasLayer, type LayerId, layerOf, type Surface } from "./layer.ts";

/** `price −15 %, volatility +50 %`. */
export function pointWords(surface: Surface, { row, column }: GridPoint): string {
  const price = shockText(columnAxis(surface), surface.priceMoves[column] ?? 0);
  const volatility = shockText(rowAxis(surface), surface.volatilityChanges[row] ?? 0);
  const later = surface.days === undefined || surface.days === 0 ? "" : `, ${daysText(surface.days)}`;
  return `${columnWord(surface)} ${price}, ${rowWord(surface)} ${volatility}${later}`;
}

/** `after 7 days`. */
export function daysText(days: number): string {
  if (days === 0) return "today";
  return `after ${formatNumber(days, { decimals: Number.isInteger(days) ? 0 : 2 })} ${days === 1 ? "day" : "days"}`;
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
  if (moves === "already") {
    const when = surface.days === undefined || surface.days === 0 ? "now" : daysText(surface.days);
    return `The account is below its maintenance margin ${when}.`;
  }
  const sides = [moves.down, moves.up].filter((move) => move !== undefined);
  const where = `At ${surface.vertical === undefined ? "unchanged volatility" : `no move of ${rowWord(surface)}`}`;
  if (sides.length === 0) return `${where} no liquidation comes within these price moves.`;
  return `${where} liquidation comes at price ${sides.map((move) => shockText(columnAxis(surface), move)).join(" and ")}.`;
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
