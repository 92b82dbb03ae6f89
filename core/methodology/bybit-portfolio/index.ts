import { type Book, type Charge, defineMethodology } from "../contract.ts";
import { unusedComponents } from "../parts/unused-components.ts";
import { unifiedAccount } from "./accounts.ts";
import { accountColumns } from "./charge-columns.ts";
import { isUnitContingency } from "./contingency.ts";
import { type BybitRules, rules, statedKinds, unitRulesOf } from "./rules.ts";
import { scenarioSets } from "./scenarios.ts";

/** Bybit's portfolio margin of the unified account: worst of a price and volatility grid per coin, plus contingencies. */
export default defineMethodology({
  id: "bybit-portfolio",
  title: "Bybit portfolio margin",
  venue: "bybit",
  accuracy: "approximate",
  rules,
  requires: (portfolio) => [
    ...new Set(
      portfolio.flatMap(({ instrument: { kind, symbol, underlying, payoff, settlement } }) => [
        `index:${underlying}`,
        ...(payoff === "linear" && kind !== "spot" ? [`index:${settlement}`] : []),
        ...(kind === "option" ? [`volatility:${symbol}`] : kind === "spot" ? [] : [`mark:${symbol}`]),
      ]),
    ),
  ],
  excludes: ({ instrument: { underlying } }, rules) =>
    unitRulesOf(rules, underlying) === undefined
      ? `no parameters for the risk unit ${underlying} in these rules; enter them under /units`
      : undefined,
  // Short options are counted by strike: only at a rate of 0 does the charge ask for no single option.
  mergesOptions: ({ units }) =>
    Object.values(units).every(({ optionContingency }) => optionContingency === 0) ? "side" : undefined,
  scenarios: ({ book, rules }) => scenarioSets(book, rules),
  charge: ({ book, rules, ...revalued }) => ({
    accounts: unifiedAccount(book, rules, revalued),
    remarks: revalued.amountsOnly === true ? [] : remarksOn(book, rules),
  }),
  chargeColumns: accountColumns,
});

/** Components of the whole account. */
const accountComponents: ReadonlySet<string> = new Set(Object.values(statedKinds).flat());

/** Currencies that count in full as collateral. */
const dollars: ReadonlySet<string> = new Set(["USD", "USDC", "USDT"]);

function remarksOn(book: Book, rules: BybitRules): Charge["remarks"] {
  const instruments = book.positions.map(({ position }) => position.instrument);
  const stated = book.components.filter(isUnitContingency);
  const others = [...new Set(instruments.map(({ underlying }) => underlying))].filter(
    (coin) => unitRulesOf(rules, coin)?.key === "other",
  );
  const short = book.positions.some(
    ({ position: { instrument, quantity } }) => instrument.kind === "option" && quantity < 0,
  );
  const contracts = instruments.filter(({ kind }) => kind !== "spot");
  const several =
    new Set(contracts.map(({ underlying }) => underlying)).size < new Set(contracts.map(({ id }) => id)).size;
  const quotes = new Set(instruments.filter(({ kind }) => kind !== "spot").map(({ settlement }) => settlement));
  const has = (id: string) => book.components.some((component) => component.id === id);
  const collateral = book.balances.filter(
    ({ currency, equity }) => equity > 0 && !dollars.has(currency) && rules.haircuts[currency] === undefined,
  );
  const unused = unusedComponents(
    book,
    (component) =>
      isUnitContingency(component) || (component.underlying === undefined && accountComponents.has(component.id)),
  );
  const remarks = [
    unused !== undefined && { message: unused, rule: "6.1" },
    others.length > 0 && {
      message: `the venue publishes no parameters for ${others.join(", ")}: those of \`other\` are taken`,
      rule: "3.1",
    },
    instruments.some(({ payoff, kind }) => payoff === "inverse" && kind !== "spot") && {
      message: "profit of inverse contracts is valued at the moved price; the venue does not say at which",
      rule: "3.3",
    },
    instruments.some(({ payoff, kind }) => payoff === "inverse" && kind === "option") && {
      message: "the venue lists no inverse options: they are charged as it charges inverse futures",
      rule: "3.3",
    },
    stated.length > 0 && {
      message: `partly imported: ${[...new Set(stated.map(({ id, underlying }) => `${id} of ${underlying}`))].join(", ")}`,
      rule: "4",
    },
    short &&
      !has("option-contingency") && {
        message: "the rate of the short option contingency is not published",
        rule: "4.2",
      },
    several &&
      !has("delta-contingency") && {
        message: "the delta contingency is not published in full: its rate is yours to set",
        rule: "4.4",
      },
    quotes.size > 1 &&
      !has("stablecoin-contingency") && {
        message: `the contingency between quote currencies (${[...quotes].sort().join(", ")}) is not published and not charged; enter the venue's amount`,
        rule: "4.5",
      },
    collateral.length > 0 && {
      message: `${collateral.map(({ currency }) => currency).join(", ")} counts in full as collateral: no haircut is set`,
      rule: "6.2",
    },
  ];
  return remarks.flatMap((remark) => (remark === false ? [] : [{ accuracy: "approximate" as const, ...remark }]));
}
