import type { Steps } from "../base/index.ts";
import { type AcceptedRegion, acceptedRegion } from "./accepted-region.ts";
import { shortfallRatios } from "./acerbi-szekely.ts";
import { acerbiSzekelyFirst, acerbiSzekelySecond } from "./acerbi-szekely-test.ts";
import { binomialExact, binomialScore } from "./binomial-test.ts";
import { christoffersenIndependence, conditionalCoverage, transitionsOf } from "./christoffersen.ts";
import { costanzinoCurran } from "./costanzino-curran.ts";
import { type CoverageSeries, hitsOf, thresholdsOf } from "./coverage-series.ts";
import { durationTest } from "./duration-test.ts";
import { dynamicQuantile } from "./dynamic-quantile.ts";
import { kupiecFirstFailure, kupiecProportion } from "./kupiec.ts";
import { ljungBox } from "./ljung-box.ts";
import { mcneilFrey, standardisedExcesses } from "./mcneil-frey.ts";
import { apartRows, blockBootstrapCoverage, blockLength, type OverlapRule } from "./overlap.ts";
import type { TailModel } from "./tail-model.ts";
import type { TestOutcome } from "./test-outcome.ts";
import { type TrafficLight, trafficLight } from "./traffic-light.ts";

/** How the tests are made. */
export interface TestSettings {
  /** Probability of rejecting a right model, fraction. */
  readonly level: number;
  readonly overlap: OverlapRule;
  /** Lags of the dynamic quantile and of the Ljung-Box test. */
  readonly lags: number;
  /** Shape of losses under which the tests of expected shortfall are simulated. */
  readonly model: TailModel;
  /** Samples of each simulation. */
  readonly draws: number;
  readonly seed: number;
}

export const defaultTestSettings: TestSettings = {
  ...{ level: 0.05, overlap: "every-hth", lags: 4, model: { kind: "normal" }, draws: 100_000, seed: 1 },
};

/** All tests of one series against one threshold. */
export interface TestGroup {
  readonly against: "margin" | "valueAtRisk";
  /** Probability of an exception that the threshold promises. */
  readonly p: number;
  /** Rows the tests use, and of how many. */
  readonly rows: number;
  readonly of: number;
  readonly exceptions: number;
  /** How overlapping periods were dealt with; `none` when a period is one row. */
  readonly overlap: "none" | OverlapRule;
  readonly tests: readonly TestOutcome[];
  /** Absent where overlapping rows are tested: it counts independent ones. */
  readonly region?: AcceptedRegion;
  /** Absent as the region, and for a promised coverage of half or less. */
  readonly trafficLight?: TrafficLight;
}

/**
 * Tests of coverage, independence and, where the series has forecasts of it, of expected shortfall.
 *
 * When the close-out period is longer than a row, either every h-th row is tested, or all rows by a block bootstrap and
 * nothing else, because the likelihood tests need independent rows.
 *
 * @param series as `checkedSeries` accepts it
 * @param against what the losses are compared with
 */
export function* seriesTests(
  series: CoverageSeries,
  against: "margin" | "valueAtRisk",
  settings: TestSettings = defaultTestSettings,
): Steps<TestGroup> {
  const { level, seed } = settings;
  const { horizon } = series;
  const p = 1 - (against === "margin" ? series.confidence : (series.forecastConfidence ?? series.confidence));
  const overlap = horizon === 1 ? "none" : settings.overlap;
  const all = hitsOf(series, against);
  const bootstrap =
    overlap === "none"
      ? []
      : [blockBootstrapCoverage(all, p, { block: blockLength(all.length, horizon), draws: 10_000, seed, level })];
  const used = overlap === "every-hth" ? apartRows(series) : series;
  const hits = hitsOf(used, against);
  const exceptions = hits.reduce((total, hit) => total + hit, 0);
  yield;
  const tests =
    overlap === "block-bootstrap"
      ? bootstrap
      : [
          ...coverageTests(hits, thresholdsOf(used, against), p, settings),
          ...bootstrap,
          ...(against === "valueAtRisk" ? yield* shortfallTests(used, p, settings) : []),
        ];
  return {
    ...{ against, p, rows: hits.length, of: all.length, exceptions, overlap, tests },
    ...(overlap !== "block-bootstrap" && { region: acceptedRegion(p, hits.length, level) }),
    ...(overlap !== "block-bootstrap" && p < 0.5 && { trafficLight: trafficLight(exceptions, hits.length, p) }),
  };
}

function coverageTests(
  hits: readonly number[],
  thresholds: readonly number[],
  p: number,
  { level, lags, seed }: TestSettings,
): readonly TestOutcome[] {
  const exceptions = hits.reduce((total, hit) => total + hit, 0);
  const transitions = transitionsOf(hits);
  return [
    kupiecProportion(exceptions, hits.length, p, level),
    binomialExact(exceptions, hits.length, p, level),
    binomialScore(exceptions, hits.length, p, level),
    kupiecFirstFailure(hits, p, level),
    christoffersenIndependence(transitions, level),
    conditionalCoverage(exceptions, hits.length, p, transitions, level),
    dynamicQuantile(hits, thresholds, p, lags, level),
    durationTest(hits, level, { seed }),
    ljungBox(hits, lags, level),
  ];
}

function* shortfallTests(series: CoverageSeries, p: number, settings: TestSettings): Steps<readonly TestOutcome[]> {
  const { losses, valueAtRisk, expectedShortfall, deviations, tailProbabilities } = series;
  const tests: TestOutcome[] = [];
  if (valueAtRisk !== undefined && expectedShortfall !== undefined && p <= 0.5) {
    const ratios = shortfallRatios(losses, valueAtRisk, expectedShortfall);
    tests.push(yield* acerbiSzekelyFirst(ratios, losses.length, p, settings));
    tests.push(yield* acerbiSzekelySecond(ratios, losses.length, p, settings));
    if (deviations !== undefined) {
      const excesses = standardisedExcesses(losses, valueAtRisk, expectedShortfall, deviations);
      tests.push(mcneilFrey(excesses, losses.length, { seed: settings.seed, level: settings.level }));
    }
  }
  if (tailProbabilities !== undefined) tests.push(costanzinoCurran(tailProbabilities, p, settings.level));
  return tests;
}
