import type { ScenarioSet } from "../../scenario/index.ts";
import type { AccountCharge, Book, Charge, ChargeInput } from "../contract.ts";
import { componentLines } from "../parts/account-lines.ts";
import { accountsByUnderlying, type DeriveAccount, withBalances } from "../parts/derive-account.ts";
import {
  confidenceLine,
  expiryConfidences,
  nakedContingency,
  perpetualContingency,
  perpetualSize,
} from "../parts/derive-contingency.ts";
import type { DeriveExpiry } from "../parts/derive-expiry.ts";
import { cashCurrency, type DeriveFeeds, feedsOf } from "../parts/derive-feeds.ts";
import { feedRemarks } from "../parts/derive-remarks.ts";
import { spanSets, spanSettings } from "../parts/derive-scenarios.ts";
import { deriveSection } from "../parts/derive-sections.ts";
import { spanOf } from "../parts/derive-span.ts";
import { oncePerBook } from "../parts/once-per-book.ts";
import { type Line, lines } from "../statement.ts";
import type { PortfolioOneRules } from "./rules.ts";

const { leaf, product, sum: total } = lines(cashCurrency);

/** Scenario sets of every underlying of the book. */
export function scenarios({ rules, book }: { rules: PortfolioOneRules; book: Book }): readonly ScenarioSet[] {
  return prepared(book, rules).accounts.flatMap((account) =>
    spanSets(account.id, account.expiries, spanSettings(rules, "")),
  );
}

/** One account an underlying: worst scenario, contingencies, factor for initial margin. */
export function charge(input: ChargeInput<PortfolioOneRules>): Charge {
  const { rules, book } = input;
  const { feeds, accounts, remarks } = prepared(book, rules);
  const expiries = accounts.flatMap((account) => account.expiries);
  const foreign = accounts.flatMap(({ id, collaterals }) =>
    collaterals.flatMap(({ asset }) => (asset === id ? [] : [asset])),
  );
  const message = `${foreign.join(", ")}: portfolio margin 1 takes the underlying only as collateral; left out`;
  return {
    accounts: accounts.map((account) => accountOf(input, account, feeds)),
    remarks: [
      ...remarks,
      ...(foreign.length === 0 ? [] : [{ accuracy: "approximate" as const, message, rule: deriveSection.collateral }]),
      ...feedRemarks(expiries, feeds, { needsRate: rules.staticDiscount.rateMultiplier > 0 }),
    ],
  };
}

const prepared = oncePerBook((book: Book, rules: PortfolioOneRules) => {
  const feeds = feedsOf(book);
  const settings = { discounted: false, averagingSeconds: rules.averagingSeconds };
  return { feeds, ...accountsByUnderlying(book, feeds, rules.markets, settings) };
});

function accountOf(
  { rules, book, cube, detail }: ChargeInput<PortfolioOneRules>,
  given: DeriveAccount,
  feeds: DeriveFeeds,
): AccountCharge {
  const { id, expiries, perpetuals } = given;
  const account = { ...given, collaterals: given.collaterals.filter(({ asset }) => asset === id) };
  const { contingency } = rules;
  const spot = given.spot ?? book.indices.get(id) ?? 0;
  const [coin] = account.collaterals;
  const coins = coin?.amount ?? 0;
  const span = spanOf({
    ...{ account: id, underlying: id, expiries, cube, detail, settings: spanSettings(rules, "") },
    movers: [
      ...perpetuals.map((holding) => ({
        ...{ id: holding.instrument.symbol, label: holding.instrument.symbol, holding },
        exposure: holding.quantity * holding.terms.forward,
      })),
      ...(coin === undefined ? [] : [{ id: `collateral-${id}`, label: `${id} held`, exposure: coin.value }]),
    ],
    staticDiscount: (expiry) => {
      const discount = staticDiscount(expiry, rules);
      return (value) => (value > 0 ? discount : 1);
    },
  });
  const parent = `${id}/initial`;
  const base = leaf(
    `${parent}/collateral`,
    `${id} held`,
    Math.abs(coins) * spot * contingency.base,
    deriveSection.collateral,
    {
      component: "contingency",
      inputs: [
        { label: "amount", value: coins, unit: id },
        { label: "spot", value: spot, unit: "USD" },
        { label: "rate", value: contingency.base, parameter: "/contingency/base" },
      ],
    },
  );
  const pointed = (name: "perp" | "option") => ({ rate: contingency[name], parameter: `/contingency/${name}` });
  const needed = total(`${parent}/loss`, "Loss and contingencies", deriveSection.maintenance, [
    span.line,
    perpetualContingency(`${parent}/perpetual`, perpetuals, pointed("perp")),
    base,
    nakedContingency(`${parent}/naked`, expiries, spot, pointed("option")),
  ]);
  const depeg = Math.max(0, contingency.pegThreshold - feeds.stablePrice) * contingency.pegFactor;
  const scaled = product(
    `${parent}/scaled`,
    "Times the initial factor",
    deriveSection.initial,
    rules.initialFactor + depeg,
    "initial factor with depeg",
    needed,
    {
      inputs: [
        { label: "initial factor", value: rules.initialFactor, parameter: "/initialFactor" },
        { label: "price of the cash currency", value: feeds.stablePrice, unit: "USD" },
        { label: "depeg threshold", value: contingency.pegThreshold, parameter: "/contingency/pegThreshold" },
        { label: "depeg factor", value: contingency.pegFactor, parameter: "/contingency/pegFactor" },
      ],
    },
  );
  const orders = account.ownsBalances ? book.components.filter((entry) => entry.id === "open-orders") : [];
  const initial = total(parent, "Initial margin", deriveSection.initial, [
    scaled,
    confidences(`${parent}/confidence`),
    ...componentLines(orders, cashCurrency, parent, deriveSection.orders),
  ]);
  const maintenanceId = `${id}/maintenance`;
  const maintenance = total(maintenanceId, "Maintenance margin", deriveSection.maintenance, [
    leaf(`${maintenanceId}/loss`, needed.label, needed.amount, deriveSection.maintenance, {
      inputs: [{ label: "opened under", value: needed.id }],
    }),
  ]);
  return withBalances(account, feeds, { initial, maintenance }, [span.matrix]);

  function confidences(line: string): Line {
    const { confidenceThreshold: threshold, confidenceFactor: factor } = contingency;
    const settings = { threshold, factor, parameter: "/contingency" };
    const size = perpetualSize(perpetuals);
    const shared = Math.min(
      feeds.confidence({ kind: "spot", underlying: id }),
      size === 0 ? 1 : feeds.confidence({ kind: "perpetual", underlying: id }),
    );
    return total(
      line,
      "Unsure feeds",
      deriveSection.confidence,
      [
        confidenceLine(`${line}/spot`, "Perpetual and coin", (size + Math.abs(coins)) * spot, shared, settings),
        ...expiryConfidences(line, expiries, spot, shared, feeds, settings),
      ],
      { component: "contingency" },
    );
  }
}

/**
 * Static discount of an expiry that is worth something: base·e^(−τ·(rate·multiplier + add)).
 *
 * @returns factor on the value; > 0
 * @source resources/docs/methodology/derive-portfolio-1.md, section 3.2
 */
function staticDiscount({ years, rate }: DeriveExpiry, { staticDiscount: rules }: PortfolioOneRules): number {
  return rules.base * Math.exp(-years * (rate * rules.rateMultiplier + rules.rateAdd));
}
