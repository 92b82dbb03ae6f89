import { type Failure, failed, type Result, success, sum, unwatched, type Work } from "../../base/index.ts";
import { buildBook, type MarginRun, runMargin, underRules } from "../../margin/index.ts";
import type { BookPosition } from "../../methodology/index.ts";
import { runKernel } from "../../revaluation/index.ts";
import {
  type Attribution,
  type AttributionKind,
  type AttributionSplit,
  attributionKinds,
  kindWords,
  type Residual,
} from "./attribution.ts";
import { type ComponentParts, componentParts } from "./component-parts.ts";
import { closedTo } from "./game.ts";
import { type Grouping, groupsOf, type PositionGroup } from "./grouping.ts";
import { type ShapleySettings, shapleyOf } from "./shapley-margins.ts";
import { type Requirement, type SubsetMargins, subsetMargins } from "./subset-margins.ts";

export interface AttributionRun extends Omit<MarginRun, "standAlone"> {
  readonly grouping: Grouping;
  readonly requirement: Requirement;
  readonly kinds: readonly AttributionKind[];
  /** Tags set by the user, over those of the positions. */
  readonly tags?: readonly { readonly positionId: string; readonly tag: string }[];
  readonly shapley: ShapleySettings;
  /** Given what is known before the Shapley values, which may take long. */
  readonly onPartial?: (partial: Attribution) => void;
}

/** What every way to split is given. */
interface Split {
  readonly total: number;
  readonly ofNoPosition: number;
  readonly groups: readonly PositionGroup[];
  /** Entries of the book by group. */
  readonly members: readonly (readonly BookPosition[])[];
  readonly margins: SubsetMargins;
  readonly component: ComponentParts;
  readonly work: Work;
}

/** A part of the size of a group by which Euler's rate is taken, up and down. */
const eulerStep = 1 / 1024;

/**
 * Splits the requirement of a book among groups of its positions. Balances and stated components are in every part, so that the whole is the
 * requirement of the margin run, to the bit; what they require alone belongs to no position and is named.
 *
 *     total = Σ groups + Σ residuals,   each way naming its own
 *
 * Scenarios are revalued once for the whole book; parts are charged again from the same cubes.
 *
 * @returns the splits; ways that cannot be computed stand in `refused`. The failure of `runMargin`, or `cancelled`
 */
export async function runAttribution({
  grouping,
  requirement,
  kinds,
  tags = [],
  shapley,
  onPartial,
  ...run
}: AttributionRun): Promise<Result<Attribution>> {
  const { work = unwatched } = run;
  const result = await runMargin({ ...run, work: { ...work, progress: () => {} } });
  if (!result.ok) return result;
  const under = underRules(run.methodology, run.rules);
  if (!under.ok) return under;
  const built = buildBook({ ...run, methodology: under.value });
  if (!built.ok) return built;
  const { book } = built.value;
  const positions = book.positions.map(({ position }) => position);
  const groups = groupsOf(positions, grouping, new Map(tags.map(({ positionId, tag }) => [positionId, tag])));
  const byId = new Map(book.positions.map((entry) => [entry.position.id, entry]));
  const margins = subsetMargins(book, under.value, run.kernel ?? runKernel(), requirement);
  const nothing = margins.of([]);
  if (!nothing.ok) return nothing;
  const { totals, rules } = result.value;
  const split: Split = {
    total: requirement === "initial" ? totals.initialUsd : totals.maintenanceUsd,
    ofNoPosition: nothing.value,
    groups,
    members: groups.map((group) => group.positions.flatMap((id) => byId.get(id) ?? [])),
    margins,
    component: componentParts(result.value, requirement),
    work,
  };
  const splits: AttributionSplit[] = [];
  const refused: { kind: AttributionKind; title: string; failure: Failure }[] = [];
  const { methodology, portfolioName, marketName, asOfMs, accuracy, remarks, excluded, synthetic } = result.value;
  const soFar = (): Attribution => ({
    ...{ methodology, portfolioName, marketName, asOfMs, accuracy, remarks, excluded, synthetic },
    ...{ version: rules.version, requirement, grouping, unit: "USD", total: split.total, groups },
    ...{ ofNoPosition: split.ofNoPosition, ties: split.component.ties },
    ...{ splits: [...splits], refused: [...refused] },
  });
  for (const kind of attributionKinds.filter((one) => kinds.includes(one))) {
    if (kind === "shapley" && splits.length > 0) onPartial?.(soFar());
    const found = await splitBy(kind, split, book.positions, shapley);
    if (found.ok) splits.push(found.value);
    else if (found.failure.reason === "cancelled") return found;
    else refused.push({ kind, title: kindWords[kind].title, failure: found.failure });
  }
  return success(soFar());
}

async function splitBy(
  kind: AttributionKind,
  split: Split,
  positions: readonly BookPosition[],
  shapley: ShapleySettings,
): Promise<Result<AttributionSplit>> {
  const { total, ofNoPosition, groups } = split;
  const rest: readonly Residual[] =
    ofNoPosition === 0 ? [] : [{ label: "of no position: balances and stated components", amount: ofNoPosition }];
  const shared = total - ofNoPosition;
  switch (kind) {
    case "component": {
      const { positions: byPosition, shared: lines } = split.component;
      const amounts = groups.map((group) => sum(group.positions.map((id) => byPosition.get(id) ?? 0)));
      const residuals = lines.map(({ label, lineId, amount }) => ({ label, lineId, amount }));
      return success(named(kind, total, amounts, residuals, { sums: true }));
    }
    case "stand-alone": {
      const alone = await eachGroup(split, "groups alone", (at) => split.members[at] ?? []);
      if (!alone.ok) return alone;
      const amounts = alone.value.map((amount) => amount - ofNoPosition);
      const saved = shared - sum(amounts);
      const label = saved <= 0 ? "netting between groups" : "more together than apart";
      return success(named(kind, total, amounts, [{ label, amount: saved }, ...rest], { sums: false }));
    }
    case "pro-rata": {
      const alone = await eachGroup(split, "groups alone", (at) => split.members[at] ?? []);
      if (!alone.ok) return alone;
      const weights = alone.value.map((amount) => amount - ofNoPosition);
      const all = sum(weights);
      if (!(all > 0))
        return failed(
          "not-applicable",
          "no group has a stand-alone requirement: there is nothing to share in proportion to",
        );
      const amounts = closedTo(
        Float64Array.from(weights, (weight) => (shared * weight) / all),
        shared,
      );
      return success(named(kind, total, [...amounts], rest, { sums: true }));
    }
    case "incremental": {
      const without = await eachGroup(split, "book without the group", (at) => {
        const own = new Set(split.members[at]);
        return positions.filter((entry) => !own.has(entry));
      });
      if (!without.ok) return without;
      const amounts = without.value.map((amount) => total - amount);
      const left = shared - sum(amounts);
      return success(
        named(kind, total, amounts, [{ label: "shared between groups", amount: left }, ...rest], { sums: false }),
      );
    }
    case "euler": {
      const scaled = (by: number) => (at: number) => {
        const own = new Set(split.members[at]);
        return positions.map((entry) => (own.has(entry) ? sizedBy(entry, by) : entry));
      };
      const up = await eachGroup(split, "groups larger", scaled(1 + eulerStep));
      if (!up.ok) return up;
      const down = await eachGroup(split, "groups smaller", scaled(1 - eulerStep));
      if (!down.ok) return down;
      const amounts = up.value.map((amount, at) => (amount - (down.value[at] ?? 0)) / (2 * eulerStep));
      const left = total - sum(amounts);
      const label = "not proportional to size: tiers, floors, fixed amounts, balances";
      const how = `change of size ±1/${1 / eulerStep}; of two scenarios that bind there, the mean`;
      return success(named(kind, total, amounts, [{ label, amount: left }], { sums: false, how }));
    }
    case "shapley": {
      const found = await shapleyOf(split.members, split.margins, shared, shapley, split.work);
      if (!found.ok) return found;
      const { values, errors, how } = found.value;
      const more = { sums: true, how, ...(errors === undefined ? {} : { errors: [...errors] }) };
      return success(named(kind, total, [...values], rest, more));
    }
  }
}

function named(
  kind: AttributionKind,
  total: number,
  amounts: readonly number[],
  residuals: readonly Residual[],
  more: Pick<AttributionSplit, "sums"> & Partial<Pick<AttributionSplit, "errors" | "how">>,
): AttributionSplit {
  const kept = residuals.filter(({ amount }) => amount !== 0).sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount));
  const added = sum([...amounts, ...kept.map(({ amount }) => amount)]);
  return { kind, ...kindWords[kind], amounts, sum: sum(amounts), residuals: kept, difference: total - added, ...more };
}

/** Groups that are charged between two looks at whether to stop. */
const groupsAtOnce = 8;

async function eachGroup(
  { groups, margins, work }: Split,
  label: string,
  partOf: (group: number) => readonly BookPosition[],
): Promise<Result<readonly number[]>> {
  const amounts: number[] = [];
  for (let at = 0; at < groups.length; at++) {
    if (at % groupsAtOnce === 0) {
      work.progress(at, groups.length, label);
      await work.pause();
      if (work.cancelled()) return failed("cancelled", "cancelled");
    }
    const amount = margins.of(partOf(at));
    if (!amount.ok) return amount;
    amounts.push(amount.value);
  }
  work.progress(groups.length, groups.length, label);
  return success(amounts);
}

function sizedBy({ position, terms, ...entry }: BookPosition, by: number): BookPosition {
  return { ...entry, position: { ...position, quantity: position.quantity * by }, terms };
}
