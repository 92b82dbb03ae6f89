import type { ScenarioSet } from "../../scenario/index.ts";
import type { AccountCharge, Book, Charge, ChargeInput } from "../contract.ts";
import { accountsByUnderlying, type DeriveAccount, withBalances } from "../parts/derive-account.ts";
import type { DeriveExpiry } from "../parts/derive-expiry.ts";
import { type DeriveFeeds, feedsOf } from "../parts/derive-feeds.ts";
import { feedRemarks } from "../parts/derive-remarks.ts";
import { spanSets, spanSettings } from "../parts/derive-scenarios.ts";
import { deriveSection } from "../parts/derive-sections.ts";
import { spanOf } from "../parts/derive-span.ts";
import { oncePerBook } from "../parts/once-per-book.ts";
import { haircutsOf } from "./collateral.ts";
import { requirementOf } from "./requirement.ts";
import { type ParameterSet, type PortfolioTwoRules, setOf } from "./rules.ts";
import { skewProfits } from "./skew.ts";

/** Scenario sets of every underlying of the book. */
export function scenarios({ rules, book }: { rules: PortfolioTwoRules; book: Book }): readonly ScenarioSet[] {
  return prepared(book, rules).accounts.flatMap((account) => {
    const found = setOf(rules, account.id);
    if (found === undefined) return [];
    return spanSets(account.id, account.expiries, spanSettings(found.set, found.pointer));
  });
}

/** One account an underlying: worst weighted scenario, contingencies beside it. */
export function charge(input: ChargeInput<PortfolioTwoRules>): Charge {
  const { rules, book } = input;
  const { feeds, accounts, remarks } = prepared(book, rules);
  const expiries = accounts.flatMap((account) => account.expiries);
  const unknown = accounts.flatMap((account) => haircutsOf(account, rules).unknown);
  const message = `${unknown.join(", ")}: the rulebook has no haircut; not counted as collateral`;
  return {
    accounts: accounts.flatMap((account) => accountOf(input, account, feeds)),
    remarks: [
      ...remarks,
      ...(unknown.length === 0 ? [] : [{ accuracy: "approximate" as const, message, rule: deriveSection.collateral }]),
      ...feedRemarks(expiries, feeds, { needsRate: true }),
    ],
  };
}

const prepared = oncePerBook((book: Book, rules: PortfolioTwoRules) => {
  const feeds = feedsOf(book);
  const settings = { discounted: true, averagingSeconds: rules.averagingSeconds };
  return {
    feeds,
    ...accountsByUnderlying(
      book,
      feeds,
      Object.values(rules.sets).flatMap((set) => set.markets),
      settings,
    ),
  };
});

function accountOf(
  { rules, book, cube, detail }: ChargeInput<PortfolioTwoRules>,
  given: DeriveAccount,
  feeds: DeriveFeeds,
): readonly AccountCharge[] {
  const { id, expiries, perpetuals } = given;
  const found = setOf(rules, id);
  if (found === undefined) return [];
  const { set, pointer } = found;
  const haircuts = haircutsOf(given, rules);
  const account = { ...given, collaterals: haircuts.known };
  const spot = given.spot ?? book.indices.get(id) ?? 0;
  const span = spanOf({
    ...{ account: id, underlying: id, expiries, cube, detail, settings: spanSettings(set, pointer) },
    movers: [
      ...perpetuals.map((holding) => ({
        ...{ id: holding.instrument.symbol, label: holding.instrument.symbol, holding },
        exposure: holding.quantity * holding.terms.forward,
      })),
      ...haircuts.known
        .filter(({ moves }) => moves)
        .map(({ asset, value }) => ({ id: `collateral-${asset}`, label: `${asset} held`, exposure: value })),
    ],
    staticDiscount: (expiry) => staticDiscount(expiry, set),
    skewProfits: (expiry) => skewProfits(expiry, set.skew),
  });
  const requirement = requirementOf({
    ...{ id, set, pointer, span, expiries, perpetuals, spot, feeds },
    collaterals: haircuts.known,
    orders: account.ownsBalances ? book.components.filter((entry) => entry.id === "open-orders") : [],
  });
  return [withBalances(account, feeds, requirement, [span.matrix])];
}

/**
 * Static discount of an expiry by the sign of its value V.
 *
 *     V ≥ 0: longBase·e^(−τ·(r·longRateMultiplier + longRateAdd))
 *     V < 0: min(1/D, shortBase·e^(τ·(r·shortRateMultiplier + shortRateAdd)))
 *
 * @returns factor on V, by V; ≥ 0
 * @source resources/docs/methodology/derive-portfolio-2.md, section 3.2
 */
function staticDiscount(
  { years, rate, discount }: DeriveExpiry,
  { staticDiscount: rules }: ParameterSet,
): (value: number) => number {
  const long = rules.longBase * Math.exp(-years * (rate * rules.longRateMultiplier + rules.longRateAdd));
  const growth = Math.exp(years * (rate * rules.shortRateMultiplier + rules.shortRateAdd));
  const short = Math.min(1 / discount, rules.shortBase * growth);
  return (value) => (value >= 0 ? long : short);
}
