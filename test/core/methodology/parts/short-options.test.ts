import { describe, expect, it } from "vitest";
import { buildBook } from "../../../../core/margin/index.ts";
import type { BookPosition } from "../../../../core/methodology/index.ts";
import { shortOptionLines } from "../../../../core/methodology/parts/short-option-lines.ts";
import {
  optionQuotes,
  type QuotedOption,
  quotedOption,
  type Requirement,
  type ShortOptionMargin,
  shortOptionAmounts,
} from "../../../../core/methodology/parts/short-options.ts";
import { lines } from "../../../../core/methodology/statement.ts";
import { productBook, shippedRules } from "../../../bench/product-book.ts";
import { unwrapped } from "../../result-value.ts";

const unit = ({ quoteMark, outOfTheMoney }: QuotedOption, requirement: Requirement) =>
  (requirement === "initial" ? 2 : 1) * (quoteMark + outOfTheMoney);

describe("margin of short options", () => {
  it("nets a series with itself, charges what is short, and asks again only of what changed", () => {
    const asked: string[] = [];
    const margin: ShortOptionMargin = {
      amount: (option, requirement) => {
        if (requirement === "initial") asked.push(option.instrument.symbol);
        return unit(option, requirement);
      },
      line: (option, requirement, id) => lines("USD").leaf(id, "unit", unit(option, requirement), "2"),
    };
    const positions = someOptions();
    const symbols = positions.map(({ position }) => position.instrument.symbol);
    expect(optionQuotes(positions)).toEqual(["USD"]);
    expect(amountOf(positions, margin, "initial")).toBeCloseTo(expected(positions, "initial"), 6);
    expect(asked).toEqual(symbols);
    expect(amountOf(positions, margin, "maintenance")).toBeCloseTo(expected(positions, "maintenance"), 6);
    expect(asked).toEqual(symbols);
    const [first, second, ...rest] = positions as [BookPosition, BookPosition, ...BookPosition[]];
    const sold = withQuantity(second, "sold", -9);
    const changed = [first, sold, ...rest];
    expect(amountOf(changed, margin, "initial")).toBeCloseTo(expected(changed, "initial"), 6);
    expect(asked).toEqual([...symbols, sold.position.instrument.symbol]);
    const split = [first, withQuantity(second, "one", -12), withQuantity(second, "other", 3), ...rest];
    expect(amountOf(split, margin, "initial")).toBe(amountOf(changed, margin, "initial"));
    const opened = shortOptionLines(split, margin, "initial", "2", true)("USD", "options");
    expect(opened.amount).toBe(amountOf(split, margin, "initial"));
    expect(opened.children).toHaveLength(positions.length);
  });
});

function amountOf(positions: readonly BookPosition[], margin: ShortOptionMargin, requirement: Requirement): number {
  const amount = shortOptionAmounts(positions, margin, requirement).get("USD");
  expect(shortOptionLines(positions, margin, requirement, "2", false)("USD", "options").amount).toBe(amount);
  return amount ?? Number.NaN;
}

function expected(positions: readonly BookPosition[], requirement: Requirement): number {
  return positions.reduce((total, { position: { instrument, quantity }, terms }) => {
    const option = quotedOption({ instrument, terms });
    return total + (option === undefined ? 0 : Math.max(0, -quantity) * unit(option, requirement));
  }, 0);
}

function withQuantity(entry: BookPosition, id: string, quantity: number): BookPosition {
  return { ...entry, position: { ...entry.position, id: id as BookPosition["position"]["id"], quantity } };
}

function someOptions(): readonly BookPosition[] {
  const { methodology, rules } = shippedRules("deribit-portfolio");
  const under = unwrapped(methodology.under(rules.parameters));
  const { positions } = unwrapped(buildBook({ ...productBook(40), methodology: under })).book;
  return positions.filter(({ position }) => position.instrument.kind === "option");
}
