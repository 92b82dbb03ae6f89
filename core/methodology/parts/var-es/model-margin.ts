import { type Line, lines } from "../../statement.ts";
import type { RequirementInput } from "./requirement.ts";
import type { VarEsRules } from "./rules.ts";
import { section } from "./sections.ts";
import type { TailModel } from "./tail-model.ts";

const { leaf, max, product, sum } = lines("USD");

/** Measure over the horizon times the multiplier, with the part of offsets between underlyings that is not allowed. */
export function modelMargin(id: string, label: string, model: TailModel, input: RequirementInput): Line {
  const { rules, detail } = input;
  const { offsetShare } = rules;
  const whole = (at: string) => multiplied(at, label, model, rules, model.line(`${at}/measure`, detail));
  if (offsetShare === 1) return whole(id);
  const inputs = [{ label: "share of offsets allowed", value: offsetShare, parameter: "/offsetShare" }];
  const alone = sum(
    `${id}/alone`,
    "Groups of underlyings alone",
    section.offsets,
    offsetGroups(model, rules).map(({ name, underlyings }) => {
      const own = `${id}/alone/${name}`;
      const measure = leaf(
        `${own}/measure`,
        `Measure of ${name} alone`,
        Math.max(0, model.alone(underlyings)),
        section.offsets,
        {
          component: "scenario",
        },
      );
      return multiplied(own, `${name} alone`, model, rules, measure);
    }),
  );
  const capped = sum(`${id}/capped`, "With the offsets allowed", section.offsets, [
    product(`${id}/capped/alone`, "Offsets not allowed", section.offsets, 1 - offsetShare, "1 − share", alone, {
      inputs,
    }),
    product(
      `${id}/capped/joint`,
      "Offsets allowed",
      section.offsets,
      offsetShare,
      "share",
      whole(`${id}/capped/joint/of`),
      { inputs },
    ),
  ]);
  return max(id, `${label}, offsets capped`, section.offsets, [whole(`${id}/joint`), capped]);
}

/** Underlyings by the group inside which their offsets are not limited, in alphabetical order of the groups. */
function offsetGroups({ underlyings }: TailModel, rules: VarEsRules) {
  const groupOf = (underlying: string): string => rules.offsetGroups[underlying] ?? underlying;
  const names = [...new Set(underlyings.map(groupOf))].sort();
  return names.map((name) => ({ name, underlyings: underlyings.filter((one) => groupOf(one) === name) }));
}

/** A measure over one step as margin: × √days where the rules scale by the root of time, × multiplier. */
function multiplied(id: string, label: string, model: TailModel, rules: VarEsRules, measure: Line): Line {
  const { horizonFactor } = model;
  const { days } = rules.horizon;
  const overHorizon =
    horizonFactor === 1
      ? measure
      : product(`${id}/horizon`, `Over ${days} days`, section.horizon, horizonFactor, "√days", measure, {
          inputs: [{ label: "days", value: days, parameter: "/horizon/days" }],
        });
  return product(id, label, section.multiplier, rules.multiplier, "multiplier", overHorizon, {
    inputs: [{ label: "multiplier", value: rules.multiplier, parameter: "/multiplier" }],
  });
}
