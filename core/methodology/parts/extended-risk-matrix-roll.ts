import { isoDate, sum } from "../../base/index.ts";
import { type Line, type LineInput, lines } from "../statement.ts";
import type { Deltas } from "./extended-risk-matrix-deltas.ts";
import type { PairVector } from "./extended-risk-matrix-pair-vector.ts";
import type { CurrencyRules } from "./extended-risk-matrix-rules.ts";
import { section } from "./extended-risk-matrix-sections.ts";

/**
 * Roll shock of a pair vector: deltas of one expiry net, perpetuals are a group of their own.
 *
 *     Σ over expiries |Σ delta| · max(minimumAnnualisedMove, e^{annualisedMoveRisk·T} − 1),   T = 0 for perpetuals
 *
 * @param priceOfUnit units of the result per coin: 1 for coin, the index for dollars
 * @param detail      whether the lines open to what they are made of; amounts are the same either way
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
  const { annualisedMoveRisk, minimumAnnualisedMove } = vector.risk.rules;
  const pointer = `/currencies/${vector.risk.key}`;
  return deltas.expiries.map(([expiryMs, slots]) => {
    const name = expiryMs === 0 ? "perpetual" : isoDate(expiryMs);
    const id = `${prefix}/${vector.id}-${name}`;
    const label = `Roll shock of ${vector.id} ${name}`;
    const { years, rate, net } = rollOf(vector, deltas, expiryMs, slots);
    const inCoin = lines(vector.underlying);
    if (!detail) {
      const amount = inUnit(vector, unit, priceOfUnit, rate * Math.abs(net));
      return lines(unit).leaf(id, label, amount, section.roll, { component: "roll" });
    }
    const size = inCoin.leaf(
      `${id}/delta`,
      `Net delta of ${vector.id} ${name}, absolute`,
      Math.abs(net),
      section.roll,
      {
        component: "roll",
        inputs: slots.flatMap((slot) => deltaInputs(deltas, slot, vector.underlying)),
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

/** Amounts of `rollLines`, bit for bit and in their order. */
export function rollAmounts(vector: PairVector, deltas: Deltas, unit: string, priceOfUnit: number): number[] {
  return deltas.expiries.map(([expiryMs, slots]) => {
    const { rate, net } = rollOf(vector, deltas, expiryMs, slots);
    return inUnit(vector, unit, priceOfUnit, rate * Math.abs(net));
  });
}

function rollOf({ risk }: PairVector, { held, values }: Deltas, expiryMs: number, slots: readonly number[]) {
  const years = expiryMs === 0 ? 0 : (held[slots[0] ?? 0]?.terms.years ?? 0);
  return { years, rate: rollRate(risk.rules, years), net: sum(slots.map((slot) => values[slot] as number)) };
}

/** Share of the net delta of an expiry that is charged, see `rollLines`. */
export function rollRate({ annualisedMoveRisk, minimumAnnualisedMove }: CurrencyRules, years: number): number {
  return Math.max(minimumAnnualisedMove, Math.expm1(annualisedMoveRisk * years));
}

function inUnit({ underlying }: PairVector, unit: string, priceOfUnit: number, coins: number): number {
  return unit === underlying ? coins : priceOfUnit * coins;
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
