import type { Balance } from "../../portfolio/index.ts";
import type { AccountCharge, Book } from "../contract.ts";
import {
  equityLessOptionsLine,
  equityLine,
  inUsd,
  optionsValueIn,
  settlementCurrencies,
} from "../parts/account-lines.ts";
import type { Requirement } from "../parts/short-options.ts";
import { usdPerUnit } from "../parts/usd-per-unit.ts";
import { type Line, lines } from "../statement.ts";
import { requirementOf } from "./requirement.ts";
import type { StandardRules } from "./rules.ts";

/** One account per settlement currency, each on its own. */
export function segregatedAccounts(book: Book, rules: StandardRules, detail: boolean): readonly AccountCharge[] {
  const [initialIn, maintenanceIn] = [
    requirementOf(book, rules, "initial", detail),
    requirementOf(book, rules, "maintenance", detail),
  ];
  return settlementCurrencies(book).map((currency) => {
    const balance = book.balances.find((candidate) => candidate.currency === currency);
    const initial = initialIn(currency, `${currency}/initial`);
    return {
      id: currency,
      unit: currency,
      usdPerUnit: usdPerUnit(book.indices, currency),
      initial,
      maintenance: maintenanceIn(currency, `${currency}/maintenance`),
      ...(balance === undefined
        ? {}
        : {
            equity: equityLine(balance, `${currency}/equity`, "5.4"),
            marginBalance: equityLessOptionsLine(book, balance, `${currency}/margin-balance`, "5.4"),
            ...withdrawal(book, balance, initial),
          }),
      matrices: [],
    };
  });
}

/** One account in USD: requirements converted at each index and added, haircuts of the collateral on top. */
export function crossAccounts(book: Book, rules: StandardRules, detail: boolean): readonly AccountCharge[] {
  const currencies = settlementCurrencies(book);
  if (currencies.length === 0) return [];
  const { sum, product } = lines("USD");
  const total = (requirement: Requirement, label: string, extra: readonly Line[]): Line => {
    const requirementIn = requirementOf(book, rules, requirement, detail);
    return sum(`cross/${requirement}`, label, "5.2", [
      ...currencies.map((currency) => {
        const id = `cross/${requirement}/${currency}`;
        return inUsd(requirementIn(currency, `${id}/${currency}`), book.indices, id, "5.2");
      }),
      ...extra,
    ]);
  };
  const haircuts = book.balances.flatMap((balance) => {
    const { currency } = balance;
    const haircut = rules.haircuts[currency];
    if (haircut === undefined || balance.equity <= 0) return [];
    const id = `cross/initial/haircut-${currency}`;
    const equity = inUsd(equityLine(balance, `${id}/usd/equity`, "5.4"), book.indices, `${id}/usd`, "5.3");
    return product(id, `Haircut of ${currency}`, "5.3", haircut, "haircut", equity, {
      component: "haircut",
      inputs: [{ label: "haircut", value: haircut, parameter: `/haircuts/${currency}` }],
    });
  });
  const inDollars = (name: string, lineOf: (balance: Balance, id: string) => Line, label: string): Line =>
    sum(
      `cross/${name}`,
      label,
      "5.2",
      book.balances.map((balance) => {
        const id = `cross/${name}/${balance.currency}`;
        return inUsd(lineOf(balance, `${id}/${balance.currency}`), book.indices, id, "5.2");
      }),
      { component: "balance" },
    );
  return [
    {
      id: "cross",
      unit: "USD",
      usdPerUnit: 1,
      initial: total("initial", "Initial margin", haircuts),
      maintenance: total("maintenance", "Maintenance margin", []),
      ...(book.balances.length === 0
        ? {}
        : {
            equity: inDollars("equity", (balance, id) => equityLine(balance, id, "5.4"), "Equity"),
            marginBalance: inDollars(
              "margin-balance",
              (balance, id) => equityLessOptionsLine(book, balance, id, "5.4"),
              "Margin balance",
            ),
          }),
      matrices: [],
    },
  ];
}

function withdrawal(book: Book, balance: Balance, initial: Line): { withdrawable?: Line } {
  if (balance.balance === undefined) return {};
  const { leaf, max, min, product, sum } = lines(balance.currency);
  const id = `${balance.currency}/withdrawable`;
  const marginBalance = balance.equity - optionsValueIn(book, balance);
  return {
    withdrawable: max(
      id,
      "Available for withdrawal",
      "5.4",
      [
        leaf(`${id}/nothing`, "Not below nothing", 0, "5.4"),
        sum(`${id}/free`, "Free of initial margin", "5.4", [
          min(`${id}/free/smaller`, "Smaller of the two", "5.4", [
            leaf(`${id}/free/smaller/balance`, "Balance", balance.balance, "5.4", { basis: balance.basis }),
            leaf(`${id}/free/smaller/margin-balance`, "Margin balance", marginBalance, "5.4"),
          ]),
          product(
            `${id}/free/initial`,
            "Less initial margin",
            "5.4",
            -1,
            "sign",
            leaf(`${id}/free/initial/amount`, "Initial margin", initial.amount, "5.4"),
          ),
        ]),
      ],
      { component: "balance" },
    ),
  };
}
