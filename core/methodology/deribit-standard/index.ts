import { type Book, type Charge, defineMethodology } from "../contract.ts";
import { holdingsOf } from "../parts/holding.ts";
import { crossAccounts, segregatedAccounts } from "./accounts.ts";
import { productOf, rules, type StandardRules } from "./rules.ts";

/** Deribit's standard margin, segregated (S:SM) or cross (X:SM): each instrument by formula, nothing offsets. */
export default defineMethodology({
  id: "deribit-standard",
  title: "Deribit standard margin",
  venue: "deribit",
  accuracy: "exact",
  rules,
  requires: (portfolio) => [
    ...new Set(portfolio.flatMap(({ instrument }) => [`index:${instrument.underlying}`, `mark:${instrument.symbol}`])),
  ],
  excludes: ({ instrument }, { futures }) => {
    if (instrument.kind === "spot") return "standard margin has no rule for spot positions; enter them as a balance";
    if (instrument.kind === "option" || futures[productOf(instrument)] !== undefined) return undefined;
    return `the rulebook has no rates for ${productOf(instrument)}; choose another version or enter your own parameters`;
  },
  scenarios: () => [],
  charge: ({ rules, book, detail, amountsOnly }) => ({
    accounts:
      rules.collateral === "cross" ? crossAccounts(book, rules, detail) : segregatedAccounts(book, rules, detail),
    remarks: amountsOnly === true ? [] : remarksOn(book, rules),
  }),
});

function remarksOn(book: Book, rules: StandardRules): Charge["remarks"] {
  const holdings = holdingsOf(book.positions);
  const shorts = holdings.filter(({ instrument, quantity }) => instrument.kind === "option" && quantity < 0);
  const others = shorts.filter(({ instrument }) => !["BTC", "ETH"].includes(instrument.underlying));
  const tiers = holdings.filter(({ instrument }) => rules.futures[productOf(instrument)]?.formula === "leverage-tiers");
  const beyond = tiers.filter(({ instrument, coins }) => {
    const tier = rules.futures[productOf(instrument)];
    return tier?.formula === "leverage-tiers" && Math.abs(coins) > tier.largestPosition;
  });
  const unused = book.components.filter(
    ({ id }) => id === "market-maker-protection" || id === "correlation-contingency",
  );
  const approximate = "approximate" as const;
  const remarks = [
    shorts.length > 0 && { message: "short options follow the formula the venue publishes in words", rule: "2" },
    others.length > 0 && {
      message: `options on ${named(others)} are charged with the factors of BTC and ETH; the venue may use others`,
      rule: "2",
    },
    tiers.length > 0 && { message: "leverage tiers follow the announcement of 2026-08-05", rule: "3.2" },
    beyond.length > 0 && { message: `${named(beyond)} is above the largest position allowed`, rule: "3.2" },
    unused.length > 0 && { message: "components of portfolio margin are left out of standard margin", rule: "4" },
    rules.collateral === "cross" && {
      message: "currencies are converted at their index; the venue does not say",
      rule: "5.2",
    },
  ];
  return remarks.flatMap((remark) => (remark === false ? [] : [{ accuracy: approximate, ...remark }]));

  function named(found: typeof holdings): string {
    return [...new Set(found.map(({ instrument }) => instrument.underlying))].join(", ");
  }
}
