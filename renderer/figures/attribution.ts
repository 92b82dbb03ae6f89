import { formatNumber } from "../../core/base/format.ts";
import type { AccountResult, MarginResult } from "../client/types.ts";

/** An amount split into parts; a part above 0 adds to the requirement. */
export interface Attribution {
  readonly id: string;
  /** Names the method: component, stand-alone, incremental, marginal. */
  readonly title: string;
  readonly unit: string;
  /** What is split. */
  readonly measure: number;
  readonly sum: number;
  /** Whether theory says that the parts add up to the measure. */
  readonly sums: boolean;
  readonly parts: readonly AttributionPart[];
}

export interface AttributionPart {
  readonly label: string;
  readonly amount: number;
  readonly group?: string | undefined;
  readonly positionId?: string | undefined;
}

/** Everything the result knows of where the requirement of an account comes from. */
export function attributionsOf(result: MarginResult, account: AccountResult): readonly Attribution[] {
  const given = (account.decompositions ?? [])
    .filter(({ kind }) => kind !== "tail-scenario")
    .map(
      ({ id, title, unit, measure, sum, sums, entries }): Attribution => ({
        ...{ id, title, unit, measure, sum, sums },
        parts: entries.map(({ label, amount, group, positionId }) => ({ label, amount, group, positionId })),
      }),
    );
  return [...given, ...fromPositions(result, account)];
}

/** What any method gives: parts of the binding scenario's loss, and each position alone. */
function fromPositions({ positions, accounts }: MarginResult, account: AccountResult): readonly Attribution[] {
  const { unit, initial } = account;
  const own = accounts.length === 1 ? positions : positions.filter(({ settlement }) => settlement === account.id);
  const attribution = (
    id: string,
    title: string,
    sums: boolean,
    amountOf: (p: (typeof own)[number]) => number | undefined,
  ) => {
    const parts = own.flatMap((position): AttributionPart[] => {
      const amount = amountOf(position);
      const { symbol: label, underlying: group, id: positionId } = position;
      return amount === undefined || amount === 0 ? [] : [{ label, amount, group, positionId }];
    });
    const sum = parts.reduce((total, { amount }) => total + amount, 0);
    return parts.length === 0 ? [] : [{ id, title, unit, sums, sum, parts, measure: sums ? sum : initial.amount }];
  };
  return [
    ...attribution("binding", "Loss in the binding scenario, by position", true, ({ bindingPnl }) =>
      bindingPnl === undefined ? undefined : 0 - bindingPnl,
    ),
    ...attribution("stand-alone", "Stand-alone initial margin of each position", false, ({ standAlone }) => standAlone),
  ];
}

/** The largest parts by size, the others as one; the order is that of the size. */
export function largestParts(parts: readonly AttributionPart[], count: number): readonly AttributionPart[] {
  const sorted = [...parts].sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount));
  const rest = sorted.slice(count);
  if (rest.length <= 1) return sorted;
  const amount = rest.reduce((total, part) => total + part.amount, 0);
  return [...sorted.slice(0, count), { label: `${rest.length} others`, amount }];
}

/** Whether the parts add up, in words. */
export function sumWords({ measure, sum, sums, unit }: Attribution): string {
  const text = (amount: number): string => formatNumber(amount, { unit });
  const gap = Math.abs(sum - measure);
  if (gap <= 1e-9 * Math.max(1, Math.abs(measure))) return `parts add up to ${text(measure)} ✓`;
  const words = `parts ${text(sum)}, whole ${text(measure)}`;
  return sums
    ? `${words}: they should add up and miss by ${text(gap)}`
    : `${words}: these parts do not add up by their nature`;
}
