import { type AccountCharge, type Book, type Charge, defineMethodology } from "../contract.ts";
import { equityLessOptionsLine, inUsd } from "../parts/account-lines.ts";
import { notAnOption, shortOptionLines } from "../parts/short-option-lines.ts";
import { optionQuotes, type Requirement } from "../parts/short-options.ts";
import { unusedComponents } from "../parts/unused-components.ts";
import { equityInUsd, statedInUsd } from "../parts/usd-account.ts";
import { type Line, lines } from "../statement.ts";
import { type CrossOptionRules, rules } from "./rules.ts";
import { shortOptionMargin } from "./short-option-margin.ts";

/** Options in Bybit's cross margin (not portfolio margin): each short option by formula, nothing offsets. */
export default defineMethodology({
  id: "bybit-cross-option",
  title: "Bybit cross margin, options",
  venue: "bybit",
  accuracy: "approximate",
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
  excludes: ({ instrument }) =>
    notAnOption(instrument, "these rules hold options only: tiers of futures in cross margin are not part of them"),
  scenarios: () => [],
  charge: ({ rules, book, detail, amountsOnly }) => ({
    accounts: accountOf(book, rules, detail),
    remarks: amountsOnly === true ? [] : remarksOn(book),
  }),
});

const { sum } = lines("USD");
const initialComponents = ["open-orders", "borrowing-initial", "other-initial"] as const;
const maintenanceComponents = ["borrowing-maintenance", "other-maintenance"] as const;
const components: ReadonlySet<string> = new Set([...initialComponents, ...maintenanceComponents]);

/** One account in USD: options of each quote currency at its index. */
function accountOf(book: Book, rules: CrossOptionRules, detail: boolean): readonly AccountCharge[] {
  if (book.positions.length + book.balances.length + book.components.length === 0) return [];
  const quotes = optionQuotes(book.positions);
  const requirement = (which: Requirement, label: string): Line => {
    const id = `cross/${which}`;
    const options = shortOptionLines(book.positions, shortOptionMargin(rules), which, "2", detail);
    return sum(id, label, "1", [
      ...quotes.map((quote) => inUsd(options(quote, `${id}/${quote}/options`), book.indices, `${id}/${quote}`, "1")),
      ...(which === "initial"
        ? statedInUsd(book, initialComponents, id, "3")
        : statedInUsd(book, maintenanceComponents, id, "3")),
    ]);
  };
  const account = {
    ...{ id: "cross", unit: "USD", usdPerUnit: 1, matrices: [] },
    initial: requirement("initial", "Initial margin"),
    maintenance: requirement("maintenance", "Maintenance margin"),
  };
  if (book.balances.length === 0) return [account];
  const balances = book.balances.map((balance) => {
    const id = `cross/margin-balance/${balance.currency}`;
    return inUsd(equityLessOptionsLine(book, balance, `${id}/${balance.currency}`, "4"), book.indices, id, "4");
  });
  const marginBalance = sum("cross/margin-balance", "Margin balance", "4", balances, { component: "balance" });
  return [{ ...account, equity: equityInUsd(book, "cross/equity", "Equity", "4"), marginBalance }];
}

function remarksOn(book: Book): Charge["remarks"] {
  const short = book.positions.filter(({ position }) => position.quantity < 0);
  const inverse = book.positions.filter(({ position }) => position.instrument.payoff === "inverse");
  const unused = unusedComponents(book, ({ id, underlying }) => underlying === undefined && components.has(id));
  const remarks = [
    unused !== undefined && { message: unused, rule: "3" },
    short.length > 0 && {
      message: "the factors are those of an example of July 2022; today's are not in the sources",
      rule: "2",
    },
    inverse.length > 0 && {
      message: "the venue lists linear options only: inverse ones are charged in their quote currency",
      rule: "1",
    },
    book.balances.length > 0 && {
      message: "collateral counts in full: value ratios of cross margin are not part of these rules",
      rule: "4",
    },
  ];
  return remarks.flatMap((remark) => (remark === false ? [] : [{ accuracy: "approximate" as const, ...remark }]));
}
