import { sum as compensatedSum } from "../../../base/index.ts";
import type { Allocation, QuadraticPart } from "../../../measure/index.ts";
import type { Decomposition } from "../../contract.ts";
import type { VarEsRules } from "./rules.ts";
import { section } from "./sections.ts";

interface DecompositionInput {
  readonly rules: VarEsRules;
  readonly lineId: string;
  readonly value: number;
  readonly groups: readonly QuadraticPart[];
  /** Components by factor; absent where the form is quadratic. */
  readonly byFactor: Allocation | undefined;
  readonly alone: (underlyings: readonly string[]) => number;
  readonly measure: (parts: readonly QuadraticPart[]) => number;
}

/** A parametric measure by factor, by underlying alone with the diversification, and by what leaving one out would free. */
export function parametricDecompositions(input: DecompositionInput): readonly Decomposition[] {
  const { rules, groups, value, lineId, alone, byFactor, measure } = input;
  const name = rules.measure.statistic;
  const made = (
    kind: Decomposition["kind"],
    by: string,
    title: string,
    sums: boolean,
    entries: Decomposition["entries"],
  ): Decomposition => ({
    ...{
      id: `current/${kind}/${by}`,
      title,
      kind,
      lineId,
      measure: value,
      unit: "USD",
      rule: section.decomposition,
      entries,
      sums,
    },
    sum: compensatedSum(entries.map(({ amount }) => amount)),
  });
  const single = groups.map(({ name: label }) => ({ label, group: label, amount: alone([label]) }));
  return [
    ...(byFactor === undefined
      ? []
      : [
          made(
            "risk-factor",
            "factor",
            `Component ${name} by risk factor`,
            true,
            byFactor.parts.map((label, i) => ({ label, amount: byFactor.components[i] ?? 0 })),
          ),
        ]),
    made("stand-alone", "group", `${name} of each underlying alone, and the diversification`, true, [
      ...single,
      { label: "diversification", amount: value - compensatedSum(single.map(({ amount }) => amount)) },
    ]),
    made(
      "incremental",
      "group",
      `Incremental ${name}: what leaving an underlying out frees`,
      false,
      groups.map(({ name: label }) => ({
        label,
        group: label,
        amount: value - measure(groups.filter((part) => part.name !== label)),
      })),
    ),
  ];
}
