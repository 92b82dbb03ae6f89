import type { Output } from "../../core/api/contract.ts";
import { formatNumber } from "../../core/base/format.ts";
import { columnAxis, columnWord, rowAxis, rowWord, shockText } from "./axes.ts";
import { type LayerId, layerOf, type Surface } from "./layer.ts";
import { daysText } from "./words.ts";

export type Difference = Output<"surface.difference">;

/** A − B as a surface of its own: its binding text names both scenarios where they differ. */
export function differenceSurface({ a, b, layers }: Difference): Surface {
  const bindings: string[] = [];
  const numbers = new Map<string, number>();
  const name = ({ bindings: texts, binding }: Surface, at: number): string => texts[binding[at] ?? -1] ?? "none loses";
  const binding = Int16Array.from(a.binding, (_, at) => {
    const [one, other] = [name(a, at), name(b, at)];
    const text = one === other ? one : `A: ${one}, B: ${other}`;
    const known = numbers.get(text) ?? bindings.push(text) - 1;
    numbers.set(text, known);
    return known;
  });
  return { ...a, layers, binding, bindings };
}

/** ` (after 7 days)`, where a date is asked for. */
const whenOf = ({ days }: Surface): string => (days === undefined ? "" : ` (${daysText(days)})`);

/** The worst points of both surfaces and of the difference, each with its place. */
export function worstWords(difference: Difference, layer: LayerId): readonly string[] {
  const found = difference.worst.find((one) => one.layer === layer);
  if (found === undefined) return [];
  const { unit, label } = layerOf(layer);
  const { a } = difference;
  const money = (value: number, signed = false): string => formatNumber(value, { decimals: 2, unit, signed });
  const place = ({ priceMove, change }: { readonly priceMove: number; readonly change: number }): string =>
    `${columnWord(a)} ${shockText(columnAxis(a), priceMove)}, ${rowWord(a)} ${shockText(rowAxis(a), change)}`;
  const { worstOfA, worstOfB, differenceOfWorst, worstOfDifference } = found;
  return [
    `${label}, worst of A${whenOf(difference.a)}: ${money(worstOfA.value)} at ${place(worstOfA)}; worst of B${whenOf(difference.b)}: ${money(worstOfB.value)} at ${place(worstOfB)}.`,
    `Difference of the worst points: ${money(differenceOfWorst, true)}.`,
    `Worst point of the difference: ${money(worstOfDifference.value, true)} at ${place(worstOfDifference)} (A ${money(worstOfDifference.a)}, B ${money(worstOfDifference.b)}).`,
  ];
}
