import { sum } from "../../base/index.ts";
import type { Balance, Component } from "../../portfolio/index.ts";
import type { Book, BookPosition } from "../contract.ts";
import { type Line, lines } from "../statement.ts";
import { placesBy } from "./groups.ts";
import { nothingElse, oncePerContracts } from "./once-per-contracts.ts";
import { oncePerPositions } from "./once-per-positions.ts";
import { rememberedAmounts } from "./remembered-amounts.ts";
import { usdPerUnit } from "./usd-per-unit.ts";

/** Currencies in which the book has positions, balances or components, in alphabetical order. */
export function settlementCurrencies(book: Book): readonly string[] {
  const currencies = [
    ...placesBySettlement(book.positions, nothingElse).keys(),
    ...book.balances.map(({ currency }) => currency),
    ...book.components.map(({ currency }) => currency),
  ];
  return [...new Set(currencies)].sort();
}

/** Positions settled in a currency, in the order of the book. */
export function positionsSettledIn(book: Book, currency: string): readonly BookPosition[] {
  const places = placesBySettlement(book.positions, nothingElse).get(currency) ?? [];
  return places.map((place) => book.positions[place] as BookPosition);
}

const placesBySettlement = oncePerPositions(
  oncePerContracts((list) => placesBy(list, ({ instrument }) => instrument.settlement)),
);

/**
 * Value of the options of some positions: Σ quantity × mark.
 *
 * @returns settlement currency; long > 0
 */
export function optionsValueOf(positions: readonly BookPosition[]): number {
  return sum(optionValues(positions, nothingElse));
}

const optionValues = rememberedAmounts(({ position: { instrument, quantity }, terms }) =>
  instrument.kind === "option" ? quantity * terms.mark : 0,
);

/**
 * Equity of one currency. Split into balance, session profits and option value when the venue states these parts and
 * they add up to the equity it states; else the stated equity as it is.
 *
 * @param balance what the venue or the user states
 * @param id      id of the line
 * @param rule    section of the method's document
 */
export function equityLine(balance: Balance, id: string, rule: string): Line {
  const { leaf, sum: total } = lines(balance.currency);
  const { basis, equity } = balance;
  const extra = { basis, component: "balance" } as const;
  const parts = [
    ["balance", "Balance", balance.balance],
    ["session-unrealised", "Session profit, unrealised", balance.sessionUnrealised],
    ["session-realised", "Session profit, realised", balance.sessionRealised],
    ["options-value", "Option value", balance.optionsValue],
  ] as const;
  const stated = parts.flatMap(([key, label, amount]) =>
    amount === undefined ? [] : [leaf(`${id}/${key}`, label, amount, rule, extra)],
  );
  const inputs = [{ label: "equity as stated", value: equity, unit: balance.currency }];
  const added = sum(stated.map(({ amount }) => amount));
  const agrees = stated.length === parts.length && Math.abs(added - equity) <= Math.max(5e-8, 1e-9 * Math.abs(equity));
  return agrees
    ? total(id, "Equity", rule, stated, { ...extra, inputs })
    : leaf(id, "Equity", equity, rule, { ...extra, inputs });
}

/** Option value of one currency: as stated with the balance, else of the book's options. */
export function optionsValueIn(book: Book, balance: Balance): number {
  return balance.optionsValue ?? optionsValueOf(positionsSettledIn(book, balance.currency));
}

/**
 * Equity less option value: margin balance where options do not serve as collateral.
 *
 * @param id   id of the line
 * @param rule section of the method's document
 */
export function equityLessOptionsLine(book: Book, balance: Balance, id: string, rule: string): Line {
  const { leaf, product, sum: total } = lines(balance.currency);
  const options = leaf(`${id}/options-value/amount`, "Option value", optionsValueIn(book, balance), rule, {
    basis: balance.optionsValue === undefined ? "computed" : balance.basis,
    component: "balance",
  });
  const children = [
    equityLine(balance, `${id}/equity`, rule),
    product(`${id}/options-value`, "Less option value", rule, -1, "sign", options, { component: "balance" }),
  ];
  return total(id, "Margin balance", rule, children, { component: "balance" });
}

/** Components of one currency (open orders and other amounts the venue does not publish) as lines under `parent`. */
export function componentLines(
  components: readonly Component[],
  currency: string,
  parent: string,
  rule: string,
): readonly Line[] {
  const { leaf } = lines(currency);
  const chosen = components.filter((component) => component.currency === currency);
  return chosen.map(({ id, amount, basis }, index) => {
    const repeated = chosen.slice(0, index).filter((earlier) => earlier.id === id).length;
    const lineId = `${parent}/${id}${repeated === 0 ? "" : `-${repeated + 1}`}`;
    return leaf(lineId, componentLabels[id], amount, rule, { basis, component: "orders" });
  });
}

/** What a component is called in a statement. */
export const componentLabels: Readonly<Record<Component["id"], string>> = {
  "open-orders": "Open orders",
  "market-maker-protection": "Market-maker protection",
  "spot-orders": "Spot orders",
  "correlation-contingency": "Correlation contingency",
  "option-contingency": "Option contingency",
  "vega-contingency": "Vega contingency",
  "delta-contingency": "Delta contingency",
  "stablecoin-contingency": "Contingency between quote currencies",
  "basis-contingency": "Basis",
  "interest-rate-contingency": "Interest rate",
  "reduction-cost": "Cost of reducing positions",
  "risk-unit-maintenance": "Maintenance of the risk unit",
  "borrowing-initial": "Borrowing",
  "borrowing-maintenance": "Borrowing",
  "other-initial": "Other",
  "other-maintenance": "Other",
};

/** A line of a settlement currency expressed in USD at its index. */
export function inUsd(line: Line, indices: ReadonlyMap<string, number>, id: string, rule: string): Line {
  const rate = usdPerUnit(indices, line.unit);
  return lines("USD").product(id, `${line.label} in USD`, rule, rate, `USD per ${line.unit}`, line, {
    component: line.component,
    basis: line.basis,
  });
}
