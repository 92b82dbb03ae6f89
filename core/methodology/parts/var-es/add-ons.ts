import { sum as compensatedSum } from "../../../base/index.ts";
import { type Line, lines } from "../../statement.ts";
import { collateralValues } from "./collateral.ts";
import { concentrationLines, liquidityLines } from "./liquidity-lines.ts";
import type { RequirementInput } from "./requirement.ts";
import { section } from "./sections.ts";

const { leaf, max, product, sum } = lines("USD");

/** Charges beside the model margin, those the rules switch off without a line. */
export function addOnLines(id: string, input: RequirementInput): readonly Line[] {
  if (input.book.positions.length === 0) return [];
  return [
    ...liquidityLines(`${id}/liquidity`, input),
    ...concentrationLines(`${id}/concentration`, input),
    ...dependenceLines(`${id}/dependence`, input),
    ...wrongWayLines(`${id}/wrong-way`, input),
  ];
}

/** What stressed dependence between underlyings, or the largest of them moving together, adds to the measure. */
function dependenceLines(id: string, { rules, current }: RequirementInput): readonly Line[] {
  const { weight, confidence, factors, shuffles, seed } = rules.addOns.dependence;
  if (weight === 0) return [];
  const alone = current.underlyings.map((underlying) => Math.max(0, current.alone([underlying], confidence)));
  const largest = [...alone].sort((a, b) => b - a).slice(0, factors);
  const at = section.dependence;
  const confidenceInput = { label: "confidence", value: confidence, parameter: "/addOns/dependence/confidence" };
  const stressed = max(`${id}/excess/stressed`, "Worst of stressed dependence", at, [
    leaf(`${id}/excess/stressed/perfect`, "Prices move in one order", current.dependent("perfect", confidence), at, {
      inputs: [confidenceInput],
    }),
    leaf(`${id}/excess/stressed/zero`, "Underlyings independent", current.dependent("zero", confidence), at, {
      inputs: [
        confidenceInput,
        { label: "shuffles", value: shuffles, parameter: "/addOns/dependence/shuffles" },
        { label: "seed", value: seed, parameter: "/addOns/dependence/seed" },
      ],
    }),
    leaf(`${id}/excess/stressed/together`, "Largest underlyings lose together", compensatedSum(largest), at, {
      inputs: [confidenceInput, { label: "underlyings", value: factors, parameter: "/addOns/dependence/factors" }],
    }),
  ]);
  const less = product(
    `${id}/excess/less`,
    "Less the measure",
    at,
    -1,
    "sign",
    leaf(`${id}/excess/measure`, "Measure", current.value, at),
  );
  const excess = max(`${id}/excess`, "Beyond the measure, not below 0", at, [
    sum(`${id}/excess/difference`, "Beyond the measure", at, [stressed, less]),
    leaf(`${id}/excess/zero`, "Nothing", 0, at),
  ]);
  const overHorizon =
    current.horizonFactor === 1
      ? excess
      : product(
          `${id}/horizon`,
          `Over ${rules.horizon.days} days`,
          section.horizon,
          current.horizonFactor,
          "√days",
          excess,
        );
  return [
    product(id, "Stressed dependence", at, weight, "weight", overHorizon, {
      inputs: [{ label: "weight", value: weight, parameter: "/addOns/dependence/weight" }],
    }),
  ];
}

/** Coins held as collateral measured together with the book, beyond what the haircut covers. */
function wrongWayLines(id: string, { book, rules, current }: RequirementInput): readonly Line[] {
  const { share, haircut } = rules.addOns.wrongWay;
  const values = collateralValues(book, rules);
  if (share === 0 || values.size === 0) return [];
  const at = section.wrongWay;
  const value = compensatedSum(values.values());
  const difference = sum(`${id}/difference`, "Joint measure beyond book and haircut", at, [
    leaf(`${id}/joint`, "Book and collateral over the horizon", current.joint(values) * current.horizonFactor, at),
    product(
      `${id}/less-book`,
      "Less the book",
      at,
      -1,
      "sign",
      leaf(`${id}/book`, "Book over the horizon", current.value * current.horizonFactor, at),
    ),
    product(
      `${id}/less-haircut`,
      "Less the haircut",
      at,
      -haircut,
      "−haircut",
      leaf(`${id}/value`, "Coins held, at the index", value, at),
      {
        inputs: [{ label: "haircut", value: haircut, parameter: "/addOns/wrongWay/haircut" }],
      },
    ),
  ]);
  const excess = max(`${id}/excess`, "Not below 0", at, [difference, leaf(`${id}/zero`, "Nothing", 0, at)]);
  return [
    product(id, "Collateral that falls with the book", at, share, "share", excess, {
      inputs: [{ label: "share", value: share, parameter: "/addOns/wrongWay/share" }],
    }),
  ];
}
