import { describe, expect, it } from "vitest";
import { holdingsOf } from "../../../core/analysis/holdings.ts";
import type { Book, BookPosition } from "../../../core/methodology/index.ts";

interface Held {
  readonly id: string;
  readonly mark: number;
  readonly quantity: number;
  readonly settlement?: string;
  readonly underlying?: string;
}

/** What holdings read of positions. One contract of a name is one object, as in a market. */
const contracts = new Map<string, object>();

function entry({ id, mark, quantity, settlement = "BTC", underlying = "BTC" }: Held): BookPosition {
  const instrument = contracts.get(id) ?? { id, settlement, underlying, kind: "future" };
  contracts.set(id, instrument);
  return { position: { id, instrument, quantity }, terms: { mark } } as unknown as BookPosition;
}

const bookOf = (positions: readonly BookPosition[]) => ({ positions }) as unknown as Book;

describe("holdingsOf", () => {
  const first = [
    entry({ id: "a", mark: 1, quantity: 2 }),
    entry({ id: "b", mark: 3, quantity: -1 }),
    entry({ id: "a", mark: 1, quantity: 5 }),
    entry({ id: "a", mark: 2, quantity: 7 }),
  ];
  const further = [
    entry({ id: "c", mark: 4, quantity: 1, settlement: "USDC", underlying: "USDC" }),
    entry({ id: "a", mark: 2, quantity: -3 }),
    entry({ id: "b", mark: 9, quantity: 6 }),
    entry({ id: "c", mark: 4, quantity: 1, settlement: "USDC", underlying: "USDC" }),
  ];

  it("holds each instrument once, and apart where its marks differ", () => {
    const { instruments, quantities, instrumentOf, moves, currencies, currencyOf } = holdingsOf(
      bookOf([...first, ...further]),
    );
    expect(instruments.map(({ instrument, terms }) => [instrument.id, terms.mark])).toEqual([
      ["a", 1],
      ["b", 3],
      ["a", 2],
      ["c", 4],
      ["b", 9],
    ]);
    expect([...quantities]).toEqual([7, -1, 4, 2, 6]);
    expect([...instrumentOf]).toEqual([0, 1, 0, 2, 3, 2, 4, 3]);
    expect(moves).toEqual([true, true, true, false, true]);
    expect(currencies).toEqual(["BTC", "USDC"]);
    expect([...currencyOf]).toEqual([0, 0, 0, 1, 0]);
  });

  it("is the same whether it begins with the holdings of a book before or not", () => {
    const before = bookOf(first);
    holdingsOf(before);
    const changed = first.map((one, at) => (at === 1 ? entry({ id: "b", mark: 3, quantity: 40 }) : one));
    const reordered = [...first.slice(1), entry({ id: "a", mark: 1, quantity: 5 })];
    for (const positions of [
      first,
      changed,
      [...changed, ...further],
      [...first, ...further],
      reordered,
      first.slice(1),
    ])
      expect(holdingsOf(bookOf(positions), before)).toEqual(holdingsOf(bookOf(positions)));
  });
});
