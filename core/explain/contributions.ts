import { DomainError, sum } from "../base/index.ts";
import type { AccountResult, MarginResult, PositionResult } from "../margin/index.ts";
import type { PositionId } from "../portfolio/index.ts";
import { partsOf } from "./parts.ts";

/** What one position adds to the initial margin of its account; negative when it lowers it. */
export interface PositionContribution {
  readonly id: PositionId;
  readonly symbol: string;
  readonly amount: number;
  /** Fraction of the account's initial margin; absent when that is 0. */
  readonly share?: number;
}

/** Positions of one underlying and expiry together; perpetuals and spot have no expiry. */
export interface GroupContribution {
  readonly underlying: string;
  readonly expiryMs?: number;
  readonly amount: number;
  readonly share?: number;
}

/** Initial margin of one account split without remainder. Amounts in the unit of the account. */
export interface Contributions {
  readonly account: string;
  readonly unit: string;
  readonly total: number;
  readonly positions: readonly PositionContribution[];
  readonly groups: readonly GroupContribution[];
  /** Parts that belong to no single position: contingencies, shocks, orders, rounding. */
  readonly shared: readonly { readonly lineId: string; readonly label: string; readonly amount: number }[];
}

/**
 * Splits the initial margin of each account by position, in the scenario that binds: a position contributes its loss there.
 * Amounts follow the statement: they pass through sums, conversions and offsets, and through the child a maximum takes.
 *
 *     initial = Σ positions + Σ shared
 *
 * @param result a margin result with its lines of single positions
 * @returns one entry per account, in the order of the result
 * @throws DomainError if the parts do not add up to the initial margin within 1e-9 of it
 */
export function contributions(result: MarginResult): readonly Contributions[] {
  const known = new Map(result.positions.map((position) => [position.id, position]));
  return result.accounts.map((account) => accountContributions(account, known));
}

function accountContributions(account: AccountResult, known: ReadonlyMap<PositionId, PositionResult>): Contributions {
  const { id, unit, initial } = account;
  const total = initial.amount;
  const parts = [...partsOf(initial, ({ positionId }) => positionId !== undefined)];
  const added = sum(parts.map(({ amount }) => amount));
  if (Math.abs(added - total) > 1e-9 * Math.max(1, Math.abs(total)))
    throw new DomainError(`parts of ${initial.id} must add up to ${total}`, added);
  const share = (amount: number) => (total === 0 ? {} : { share: amount / total });

  const byPosition = new Map<PositionId, number[]>();
  const byGroup = new Map<string, { underlying: string; expiryMs: number | undefined; amounts: number[] }>();
  for (const { line, amount } of parts) {
    const position = line.positionId === undefined ? undefined : known.get(line.positionId);
    if (position === undefined) continue;
    byPosition.set(position.id, [...(byPosition.get(position.id) ?? []), amount]);
    const { underlying, expiryMs } = position;
    const key = `${underlying} ${expiryMs ?? ""}`;
    const group = byGroup.get(key) ?? { underlying, expiryMs, amounts: [] };
    group.amounts.push(amount);
    byGroup.set(key, group);
  }
  return {
    account: id,
    unit,
    total,
    positions: [...byPosition].map(([position, amounts]) => {
      const amount = sum(amounts);
      return { id: position, symbol: known.get(position)?.symbol ?? position, amount, ...share(amount) };
    }),
    groups: [...byGroup.values()].map(({ underlying, expiryMs, amounts }) => {
      const amount = sum(amounts);
      return { underlying, ...(expiryMs === undefined ? {} : { expiryMs }), amount, ...share(amount) };
    }),
    shared: parts
      .filter(({ line, amount }) => amount !== 0 && (line.positionId === undefined || !known.has(line.positionId)))
      .map(({ line, amount }) => ({ lineId: line.id, label: line.label, amount })),
  };
}
