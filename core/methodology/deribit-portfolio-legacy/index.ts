import { type Book, type Charge, defineMethodology } from "../contract.ts";
import { legacyAccounts } from "./accounts.ts";
import { type LegacyRules, rules } from "./rules.ts";
import { scenarioSets } from "./scenarios.ts";

/** Deribit's portfolio margin before the extended risk matrix, versions A (2017) to D (until early 2024). */
export default defineMethodology({
  id: "deribit-portfolio-legacy",
  title: "Deribit portfolio margin, versions A to D (until 2024)",
  venue: "deribit",
  accuracy: "approximate",
  rules,
  requires: (portfolio) => [
    ...new Set(
      portfolio.flatMap(({ instrument }) => {
        const own = instrument.kind === "option" ? `volatility:${instrument.symbol}` : `mark:${instrument.symbol}`;
        return [`index:${instrument.underlying}`, own];
      }),
    ),
  ],
  excludes: ({ instrument }) =>
    instrument.kind === "spot" ? "portfolio margin has no rule for spot positions; enter them as a balance" : undefined,
  scenarios: ({ book, rules: parameters }) => scenarioSets(book, parameters),
  charge: ({ rules: parameters, book, ...revalued }) => ({
    accounts: legacyAccounts(book, parameters, revalued),
    remarks: revalued.amountsOnly === true ? [] : remarksOn(book, parameters),
  }),
});

function remarksOn(book: Book, { minimumEquity }: LegacyRules): Charge["remarks"] {
  const text = {
    accuracy: "approximate" as const,
    message: "computed from the venue's texts and slides; no answer of the exchange for this model was seen",
    rule: "7",
  };
  const coins = new Set(
    book.positions
      .filter(({ position }) => position.instrument.payoff === "inverse")
      .map(({ position }) => position.instrument.settlement),
  );
  const poor = book.balances.filter(({ currency, equity }) => coins.has(currency) && equity < minimumEquity);
  return [
    ...(book.positions.length > 0 ? [text] : []),
    ...poor.map(({ currency, equity }) => ({
      accuracy: "approximate" as const,
      message: `equity of ${equity} ${currency} is below the ${minimumEquity} ${currency} this model asks for`,
      rule: "5.2",
    })),
  ];
}
