import { formatDay, formatNumber } from "../../../core/base/format.ts";
import type { AccountResult, MarginResult, PositionResult } from "../../client/types.ts";
import type { TreeNode } from "../../grids/tree.ts";

/** `usd` adds up over everything; `account` shows each margin account's own unit. */
export type Currency = "usd" | "account";

/** What the grid shows of one position, of a group, or of everything. Absent: not defined or not additive. */
export interface PositionFigures {
  readonly position?: PositionResult;
  /** Number of positions in it. */
  readonly count: number;
  readonly quantity?: number | undefined;
  readonly unit?: string | undefined;
  readonly mark?: number | undefined;
  readonly volatility?: number | undefined;
  readonly forward?: number | undefined;
  /** Underlying units; of one underlying only. */
  readonly delta?: number | undefined;
  /** USD per 1 % of price. */
  readonly deltaMoney: number;
  /** Change of `deltaMoney` per 1 % of price: gamma × forward × index ÷ 10,000, as on the surface. */
  readonly gammaMoney: number;
  /** USD per volatility point. */
  readonly vega: number;
  /** USD per calendar day. */
  readonly theta: number;
  readonly notional: number;
  /** In `currency`, as the three below. */
  readonly currency?: string | undefined;
  readonly value?: number | undefined;
  /** Sum of the margins of each position alone. */
  readonly standAlone?: number | undefined;
  /** Profit in the binding scenario; gain > 0. */
  readonly bindingPnl?: number | undefined;
}

/** The margin account a position belongs to: the one of its settlement currency, the cross account, or the only one. */
export function accountOf(result: MarginResult, position: PositionResult): AccountResult | undefined {
  const { accounts } = result;
  const named = (wanted: string): AccountResult | undefined => accounts.find(({ id }) => id === wanted);
  return named(position.settlement) ?? named("cross") ?? (accounts.length === 1 ? accounts[0] : undefined);
}

/** Figures of one position; margins and value in USD or in the unit of its account. */
export function positionFigures(result: MarginResult, position: PositionResult, currency: Currency): PositionFigures {
  const { greeks, terms, quantity, quantityUnit, kind } = position;
  const account = accountOf(result, position);
  const perAccount = currency === "usd" ? account?.usdPerUnit : 1;
  const valueUsd = position.value * (position.settlement === position.underlying ? terms.index : 1);
  const inCurrency = (amount: number | undefined): number | undefined =>
    amount === undefined || perAccount === undefined ? undefined : amount * perAccount;
  return {
    position,
    count: 1,
    quantity,
    unit: quantityUnit,
    mark: terms.mark,
    volatility: kind === "option" ? terms.volatility : undefined,
    forward: terms.forward,
    delta: greeks.delta,
    deltaMoney: (greeks.delta * terms.index) / 100,
    gammaMoney: (greeks.gamma * terms.forward * terms.index) / 10_000,
    vega: greeks.vega,
    theta: greeks.theta,
    notional: position.notionalUsd,
    currency: currency === "usd" ? "USD" : account?.unit,
    value: currency === "usd" ? valueUsd : account && valueUsd / account.usdPerUnit,
    standAlone: inCurrency(position.standAlone),
    bindingPnl: inCurrency(position.bindingPnl),
  };
}

/** Subtotal: sums where the parts share a unit, nothing where they do not. */
export function subtotal(parts: readonly PositionFigures[]): PositionFigures {
  const total = (of: (part: PositionFigures) => number): number => parts.reduce((sum, part) => sum + of(part), 0);
  const shared = (of: (part: PositionFigures) => string | undefined): string | undefined => {
    const first = parts[0] && of(parts[0]);
    return parts.every((part) => of(part) === first) ? first : undefined;
  };
  const totalIf = (
    together: string | undefined,
    of: (part: PositionFigures) => number | undefined,
  ): number | undefined => {
    if (together === undefined || parts.some((part) => of(part) === undefined)) return undefined;
    return total((part) => of(part) ?? 0);
  };
  const currency = shared((part) => part.currency);
  const underlying = shared((part) => part.position?.underlying);
  return {
    count: parts.length,
    delta: totalIf(underlying, (part) => part.delta),
    deltaMoney: total((part) => part.deltaMoney),
    gammaMoney: total((part) => part.gammaMoney),
    vega: total((part) => part.vega),
    theta: total((part) => part.theta),
    notional: total((part) => part.notional),
    currency,
    value: totalIf(currency, (part) => part.value),
    standAlone: totalIf(currency, (part) => part.standAlone),
    bindingPnl: totalIf(currency, (part) => part.bindingPnl),
  };
}

/** The book as a tree: underlying, then expiry, then instrument; each group with its subtotal. */
export function positionTree(result: MarginResult, currency: Currency): TreeNode<PositionFigures>[] {
  const underlyings = grouped(result.positions, ({ underlying }) => underlying);
  return [...underlyings]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([underlying, positions]) => {
      const expiries = grouped(positions, ({ expiryMs }) => expiryMs);
      const groups = [...expiries]
        .sort(([a], [b]) => (a ?? 0) - (b ?? 0))
        .map(([expiryMs, members]) => {
          const leaves = [...members].sort(byContract).map((position) => ({
            id: position.id,
            label: position.symbol,
            value: positionFigures(result, position, currency),
            children: [],
          }));
          return {
            id: `expiry:${underlying}/${expiryMs ?? "none"}`,
            label: expiryLabel(expiryMs, result.asOfMs),
            value: subtotal(leaves.map(({ value }) => value)),
            children: leaves,
          };
        });
      return {
        // A stock's position is called like its underlying: groups have names of their own.
        id: `underlying:${underlying}`,
        label: underlying,
        value: subtotal(groups.flatMap(({ children }) => children.map(({ value }) => value))),
        children: groups,
      };
    });
}

/** `2026-12-25 08:00Z · 33.21 d`, actual days. */
export function expiryLabel(expiryMs: number | undefined, asOfMs: number): string {
  if (expiryMs === undefined) return "No expiry";
  const time = new Date(expiryMs).toISOString().slice(11, 16);
  return `${formatDay(expiryMs)} ${time}Z · ${formatNumber((expiryMs - asOfMs) / 86_400_000, { decimals: 2 })} d`;
}

function byContract(a: PositionResult, b: PositionResult): number {
  const strikes = (a.strike ?? 0) - (b.strike ?? 0);
  return strikes !== 0 ? strikes : a.symbol < b.symbol ? -1 : 1;
}

function grouped<T, Key>(items: readonly T[], keyOf: (item: T) => Key): Map<Key, T[]> {
  const groups = new Map<Key, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
