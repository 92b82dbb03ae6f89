import { type AccountCharge, type Book, type Charge, defineMethodology, type Revalued } from "../contract.ts";
import { unusedComponents } from "../parts/unused-components.ts";
import { equityInUsd, statedInUsd } from "../parts/usd-account.ts";
import { type Line, lines } from "../statement.ts";
import { accountColumns } from "./charge-columns.ts";
import { isCollateral, rules, type ThalexRules } from "./rules.ts";
import { coinsOf, scenarioSets } from "./scenarios.ts";
import { contingencies, thalexUnit } from "./unit.ts";

/** Thalex's portfolio margin: worst covered loss of scenarios per coin, plus contingencies whose rates are not published. */
export default defineMethodology({
  id: "thalex-portfolio",
  title: "Thalex portfolio margin",
  venue: "thalex",
  accuracy: "approximate",
  rules,
  requires: (portfolio) => [
    ...new Set(
      portfolio.flatMap(({ instrument: { kind, symbol, underlying, settlement } }) => [
        `index:${underlying}`,
        `index:${settlement}`,
        kind === "option" ? `volatility:${symbol}` : `mark:${symbol}`,
      ]),
    ),
  ],
  excludes: ({ instrument: { kind, symbol, payoff, underlying } }, { coins }) => {
    if (!coins.includes(underlying))
      return `the venue's portfolio margin is for ${coins.join(", ")}, not ${underlying}`;
    if (kind === "spot") return `${symbol} is a spot holding: it counts as a balance, not as a position`;
    return payoff === "inverse" ? `${symbol} is inverse; the venue's contracts are linear` : undefined;
  },
  mergesOptions: () => "side",
  scenarios: ({ book, rules }) => scenarioSets(book, rules),
  charge: ({ book, rules, cube, detail }) => ({
    accounts: accountOf(book, rules, { cube, detail }),
    remarks: remarksOn(book, rules),
  }),
  chargeColumns: accountColumns,
});

const { product, sum } = lines("USD");

/** One account in USD, coins added: initial = Σ coins, maintenance = share × that; stated amounts beside. */
function accountOf(book: Book, rules: ThalexRules, revalued: Revalued): readonly AccountCharge[] {
  if (book.positions.length + book.balances.length + book.components.length === 0) return [];
  const units = coinsOf(book, rules).map((coin) => thalexUnit(coin, book, rules, revalued));
  const unitLines = (parent: string): Line[] => units.map(({ coin, initial }) => initial(`${parent}/${coin}`));
  const { maintenanceShare } = rules;
  const initial = sum("cross/initial", "Initial margin", "2.1", [
    ...unitLines("cross/initial"),
    ...statedInUsd(book, ["open-orders", "other-initial"], "cross/initial", "6"),
  ]);
  const ofInitial = sum("cross/maintenance/of", "Initial margin of the coins", "2.1", unitLines("cross/maintenance"));
  const maintenance = sum("cross/maintenance", "Maintenance margin", "2.2", [
    product("cross/maintenance/share", "Share of initial margin", "2.2", maintenanceShare, "share", ofInitial, {
      inputs: [{ label: "share", value: maintenanceShare, parameter: "/maintenanceShare" }],
    }),
    ...statedInUsd(book, ["other-maintenance"], "cross/maintenance", "6"),
  ]);
  const matrices = units.map(({ matrix }) => matrix);
  const account = { id: "cross", unit: "USD", usdPerUnit: 1, initial, maintenance, matrices };
  if (book.balances.length === 0) return [account];
  const collateral = { ...book, balances: book.balances.filter(({ currency }) => isCollateral(currency, rules)) };
  return [
    {
      ...account,
      equity: equityInUsd(book, "cross/equity", "Equity", "6"),
      marginBalance: equityInUsd(collateral, "cross/margin-balance", "Margin balance", "6"),
    },
  ];
}

const accountKinds: ReadonlySet<string> = new Set(["open-orders", "other-initial", "other-maintenance"]);

function remarksOn(book: Book, rules: ThalexRules): Charge["remarks"] {
  const coins = coinsOf(book, rules);
  const instruments = book.positions.map(({ position }) => position.instrument);
  const isUsed = ({ id, underlying }: Book["components"][number]) =>
    underlying === undefined
      ? accountKinds.has(id)
      : coins.includes(underlying) && (id === contingencies.roll || id === contingencies.option);
  const unused = unusedComponents(book, isUsed);
  const without = (kind: string) =>
    coins.filter((coin) => !book.components.some(({ id, underlying }) => id === kind && underlying === coin));
  const rolled = without(contingencies.roll).filter(
    (coin) => new Set(instruments.filter(({ underlying }) => underlying === coin).map(({ id }) => id)).size > 1,
  );
  const short = without(contingencies.option).filter((coin) =>
    book.positions.some(
      ({ position: { instrument, quantity } }) =>
        instrument.kind === "option" && instrument.underlying === coin && quantity < 0,
    ),
  );
  const others = book.balances.filter(({ currency }) => !isCollateral(currency, rules)).map(({ currency }) => currency);
  const remarks = [
    unused !== undefined && { message: unused, rule: "6" },
    coins.length > 0 && {
      message: "the venue does not publish its list of scenarios: a default grid within the published range is taken",
      rule: "3.1",
    },
    rolled.length > 0 && {
      message: `roll contingency of ${rolled.join(", ")} is not computed: its rates are not published; enter the venue's amount`,
      rule: "4",
    },
    short.length > 0 &&
      rules.optionContingencyRate === 0 && {
        message: `option contingency of ${short.join(", ")} is not computed: its rate is not published; enter the venue's amount or the rate`,
        rule: "5",
      },
    others.length > 0 && {
      message: `${[...new Set(others)].join(", ")} is not collateral at this venue: left out of the margin balance`,
      rule: "6",
    },
  ];
  return remarks.flatMap((remark) => (remark === false ? [] : [{ accuracy: "approximate" as const, ...remark }]));
}
