import { DomainError } from "../../base/index.ts";
import type { Component } from "../../portfolio/index.ts";
import type { AccountColumns } from "../market-columns.ts";
import { roundTo, towardZero } from "../statement.ts";
import { addColumn } from "./columns.ts";
import { entrySteps, keptEntry, type MatrixContent, scaledSum } from "./extended-risk-matrix-entries.ts";
import type { MatrixRules } from "./extended-risk-matrix-rules.ts";
import { correlationGroups, matrixTitle } from "./extended-risk-matrix-worst-case.ts";

/** One matrix of an account at many markets. */
export interface ContentColumns {
  /** Its index is that of no market. */
  readonly content: MatrixContent;
  /** Index of the underlying. */
  readonly index: Float64Array;
  /** Sums of profits, `[market * columns + column]`, unit of the matrix; gain > 0. */
  readonly profits: Float64Array;
}

/** What an account owes at many markets; amounts in its unit. */
export interface RequirementColumnsInput {
  readonly count: number;
  readonly contents: readonly ContentColumns[];
  readonly rules: MatrixRules;
  /** Adds the components of this account to an amount at each market. */
  readonly addComponents: (ids: readonly Component["id"][], to: Float64Array) => void;
  /** Delta and roll shock of the account. */
  readonly shocks: Float64Array;
  /** What only raises the initial margin, as `haircuts` of `matrixRequirement`; nothing when absent. */
  readonly haircuts?: Float64Array;
}

/** Amounts of `matrixRequirement` at many markets, to rounding. */
export function requirementColumns(
  input: RequirementColumnsInput,
): Pick<AccountColumns, "initial" | "maintenance" | "matrices"> {
  const { count, contents, rules, addComponents, shocks, haircuts } = input;
  const { worstCaseDecimals, initialDecimals, maintenanceFactor } = rules.general;
  const matrices = contents.map((one) => ({
    ...one,
    title: matrixTitle(one.content),
    labels: one.content.columns.map(({ label }) => label),
    entries: entriesOf(one, count),
    binding: new Int16Array(count).fill(-1),
  }));
  const losses = new Float64Array(count);
  const groups = correlationGroups(matrices);
  for (const group of groups) addLosses(group, losses);
  const required = losses.map((loss, at) => roundTo(loss, worstCaseDecimals) + (shocks[at] as number));
  addComponents(["correlation-contingency"], required);
  const total = required.slice();
  addComponents(["spot-orders", "market-maker-protection", "open-orders"], total);
  if (haircuts !== undefined) addColumn(total, haircuts);
  return {
    initial: total.map((amount) => roundTo(amount, initialDecimals)),
    maintenance: required.map((amount) => maintenanceFactor * amount),
    matrices: groups.flat().map(({ title, labels, binding }) => ({ title, labels, binding })),
  };
}

/** Adds the worst entry of matrices together at each market, the first of equals, and notes which it is. */
function addLosses(
  group: readonly { readonly content: MatrixContent; readonly entries: Float64Array; readonly binding: Int16Array }[],
  losses: Float64Array,
): void {
  const [first, ...others] = group;
  if (first === undefined) return;
  const width = first.content.columns.length;
  for (let market = 0; market < losses.length; market++) {
    let worst = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let column = 0; column < width; column++) {
      const at = market * width + column;
      let entry = first.entries[at] as number;
      for (const other of others) entry += other.entries[at] as number;
      if (!(entry < least)) continue;
      worst = column;
      least = entry;
    }
    if (!Number.isFinite(least)) throw new DomainError("an entry of a matrix must be a finite number", least);
    if (least >= 0) continue;
    losses[market] = (losses[market] as number) - least;
    for (const { binding } of group) binding[market] = worst;
  }
}

/** Entries of a matrix, `[market * columns + column]`: `entrySteps` at an index of 1, its dollars as coin at that of each market. */
function entriesOf({ content, index, profits }: ContentColumns, count: number): Float64Array {
  const { columns, inCoin } = content;
  const width = columns.length;
  const entries = new Float64Array(count * width);
  columns.forEach((column, c) => {
    const steps = entrySteps({ ...content, index: 1 }, column);
    const { share, dampener } = steps;
    for (let market = 0; market < count; market++) {
      const at = market * width + c;
      const price = inCoin ? (index[market] as number) : 1;
      const scaled = scaledSum(steps, profits[at] as number);
      const entry = dampener === undefined ? scaled : towardZero(scaled, dampener / price);
      entries[at] = keptEntry(entry, share, steps.cap / price);
    }
  });
  return entries;
}
