import { normalCdf, sum } from "../../base/index.ts";
import { expiryOf } from "../../instrument/index.ts";
import { leastTotalVolatility, logMoneyness } from "../../pricing/index.ts";
import type { PnlCube } from "../../revaluation/index.ts";
import type { BookPosition } from "../contract.ts";
import { type Line, type LineInput, lines } from "../statement.ts";
import type { PairVector } from "./extended-risk-matrix-pair-vector.ts";
import { section } from "./extended-risk-matrix-sections.ts";

/** Net delta of every instrument of a pair vector, underlying units: all positions in one instrument count together. */
export interface Deltas {
  readonly kind: "black" | "net";
  readonly held: readonly BookPosition[];
  readonly values: Float64Array;
  /** Signed net quantity of each instrument. */
  readonly quantities: Float64Array;
}

/**
 * Deltas of a pair vector, an instrument each, in order of first appearance.
 *
 *     future, perpetual  size in coin (quantity ÷ mark when inverse, else the quantity)
 *     option             quantity × Black delta; less the premium in coin when `net` and inverse
 */
export function deltasOf({ positions, inverse }: PairVector, cube: PnlCube, delta: "black" | "net"): Deltas {
  const slotOf = new Int32Array(cube.instrumentIds.length).fill(-1);
  const quantities = new Float64Array(positions.length);
  const held: BookPosition[] = [];
  for (const entry of positions) {
    const row = cube.rowOf.get(entry.position.instrument.id) ?? -1;
    let slot = slotOf[row] ?? -1;
    if (slot < 0) {
      slot = held.push(entry) - 1;
      slotOf[row] = slot;
    }
    quantities[slot] = (quantities[slot] ?? 0) + entry.position.quantity;
  }
  const values = new Float64Array(held.length);
  for (let slot = 0; slot < held.length; slot++) {
    const entry = held[slot];
    if (entry !== undefined) values[slot] = (quantities[slot] ?? 0) * unitDelta(entry, inverse, delta);
  }
  return { kind: delta, held, values, quantities };
}

/**
 * Roll shock of a pair vector: deltas of one expiry net, perpetuals are a group of their own.
 *
 *     Σ over expiries |Σ delta| · max(minimumAnnualisedMove, e^{annualisedMoveRisk·T} − 1),   T = 0 for perpetuals
 *
 * @param priceOfUnit units of the result per coin: 1 for coin, the index for dollars
 * @returns one line an expiry, perpetuals first, then ascending
 */
export function rollLines(
  vector: PairVector,
  deltas: Deltas,
  unit: string,
  priceOfUnit: number,
  detail: boolean,
  prefix: string,
): Line[] {
  const expiries = new Map<number, number[]>();
  deltas.held.forEach(({ position }, slot) => {
    const expiryMs = expiryOf(position.instrument) ?? 0;
    const slots = expiries.get(expiryMs);
    if (slots === undefined) expiries.set(expiryMs, [slot]);
    else slots.push(slot);
  });
  const { annualisedMoveRisk, minimumAnnualisedMove } = vector.risk.rules;
  const pointer = `/currencies/${vector.risk.key}`;
  return [...expiries]
    .sort(([a], [b]) => a - b)
    .map(([expiryMs, slots]) => {
      const name = expiryMs === 0 ? "perpetual" : new Date(expiryMs).toISOString().slice(0, 10);
      const id = `${prefix}/${vector.id}-${name}`;
      const years = expiryMs === 0 ? 0 : (deltas.held[slots[0] ?? 0]?.terms.years ?? 0);
      const label = `Roll shock of ${vector.id} ${name}`;
      const rate = Math.max(minimumAnnualisedMove, Math.expm1(annualisedMoveRisk * years));
      const net = sum(slots.map((slot) => deltas.values[slot] ?? 0));
      const inCoin = lines(vector.underlying);
      const size = inCoin.leaf(
        `${id}/delta`,
        `Net delta of ${vector.id} ${name}, absolute`,
        Math.abs(net),
        section.roll,
        {
          component: "roll",
          inputs: detail ? slots.flatMap((slot) => deltaInputs(deltas, slot, vector.underlying)) : [],
        },
      );
      const inputs: LineInput[] = [
        { label: "rate", value: annualisedMoveRisk, unit: "per year", parameter: `${pointer}/annualisedMoveRisk` },
        { label: "least charge", value: minimumAnnualisedMove, parameter: `${pointer}/minimumAnnualisedMove` },
        { label: "time to expiry", value: years, unit: "years" },
        ...(slots.some((slot) => deltas.held[slot]?.position.instrument.kind === "option")
          ? [{ label: "option delta", value: deltas.kind, parameter: "/general/optionDelta" }]
          : []),
      ];
      const extra = { component: "roll", inputs } as const;
      if (unit === vector.underlying) return inCoin.product(id, label, section.roll, rate, "roll charge", size, extra);
      const coins = inCoin.product(`${id}/coin`, label, section.roll, rate, "roll charge", size, extra);
      return lines(unit).product(
        id,
        `${label} in ${unit}`,
        section.roll,
        priceOfUnit,
        `index, ${unit} per ${vector.underlying}`,
        coins,
        { component: "roll" },
      );
    });
}

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
  let others = 0;
  let longOptions = 0;
  for (let slot = 0; slot < deltas.held.length; slot++) {
    const isLong = deltas.held[slot]?.position.instrument.kind === "option" && (deltas.quantities[slot] ?? 0) > 0;
    if (isLong) longOptions += deltas.values[slot] ?? 0;
    else others += deltas.values[slot] ?? 0;
  }
  const both = longOptions + others;
  const charged = Math.abs(others < 0 ? Math.min(Math.max(both, others), 0) : Math.max(Math.min(both, others), 0));
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
      usd.leaf(
        `${id}/excess`,
        "Loss on the excess",
        Math.max(charged * index - deltaShockThreshold, 0) * charged * deltaShockSlope,
        section.delta,
        {
          component: "delta",
          inputs: [
            { label: "delta of futures and short options", value: others, unit: underlying },
            { label: "delta of long options", value: longOptions, unit: underlying },
            deltaInput,
            { label: "index", value: index, unit: "USD" },
            { label: "threshold", value: deltaShockThreshold, unit: "USD", ...parameter("deltaShockThreshold") },
            { label: "slope", value: deltaShockSlope, unit: `per ${underlying}`, ...parameter("deltaShockSlope") },
          ],
        },
      ),
      usd.leaf(`${id}/cap`, "Cap", maximumDeltaShock * charged * index, section.delta, {
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

/** Delta of one unit of quantity, underlying units. */
function unitDelta({ position, terms }: BookPosition, inverse: boolean, delta: "black" | "net"): number {
  const { instrument } = position;
  if (instrument.kind !== "option") return inverse ? 1 / terms.mark : 1;
  const sign = instrument.optionType === "call" ? 1 : -1;
  const total = terms.volatility * Math.sqrt(terms.years);
  const distance = logMoneyness(terms.forward, instrument.strike);
  const black =
    total < leastTotalVolatility
      ? sign * (sign * distance > 0 ? 1 : distance === 0 ? 0.5 : 0)
      : sign * normalCdf(sign * (distance / total + 0.5 * total));
  return delta === "net" && inverse ? black - terms.mark : black;
}

function deltaInputs({ held, values, quantities }: Deltas, slot: number, underlying: string): LineInput[] {
  const entry = held[slot];
  if (entry === undefined) return [];
  const { instrument } = entry.position;
  return [
    { label: `delta of ${instrument.symbol}`, value: values[slot] ?? 0, unit: underlying },
    { label: `quantity of ${instrument.symbol}`, value: quantities[slot] ?? 0 },
  ];
}
