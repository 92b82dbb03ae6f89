import {
  type AccountCharge,
  type Book,
  type Charge,
  lines,
  type MethodologyUnderRules,
  usdPerUnit,
} from "../../methodology/index.ts";
import type { StressShocks } from "./stress-shocks.ts";

/** Points of haircut on what is held of a currency. */
export interface Haircut {
  readonly currency: string;
  /** Fraction in (0, 1]. */
  readonly points: number;
}

/** What an account's margin balance loses by one haircut. */
interface Cut extends Haircut {
  readonly account: string;
  /** Unit of the account; > 0. */
  readonly amount: number;
}

/** Haircuts of a scenario on the balances of a book that are above 0. */
export function haircutsOf({ byFactor, scale }: StressShocks, { balances }: Book): readonly Haircut[] {
  const held = new Set(balances.flatMap(({ currency, equity }) => (equity > 0 ? [currency] : [])));
  return [...held].flatMap((currency) => {
    const points = (byFactor.get(currency)?.haircut?.at(-1)?.amount ?? 0) * scale;
    return points > 0 ? [{ currency, points: Math.min(1, points) }] : [];
  });
}

/**
 * What haircuts take off margin balances, whatever discounts the method has: a share s of a balance that counts becomes s − h. The method
 * is asked without the balance what it counts, and no more than that is taken.
 *
 *     cut = min(h·E, MB(E) − MB(0)), both in USD, shared over accounts as they count the balance
 *
 * @param book     stressed
 * @param haircuts of `haircutsOf`
 * @param charge   asks the method for amounts
 */
export function haircutCuts(book: Book, haircuts: readonly Haircut[], charge: (book: Book) => Charge): readonly Cut[] {
  if (haircuts.length === 0) return [];
  const { accounts } = charge(book);
  return haircuts.flatMap(({ currency, points }) => {
    const own = book.balances.filter((balance) => balance.currency === currency && balance.equity > 0);
    const balances = book.balances.map((balance) => (own.includes(balance) ? { ...balance, equity: 0 } : balance));
    const without = charge({ ...book, balances }).accounts;
    const counted = accounts.map((account) => countedUsd(account, without));
    const total = counted.reduce((sum, amount) => sum + amount, 0);
    if (!(total > 0)) return [];
    const rate = usdPerUnit(book.indices, currency);
    const heldUsd = own.reduce((sum, { equity }) => sum + equity * rate, 0);
    const cutUsd = Math.min(points * heldUsd, total);
    return accounts.flatMap((account, at) => {
      const amountUsd = cutUsd * ((counted[at] ?? 0) / total);
      const amount = amountUsd / account.usdPerUnit;
      return amountUsd > 0 ? [{ currency, points, account: account.id, amount }] : [];
    });
  });
}

function countedUsd({ id, marginBalance, usdPerUnit: rate }: AccountCharge, without: readonly AccountCharge[]): number {
  const other = without.find((account) => account.id === id);
  if (marginBalance === undefined || other?.marginBalance === undefined) return 0;
  return Math.max(0, rate * marginBalance.amount - other.usdPerUnit * other.marginBalance.amount);
}

/** Ends the id of a margin balance after haircuts; its first child is the method's own. */
export const afterHaircuts = "/after-haircuts";

/** A methodology whose margin balances are less the cuts; what the venue would state of them besides is left out. */
export function underHaircuts(methodology: MethodologyUnderRules, cuts: readonly Cut[]): MethodologyUnderRules {
  if (cuts.length === 0) return methodology;
  return {
    ...methodology,
    charge(book, revalued) {
      const charge = methodology.charge(book, revalued);
      return { ...charge, accounts: charge.accounts.map((account) => withCuts(account, cuts)) };
    },
  };
}

function withCuts(account: AccountCharge, cuts: readonly Cut[]): AccountCharge {
  const own = cuts.filter((cut) => cut.account === account.id);
  const { marginBalance, withdrawable: _w, surplus: _s, ratios: _r, ...rest } = account;
  if (marginBalance === undefined || own.length === 0) return account;
  const { leaf, sum } = lines(account.unit);
  const { id, label, rule } = marginBalance;
  const taken = own.map(({ currency, points, amount }) =>
    leaf(`${id}/haircut-${currency}`, `Haircut of the scenario on ${currency}`, -amount, rule, {
      component: "haircut",
      inputs: [{ label: "points", value: points }],
    }),
  );
  const extra = { component: "balance" } as const;
  return {
    ...rest,
    marginBalance: sum(`${id}${afterHaircuts}`, `${label}, after haircuts`, rule, [marginBalance, ...taken], extra),
  };
}
