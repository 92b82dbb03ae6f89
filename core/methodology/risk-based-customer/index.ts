import { isListed } from "../../instrument/index.ts";
import type { Position } from "../../portfolio/index.ts";
import { modelPrice } from "../../pricing/index.ts";
import { type Book, type Charge, defineMethodology } from "../contract.ts";
import { equityInUsd } from "../parts/usd-account.ts";
import { lines } from "../statement.ts";
import { topProfits } from "./group-profits.ts";
import { classGroupOf, columnOf, groupsOf, productClassOf } from "./groups.ts";
import { pointSets } from "./points.ts";
import { groupLine, groupMatrix } from "./requirement.ts";
import { type RiskBasedRules, rules } from "./rules.ts";

const { sum } = lines("USD");

/** Customer portfolio margin of US listed products: ten valuation points by product class, offsets by group, a minimum per contract. */
export default defineMethodology({
  id: "risk-based-customer",
  title: "Risk-based customer portfolio margin (ten valuation points)",
  venue: "us-listed",
  accuracy: "approximate",
  margins: "listed",
  rules,
  requires: (portfolio) => [
    ...new Set(
      portfolio.flatMap(({ instrument: { underlying, symbol, quote, kind } }) => [
        `index:${underlying}`,
        `index:${quote}`,
        ...(kind === "stock" ? [] : [`mark:${symbol}`]),
      ]),
    ),
  ],
  excludes: (position, given) => excluded(position, given),
  scenarios: ({ book, rules: given }) => pointSets(book, given),
  charge({ book, rules: given, detail, cube }) {
    const count = 2 * given.points.perSide;
    const tops = groupsOf(book, given).map((top) => topProfits(top, count, book, { cube }));
    const requirement = (id: string, label: string) =>
      sum(
        id,
        label,
        "2",
        tops.map((top) => groupLine(top, given, book, `${id}/${top.group.id}`, detail)),
      );
    const balances =
      book.balances.length === 0
        ? {}
        : {
            equity: equityInUsd(book, "USD/equity", "Equity", "6"),
            marginBalance: equityInUsd(book, "USD/margin-balance", "Equity, options at market", "6"),
          };
    return {
      accounts: [
        {
          id: "USD",
          unit: "USD",
          usdPerUnit: 1,
          initial: requirement("USD/initial", "Requirement"),
          maintenance: requirement("USD/maintenance", "Requirement (there is no second one)"),
          ...balances,
          matrices: tops.map((top) => groupMatrix(top, given)),
        },
      ],
      remarks: remarksOn(book, given),
    };
  },
});

function excluded({ instrument }: Position, given: RiskBasedRules): string | undefined {
  if (instrument.payoff === "inverse")
    return `${instrument.symbol} is paid in its underlying; US listed products are not`;
  if (instrument.kind === "perpetual" || !isListed(instrument))
    return `${instrument.symbol} is not a US listed product`;
  const productClass = productClassOf(given, classGroupOf(given, instrument.underlying));
  const known = columnOf(given)?.ranges;
  return known !== undefined && Object.hasOwn(known, productClass)
    ? undefined
    : `the rules of "${given.use}" have no range for product class "${productClass}" (${instrument.underlying})`;
}

function remarksOn(book: Book, given: RiskBasedRules): Charge["remarks"] {
  const american = book.positions.filter(
    ({ position: { instrument }, terms }) =>
      instrument.kind === "option" && instrument.exercise === "american" && terms.carry === undefined,
  );
  const below = book.positions.filter(
    ({ position: { instrument }, terms }) =>
      instrument.kind === "option" && terms.volatility === 0 && terms.mark < modelPrice(instrument, terms) - 1e-9,
  );
  const noYield = book.positions.filter(({ terms }) => terms.carry?.yieldSource === "none");
  const concentrated = groupsOf(book, given)
    .flatMap(({ products }) => products.flatMap(({ classes }) => classes))
    .filter((group) => group.concentrated && given.concentration.rangeFactor !== 1);
  const grouped = [...new Set(book.positions.map(({ position }) => position.instrument.underlying))].filter(
    (underlying) => classGroupOf(given, underlying) === underlying && !Object.hasOwn(given.classGroups, underlying),
  );
  const short = book.balances.length > 0 && equityInUsd(book, "equity", "", "6").amount < given.minimumEquity;
  const names = (entries: readonly { readonly position: Position }[]) =>
    [...new Set(entries.map(({ position }) => position.instrument.symbol))].slice(0, 5).join(", ");
  const remarks = [
    american.length > 0 && {
      message: `the market has no rate for American options (${names(american)}): early exercise is not valued`,
      rule: "3.2",
    },
    noYield.length > 0 && {
      message: `no dividend yield is known for ${[...new Set(noYield.map(({ position }) => position.instrument.underlying))].join(", ")}: 0 is taken`,
      rule: "3.2",
    },
    below.length > 0 && {
      message: `marks below the exercise value count at it: ${names(below)}`,
      rule: "3.2",
    },
    grouped.length > 0 && {
      message: `not in the group tables, each its own group of class "${given.otherClass}": ${grouped.join(", ")}`,
      rule: "2",
    },
    concentrated.length > 0 && {
      message: `concentrated, range widened: ${concentrated.map(({ id }) => id).join(", ")}`,
      rule: "7",
    },
    short && {
      message: `equity is below the ${given.minimumEquity} USD that portfolio margin asks for`,
      rule: "6",
    },
  ];
  return remarks.flatMap((remark) => (remark === false ? [] : [{ accuracy: "approximate" as const, ...remark }]));
}
