import { isoDate } from "../../base/index.ts";
import { expiryOf } from "../../instrument/index.ts";
import { columnSums } from "../parts/column-sums.ts";
import { groupsBy, noGroup } from "../parts/groups.ts";
import { type AboutContract, oncePerContracts } from "../parts/once-per-contracts.ts";
import { type Line, lines } from "../statement.ts";
import { field, rowWidth } from "./leg-rows.ts";
import { groupOf, type OkxRules } from "./rules.ts";
import { section } from "./sections.ts";
import type { RiskUnit } from "./units.ts";

/** Cash delta of one expiry; perpetuals and spot in use are expiries of their own, without time. */
interface Bucket {
  readonly key: string;
  readonly label: string;
  readonly years: number;
  readonly dated: boolean;
  /** USD, signed. */
  readonly cashDelta: number;
  /** Σ cash delta × basis, USD. */
  readonly basisDelta: number;
}

/**
 * MR4, risk that basis moves.
 *
 *     Σ |cash delta of a bucket|·forwardMove
 *       + Σ |cash delta·basis of a dated bucket|·basisMove                       (until January 2025)
 *       + Σ hedged of two buckets·annualizedMove·years between them              (from then on)
 *
 * @source OKX, MR4 basis risk: parameters as announced; the form of the second term is inferred, see the document
 */
export function basisLine(unit: RiskUnit, rules: OkxRules): Line {
  const { sum: total } = lines("USD");
  const id = `${unit.id}/mr4`;
  const buckets = bucketsOf(unit, rules);
  const children = [...moveLines(unit, buckets, rules, id), ...calendarLines(unit, buckets, rules, id)];
  return total(id, "MR4 basis", section.mr4, children, { component: "roll" });
}

function bucketsOf({ netted, deltas, spot, index }: RiskUnit, { mr4 }: OkxRules): readonly Bucket[] {
  const { keys, first, slots } = slotsOf(netted.list, mr4);
  const { rows } = netted;
  const countsBasis = mr4.calendar.formula === "basis-move";
  const [cash, basis] = [columnSums(keys.length), columnSums(keys.length)];
  for (let at = 0; at < slots.length; at++) {
    const slot = slots[at] as number;
    if (slot === noGroup) continue;
    const cashDelta = deltas.cash[at] as number;
    cash.add(slot, cashDelta);
    if (!countsBasis) continue;
    const row = rowWidth * at;
    basis.add(slot, cashDelta * ((rows[row + field.forward] as number) / (rows[row + field.index] as number) - 1));
  }
  const buckets = keys.map((key, slot) => {
    const dated = key !== undated;
    const years = dated ? (rows[rowWidth * (first[slot] as number) + field.years] as number) : 0;
    return { ...{ key, label: key, years, dated }, cashDelta: cash.total(slot), basisDelta: basis.total(slot) };
  });
  if (spot.coins !== 0 && mr4.buckets === "all")
    buckets.push({
      ...{ key: "spot", label: "spot in use", years: 0, dated: false },
      ...{ cashDelta: spot.coins * index, basisDelta: 0 },
    });
  return buckets.sort((a, b) => a.years - b.years || (a.key < b.key ? -1 : 1));
}

/** The bucket of perpetuals. */
const undated = "perpetual";

/** Buckets by first contract, and that of each contract. */
const slotsOf = oncePerContracts((list, { buckets }: OkxRules["mr4"]) => {
  const keyOf = ({ instrument }: AboutContract): string | undefined => {
    const expiryMs = expiryOf(instrument);
    if (expiryMs !== undefined) return isoDate(expiryMs);
    return buckets === "all" ? undated : undefined;
  };
  const { of: slots, first } = groupsBy(list, keyOf);
  return { slots, first, keys: first.map((at) => keyOf(list[at] as AboutContract) ?? undated) };
});

function moveLines(unit: RiskUnit, buckets: readonly Bucket[], rules: OkxRules, id: string): Line[] {
  const found = groupOf(rules.mr4.forwardMove, unit.underlying);
  if (found === undefined) return [];
  const { leaf, product } = lines("USD");
  const { rate } = found.group;
  return buckets.map(({ key, label, cashDelta }) => {
    const lineId = `${id}/${key}`;
    const child = leaf(`${lineId}/cash-delta`, "Cash delta, without sign", Math.abs(cashDelta), section.mr4);
    return product(lineId, `Forward move of ${label}`, section.mr4, rate, "forward move", child, {
      component: "roll",
      inputs: [{ label: "forward move", value: rate, parameter: `/mr4/forwardMove/${found.key}/rate` }],
    });
  });
}

function calendarLines(unit: RiskUnit, buckets: readonly Bucket[], { mr4 }: OkxRules, id: string): Line[] {
  const { leaf, product } = lines("USD");
  const { calendar } = mr4;
  if (calendar.formula === "basis-move") {
    const found = groupOf(calendar.groups, unit.underlying);
    if (found === undefined) return [];
    const { basisMove } = found.group;
    const parameter = `/mr4/calendar/groups/${found.key}/basisMove`;
    return buckets
      .filter(({ dated }) => dated)
      .map(({ key, label, basisDelta }) => {
        const child = leaf(`${id}/basis-${key}/delta`, "Cash delta × basis", Math.abs(basisDelta), section.mr4);
        return product(`${id}/basis-${key}`, `Basis move of ${label}`, section.mr4, basisMove, "basis move", child, {
          component: "roll",
          inputs: [{ label: "basis move", value: basisMove, parameter }],
        });
      });
  }
  const found = groupOf(calendar.groups, unit.underlying);
  if (found === undefined) return [];
  const { annualizedMove } = found.group;
  const parameter = `/mr4/calendar/groups/${found.key}/annualizedMove`;
  return hedgedPairs(buckets)
    .filter(({ years }) => years > 0)
    .map(({ near, far, hedged, years }) => {
      const lineId = `${id}/${near.key}_${far.key}`;
      const child = leaf(`${lineId}/hedged-years`, "Hedged cash delta × years", hedged * years, section.mr4, {
        inputs: [
          { label: "hedged", value: hedged, unit: "USD" },
          { label: "years between", value: years, unit: "years" },
        ],
      });
      const label = `${near.label} against ${far.label}`;
      return product(lineId, label, section.mr4, annualizedMove, "annualized move", child, {
        component: "roll",
        inputs: [{ label: "annualized move", value: annualizedMove, parameter }],
      });
    });
}

/** Pairs of buckets with opposite deltas, nearest expiries first; what a pair hedges is used up. */
function hedgedPairs(buckets: readonly Bucket[]) {
  const left = buckets.map(({ cashDelta }) => cashDelta);
  return buckets.flatMap((near, i) =>
    buckets.slice(i + 1).flatMap((far, offset) => {
      const j = i + 1 + offset;
      const [a, b] = [left[i] ?? 0, left[j] ?? 0];
      if (a * b >= 0) return [];
      const hedged = Math.min(Math.abs(a), Math.abs(b));
      left[i] = a - Math.sign(a) * hedged;
      left[j] = b - Math.sign(b) * hedged;
      return [{ near, far, hedged, years: far.years - near.years }];
    }),
  );
}
