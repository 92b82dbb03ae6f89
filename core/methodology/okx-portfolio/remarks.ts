import { expiryOf } from "../../instrument/index.ts";
import type { Charge, ChargeInput } from "../contract.ts";
import { usdPerUnit } from "../parts/usd-per-unit.ts";
import { ownBalances } from "./borrowing.ts";
import { field, rowWidth } from "./leg-rows.ts";
import type { OkxRules } from "./rules.ts";
import { section } from "./sections.ts";
import type { RiskUnit } from "./units.ts";

/** What lowers the accuracy of a run: parts the venue does not publish, defaults taken, amounts nobody used. */
export function remarksOn({ book, rules }: ChargeInput<OkxRules>, units: readonly RiskUnit[]): Charge["remarks"] {
  return [...units.flatMap((unit) => unitRemarks(unit, book, units.length)), ...accountRemarks(book, rules, units)];
}

type Remark = Charge["remarks"][number];
type Book = ChargeInput<OkxRules>["book"];

function unitRemarks(unit: RiskUnit, book: Book, units: number): Remark[] {
  const { id, netted, spot } = unit;
  const held = netted.list.filter((_, at) => netted.rows[rowWidth * at + field.quantity] !== 0);
  const options = held.filter(({ instrument }) => instrument.kind === "option");
  const states = (component: string) =>
    book.components.some(
      (entry) => entry.id === component && (entry.underlying === id || (entry.underlying === undefined && units === 1)),
    );
  const expiries = new Set(options.map(({ instrument }) => expiryOf(instrument)));
  const remark = (message: string, rule: string): Remark => ({ accuracy: "approximate", message, rule });
  return [
    ...(expiries.size > 1 && !states("vega-contingency")
      ? [
          remark(
            `${id}: MR3 (vega across ${expiries.size} expiries) has no published formula and counts 0; import or set it`,
            section.mr3,
          ),
        ]
      : []),
    ...(options.length > 0 && !states("interest-rate-contingency")
      ? [
          remark(
            `${id}: MR5 (interest rate of options) has no published formula and counts 0; import or set it`,
            section.mr5,
          ),
        ]
      : []),
    ...(options.length > 0
      ? [remark(`${id}: options are revalued by inference from the venue's marks and greeks`, section.positionProfit)]
      : []),
    ...(held.some(({ instrument }) => instrument.kind !== "option" && instrument.payoff === "inverse")
      ? [
          remark(
            `${id}: profit of coin-margined futures counts at the shocked index, which the venue does not say`,
            section.positionProfit,
          ),
        ]
      : []),
    ...(spot.coins !== 0 && options.length > 0
      ? [remark(`${id}: spot in use offsets the Black delta of options; the venue may use another delta`, section.spot)]
      : []),
  ];
}

function accountRemarks(book: Book, rules: OkxRules, units: readonly RiskUnit[]): Remark[] {
  const remark = (message: string, rule: string): Remark => ({ accuracy: "approximate", message, rule });
  const quotes = [...new Set(units.flatMap(({ legs }) => legs.monies))];
  const assumed = quotes.filter((quote) => quote !== "USD" && !book.indices.has(quote));
  const ids = new Set(units.map(({ id }) => id));
  const unused = book.components.filter(({ id, underlying }) => {
    if (ofAccount.has(id)) return false;
    return !perUnit.has(id) || (underlying === undefined ? ids.size !== 1 : !ids.has(underlying));
  });
  const balances = ownBalances(book);
  const equity = balances.reduce(
    (total, { currency, equity: own }) => total + own * usdPerUnit(book.indices, currency),
    0,
  );
  return [
    ...assumed.map((quote) =>
      remark(`${quote} counts as 1 USD: the market has no index:${quote}`, section.positionProfit),
    ),
    ...unused.map(({ id, underlying }) =>
      remark(
        `${id} of ${underlying ?? "the account"} is not used: this method has no place for it in this book`,
        section.unit,
      ),
    ),
    ...(balances.length > 0 && equity < rules.minimumEquity ? [belowMinimum(equity, rules.minimumEquity)] : []),
  ];
}

/** Says that the account may not use this mode; its number is none the less as exact as it is. */
function belowMinimum(equity: number, minimum: number): Remark {
  const message = `equity of ${Math.round(equity)} USD is below the ${minimum} USD portfolio margin asks for`;
  return { accuracy: "exact", message, rule: section.equity };
}

const ofAccount: ReadonlySet<string> = new Set([
  "open-orders",
  "spot-orders",
  "other-initial",
  "other-maintenance",
  "borrowing-initial",
  "borrowing-maintenance",
]);

const perUnit: ReadonlySet<string> = new Set([
  "vega-contingency",
  "basis-contingency",
  "interest-rate-contingency",
  "stablecoin-contingency",
  "reduction-cost",
  "risk-unit-maintenance",
]);
