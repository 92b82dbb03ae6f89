import { sum } from "../../../base/index.ts";
import type { Decomposition, DecompositionEntry } from "../../contract.ts";
import { jointLabel } from "./joint-label.ts";
import type { BookLosses } from "./losses.ts";
import { meanProfit } from "./mean-profit.ts";
import { type Measured, measured } from "./measured.ts";
import { riskFactorSplit } from "./risk-factor-split.ts";
import type { VarEsRules } from "./rules.ts";
import { section } from "./sections.ts";

/** Positions up to which each is measured alone and left out in turn; each costs two sorts of all scenarios. */
const mostPositions = 200;

/**
 * The measure split by the scenarios that make it, by position and group (component and marginal), by risk factor, by
 * group alone with the diversification, and by what leaving a group or a position out would free.
 */
export function bookDecompositions(
  book: BookLosses,
  whole: Measured,
  rules: VarEsRules,
  lineId: string,
): readonly Decomposition[] {
  const { list, groups } = book;
  const every = Int32Array.from(book.total.keys());
  const name = rules.measure.statistic;
  const made = (
    kind: Decomposition["kind"],
    by: string,
    title: string,
    sums: boolean,
    entries: readonly DecompositionEntry[],
  ): Decomposition => ({
    id: `${list.name}/${kind}/${by}`,
    ...{
      title,
      kind,
      lineId,
      measure: whole.value,
      unit: "USD",
      rule: section.decomposition,
      setId: list.name,
      entries,
    },
    sum: sum(entries.map(({ amount, weight = 1 }) => weight * amount)),
    sums,
  });
  const positions = groups.flatMap((group) =>
    group.positions.map(({ position }, place) => ({
      group: group.underlying,
      label: position.instrument.symbol,
      positionId: position.id,
      quantity: position.quantity,
      component: -meanProfit(group, place, whole),
    })),
  );
  const alone = groups.map(({ underlying, losses }) => ({
    group: underlying,
    label: underlying,
    amount: measured(losses, list, rules).value,
  }));
  const together = { label: "diversification", amount: whole.value - sum(alone.map(({ amount }) => amount)) };
  const without = (losses: Float64Array): number =>
    whole.value -
    measured(
      book.total.map((loss, s) => loss - (losses[s] ?? 0)),
      list,
      rules,
    ).value;
  return [
    made("tail-scenario", "scenario", `Scenarios that make the ${name}`, true, scenarioEntries(book, whole)),
    made(
      "component",
      "position",
      `Component ${name} by position`,
      true,
      positions.map(({ component, quantity: _, ...entry }) => ({ ...entry, amount: component })),
    ),
    made(
      "component",
      "group",
      `Component ${name} by underlying`,
      true,
      groups.map(({ underlying }) => ({
        label: underlying,
        group: underlying,
        amount: sum(positions.flatMap(({ group, component }) => (group === underlying ? [component] : []))),
      })),
    ),
    made(
      "marginal",
      "position",
      `Marginal ${name}, per unit of a position`,
      false,
      positions.flatMap(({ component, quantity, ...entry }) =>
        quantity === 0 ? [] : [{ ...entry, amount: component / quantity }],
      ),
    ),
    made("risk-factor", "factor", `Component ${name} by risk factor`, true, riskFactorSplit(book, whole)),
    made("stand-alone", "group", `${name} of each underlying alone, and the diversification`, true, [
      ...alone,
      together,
    ]),
    made(
      "incremental",
      "group",
      `Incremental ${name}: what leaving an underlying out frees`,
      false,
      groups.map(({ underlying, losses }) => ({ label: underlying, group: underlying, amount: without(losses) })),
    ),
    ...(positions.length > mostPositions
      ? []
      : [
          made(
            "incremental",
            "position",
            `Incremental ${name}: what closing a position frees`,
            false,
            groups.flatMap((group) => {
              const profit = group.profits(every);
              return group.positions.map(({ position }, place) => ({
                label: position.instrument.symbol,
                positionId: position.id,
                group: group.underlying,
                amount: without(Float64Array.from(every, (s) => -profit(place, s))),
              }));
            }),
          ),
        ]),
  ];
}

function scenarioEntries(book: BookLosses, { shares, losses }: Measured): readonly DecompositionEntry[] {
  return Array.from(shares.scenarios, (scenario, i) => ({
    label: jointLabel(book, scenario),
    scenarioId: book.list.ids[scenario] ?? "",
    weight: shares.shares[i] ?? 0,
    amount: losses[scenario] ?? 0,
  }));
}
