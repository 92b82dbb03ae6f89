import { quantityUnit } from "../../instrument/index.ts";
import { shockedVolatility, type VolatilityShock } from "../../scenario/index.ts";
import type { BookPosition } from "../contract.ts";
import { type Line, type LineInput, lines } from "../statement.ts";
import {
  type EvaluatedMatrix,
  positionWeight,
  profitConversion,
  takenAtIndex,
} from "./extended-risk-matrix-entries.ts";
import type { PairVector } from "./extended-risk-matrix-pair-vector.ts";
import type { MatrixColumn } from "./extended-risk-matrix-scenarios.ts";
import { section } from "./extended-risk-matrix-sections.ts";

/** Profit of one position in one column of a matrix, with the numbers behind it; gain > 0. */
export function positionLine(
  { content, cube }: EvaluatedMatrix,
  vector: PairVector,
  held: BookPosition,
  column: number,
  at: MatrixColumn,
  parent: string,
): Line {
  const { position } = held;
  const row = cube?.rowOf.get(position.instrument.id);
  const unitProfit =
    row === undefined ? Number.NaN : (cube?.values[row * content.columns.length + column] ?? Number.NaN);
  const conversion = profitConversion(content, vector, at.priceMove);
  const profit = positionWeight(content, vector, held) * unitProfit * conversion;
  const { instrument } = position;
  return lines(content.unit).leaf(`${parent}/${position.id}`, instrument.symbol, profit, section.positionProfit, {
    component: "position",
    positionId: position.id,
    inputs: [
      { label: "quantity", value: position.quantity, unit: quantityUnit(instrument) },
      { label: "profit of one unit", value: unitProfit, unit: instrument.settlement },
      ...(content.inUsd && vector.inverse
        ? [{ label: "coin converted at", value: vector.index * conversion, unit: "USD" }]
        : []),
      ...(takenAtIndex(content, vector, held) ? [{ label: "index, instead of mark", value: held.terms.index }] : []),
      ...shockInputs(held, at, cube?.scenarios[column]?.volatility),
    ],
  });
}

/** The numbers behind the profit of one unit: forward and volatility before and after the shock. */
function shockInputs(
  { position, terms }: BookPosition,
  at: MatrixColumn,
  shock: VolatilityShock | undefined,
): LineInput[] {
  const { instrument } = position;
  const price = instrument.kind === "option" ? "forward" : "mark";
  const inputs: LineInput[] = [
    { label: `${price} now`, value: terms.forward, unit: instrument.quote },
    { label: `${price} shocked`, value: terms.forward * (1 + at.priceMove), unit: instrument.quote },
  ];
  if (instrument.kind !== "option") return inputs;
  return [
    ...inputs,
    { label: "volatility now", value: terms.volatility },
    { label: "volatility shocked", value: shockedVolatility(terms.volatility, terms.years, shock) },
    { label: "time to expiry", value: terms.years, unit: "years" },
  ];
}
