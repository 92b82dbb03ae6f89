import { sum as compensatedSum } from "../../base/index.ts";
import type { Position } from "../../portfolio/index.ts";
import { type AccountCharge, type Book, type Charge, defineMethodology } from "../contract.ts";
import { equityLine, positionsSettledIn, settlementCurrencies } from "../parts/account-lines.ts";
import { usdPerUnit } from "../parts/usd-per-unit.ts";
import { type Line, type LineInput, lines } from "../statement.ts";
import { type GroupContext, groupLine } from "./group-line.ts";
import { type Pool, poolsOf } from "./legs.ts";
import { cheapestPairing, type Pairing } from "./matching.ts";
import { type Requirement, rules, type StrategyRules } from "./rules.ts";

/** Strategy-based margin of US listed options and stock: every position by rule, the cheapest legal pairing of legs. */
export default defineMethodology({
  id: "strategy-based",
  title: "Strategy-based margin (Reg T type)",
  venue: "us-listed",
  accuracy: "approximate",
  margins: "listed",
  rules,
  requires: (portfolio) => [
    ...new Set(
      portfolio.flatMap(({ instrument: { underlying, symbol, quote } }) => [
        `index:${underlying}`,
        `index:${quote}`,
        `mark:${symbol}`,
      ]),
    ),
  ],
  excludes: excluded,
  scenarios: () => [],
  charge({ book, rules: given, detail }) {
    const unproven: string[] = [];
    const accounts = settlementCurrencies(book).map((currency): AccountCharge => {
      const pools = poolsOf(positionsSettledIn(book, currency), book, given);
      const requirement = (which: Requirement, label: string, atLeast: readonly Line[]): Line => {
        const id = `${currency}/${which}`;
        const { leaf, max, sum } = lines(currency);
        const children = pools.map((pool) => {
          const pairing = cheapestPairing(pool, which, given);
          if (!pairing.proven) unproven.push(pool.id);
          const context = { unit: currency, which, rules: given, stock: pool.stock, detail };
          return poolLine(pool, pairing, `${id}/${pool.id}`, context);
        });
        return max(id, label, "10", [
          sum(`${id}/all`, "All groups", "10", children),
          ...atLeast,
          leaf(`${id}/least`, "Not below 0", 0, "10", { component: "floor" }),
        ]);
      };
      const maintenance = requirement("maintenance", "Maintenance requirement", []);
      const initial = requirement("initial", "Initial requirement", [
        lines(currency).leaf(`${currency}/initial/maintenance`, "Maintenance requirement", maintenance.amount, "10"),
      ]);
      const balance = book.balances.find((candidate) => candidate.currency === currency);
      return {
        id: currency,
        unit: currency,
        usdPerUnit: usdPerUnit(book.indices, currency),
        initial,
        maintenance,
        ...(balance === undefined
          ? {}
          : {
              equity: equityLine(balance, `${currency}/equity`, "10"),
              marginBalance: equityLine(balance, `${currency}/margin-balance`, "10"),
            }),
        matrices: [],
      };
    });
    return { accounts, remarks: remarksOn(book, given, unproven) };
  },
});

function poolLine(pool: Pool, pairing: Pairing, id: string, context: GroupContext): Line {
  const { sum } = lines(context.unit);
  const { apart, saved, relaxed, nodes } = pairing;
  const inputs: LineInput[] = [
    { label: "requirement of every leg apart", value: apart, unit: context.unit },
    { label: "saved by pairing", value: -saved, unit: context.unit },
    { label: "at most that could be saved (fractions allowed)", value: -relaxed, unit: context.unit },
    { label: "nodes of the search", value: nodes },
  ];
  const groups = pairing.groups.map((group, index) => groupLine(group, `${id}/${index + 1}`, context));
  return sum(id, pool.id, "9", groups, { inputs });
}

function excluded({ instrument }: Position, { shortOption, underlyings }: StrategyRules): string | undefined {
  const { symbol, underlying, kind } = instrument;
  if (instrument.payoff === "inverse")
    return `${symbol} is paid in its underlying; these rules hold for US listed products`;
  if (kind !== "option" && kind !== "stock")
    return `${symbol} is neither stock nor an option on it: futures have rules of their own`;
  if (kind === "option" && instrument.on === "future")
    return `${symbol} is an option on a future: it has rules of its own`;
  const name = Object.hasOwn(underlyings, underlying) ? (underlyings[underlying]?.class ?? "") : shortOption.otherClass;
  return Object.hasOwn(shortOption.classes, name)
    ? undefined
    : `the rules have no option class "${name}" (${underlying})`;
}

function remarksOn(book: Book, given: StrategyRules, unproven: readonly string[]): Charge["remarks"] {
  const equity = compensatedSum(book.balances.map((entry) => entry.equity * usdPerUnit(book.indices, entry.currency)));
  const unlisted = [...new Set(book.positions.map(({ position }) => position.instrument.underlying))].filter(
    (underlying) => !Object.hasOwn(given.underlyings, underlying),
  );
  const paid = book.positions.filter(
    ({ position: { instrument, averagePrice } }) => instrument.kind === "stock" && averagePrice === undefined,
  );
  const remarks = [
    unproven.length > 0 && {
      message: `the search for the cheapest pairing stopped at its limit for ${[...new Set(unproven)].join(", ")}: a cheaper one may exist`,
      rule: "9",
    },
    unlisted.length > 0 && {
      message: `class "${given.shortOption.otherClass}" is taken for ${unlisted.join(", ")}`,
      rule: "4",
    },
    paid.length > 0 &&
      given.stock.priceOf === "cost" && {
        message: "stock without a price paid counts at today's price for the initial requirement",
        rule: "2",
      },
    book.balances.length > 0 &&
      equity < given.minimumEquity && {
        message: `equity is below the ${given.minimumEquity} USD a margin account asks for`,
        rule: "10",
      },
  ];
  return remarks.flatMap((remark) => (remark === false ? [] : [{ accuracy: "approximate" as const, ...remark }]));
}
