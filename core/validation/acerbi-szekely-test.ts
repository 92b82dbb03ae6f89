import type { Steps } from "../base/index.ts";
import { firstStatistic, secondStatistic, secondStatisticZone } from "./acerbi-szekely.ts";
import { criticalValueOf, pValueOf, simulatedFirst, simulatedSecond } from "./acerbi-szekely-critical.ts";
import { tabulatedCritical } from "./acerbi-szekely-table.ts";
import { type TailModel, tailModelName } from "./tail-model.ts";
import { notTestable, type TestOutcome, tested } from "./test-outcome.ts";

/** How the distribution of a right model is simulated. */
export interface SimulationSettings {
  readonly model: TailModel;
  readonly draws: number;
  readonly seed: number;
  readonly level: number;
}

/**
 * Acerbi and Szekely's second test, with the simulated distribution of Z2.
 *
 * The critical value is the tabulated one where the table has this length, tail, shape and level; else the simulated one.
 *
 * @param ratios L/ES of the exceptions, as `shortfallRatios` gives them
 * @param observations T ≥ 1
 * @param p tail probability, 0 < p ≤ 0.5
 * @source as `secondStatistic`
 */
export function* acerbiSzekelySecond(
  ratios: readonly number[],
  observations: number,
  p: number,
  { model, draws, seed, level }: SimulationSettings,
): Steps<TestOutcome> {
  const statistic = secondStatistic(ratios, observations, p);
  const sample = yield* simulatedSecond({ observations, p, model, draws, seed });
  const { pValue, standardError } = pValueOf(sample, statistic);
  const table = tabulatedCritical(model, observations, p, level);
  const critical = table ?? criticalValueOf(sample, level);
  const named = {
    ...{ id: "acerbi-szekely-2", title: "Acerbi-Szekely Z2, expected shortfall", level, sampleSize: observations },
    distribution: `${draws} samples of a ${tailModelName(model)} loss, seed ${seed}, lower tail`,
    rejects: "below" as const,
    ...sideOf(statistic),
    figures: { exceptions: ratios.length, standardErrorOfPValue: standardError, draws, seed },
    remarks: [
      `zone by the recommended limits −0.70 and −1.8: ${secondStatisticZone(statistic)}`,
      `critical value ${table === undefined ? "simulated" : "tabulated (6 million samples)"}`,
    ],
  };
  return tested(named, statistic, critical, pValue);
}

/**
 * Acerbi and Szekely's first test, given the number of exceptions there were.
 *
 * @returns not testable without an exception
 * @source as `firstStatistic`
 */
export function* acerbiSzekelyFirst(
  ratios: readonly number[],
  observations: number,
  p: number,
  { model, draws, seed, level }: SimulationSettings,
): Steps<TestOutcome> {
  const named = {
    ...{ id: "acerbi-szekely-1", title: "Acerbi-Szekely Z1, size of exceptions", level, sampleSize: observations },
    distribution: `${draws} samples of ${ratios.length} tail losses, ${tailModelName(model)}, seed ${seed}, lower tail`,
    rejects: "below" as const,
  };
  const statistic = firstStatistic(ratios);
  if (statistic === undefined) return notTestable(named, "no exception: there is no loss beyond the value at risk");
  const sample = yield* simulatedFirst({ observations, p, model, draws, seed }, ratios.length);
  const { pValue, standardError } = pValueOf(sample, statistic);
  const outcome = {
    ...{ ...named, ...sideOf(statistic) },
    figures: { exceptions: ratios.length, standardErrorOfPValue: standardError, draws, seed },
    remarks: ["it does not see how many exceptions there are: read it beside the tests of coverage"],
  };
  return tested(outcome, statistic, criticalValueOf(sample, level), pValue);
}

function sideOf(statistic: number): Pick<TestOutcome, "direction"> {
  if (statistic === 0) return {};
  return { direction: statistic < 0 ? "losses too large" : "losses too small" };
}
