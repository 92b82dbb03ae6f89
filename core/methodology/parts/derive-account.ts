import { sum } from "../../base/index.ts";
import type { AccountCharge, Book, Charge } from "../contract.ts";
import { type Line, lines } from "../statement.ts";
import { optionsValueOf } from "./account-lines.ts";
import { type DeriveExpiry, type ExpirySettings, expiriesOf } from "./derive-expiry.ts";
import { cashCurrency, type DeriveFeeds } from "./derive-feeds.ts";
import { deriveSection } from "./derive-sections.ts";
import { type Holding, holdingsOf } from "./holding.ts";

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

/** One subaccount: holdings of one underlying, or of all where the manager spans markets. */
export interface DeriveAccount {
  readonly id: string;
  readonly holdings: readonly Holding[];
  /** Its options by expiry, ascending. */
  readonly expiries: readonly DeriveExpiry[];
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
  const holdings = holdingsOf(book.positions);
  const balances = balancesOf(book, feeds);
  const held = [...new Set(holdings.map(({ instrument }) => instrument.underlying))].sort();
  const hasBalances = balances.cash !== undefined || balances.collaterals.length > 0;
  const [first] = markets;
  const coin = balances.collaterals.find(({ asset }) => markets.includes(asset))?.asset ?? first;
  const ids = held.length > 0 ? held : hasBalances && coin !== undefined ? [coin] : [];
  const alone = ids.length === 1;
  const accounts = ids.map((id): DeriveAccount => {
    const own = holdings.filter(({ instrument }) => instrument.underlying === id);
    return {
      ...{ id, holdings: own, expiries: expiriesOf(own, feeds, settings) },
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
