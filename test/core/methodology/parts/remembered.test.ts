import { describe, expect, it } from "vitest";
import { buildBook } from "../../../../core/margin/index.ts";
import type { BookPosition } from "../../../../core/methodology/index.ts";
import { oncePerPositions } from "../../../../core/methodology/parts/once-per-positions.ts";
import { rememberedAmounts } from "../../../../core/methodology/parts/remembered-amounts.ts";
import { rememberedRows } from "../../../../core/methodology/parts/remembered-rows.ts";
import { productBook, shippedRules } from "../../../bench/product-book.ts";
import { unwrapped } from "../../result-value.ts";

const context = {};

describe("what depends on positions only", () => {
  it("is made once for the same positions at other markets, and anew when one differs", () => {
    const made: number[] = [];
    const quantities = oncePerPositions((list) => {
      made.push(list.length);
      return list.map(({ quantity }) => quantity);
    });
    const positions = somePositions();
    const moved = positions.map((entry) => ({ ...entry, terms: { ...entry.terms, mark: 2 * entry.terms.mark } }));
    expect(quantities(positions, context)).toBe(quantities(moved, context));
    expect(made).toEqual([positions.length]);
    const [first, second, ...rest] = positions as [BookPosition, BookPosition, ...BookPosition[]];
    const changed = { ...second, position: { ...second.position, quantity: 77 } };
    expect(quantities([first, changed, ...rest], context)[1]).toBe(77);
    expect(quantities([first, second], context)).toHaveLength(2);
    expect(quantities([], context)).toEqual([]);
  });

  it("is made anew under another context", () => {
    const sizes = oncePerPositions((list, { times }: { times: number }) => list.length * times);
    const positions = somePositions();
    expect(sizes(positions, { times: 3 })).toBe(3 * positions.length);
    expect(sizes(positions, { times: 2 })).toBe(2 * positions.length);
  });
});

describe("what is remembered of a list", () => {
  it("is kept for every context", () => {
    const made: number[] = [];
    const sizes = oncePerPositions((list, { times }: { times: number }) => {
      made.push(times);
      return list.length * times;
    });
    const positions = somePositions();
    const [twice, thrice] = [{ times: 2 }, { times: 3 }];
    for (const one of [twice, thrice, twice, thrice]) expect(sizes(positions, one)).toBe(one.times * positions.length);
    expect(made).toEqual([2, 3]);
  });
});

describe("amounts that are remembered", () => {
  it("are computed anew only where the entry is another one", () => {
    const asked: BookPosition[] = [];
    const values = rememberedAmounts((entry) => {
      asked.push(entry);
      return entry.position.quantity * entry.terms.mark;
    });
    const fresh = (list: readonly BookPosition[]) => list.map(({ position, terms }) => position.quantity * terms.mark);
    const positions = somePositions();
    expect([...values(positions, context)]).toEqual(fresh(positions));
    asked.length = 0;
    const [first, second, ...rest] = positions as [BookPosition, BookPosition, ...BookPosition[]];
    const more = { ...second, position: { ...second.position, quantity: second.position.quantity + 5 } };
    const changed = [first, more, ...rest];
    expect([...values(changed, context)]).toEqual(fresh(changed));
    expect(asked).toEqual([more]);
    asked.length = 0;
    const dearer = positions.map((entry) => ({ ...entry, terms: { ...entry.terms, mark: 1 + entry.terms.mark } }));
    expect([...values(dearer, context)]).toEqual(fresh(dearer));
    expect(asked).toHaveLength(positions.length);
    expect([...values([first], context)]).toEqual(fresh([first]));
    expect(values([], context)).toHaveLength(0);
  });

  it("count the delta and the model value that an entry states", () => {
    const deltas = rememberedAmounts(({ delta = 0, modelValue = 0 }) => delta + modelValue);
    const [first] = somePositions() as [BookPosition];
    expect([...deltas([first], context)]).toEqual([0]);
    expect([...deltas([{ ...first, delta: 0.5 }], context)]).toEqual([0.5]);
    expect([...deltas([{ ...first, delta: 0.5, modelValue: 2 }], context)]).toEqual([2.5]);
  });
});

it("rows that are remembered keep the numbers of each entry together", () => {
  const asked: BookPosition[] = [];
  const rows = rememberedRows(2, (entry, _: object, into, at) => {
    asked.push(entry);
    into[at] = entry.position.quantity;
    into[at + 1] = entry.terms.mark;
  });
  const fresh = (list: readonly BookPosition[]) =>
    list.flatMap(({ position, terms }) => [position.quantity, terms.mark]);
  const positions = somePositions();
  expect([...rows(positions, context)]).toEqual(fresh(positions));
  asked.length = 0;
  const [first, second, ...rest] = positions as [BookPosition, BookPosition, ...BookPosition[]];
  const dearer = { ...second, terms: { ...second.terms, mark: 7 } };
  expect([...rows([first, dearer, ...rest], context)]).toEqual(fresh([first, dearer, ...rest]));
  expect(asked).toEqual([dearer]);
  const elsewhere = positions.map((entry) => ({ ...entry, terms: { ...entry.terms, mark: 1 + entry.terms.mark } }));
  expect([...rows(elsewhere, context)]).toEqual(fresh(elsewhere));
});

function somePositions(): readonly BookPosition[] {
  const { methodology, rules } = shippedRules("deribit-portfolio");
  const under = unwrapped(methodology.under(rules.parameters));
  return unwrapped(buildBook({ ...productBook(12), methodology: under })).book.positions;
}
