import { type Line, type LineInput, lines } from "../statement.ts";
import type { Deltas } from "./extended-risk-matrix-deltas.ts";
import type { PairVector } from "./extended-risk-matrix-pair-vector.ts";
import type { PairRules } from "./extended-risk-matrix-rules.ts";
import { section } from "./extended-risk-matrix-sections.ts";

/**
 * Delta shock of a pair vector: the extra loss of an account whose delta is large.
 *
 *     r = delta of futures and short options,  l = delta of long options
 *     D = min(max(l + r, r), 0) if r < 0, else max(min(l + r, r), 0)
 *     USD = min(max(|D|·index − threshold, 0)·|D|·slope, maximum·|D|·index)
 *
 * Long options may reduce the delta, not increase or reverse it.
 *
 * @param priceOfUnit units of the result per coin: 1 for coin, the index for dollars
 */
export function deltaShockLine(
  vector: PairVector,
  deltas: Deltas,
  unit: string,
  priceOfUnit: number,
  prefix: string,
): Line {
  const { others, longOptions, charged, excess, cap } = shockAmounts(vector, deltas);
  const { index, pair, underlying } = vector;
  const { deltaShockThreshold, deltaShockSlope, maximumDeltaShock } = pair.rules;
  const usd = lines("USD");
  const id = `${prefix}/${vector.id}`;
  const parameter = (name: string) => ({ parameter: `/pairs/${pair.key}/${name}` });
  const deltaInput: LineInput = { label: "delta charged", value: charged, unit: underlying };
  const least = usd.min(
    unit === "USD" ? id : `${id}/usd`,
    `Delta shock of ${vector.id}`,
    section.delta,
    [
      usd.leaf(`${id}/excess`, "Loss on the excess", excess, section.delta, {
        component: "delta",
        inputs: [
          { label: "delta of futures and short options", value: others, unit: underlying },
          { label: "delta of long options", value: longOptions, unit: underlying },
          deltaInput,
          { label: "index", value: index, unit: "USD" },
          { label: "threshold", value: deltaShockThreshold, unit: "USD", ...parameter("deltaShockThreshold") },
          { label: "slope", value: deltaShockSlope, unit: `per ${underlying}`, ...parameter("deltaShockSlope") },
        ],
      }),
      usd.leaf(`${id}/cap`, "Cap", cap, section.delta, {
        component: "delta",
        inputs: [
          deltaInput,
          { label: "index", value: index, unit: "USD" },
          { label: "cap", value: maximumDeltaShock, ...parameter("maximumDeltaShock") },
        ],
      }),
    ],
    { component: "delta" },
  );
  if (unit === "USD") return least;
  const label = `Delta shock of ${vector.id} in ${unit}`;
  return lines(unit).product(id, label, section.delta, priceOfUnit / index, `${unit} per USD`, least, {
    component: "delta",
  });
}

/** Amount of `deltaShockLine`, bit for bit. */
export function deltaShockAmount(vector: PairVector, deltas: Deltas, unit: string, priceOfUnit: number): number {
  const { excess, cap } = shockAmounts(vector, deltas);
  const usd = Math.min(excess, cap);
  return unit === "USD" ? usd : (priceOfUnit / vector.index) * usd;
}

function shockAmounts({ index, pair }: PairVector, { areOptions, values, quantities }: Deltas) {
  let others = 0;
  let longOptions = 0;
  for (let slot = 0; slot < values.length; slot++) {
    const value = values[slot] as number;
    if (areOptions[slot] === 1 && (quantities[slot] as number) > 0) longOptions += value;
    else others += value;
  }
  const charged = chargedDelta(others, longOptions);
  return { others, longOptions, charged, ...boundsOf(charged, index, pair.rules) };
}

/** |D|, see `deltaShockLine`. */
function chargedDelta(others: number, longOptions: number): number {
  const both = longOptions + others;
  return Math.abs(others < 0 ? Math.min(Math.max(both, others), 0) : Math.max(Math.min(both, others), 0));
}

function boundsOf(
  charged: number,
  index: number,
  { deltaShockThreshold, deltaShockSlope, maximumDeltaShock }: PairRules,
) {
  const excess = Math.max(charged * index - deltaShockThreshold, 0) * charged * deltaShockSlope;
  return { excess, cap: maximumDeltaShock * charged * index };
}

/** Delta shock in USD of the deltas of futures and short options together and of long options together. */
export function deltaShockUsd(others: number, longOptions: number, index: number, rules: PairRules): number {
  const { excess, cap } = boundsOf(chargedDelta(others, longOptions), index, rules);
  return Math.min(excess, cap);
}
