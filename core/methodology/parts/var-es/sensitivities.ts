import { bestKernel } from "../../../revaluation/index.ts";
import type { Scenario } from "../../../scenario/index.ts";
import type { Book, BookPosition } from "../../contract.ts";
import type { Changes } from "./changes.ts";
import { priceFactor, volatilityFactor, volatilityNodes } from "./factors.ts";
import { usdRate } from "./losses.ts";
import type { VarEsRules } from "./rules.ts";
import { stickinessOf } from "./scenario-sets.ts";
import { volatilityShock } from "./volatility-shock.ts";

/** Profit of a position to second order in the changes of the factors of its underlying, USD. */
export interface Sensitivities {
  /** Places of the factors among those of the window. */
  readonly places: readonly number[];
  /** Gain for a change of 1 of each factor. */
  readonly deltas: readonly number[];
  /** Row-major, places × places. */
  readonly gammas: readonly number[];
}

/** Step of the differences: 0.1 % of price, 0.001 of a relative change of volatility or a tenth of a point. */
const step = 1e-3;

/**
 * Sensitivities by central differences of full revaluation.
 *
 *     d_i = (P(+h_i) − P(−h_i)) / 2h,   g_ii = (P(+h_i) + P(−h_i)) / h²,   g_ij = (P(++) − P(+−) − P(−+) + P(−−)) / 4h²
 */
export function sensitivitiesOf(held: BookPosition, book: Book, window: Changes, rules: VarEsRules): Sensitivities {
  const { underlying, kind } = held.position.instrument;
  const all = [...window.byFactor.keys()];
  const nodes = kind === "option" ? volatilityNodes(rules) : [];
  const factors = [priceFactor(underlying), ...nodes.map((node) => volatilityFactor(underlying, node))];
  const count = factors.length;
  const isLog = window.kindOf.get(factors[0] ?? "") === "log";
  const scenarioAt = (bumps: readonly number[]): Scenario => {
    const [price = 0, ...volatilities] = bumps;
    const volatility = volatilities.every((change) => change === 0)
      ? undefined
      : volatilityShock(nodes, volatilities, rules, false);
    return {
      ...{ id: bumps.join(" "), label: "" },
      priceMove: isLog ? Math.expm1(price) : price,
      ...(volatility === undefined ? {} : { volatility }),
      ...stickinessOf(rules),
    };
  };
  const bumped = (...at: readonly (readonly [place: number, size: number])[]): Scenario =>
    scenarioAt(factors.map((_, i) => at.find(([place]) => place === i)?.[1] ?? 0));
  const pairs = factors.flatMap((_, i) => factors.flatMap((__, j) => (j > i ? [[i, j] as const] : [])));
  const scenarios = [
    ...factors.flatMap((_, i) => [bumped([i, step]), bumped([i, -step])]),
    ...pairs.flatMap(([i, j]) => [
      bumped([i, step], [j, step]),
      bumped([i, step], [j, -step]),
      bumped([i, -step], [j, step]),
      bumped([i, -step], [j, -step]),
    ]),
  ];
  const units = bestKernel().unitPnl([{ instrument: held.position.instrument, terms: held.terms }], scenarios);
  const { perUnit, inCoin } = usdRate(held, book.indices);
  const profit = (at: number): number =>
    (units[at] ?? 0) * perUnit * (inCoin ? 1 + (scenarios[at]?.priceMove ?? 0) : 1);
  const gammas = new Array<number>(count * count).fill(0);
  factors.forEach((_, i) => {
    gammas[i * count + i] = (profit(2 * i) + profit(2 * i + 1)) / (step * step);
  });
  pairs.forEach(([i, j], pair) => {
    const at = 2 * count + 4 * pair;
    const cross = (profit(at) - profit(at + 1) - profit(at + 2) + profit(at + 3)) / (4 * step * step);
    gammas[i * count + j] = cross;
    gammas[j * count + i] = cross;
  });
  return {
    places: factors.map((factor) => all.indexOf(factor)),
    deltas: factors.map((_, i) => (profit(2 * i) - profit(2 * i + 1)) / (2 * step)),
    gammas,
  };
}
