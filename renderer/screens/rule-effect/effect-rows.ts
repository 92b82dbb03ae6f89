import type { LineEffect, PositionEffect, RuleEffect } from "../../client/reports.ts";

/** One amount under both rule sets, as a row. */
export interface EffectRow {
  readonly id: string;
  readonly label: string;
  readonly account: string;
  readonly unit: string;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly change: number;
  /** Change ÷ from. */
  readonly fraction?: number | undefined;
}

const totals = [
  ["initialUsd", "Initial margin"],
  ["maintenanceUsd", "Maintenance margin"],
  ["equityUsd", "Equity"],
  ["marginBalanceUsd", "Margin balance"],
  ["availableFundsUsd", "Available funds"],
] as const;

/** Totals that exist on one side at least, in USD. */
export function totalRows({ totals: amounts }: Pick<RuleEffect, "totals">): EffectRow[] {
  return totals.flatMap(([name, label]) => {
    const amount = amounts[name];
    if (amount.from === undefined && amount.to === undefined) return [];
    return [{ id: name, label, account: "", unit: "USD", ...amount }];
  });
}

export function lineRow({ id, label, unit, from, to, change }: LineEffect): EffectRow {
  const account = id.split("/")[0] ?? "";
  const fraction = from === undefined || from === 0 ? undefined : change / from;
  return { id, label, account, unit, from, to, change, fraction };
}

/** Positions, and what belongs to no single one: together they are the change of the initial margin. */
export function positionRows({ positions, shared }: Pick<RuleEffect, "positions" | "shared">): EffectRow[] {
  return [
    ...positions.map((effect: PositionEffect) => ({
      ...effect,
      id: `${effect.account} ${effect.id}`,
      label: effect.symbol,
    })),
    ...shared.map((effect) => ({ ...effect, id: `${effect.account} shared`, label: "Not of a single position" })),
  ];
}

/** Sum of the changes of one unit, or nothing when rows have several. */
export function changeOf(rows: readonly EffectRow[]): { readonly unit: string; readonly change: number } | undefined {
  const [first] = rows;
  if (!first || rows.some(({ unit }) => unit !== first.unit)) return undefined;
  return { unit: first.unit, change: rows.reduce((sum, { change }) => sum + change, 0) };
}

/** One sentence that says what the change does. */
export function effectSentence(effect: Pick<RuleEffect, "totals" | "rules">): string {
  const { change, fraction } = effect.totals.initialUsd;
  const count = effect.rules.length === 1 ? "1 parameter differs" : `${effect.rules.length} parameters differ`;
  if (effect.rules.length === 0) return "The two versions have equal parameters.";
  if (change === 0) return `${count}; the initial margin of this book stays the same.`;
  const percent = fraction === undefined ? "" : ` by ${Math.abs(fraction * 100).toPrecision(3)} %`;
  return `${count}; the initial margin ${change > 0 ? "rises" : "falls"}${percent}.`;
}
