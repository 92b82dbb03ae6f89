import { type AccountCharge, type Book, type Charge, defineMethodology, type Revalued } from "../contract.ts";
import { unusedComponents } from "../parts/unused-components.ts";
import { equityInUsd, statedInUsd } from "../parts/usd-account.ts";
import { lines } from "../statement.ts";
import { accountColumns } from "./charge-columns.ts";
import { type GateRules, initialKinds, maintenanceKinds, rules } from "./rules.ts";
import { coinsOf, isStatedPart, scenarioSets, statedParts } from "./scenarios.ts";
import { gateUnit } from "./unit.ts";

/** Gate's portfolio margin of the unified account: stress loss on a default grid, the venue's other parts as stated. */
export default defineMethodology({
  id: "gate-portfolio",
  title: "Gate portfolio margin",
  venue: "gate",
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
  excludes: ({ instrument: { kind, symbol, payoff, underlying } }, { coins }) => {
    if (!coins.includes(underlying)) return `the venue's risk units are ${coins.join(", ")}, not ${underlying}`;
    const inverseOption = kind === "option" && payoff === "inverse";
    return inverseOption ? `${symbol} is an inverse option; the venue's options are linear` : undefined;
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
const accountKinds: ReadonlySet<string> = new Set([...initialKinds, ...maintenanceKinds]);

/** One account in USD: maintenance = Σ units + stated, initial = Σ units × initial factor + stated. */
function accountOf(book: Book, rules: GateRules, revalued: Revalued): readonly AccountCharge[] {
  if (book.positions.length + book.balances.length + book.components.length === 0) return [];
  const units = coinsOf(book, rules).map((coin) => gateUnit(coin, book, rules, revalued));
  const { initialFactor } = rules;
  const inputs = [{ label: "initial factor", value: initialFactor, parameter: "/initialFactor" }];
  const initial = sum("cross/initial", "Initial margin", "2.2", [
    ...units.map(({ coin, maintenance }) => {
      const id = `cross/initial/${coin}`;
      const own = maintenance(`${id}/maintenance`);
      return product(id, `${coin}: initial margin`, "2.2", initialFactor, "initial factor", own, { inputs });
    }),
    ...statedInUsd(book, initialKinds, "cross/initial", "5"),
  ]);
  const maintenance = sum("cross/maintenance", "Maintenance margin", "2.1", [
    ...units.map((unit) => unit.maintenance(`cross/maintenance/${unit.coin}`)),
    ...statedInUsd(book, maintenanceKinds, "cross/maintenance", "5"),
  ]);
  const matrices = units.map(({ matrix }) => matrix);
  const account = { id: "cross", unit: "USD", usdPerUnit: 1, initial, maintenance, matrices };
  if (book.balances.length === 0) return [account];
  return [
    {
      ...account,
      equity: equityInUsd(book, "cross/equity", "Equity", "5"),
      marginBalance: equityInUsd(book, "cross/margin-balance", "Margin balance", "5"),
    },
  ];
}

function remarksOn(book: Book, rules: GateRules): Charge["remarks"] {
  const coins = coinsOf(book, rules);
  const unused = unusedComponents(
    book,
    (component) =>
      isStatedPart(component, rules) || (component.underlying === undefined && accountKinds.has(component.id)),
  );
  const missing = coins.flatMap((coin) => {
    const names = statedParts
      .filter(({ kind }) => !book.components.some(({ id, underlying }) => id === kind && underlying === coin))
      .map(({ id }) => id.toUpperCase());
    return names.length === 0 ? [] : [`${names.join(", ")} of ${coin}`];
  });
  const remarks = [
    unused !== undefined && { message: unused, rule: "5" },
    coins.length > 0 && {
      message: "the venue does not publish its grid nor the ratio of initial to maintenance margin: defaults are taken",
      rule: "3.1",
    },
    missing.length > 0 && {
      message: `not computed, the factors are not published: ${missing.join("; ")}; enter the amounts of the venue's calculator`,
      rule: "4",
    },
    book.balances.length > 0 && {
      message: "collateral counts in full: the venue's discounts are not part of these rules",
      rule: "5",
    },
  ];
  return remarks.flatMap((remark) => (remark === false ? [] : [{ accuracy: "approximate" as const, ...remark }]));
}
