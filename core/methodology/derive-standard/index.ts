import { type Charge, type ChargeInput, defineMethodology } from "../contract.ts";
import { balancesOf, heldAt, withBalances } from "../parts/derive-account.ts";
import { feedsOf } from "../parts/derive-feeds.ts";
import { heldTogether } from "../parts/derive-options.ts";
import { feedRemarks } from "../parts/derive-remarks.ts";
import { outsideDerive, requiredBy } from "../parts/derive-scope.ts";
import { deriveSection } from "../parts/derive-sections.ts";
import { requirementOf } from "./requirement.ts";
import { optionRates, rules, type StandardRules } from "./rules.ts";

const account = "cross";

/** Derive's standard margin (SRM): short options one by one or their largest loss, all markets in one account. */
export default defineMethodology({
  id: "derive-standard",
  title: "Derive standard margin (SRM)",
  venue: "derive",
  accuracy: "exact",
  rules,
  requires: requiredBy,
  excludes: ({ instrument }, set) => {
    const outside = outsideDerive(instrument);
    if (outside !== undefined) return outside;
    const { kind, underlying } = instrument;
    const known = kind === "option" ? optionRates(set, underlying) : set.markets[underlying.toUpperCase()]?.perp;
    return known === undefined
      ? `standard margin has no ${kind === "option" ? "option" : "perpetual"} rates for ${underlying} in this version`
      : undefined;
  },
  scenarios: () => [],
  charge,
});

function charge({ rules: set, book, detail }: ChargeInput<StandardRules>): Charge {
  const feeds = feedsOf(book);
  const balances = balancesOf(book, feeds);
  const collaterals = balances.collaterals.filter(({ asset }) => set.markets[asset]?.base !== undefined);
  const unknown = balances.collaterals.filter((held) => !collaterals.includes(held)).map(({ asset }) => asset);
  // The formulas look at the value of options only, so the length of the settlement average does not matter here.
  const held = heldAt(book, heldTogether(book.positions), feeds, { discounted: false, averagingSeconds: 1 });
  const orders = book.components.filter(({ id }) => id === "open-orders");
  const input = { ...held, rules: set, collaterals, feeds, orders, detail };
  const requirement = {
    initial: requirementOf(input, `${account}/initial`, "initial"),
    maintenance: requirementOf(input, `${account}/maintenance`, "maintenance"),
  };
  const message = `${unknown.join(", ")}: the rulebook has no margin factor; not counted as collateral`;
  const charged = withBalances(
    { ...balances, ...held, id: account, collaterals, ownsBalances: true },
    feeds,
    requirement,
    [],
  );
  return {
    accounts: [charged],
    remarks: [
      ...(unknown.length === 0 ? [] : [{ accuracy: "approximate" as const, message, rule: deriveSection.collateral }]),
      ...feedRemarks(held.expiries, feeds, { needsRate: false }),
    ],
  };
}
