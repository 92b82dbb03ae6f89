import { sum } from "../../base/index.ts";
import type { Component } from "../../portfolio/index.ts";
import type { ChargeInput, RiskMatrix } from "../contract.ts";
import { usdPerUnit } from "../parts/usd-per-unit.ts";
import { type Line, lines } from "../statement.ts";
import { basisLine } from "./basis.ts";
import { decayLine, mostDecay } from "./decay.ts";
import { reductionCostLine } from "./reduction-cost.ts";
import type { OkxRules } from "./rules.ts";
import { stressSetId } from "./scenarios.ts";
import { section } from "./sections.ts";
import { stablecoinHedgeLine } from "./stablecoin-hedge.ts";
import { cellLossLine, type Stress, stressMatrix, stressOf } from "./stress.ts";
import type { RiskUnit } from "./units.ts";

export interface UnitCharge {
  readonly initial: Line;
  /** USD. */
  readonly maintenance: number;
  readonly matrix: RiskMatrix;
}

/**
 * Requirement of one risk unit.
 *
 *     maintenance = max(max(MR1, MR2, MR6) + MR3 + MR4 + MR5 + MR9, MR7)
 *     initial     = factor × maintenance
 *
 * A part the venue or the user states replaces the computed one.
 *
 * @source OKX, multi-currency margin mode vs. portfolio margin mode (2025-07-09)
 */
export function unitCharge(unit: RiskUnit, units: number, input: ChargeInput<OkxRules>): UnitCharge {
  const { rules, book, cube, detail, amountsOnly = false } = input;
  const { max, product, sum: total } = lines("USD");
  const stress = stressOf(unit, rules, cube(stressSetId(unit.id)));
  const stated = (id: Component["id"]) => statedAmount(input, unit, units, id);
  const part = (id: Component["id"], lineId: string, label: string, rule: string, computed: () => Line): Line => {
    const found = stated(id);
    return found === undefined ? computed() : lines("USD").leaf(lineId, label, found.amount, rule, found.extra);
  };
  const { id } = unit;
  const notModelled = (lineId: string, label: string, rule: string) => () =>
    lines("USD").leaf(lineId, `${label} (not modelled)`, 0, rule, { component: "contingency" });
  const risks = total(`${id}/risks`, "Risks", section.unit, [
    marketLine(stress, input),
    part(
      "vega-contingency",
      `${id}/mr3`,
      "MR3 vega across expiries",
      section.mr3,
      notModelled(`${id}/mr3`, "MR3 vega across expiries", section.mr3),
    ),
    part("basis-contingency", `${id}/mr4`, "MR4 basis", section.mr4, () => basisLine(unit, rules)),
    part(
      "interest-rate-contingency",
      `${id}/mr5`,
      "MR5 interest rate",
      section.mr5,
      notModelled(`${id}/mr5`, "MR5 interest rate", section.mr5),
    ),
    ...(rules.mr9 === undefined && stated("stablecoin-contingency") === undefined
      ? []
      : [
          part("stablecoin-contingency", `${id}/mr9`, "MR9 hedge between stablecoins", section.mr9, () =>
            stablecoinHedgeLine(unit, rules, book.indices),
          ),
        ]),
  ]);
  const floor = part("reduction-cost", `${id}/mr7`, "MR7 cost of reducing positions", section.mr7, () =>
    reductionCostLine(unit, rules, detail),
  );
  const mmrId = `${id}/mmr`;
  const label = `Maintenance margin of ${id}`;
  const mmr = part("risk-unit-maintenance", mmrId, label, section.unit, () =>
    max(mmrId, label, section.unit, [risks, floor]),
  );
  const factor = rules.initialFactor;
  const initial = product(`${id}/imr`, `Initial margin of ${id}`, section.unit, factor, "initial factor", mmr, {
    inputs: [{ label: "initial factor", value: factor, parameter: "/initialFactor" }],
  });
  return { initial, maintenance: mmr.amount, matrix: stressMatrix(stress, rules, amountsOnly) };
}

/**
 * The largest of MR1, MR2 and MR6; only that one lists positions, so that profits of positions are said once. Of amounts alone MR2 is left out
 * where it cannot be the largest.
 */
function marketLine(stress: Stress, { rules, detail, amountsOnly = false }: ChargeInput<OkxRules>): Line {
  const { max, product } = lines("USD");
  const { unit, worst } = stress;
  const { id } = unit;
  const mr1 = (within: boolean) => cellLossLine(stress, worst.standard, rules, `${id}/mr1`, "MR1 spot shock", within);
  const mr2 = (within: boolean) => decayLine(unit, rules, within);
  const mr6 = (within: boolean) => {
    const loss = cellLossLine(stress, worst.extended, rules, `${id}/mr6/loss`, "Loss of the extreme move", within);
    const { factor } = rules.mr6;
    return product(`${id}/mr6`, "MR6 extreme move", section.mr6, factor, "share charged", loss, {
      component: "scenario",
      inputs: [{ label: "share charged", value: factor, parameter: "/mr6/factor" }],
    });
  };
  const market = (children: readonly Line[]) =>
    max(`${id}/market`, "Market risk", section.unit, children, { component: "scenario" });
  const moved = [mr1(false), mr6(false)] as const;
  if (amountsOnly && mostDecay(unit, rules) <= Math.max(moved[0].amount, moved[1].amount)) return market(moved);
  const plain = [moved[0], mr2(false), moved[1]];
  if (!detail) return market(plain);
  const amounts = plain.map(({ amount }) => amount);
  const binding = amounts.indexOf(Math.max(...amounts));
  return market([mr1, mr2, mr6].map((part, at) => part(at === binding)));
}

/** What the venue or the user states for a part of this unit, in USD. */
function statedAmount({ book }: ChargeInput<OkxRules>, unit: RiskUnit, units: number, id: Component["id"]) {
  const found = book.components.filter(
    (component) =>
      component.id === id && (component.underlying === unit.id || (component.underlying === undefined && units === 1)),
  );
  const [first] = found;
  if (first === undefined) return undefined;
  const amount = sum(found.map((component) => component.amount * usdPerUnit(book.indices, component.currency)));
  return { amount, extra: { basis: first.basis, component: "contingency" } as const };
}
