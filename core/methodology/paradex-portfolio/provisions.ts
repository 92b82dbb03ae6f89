import { sum } from "../../base/index.ts";
import { type Line, lines } from "../statement.ts";
import type { Leg } from "./leg.ts";
import type { AssetRules, ParadexRules } from "./rules.ts";
import { section } from "./sections.ts";

/**
 * What is provided for beside the net requirement.
 *
 *     funding = max(0, Σ perpetuals coins·S·rate·hours/8)
 *     fees    = Σ taker fee·value
 *
 * @param netted one leg for each instrument
 * @returns lines under `<asset>/<part>`: funding, fees of perpetuals, fees of options
 * @source Paradex, portfolio margin and cross-margin requirement
 */
export function provisionLines(
  asset: string,
  netted: readonly Leg[],
  own: AssetRules,
  { fees, fundingProvisionHours: hours }: ParadexRules,
  part: "initial" | "maintenance",
): readonly Line[] {
  const { leaf, loss, product } = lines("USD");
  const perpetuals = netted.filter(({ instrument }) => instrument.kind === "perpetual");
  const paid = sum(perpetuals.map(({ coins, terms }) => coins * terms.index * own.fundingRate * (hours / 8)));
  const id = `${asset}/${part}`;
  const funding = loss(
    `${id}/funding`,
    "Funding provision",
    section.funding,
    [leaf(`${id}/funding/expected`, "Expected funding, received", -paid, section.funding)],
    {
      component: "contingency",
      inputs: [
        { label: "funding of 8 hours", value: own.fundingRate, parameter: `/assets/${asset}/fundingRate` },
        { label: "hours", value: hours, parameter: "/fundingProvisionHours" },
      ],
    },
  );
  const fee = (kind: "perpetual" | "option", label: string): Line => {
    const held = netted.filter(({ instrument }) => (instrument.kind === "option") === (kind === "option"));
    const value = sum(held.map((leg) => leg.value));
    const child = leaf(`${id}/fee-${kind}/value`, "Value at mark", value, section.fees);
    return product(`${id}/fee-${kind}`, label, section.fees, fees[kind], "taker fee", child, {
      component: "contingency",
      inputs: value === 0 ? [] : [{ label: "taker fee", value: fees[kind], parameter: `/fees/${kind}` }],
    });
  };
  return [funding, fee("perpetual", "Fees of leaving perpetuals"), fee("option", "Fees of leaving options")];
}
