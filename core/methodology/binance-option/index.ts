import { type AccountCharge, type Book, type Charge, defineMethodology } from "../contract.ts";
import { componentLines, equityLessOptionsLine, equityLine, settlementCurrencies } from "../parts/account-lines.ts";
import {
  byQuote,
  notAnOption,
  optionHoldings,
  type Requirement,
  shortOptionsLine,
} from "../parts/short-option-lines.ts";
import { unusedComponents } from "../parts/unused-components.ts";
import { usdPerUnit } from "../parts/usd-per-unit.ts";
import { type Line, lines } from "../statement.ts";
import { type BinanceOptionRules, factorsOf, rules } from "./rules.ts";
import { shortOptionMargin } from "./short-option-margin.ts";

/** Margin of Binance's options account: each short option by formula, nothing offsets. */
export default defineMethodology({
  id: "binance-option",
  title: "Binance options margin",
  venue: "binance",
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
  excludes: ({ instrument }, rules) =>
    notAnOption(instrument, "Binance's options account holds options only; margin futures with binance-unified") ??
    (factorsOf(rules, instrument) === undefined
      ? `the rulebook has no factors for options on ${instrument.underlying}; enter them under /options`
      : undefined),
  scenarios: () => [],
  charge: ({ rules, book, detail }) => ({ accounts: accountsOf(book, rules, detail), remarks: remarksOn(book, rules) }),
});

/** One account per quote currency (the venue: USDT). */
function accountsOf(book: Book, rules: BinanceOptionRules, detail: boolean): readonly AccountCharge[] {
  const series = byQuote(optionHoldings(book.positions));
  const margin = shortOptionMargin(rules);
  const orders = book.components.filter(isOrder);
  const others = [...book.balances, ...book.components].map(({ currency }) => currency);
  return [...new Set([...series.keys(), ...others])].sort().map((currency): AccountCharge => {
    const requirement = (which: Requirement, label: string): Line => {
      const id = `${currency}/${which}`;
      const options = { id: `${id}/options`, quote: currency, rule: "2", detail };
      return lines(currency).sum(id, label, "1", [
        shortOptionsLine(series.get(currency) ?? [], margin, which, options),
        ...(which === "initial" ? componentLines(orders, currency, id, "3") : []),
      ]);
    };
    const balance = book.balances.find((candidate) => candidate.currency === currency);
    return {
      id: currency,
      unit: currency,
      usdPerUnit: usdPerUnit(book.indices, currency),
      initial: requirement("initial", "Initial margin"),
      maintenance: requirement("maintenance", "Maintenance margin"),
      ...(balance === undefined
        ? {}
        : {
            equity: equityLine(balance, `${currency}/equity`, "4"),
            marginBalance: equityLessOptionsLine(book, balance, `${currency}/margin-balance`, "4"),
          }),
      matrices: [],
    };
  });
}

function isOrder({ id, underlying }: Book["components"][number]): boolean {
  return underlying === undefined && (id === "open-orders" || id === "other-initial");
}

function remarksOn(book: Book, rules: BinanceOptionRules): Charge["remarks"] {
  const short = book.positions.filter(({ position }) => position.quantity < 0);
  const foreign = settlementCurrencies({ ...book, balances: [], components: [] }).filter(
    (currency) => currency !== "USDT",
  );
  const general = short
    .map(({ position }) => position.instrument)
    .filter((option) => factorsOf(rules, option)?.key === "other");
  const other = [...new Set(general.map(({ underlying }) => underlying))];
  const unused = unusedComponents(book, isOrder);
  const remarks = [
    unused !== undefined && { message: unused, rule: "3" },
    short.length > 0 && {
      message: "the venue publishes the factors, not the formula: the standard one is taken",
      rule: "2",
    },
    other.length > 0 && {
      message: `factors are listed by symbol and may differ: ${other.join(", ")} takes those of the documented sample`,
      rule: "2",
    },
    foreign.length > 0 && {
      message: `the venue lists options in USDT only: those settled in ${foreign.join(", ")} are charged in their quote currency`,
      rule: "1",
    },
  ];
  return remarks.flatMap((remark) => (remark === false ? [] : [{ accuracy: "approximate" as const, ...remark }]));
}
