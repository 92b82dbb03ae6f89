import { type Book, type Charge, defineMethodology } from "../contract.ts";
import { settlementCurrencies } from "../parts/account-lines.ts";
import { isStatedOrder, optionAccounts, requiredByOptions } from "../parts/option-accounts.ts";
import { notAnOption } from "../parts/short-option-lines.ts";
import { unusedComponents } from "../parts/unused-components.ts";
import { type BinanceOptionRules, factorsOf, rules } from "./rules.ts";
import { shortOptionMargin } from "./short-option-margin.ts";

/** Margin of Binance's options account: each short option by formula, nothing offsets. */
export default defineMethodology({
  id: "binance-option",
  title: "Binance options margin",
  venue: "binance",
  accuracy: "approximate",
  rules,
  requires: requiredByOptions,
  excludes: ({ instrument }, rules) =>
    notAnOption(instrument, "Binance's options account holds options only; margin futures with binance-unified") ??
    (factorsOf(rules, instrument) === undefined
      ? `the rulebook has no factors for options on ${instrument.underlying}; enter them under /options`
      : undefined),
  scenarios: () => [],
  charge: ({ rules, book, detail, amountsOnly }) => ({
    accounts: optionAccounts(book, shortOptionMargin(rules), detail),
    remarks: amountsOnly === true ? [] : remarksOn(book, rules),
  }),
});

function remarksOn(book: Book, rules: BinanceOptionRules): Charge["remarks"] {
  const short = book.positions.filter(({ position }) => position.quantity < 0);
  const foreign = settlementCurrencies({ ...book, balances: [], components: [] }).filter(
    (currency) => currency !== "USDT",
  );
  const general = short
    .map(({ position }) => position.instrument)
    .filter((option) => factorsOf(rules, option)?.key === "other");
  const other = [...new Set(general.map(({ underlying }) => underlying))];
  const unused = unusedComponents(book, isStatedOrder);
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
