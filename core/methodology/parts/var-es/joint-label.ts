import { percentLabel } from "../../../scenario/index.ts";
import type { BookLosses } from "./losses.ts";

/** Price move of an underlying in a joint scenario, fraction. */
export function priceMoveOf({ list }: BookLosses, underlying: string, scenario: number): number {
  return list.sets.find((set) => set.underlying === underlying)?.scenarios[scenario]?.priceMove ?? 0;
}

/** A joint scenario in words, with the price moves of every underlying of the book: `2026-02-12: BTC -18.6 %, ETH -15.5 %`. */
export function jointLabel(book: BookLosses, scenario: number): string {
  const id = book.list.ids[scenario] ?? "";
  const moves = book.groups.map(({ underlying }) => {
    const move = priceMoveOf(book, underlying, scenario);
    return `${underlying} ${percentLabel(Number(move.toPrecision(3)))}`;
  });
  return `${id}: ${moves.join(", ")}`;
}
