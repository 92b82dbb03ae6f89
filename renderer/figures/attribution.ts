import { formatNumber } from "../../core/base/format.ts";
import type { AttributionRun, AttributionSplit } from "../client/attribution.ts";
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
  /** Positions it stands for, where they are several. */
  readonly positions?: readonly string[] | undefined;
  /** Standard error of a sampled amount. */
  readonly error?: number | undefined;
  /** Belongs to no group: named, and needed for the parts to add up. */
  readonly residual?: true | undefined;
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

/** One way of a computed split: its groups, and what belongs to none, so that the parts add up to the requirement. */
export function attributionOfSplit(run: AttributionRun, split: AttributionSplit): Attribution {
  const { kind, amounts, residuals, errors } = split;
  const groups = run.groups.map(
    ({ label, underlying, positions }, at): AttributionPart => ({
      ...{ label, amount: amounts[at] ?? 0, positions, error: errors?.[at] },
      ...(run.grouping === "position" || run.grouping === "expiry" ? { group: underlying } : {}),
    }),
  );
  const parts = [
    ...groups.filter(({ amount }) => amount !== 0),
    ...residuals.map(({ label, amount }): AttributionPart => ({ label, amount, residual: true })),
  ];
  const sum = parts.reduce((total, { amount }) => total + amount, 0);
  return {
    ...{ id: `group ${kind}`, title: splitTitle(run, split), unit: run.unit },
    ...{ measure: run.total, sum, sums: true, parts },
  };
}

/** `Shapley contribution to initial margin, by expiry`. */
export function splitTitle({ requirement, grouping }: AttributionRun, { title }: AttributionSplit): string {
  return `${title}: ${requirement} margin by ${grouping === "tag" ? "strategy tag" : grouping}`;
}

/** Residuals that are named one by one in a sentence; more are added up. */
const namedResiduals = 2;

/** Whether a computed way adds up, and how it was computed, in words. */
export function splitWords(run: AttributionRun, split: AttributionSplit): string {
  const { sum, residuals, difference, how, errors } = split;
  const money = (amount: number): string => formatNumber(amount, { unit: run.unit });
  const shown =
    residuals.length <= namedResiduals
      ? residuals
      : [
          {
            label: `${residuals.length} lines of no position`,
            amount: residuals.reduce((total, { amount }) => total + amount, 0),
          },
        ];
  const rest = shown.map(({ label, amount }) => `${amount < 0 ? "−" : "+"} ${label} ${money(Math.abs(amount))}`);
  const gap = Math.abs(difference);
  const size = Math.max(1, Math.abs(run.total));
  const check = gap <= 1e-9 * size ? `= ${money(run.total)} ✓` : `misses ${money(run.total)} by ${money(gap)}`;
  const error = errors && errors.length > 0 ? `; largest standard error ${money(Math.max(...errors))}` : "";
  return [`groups ${money(sum)}`, ...rest, check, ...(how ? [`(${how}${error})`] : [])].join(" ");
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
