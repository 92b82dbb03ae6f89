import { sum } from "../../base/index.ts";
import { type Line, type LineInput, lines } from "../statement.ts";
import { kind } from "./contracts.ts";
import { field, rowWidth } from "./leg-rows.ts";
import { isOption } from "./legs.ts";
import { groupOf, type OkxRules } from "./rules.ts";
import { section } from "./sections.ts";
import { tierParts } from "./tiers.ts";
import type { RiskUnit } from "./units.ts";

/**
 * MR7, the least a unit is charged: what closing its positions costs, scaled up tier by tier.
 *
 *     raw of futures, perpetuals   rate·|cash delta|
 *     raw of an option             |coins|·(slippage + fee)·S;  slippage of a long option at most its mark
 *     MR7 = Σ part of the raw sum inside a tier × multiplier of the tier
 *
 * @source OKX, MR7 minimum charge and its scaling factor
 */
export function reductionCostLine(unit: RiskUnit, rules: OkxRules, detail: boolean): Line {
  const { leaf, product, sum: total } = lines("USD");
  const id = `${unit.id}/mr7`;
  const costs = rawCosts(unit, rules);
  const raw = sum(costs);
  const found = groupOf(rules.mr7.scaling, unit.underlying);
  const parts = tierParts(raw, found?.group.tiers ?? [{ multiplier: 1 }]);
  const children = parts.map(({ tier, index, part }, place) => {
    const isFull = place < parts.length - 1 && tier.upTo !== undefined;
    const at = `/mr7/scaling/${found?.key}/tiers/${index}`;
    const inputs: LineInput[] =
      found === undefined
        ? []
        : [
            { label: "multiplier", value: tier.multiplier, parameter: `${at}/multiplier` },
            ...(isFull ? [{ label: "up to", value: tier.upTo ?? 0, parameter: `${at}/upTo` }] : []),
          ];
    const child = leaf(`${id}/tier-${index + 1}/part`, `Part in tier ${index + 1}`, part, section.mr7);
    const extra = { component: "floor", inputs } as const;
    return product(
      `${id}/tier-${index + 1}`,
      `Tier ${index + 1}`,
      section.mr7,
      tier.multiplier,
      "multiplier",
      child,
      extra,
    );
  });
  return total(id, "MR7 cost of reducing positions", section.mr7, children, {
    component: "floor",
    inputs: [
      { label: "raw cost", value: raw, unit: "USD" },
      ...parameterInputs(unit, rules),
      ...(detail
        ? unit.netted.list.map(({ instrument }, at) => ({
            ...{ label: instrument.symbol, value: costs[at] as number, unit: "USD" },
          }))
        : []),
    ],
  });
}

function rawCosts({ netted, deltas, underlying }: RiskUnit, { mr7 }: OkxRules): Float64Array {
  const { kinds, rows } = netted;
  const { slippage: most, fee } = mr7.option;
  const rate = groupOf(mr7.linear, underlying)?.group.rate ?? 0;
  const costs = new Float64Array(kinds.length);
  for (let at = 0; at < kinds.length; at++) {
    if (!isOption(netted, at)) {
      costs[at] = rate * Math.abs(deltas.cash[at] as number);
      continue;
    }
    const row = rowWidth * at;
    const quantity = rows[row + field.quantity] as number;
    const mark = rows[row + field.mark] as number;
    const markInCoin = kinds[at] === kind.inverseOption ? mark : mark / (rows[row + field.forward] as number);
    const slippage = quantity > 0 ? Math.min(most, markInCoin) : most;
    costs[at] = Math.abs(quantity) * (slippage + fee) * (rows[row + field.index] as number);
  }
  return costs;
}

function parameterInputs({ netted, underlying }: RiskUnit, { mr7 }: OkxRules): readonly LineInput[] {
  const found = groupOf(mr7.linear, underlying);
  return [
    ...(netted.hasFutures && found !== undefined
      ? [
          {
            label: "rate of futures and perpetuals",
            value: found.group.rate,
            parameter: `/mr7/linear/${found.key}/rate`,
          },
        ]
      : []),
    ...(netted.hasOptions
      ? [
          { label: "slippage of an option", value: mr7.option.slippage, parameter: "/mr7/option/slippage" },
          { label: "fee of an option", value: mr7.option.fee, parameter: "/mr7/option/fee" },
        ]
      : []),
  ];
}
