import { sum as compensatedSum } from "../../base/index.ts";
import type { StatedFigures } from "../../portfolio/index.ts";
import type { Book } from "../contract.ts";
import { inUsd } from "../parts/account-lines.ts";
import { type Holding, holderOf, holdingsOf } from "../parts/holding.ts";
import { usdPerUnit } from "../parts/usd-per-unit.ts";
import { type Line, type LineInput, lines } from "../statement.ts";
import { bracketMargin } from "./bracket-margin.ts";
import { bracketsOf, leverageOf, type UnifiedRules } from "./rules.ts";

type Requirement = "initial" | "maintenance";

/**
 * Margin of all futures and perpetuals, each contract by itself, in USD. Contracts without brackets take the margin the
 * venue stated for the position.
 *
 * @param id     of the line
 * @param detail false: one line of the same amount
 * @source resources/docs/methodology/binance-unified.md, sections 3.1 and 4.1
 */
export function futuresLine(
  book: Book,
  rules: UnifiedRules,
  requirement: Requirement,
  id: string,
  detail: boolean,
): Line {
  const { leaf, sum } = lines("USD");
  const rule = requirement === "initial" ? "4.1" : "3.1";
  const held = holdingsOf(book.positions.filter(({ position }) => position.instrument.kind !== "spot"));
  const own = held.map((holding) => {
    const { symbol, settlement } = holding.instrument;
    return contractLine(holding, book, rules, requirement, `${id}/${symbol}/${settlement}`);
  });
  if (detail) {
    const children = own.map((line) => inUsd(line, book.indices, `${id}/${line.label}`, rule));
    return sum(id, "Futures and perpetuals", rule, children);
  }
  const amounts = own.map(({ amount, unit }) => usdPerUnit(book.indices, unit) * amount);
  return leaf(id, "Futures and perpetuals", compensatedSum(amounts), rule);
}

/** Size that brackets and leverage look at: quote currency at the mark when linear, coin when inverse. */
function sizeOf({ instrument, terms, coins }: Holding): number {
  return instrument.payoff === "inverse" ? Math.abs(coins) : Math.abs(coins) * terms.mark;
}

function contractLine(holding: Holding, book: Book, rules: UnifiedRules, requirement: Requirement, id: string): Line {
  const { instrument } = holding;
  const { leaf } = lines(instrument.settlement);
  const size = sizeOf(holding);
  const inputs: LineInput[] = [
    { label: "position", value: holding.quantity },
    { label: "size", value: size, unit: instrument.settlement },
  ];
  const extra = { component: "position", ...holderOf(holding) } as const;
  const stated = statedMargin(book, holding, requirement === "initial" ? "initialMargin" : "maintenanceMargin");
  if (requirement === "initial") {
    const leverage = leverageOf(rules, instrument);
    if (leverage === undefined)
      return leaf(id, instrument.symbol, stated ?? 0, "4.1", { ...extra, basis: "imported", inputs });
    const input = { label: "leverage", value: leverage.value, parameter: `/leverage/${leverage.key}` };
    return leaf(id, instrument.symbol, size / leverage.value, "4.1", { ...extra, inputs: [...inputs, input] });
  }
  const brackets = bracketsOf(rules, instrument);
  if (brackets === undefined)
    return leaf(id, instrument.symbol, stated ?? 0, "3.1", { ...extra, basis: "imported", inputs });
  const { amount, rate, cumulative, step } = bracketMargin(brackets.value, size);
  const pointer = `/brackets/${brackets.key}/${step === undefined ? "firstRate" : `steps/${step}/rate`}`;
  return leaf(id, instrument.symbol, amount, "3.1", {
    ...extra,
    inputs: [
      ...inputs,
      { label: "maintenance rate", value: rate, parameter: pointer },
      { label: "cumulative amount", value: cumulative, unit: instrument.settlement },
    ],
  });
}

/** Sum of a figure the venue stated for the positions of one contract; `undefined` when it states none. */
function statedMargin(book: Book, { instrument }: Holding, figure: keyof StatedFigures): number | undefined {
  const stated = book.positions
    .filter(({ position }) => position.instrument.id === instrument.id)
    .flatMap(({ position }) => position.stated?.[figure] ?? []);
  return stated.length === 0 ? undefined : compensatedSum(stated);
}
