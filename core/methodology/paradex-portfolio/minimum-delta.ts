import { sum } from "../../base/index.ts";
import { type Line, lines } from "../statement.ts";
import type { AssetRules } from "./rules.ts";
import { section } from "./sections.ts";

/** How much of the deltas of an asset hedge each other; coins, `net` signed. */
export interface HedgedDelta {
  readonly net: number;
  readonly gross: number;
  readonly hedged: number;
}

/**
 * Splits deltas into what is net and what is hedged.
 *
 *     net = Σ δ,   gross = Σ |δ|,   hedged = (gross − |net|) / 2
 *
 * @param deltas one for each instrument, coins, signed
 * @source Paradex, portfolio margin, minimum delta requirement
 */
export function hedgedDelta(deltas: ArrayLike<number> & Iterable<number>): HedgedDelta {
  const sizes = new Float64Array(deltas.length);
  for (let at = 0; at < sizes.length; at++) sizes[at] = Math.abs(deltas[at] as number);
  const net = sum(deltas);
  const gross = sum(sizes);
  return { net, gross, hedged: (gross - Math.abs(net)) / 2 };
}

/** MinDelta = (unhedgedFactor·|net| + hedgedFactor·hedged)·S, USD. */
export function minimumDeltaLine(
  asset: string,
  deltas: ArrayLike<number> & Iterable<number>,
  index: number,
  own: AssetRules,
): Line {
  const { leaf, product, sum: total } = lines("USD");
  const { net, gross, hedged } = hedgedDelta(deltas);
  const id = `${asset}/minimum-delta`;
  const at = `/assets/${asset}`;
  const part = (name: "unhedged" | "hedged", label: string, coins: number, factor: number) =>
    product(
      `${id}/${name}`,
      label,
      section.minimumDelta,
      factor,
      `${name} factor`,
      leaf(`${id}/${name}/value`, `${label}, value`, coins * index, section.minimumDelta, {
        component: "delta",
        inputs: [
          { label: "coins", value: coins, unit: asset },
          { label: "spot", value: index, unit: "USD" },
        ],
      }),
      { component: "delta", inputs: [{ label: `${name} factor`, value: factor, parameter: `${at}/${name}Factor` }] },
    );
  const children = [
    part("unhedged", "Net delta", Math.abs(net), own.unhedgedFactor),
    part("hedged", "Hedged delta", hedged, own.hedgedFactor),
  ];
  return total(id, "Minimum delta requirement", section.minimumDelta, children, {
    component: "floor",
    inputs: [
      { label: "net delta", value: net, unit: asset },
      { label: "gross delta", value: gross, unit: asset },
    ],
  });
}
