import { type Book, type Charge, defineMethodology } from "../contract.ts";
import { unusedComponents } from "../parts/unused-components.ts";
import { unifiedAccount } from "./accounts.ts";
import { bracketsOf, rules, type UnifiedRules } from "./rules.ts";

/** Binance's unified account: a ratio of equity to the sum of maintenance margins (uniMMR); hedges offset nothing. */
export default defineMethodology({
  id: "binance-unified",
  title: "Binance Portfolio Margin and Pro (uniMMR)",
  venue: "binance",
  accuracy: "approximate",
  rules,
  requires: (portfolio, { program }) => [
    ...new Set(
      portfolio.flatMap(({ instrument: { kind, underlying, settlement, symbol } }) => [
        `index:${underlying}`,
        `index:${settlement}`,
        ...(program === "pro-span" ? [] : [kind === "option" ? `volatility:${symbol}` : `mark:${symbol}`]),
      ]),
    ),
  ],
  excludes: ({ instrument, stated }, rules) => {
    const { kind, symbol, underlying, payoff } = instrument;
    if (kind === "spot") return `${symbol} is a spot holding: it counts as a balance, not as a position`;
    if (rules.program === "pro-span") return undefined;
    if (kind === "option")
      return `${symbol} is an option: it stands in the options account; margin it with binance-option`;
    if (bracketsOf(rules, instrument) !== undefined || stated?.maintenanceMargin !== undefined) return undefined;
    return `these rules have no brackets for ${symbol} or ${underlying}-${payoff}: enter those of the venue's leverageBracket, or import positions that state their maintenance margin`;
  },
  scenarios: () => [],
  charge: ({ rules, book, detail }) => ({
    accounts: unifiedAccount(book, rules, detail),
    remarks: remarksOn(book, rules),
  }),
});

function remarksOn(book: Book, rules: UnifiedRules): Charge["remarks"] {
  const span = rules.program === "pro-span";
  const instruments = book.positions.map(({ position }) => position.instrument);
  const stated = new Set(
    book.components.flatMap(({ id, underlying }) => (id === "risk-unit-maintenance" ? [underlying] : [])),
  );
  const unknown = [...new Set(instruments.map(({ underlying }) => underlying))].filter((coin) => !stated.has(coin));
  const imported = span ? [] : instruments.filter((instrument) => bracketsOf(rules, instrument) === undefined);
  const collateral = book.balances.filter(
    ({ currency, equity, marginBalance }) =>
      equity > 0 && marginBalance === undefined && rules.collateralRates[currency] === undefined,
  );
  const unused = unusedComponents(book, (component) => isUsed(component, rules));
  const approximate = "approximate" as const;
  const remarks = [
    unused !== undefined && { accuracy: approximate, message: unused, rule: "3.4" },
    span &&
      unknown.length > 0 && {
        accuracy: "unsupported" as const,
        message: `the scan of Pro SPAN is not published: ${unknown.join(", ")} is charged nothing; import the venue's risk-unit figures`,
        rule: "3.3",
      },
    span && stated.size > 0 && { accuracy: approximate, message: "risk units are imported, not computed", rule: "3.3" },
    imported.length > 0 && {
      accuracy: approximate,
      message: `margin of ${imported.map(({ symbol }) => symbol).join(", ")} is the venue's own figure: it follows neither price nor size`,
      rule: "3.1",
    },
    rules.program === "portfolio-margin" && {
      accuracy: approximate,
      message: "initial margin follows the order check of the venue; leverage is the account's own choice",
      rule: "4",
    },
    collateral.length > 0 && {
      accuracy: approximate,
      message: `${collateral.map(({ currency }) => currency).join(", ")} counts in full: no collateral rate is set`,
      rule: "2.2",
    },
  ];
  return remarks.flatMap((remark) => (remark === false ? [] : [remark]));
}

/** Amounts that belong to no single risk unit count in every program, those of orders and initial margin in Portfolio Margin only. */
function isUsed({ id, underlying }: Book["components"][number], { program }: UnifiedRules): boolean {
  if (id === "risk-unit-maintenance") return program === "pro-span";
  if (underlying !== undefined) return false;
  if (id === "borrowing-maintenance" || id === "other-maintenance") return true;
  const ofPortfolioMargin = ["open-orders", "spot-orders", "borrowing-initial", "other-initial"];
  return program === "portfolio-margin" && ofPortfolioMargin.includes(id);
}
