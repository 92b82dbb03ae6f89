import type { MarginResult, Totals } from "../margin/index.ts";
import type { RuleDifference } from "../rulebook/index.ts";
import { contributions } from "./contributions.ts";
import { differenceOfResults, type LineDifference } from "./difference.ts";

type RuleSet = Pick<MarginResult["rules"], "version" | "effectiveFrom" | "source" | "overrides"> &
  Pick<MarginResult, "accuracy">;

/** One amount under both rule sets. */
export interface AmountChange {
  readonly from?: number;
  readonly to?: number;
  /** to − from; a missing side counts 0. */
  readonly change: number;
  /** change ÷ from; absent when `from` is 0 or missing. */
  readonly fraction?: number;
}

export interface PositionEffect extends AmountChange {
  readonly id: string;
  readonly symbol: string;
  readonly account: string;
  readonly unit: string;
}

/** What two versions (or parameter sets) of one rulebook make of one book. */
export interface RuleEffect {
  readonly methodology: MarginResult["methodology"];
  readonly portfolioName: string;
  readonly marketName: string;
  readonly asOfMs: number;
  /** Made from generated data. */
  readonly synthetic: boolean;
  readonly from: RuleSet;
  readonly to: RuleSet;
  /** What changed in the rules, ordered by pointer. */
  readonly rules: readonly RuleDifference[];
  readonly totals: Readonly<Record<keyof Totals, AmountChange>>;
  /** Lines that differ, largest change first; at most 1,000. */
  readonly lines: readonly LineDifference[];
  readonly lineCount: number;
  /** Contribution of each position to the initial margin of its account, largest change first. */
  readonly positions: readonly PositionEffect[];
  /** Changes that belong to no single position: contingencies, shocks, orders, rounding. */
  readonly shared: readonly (AmountChange & { readonly account: string; readonly unit: string })[];
}

const listedLines = 1_000;

/**
 * Effect of a rule change: the same book at the same market under two rule sets.
 *
 * @param from result under the earlier rules
 * @param to   result under the later rules, of the same methodology
 */
export function ruleEffect(from: MarginResult, to: MarginResult): RuleEffect {
  const difference = differenceOfResults(from, to);
  const rulesOf = ({ accuracy, rules: { version, effectiveFrom, source, overrides } }: MarginResult): RuleSet => ({
    ...{ version, effectiveFrom, source, overrides, accuracy },
  });
  const { methodology, portfolioName, marketName, asOfMs } = to;
  const total = (name: keyof Totals) => amountChange(from.totals[name], to.totals[name]);
  return {
    ...{ methodology, portfolioName, marketName, asOfMs, rules: difference.parameters },
    synthetic: from.synthetic || to.synthetic,
    from: rulesOf(from),
    to: rulesOf(to),
    totals: {
      initialUsd: total("initialUsd"),
      maintenanceUsd: total("maintenanceUsd"),
      equityUsd: total("equityUsd"),
      marginBalanceUsd: total("marginBalanceUsd"),
      availableFundsUsd: total("availableFundsUsd"),
    },
    lines: difference.lines.slice(0, listedLines),
    lineCount: difference.lines.length,
    ...byPosition(from, to),
  };
}

/** @returns to − from with both sides; a missing side counts 0 */
export function amountChange(from: number | undefined, to: number | undefined): AmountChange {
  const change = (to ?? 0) - (from ?? 0);
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    change,
    ...(from === undefined || from === 0 ? {} : { fraction: change / from }),
  };
}

function byPosition(from: MarginResult, to: MarginResult): Pick<RuleEffect, "positions" | "shared"> {
  const [before, after] = [contributions(from), contributions(to)];
  const accounts = [...new Set([...before, ...after].map(({ account }) => account))];
  const positions: PositionEffect[] = [];
  const shared: RuleEffect["shared"][number][] = [];
  for (const account of accounts) {
    const [old, now] = [before, after].map((list) => list.find((entry) => entry.account === account));
    const unit = (now ?? old)?.unit ?? "";
    const amounts = [old, now].map((entry) => new Map(entry?.positions.map((one) => [one.id, one]) ?? []));
    const [was, is] = amounts;
    for (const id of new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])) {
      const symbol = (is?.get(id) ?? was?.get(id))?.symbol ?? id;
      positions.push({ id, symbol, account, unit, ...amountChange(was?.get(id)?.amount, is?.get(id)?.amount) });
    }
    const rest = (entry: typeof old) => entry?.shared.reduce((total, { amount }) => total + amount, 0);
    const change = amountChange(rest(old), rest(now));
    if (change.change !== 0) shared.push({ account, unit, ...change });
  }
  return { positions: positions.sort((a, b) => Math.abs(b.change) - Math.abs(a.change)), shared };
}
