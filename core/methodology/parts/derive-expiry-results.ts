import { sum } from "../../base/index.ts";
import type { PnlCube } from "../../revaluation/index.ts";
import { rowWithin } from "./column-sums.ts";
import { cubeRows } from "./cube-rows.ts";
import type { DeriveExpiry } from "./derive-expiry.ts";
import { type DeriveScenario, isSkew, type SkewKind, type SpanSettings, spanSetId } from "./derive-scenarios.ts";

/** What the results of the options of an expiry follow from. */
export interface ExpiryInput {
  readonly settings: SpanSettings;
  readonly cube: (setId: string) => PnlCube;
  /** Factor on the value V of a revalued expiry, by V. */
  readonly staticDiscount: (expiry: DeriveExpiry) => (value: number) => number;
  /** Profit of each option under a skew scenario, discounted, USD; only where the rules have such scenarios. */
  readonly skewProfits?: (expiry: DeriveExpiry) => (kind: SkewKind) => Float64Array;
}

/** The scenarios of one expiry, positions added up; by scenario, in the order of the settings. */
export interface ExpiryResults {
  readonly expiry: DeriveExpiry;
  /** After static discount and weight. */
  readonly amounts: Float64Array;
  /** Profit before them. */
  readonly raw: Float64Array;
  /** min(0, up, down) and its part that counts. */
  readonly basisLoss: number;
  readonly basis: number;
  /** Static discount by V. */
  readonly factorOn: (value: number) => number;
  /** Profit of each option in a scenario, USD. */
  readonly profitsIn: (scenario: number) => Float64Array;
}

/**
 * All scenarios of one expiry.
 *
 *     V = value + D·Σ quantity·profit,   amount = w·(V·static − value);   skew: −w·|V·static − value|
 *     basis = min(0, up, down)·(add + mult·τ)
 *
 * @source resources/docs/methodology/derive-portfolio-2.md, section 3
 */
export function expiryResults(input: ExpiryInput, expiry: DeriveExpiry): ExpiryResults {
  const { settings, cube } = input;
  const { scenarios, columns, basisColumns, basis: shares } = settings;
  const found = cube(spanSetId(expiry));
  const rows = cubeRows(found, expiry.options.held);
  const sums = columnProfits(expiry, found, rows);
  const skewed = new Map<number, Float64Array>();
  const factorOn = input.staticDiscount(expiry);
  const skewProfits = input.skewProfits?.(expiry);
  const raw = new Float64Array(scenarios.length);
  const amounts = new Float64Array(scenarios.length);
  for (let at = 0; at < scenarios.length; at++) {
    const { weight, volatility } = scenarios[at] as DeriveScenario;
    const skew = isSkew(volatility) ? (skewProfits?.(volatility) ?? noProfits) : undefined;
    if (skew !== undefined) skewed.set(at, skew);
    const profit = skew === undefined ? (sums[columns[at] ?? -1] as number) : sum(skew);
    const value = expiry.value + profit;
    const result = value * factorOn(value) - expiry.value;
    raw[at] = profit;
    amounts[at] = weight * (skew === undefined ? result : -Math.abs(result));
  }
  const basisLoss = Math.min(0, sums[basisColumns.up] as number, sums[basisColumns.down] as number);
  return {
    ...{ expiry, raw, amounts, basisLoss, factorOn },
    basis: basisLoss * (shares.addFactor + shares.multFactor * expiry.years),
    profitsIn: (scenario) => skewed.get(scenario) ?? profitsOf(expiry, found, rows, columns[scenario] ?? -1),
  };
}

const noProfits = new Float64Array();

/** Σ quantity·D·profit of every scenario of the cube, option by option. */
function columnProfits({ options, discount }: DeriveExpiry, { values, scenarios }: PnlCube, rows: Float64Array) {
  const { quantities } = options;
  const width = scenarios.length;
  const sums = new Float64Array(width);
  for (let at = 0; at < quantities.length; at++) {
    const start = rowWithin(values, (rows[at] as number) * width, width);
    const units = (quantities[at] as number) * discount;
    for (let column = 0; column < width; column++)
      sums[column] = (sums[column] as number) + units * (values[start + column] as number);
  }
  return sums;
}

/** quantity·D·profit of each option in one scenario of the cube. */
function profitsOf(
  { options, discount }: DeriveExpiry,
  { values, scenarios }: PnlCube,
  rows: Float64Array,
  column: number,
) {
  const { quantities } = options;
  const width = scenarios.length;
  const profits = new Float64Array(quantities.length);
  for (let at = 0; at < profits.length; at++) {
    const start = rowWithin(values, (rows[at] as number) * width, width);
    profits[at] = (quantities[at] as number) * discount * (values[start + column] as number);
  }
  return profits;
}
