import { type Book, type Charge, defineMethodology } from "../contract.ts";
import { isStatedOrder, optionAccounts, requiredByOptions } from "../parts/option-accounts.ts";
import { notAnOption } from "../parts/short-option-lines.ts";
import { unusedComponents } from "../parts/unused-components.ts";
import { factorsOf, rules } from "./rules.ts";
import { shortOptionMargin } from "./short-option-margin.ts";

/** Options at Bit.com in regular mode (not portfolio margin): each short option by formula, nothing offsets. */
export default defineMethodology({
  id: "bitcom-option",
  title: "Bit.com options, regular mode",
  venue: "bitcom",
  accuracy: "approximate",
  rules,
  requires: requiredByOptions,
  excludes: ({ instrument }, rules) =>
    notAnOption(instrument, "the venue's published formula is for options only") ??
    (factorsOf(rules, instrument.underlying) === undefined
      ? `the venue publishes no factors for options on ${instrument.underlying}; enter them under /options`
      : undefined),
  scenarios: () => [],
  charge: ({ rules, book, detail, amountsOnly }) => ({
    accounts: optionAccounts(book, shortOptionMargin(rules), detail),
    remarks: amountsOnly === true ? [] : remarksOn(book),
  }),
});

function remarksOn(book: Book): Charge["remarks"] {
  const quotes = new Set(book.positions.map(({ position }) => position.instrument.quote));
  const foreign = [...quotes].filter((quote) => quote !== "USDT").sort();
  const unused = unusedComponents(book, isStatedOrder);
  const remarks = [
    unused !== undefined && { message: unused, rule: "3" },
    foreign.length > 0 && {
      message: `the formula is published for options margined in USDT: those quoted in ${foreign.join(", ")} are charged by it in their quote currency`,
      rule: "1",
    },
  ];
  return remarks.flatMap((remark) => (remark === false ? [] : [{ accuracy: "approximate" as const, ...remark }]));
}
