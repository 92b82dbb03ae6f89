import { sum } from "../../base/index.ts";
import type { AccountCharge, Book, BookPosition, Charge } from "../contract.ts";
import { type Line, lines } from "../statement.ts";
import { optionsValueOf } from "./account-lines.ts";
import { type DeriveExpiry, type ExpirySettings, expiryAt } from "./derive-expiry.ts";
import { cashCurrency, type DeriveFeeds } from "./derive-feeds.ts";
import { type DeriveHoldings, heldByUnderlying } from "./derive-options.ts";
import { deriveSection } from "./derive-sections.ts";
import { type Holding, holdingAt } from "./holding.ts";

/** A coin held as collateral. */
export interface DeriveCollateral {
  /** Upper case, as in the rulebook. */
  readonly asset: string;
  readonly amount: number;
  /** USD per unit. */
  readonly price: number;
  /** amount × price ÷ U, cash units. */
  readonly value: number;
}

/** What is held at the market of a book. */
export interface DeriveMarket {
  /** Options by expiry, ascending. */
  readonly expiries: readonly DeriveExpiry[];
  readonly perpetuals: readonly Holding[];
  /** Index of the first position, USD; absent where nothing is held. */
  readonly spot?: number;
}

/** One subaccount: what it holds of one underlying, or of all where the manager spans markets. */
export interface DeriveAccount extends DeriveMarket {
  readonly id: string;
  /** Cash with the profit and funding of perpetuals; absent when the portfolio states no cash. */
  readonly cash?: number;
  readonly cashBasis: "computed" | "imported" | "set";
  readonly collaterals: readonly DeriveCollateral[];
  /** Whether balances of the portfolio belong to this account. */
  readonly ownsBalances: boolean;
}

/**
 * Cash and collateral of a book. Cash is what the balance in USDC or USD states as equity, less the option value inside
 * it: profit and funding of perpetuals stay, options are valued by the method.
 */
export function balancesOf(book: Book, feeds: DeriveFeeds): Pick<DeriveAccount, "cash" | "cashBasis" | "collaterals"> {
  const cash = book.balances.filter(({ currency }) => isCash(currency));
  const options = (currency: string) =>
    optionsValueOf(book.positions.filter(({ position }) => position.instrument.settlement === currency));
  const amounts = cash.map(({ equity, optionsValue, currency }) => equity - (optionsValue ?? options(currency)));
  const collaterals = book.balances.flatMap(({ currency, equity }): DeriveCollateral[] => {
    const price = book.indices.get(currency) ?? 1;
    if (isCash(currency) || equity === 0) return [];
    return [{ asset: currency.toUpperCase(), amount: equity, price, value: (equity * price) / feeds.stablePrice }];
  });
  return {
    ...(cash.length === 0 ? {} : { cash: sum(amounts) }),
    cashBasis: cash.some(({ basis }) => basis === "set") ? "set" : (cash[0]?.basis ?? "imported"),
    collaterals,
  };
}

function isCash(currency: string): boolean {
  return currency === cashCurrency || currency === "USD";
}

const nothingHeld: DeriveMarket = { expiries: [], perpetuals: [] };

/** What some holdings are at the market of their book. */
export function heldAt(book: Book, held: DeriveHoldings, feeds: DeriveFeeds, settings: ExpirySettings): DeriveMarket {
  const entryOf = ({ place }: { readonly place: number }) => book.positions[place] as BookPosition;
  const [first] = held.positions;
  return {
    expiries: held.expiries.map((options) => expiryAt(book, options, feeds, settings)),
    perpetuals: held.perpetuals.map((one) => holdingAt(one, entryOf(one))),
    ...(first === undefined ? {} : { spot: entryOf(first).terms.index }),
  };
}

/**
 * Accounts of a portfolio margin: one for each underlying, because the venue keeps an account to one underlying. Balances
 * belong to the account when there is one only; among several the venue's split is not known.
 *
 * @param markets  underlyings with parameters, in the order of the rules
 * @param settings of option values
 */
export function accountsByUnderlying(
  book: Book,
  feeds: DeriveFeeds,
  markets: readonly string[],
  settings: ExpirySettings,
): { readonly accounts: readonly DeriveAccount[]; readonly remarks: Charge["remarks"] } {
  const holdings = heldByUnderlying(book.positions);
  const balances = balancesOf(book, feeds);
  const held = [...holdings.keys()];
  const hasBalances = balances.cash !== undefined || balances.collaterals.length > 0;
  const [first] = markets;
  const coin = balances.collaterals.find(({ asset }) => markets.includes(asset))?.asset ?? first;
  const ids = held.length > 0 ? held : hasBalances && coin !== undefined ? [coin] : [];
  const alone = ids.length === 1;
  const accounts = ids.map((id): DeriveAccount => {
    const own = holdings.get(id);
    return {
      ...{ id, ...(own === undefined ? nothingHeld : heldAt(book, own, feeds, settings)) },
      ...(alone ? balances : { cashBasis: "imported" as const, collaterals: [] }),
      ownsBalances: alone,
    };
  });
  const message = `an account holds one underlying: ${held.join(", ")} are charged apart, and cash and collateral, whose split is not known, are left out`;
  const remarks =
    alone || !hasBalances ? [] : [{ accuracy: "approximate" as const, message, rule: deriveSection.scope }];
  return { accounts, remarks };
}

/**
 * Margin balance, equity and the venue's surplus of an account whose requirements are known.
 *
 *     margin balance = cash with perpetual profit + option values + collateral,   surplus = margin balance − requirement
 *
 * @returns nothing but the requirements when the portfolio states no balance
 * @source resources/docs/methodology/derive-portfolio-2.md, section 6
 */
export function withBalances(
  account: DeriveAccount,
  feeds: DeriveFeeds,
  requirement: { readonly initial: Line; readonly maintenance: Line },
  matrices: AccountCharge["matrices"],
): AccountCharge {
  const { id, cash, cashBasis, expiries, collaterals, ownsBalances } = account;
  const { leaf, product, sum: total } = lines(cashCurrency);
  const charge = { id, unit: cashCurrency, usdPerUnit: feeds.stablePrice, ...requirement, matrices };
  if (!ownsBalances || (cash === undefined && collaterals.length === 0)) return charge;
  const rule = deriveSection.marginBalance;
  const parent = `${id}/margin-balance`;
  const extra = { component: "balance" } as const;
  const marginBalance = total(parent, "Margin balance (mark to market)", rule, [
    ...(cash === undefined
      ? []
      : [leaf(`${parent}/cash`, "Cash, perpetual profit and funding", cash, rule, { ...extra, basis: cashBasis })]),
    ...expiries.map((expiry) =>
      leaf(
        `${parent}/options-${expiry.underlying}-${expiry.name}`,
        `Options ${expiry.name}`,
        expiry.value,
        deriveSection.value,
        extra,
      ),
    ),
    ...collaterals.map(({ asset, amount, price, value }) =>
      leaf(`${parent}/${asset}`, asset, value, rule, {
        ...extra,
        inputs: [
          { label: "amount", value: amount, unit: asset },
          { label: "price", value: price, unit: "USD" },
          { label: "price of the cash currency", value: feeds.stablePrice, unit: "USD" },
        ],
      }),
    ),
  ]);
  const surplusOf = (name: "initial" | "maintenance", label: string) => {
    const line = `${id}/surplus/${name}`;
    const balance = leaf(`${line}/balance`, "Margin balance", marginBalance.amount, rule, extra);
    const needed = leaf(
      `${line}/requirement`,
      requirement[name].label,
      requirement[name].amount,
      requirement[name].rule,
    );
    const minus = product(`${line}/less`, "Less requirement", deriveSection.surplus, -1, "sign", needed);
    return total(line, label, deriveSection.surplus, [balance, minus], extra);
  };
  return {
    ...charge,
    equity: leaf(`${id}/equity`, "Equity (mark to market)", marginBalance.amount, rule, extra),
    marginBalance,
    surplus: [
      surplusOf("initial", "Initial margin as the venue states it (surplus)"),
      surplusOf("maintenance", "Maintenance margin as the venue states it (surplus)"),
    ],
  };
}
