import { sum } from "../../base/index.ts";
import { type Line, lines } from "../statement.ts";
import { isOption, kind } from "./contracts.ts";
import { type Legs, legColumn, numbersOf } from "./leg.ts";
import type { AssetRules, ParadexRules } from "./rules.ts";
import { section } from "./sections.ts";

/** What provisions are of, USD. */
export interface Provided {
  /** Σ coins·S of perpetuals times the share of a funding period: what their funding is expected to cost. */
  readonly funding: number;
  /** Σ value at mark. */
  readonly perpetual: number;
  readonly option: number;
}

/** @param netted one leg for each instrument */
export function providedFor(
  netted: Legs,
  { fundingRate }: AssetRules,
  { fundingProvisionHours: hours }: ParadexRules,
): Provided {
  const spots = numbersOf(netted, legColumn.weight, (own) => own === kind.perpetual);
  return {
    funding: sum(spots.map((spot) => spot * fundingRate * (hours / 8))),
    perpetual: sum(numbersOf(netted, legColumn.value, (own) => !isOption(own))),
    option: sum(numbersOf(netted, legColumn.value, isOption)),
  };
}

/**
 * What is provided for beside the net requirement.
 *
 *     funding = max(0, Σ perpetuals coins·S·rate·hours/8)
 *     fees    = Σ taker fee·value
 *
 * @returns lines under `<asset>/<part>`: funding, fees of perpetuals, fees of options
 * @source Paradex, portfolio margin and cross-margin requirement
 */
export function provisionLines(
  asset: string,
  provided: Provided,
  own: AssetRules,
  { fees, fundingProvisionHours: hours }: ParadexRules,
  part: "initial" | "maintenance",
): readonly Line[] {
  const { leaf, loss, product } = lines("USD");
  const id = `${asset}/${part}`;
  const funding = loss(
    `${id}/funding`,
    "Funding provision",
    section.funding,
    [leaf(`${id}/funding/expected`, "Expected funding, received", -provided.funding, section.funding)],
    {
      component: "contingency",
      inputs: [
        { label: "funding of 8 hours", value: own.fundingRate, parameter: `/assets/${asset}/fundingRate` },
        { label: "hours", value: hours, parameter: "/fundingProvisionHours" },
      ],
    },
  );
  const fee = (of: "perpetual" | "option", label: string): Line => {
    const value = provided[of];
    const child = leaf(`${id}/fee-${of}/value`, "Value at mark", value, section.fees);
    return product(`${id}/fee-${of}`, label, section.fees, fees[of], "taker fee", child, {
      component: "contingency",
      inputs: value === 0 ? [] : [{ label: "taker fee", value: fees[of], parameter: `/fees/${of}` }],
    });
  };
  return [funding, fee("perpetual", "Fees of leaving perpetuals"), fee("option", "Fees of leaving options")];
}
