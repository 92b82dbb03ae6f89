import { describe, expect, it } from "vitest";
import { DomainError } from "../../../core/base/index.ts";
import {
  bookWalk,
  boundedMargins,
  bufferedMargins,
  collateralLimit,
  concentrationMultiple,
  continuousUnwindFactor,
  cornishFisherQuantile,
  defaultBufferRule,
  defaultPublicationRule,
  equalWeights,
  ewmaVariance,
  excessPositionAddOn,
  expectedShortfallStandardError,
  horizonExpectedShortfall,
  isCornishFisherMonotone,
  kernelDensity,
  limitedOffset,
  linearImpact,
  liquidationDays,
  liquidityAddOn,
  liquidityAdjustedRisk,
  modifiedTailMean,
  openInterestShare,
  paretoExceedance,
  publishedParameter,
  quantile,
  quantilePosition,
  rankInterval,
  scanRange,
  silvermanBandwidth,
  speedLimitedMargins,
  spreadCost,
  squareRootImpact,
  statisticalHaircut,
  stressedWeights,
  unwindFactor,
  valueAtRiskStandardError,
  workedOrderCost,
  wrongWayAddOn,
} from "../../../core/measure/index.ts";

const values = Float64Array.of(1, 2, 3, 4);
const moments = { tailVariance: 1, valueAtRisk: 1, expectedShortfall: 2 };
const spread = { price: 100, volatility: 0, quantile: 0, meanSpread: 0, spreadDeviation: 0, spreadMultiple: 0 };
const order = { volatility: 0, orderOverVolume: 0, outstandingOverVolume: 1, days: 1 };
const range = { multiple: 1, horizon: 1, floor: 0, cap: 0, tick: 1 };
const pareto = { threshold: 0, shape: 0.1, scale: 1, exceedances: 10, observations: 10 };
const publish = (change: Partial<typeof defaultPublicationRule>) =>
  publishedParameter(values, { ...defaultPublicationRule, ...change });
const buffer = (change: Partial<typeof defaultBufferRule>) =>
  bufferedMargins(values, { ...defaultBufferRule, ...change });

/** Arguments just outside each bound, and on it where the bound belongs to the domain. */
const bounds: readonly (readonly [
  name: string,
  outside: readonly (() => unknown)[],
  inside: readonly (() => unknown)[],
])[] = [
  [
    "quantile",
    [() => quantile(values, -0.01), () => quantile(values, 1.01), () => quantile([], 0.5)],
    [() => quantile(values, 0), () => quantile(values, 1)],
  ],
  [
    "type of a quantile",
    [() => quantilePosition(4, 0.5, 0), () => quantilePosition(4, 0.5, 10), () => quantilePosition(4, 0.5, 1.5)],
    [() => quantilePosition(1, 0.5, 3)],
  ],
  ["equal weights", [() => equalWeights(0)], [() => equalWeights(1)]],
  [
    "share of the stressed",
    [() => stressedWeights(equalWeights(2), [1, 0], 1.1), () => stressedWeights(equalWeights(2), [1, 0], -0.1)],
    [() => stressedWeights(equalWeights(2), [1, 0], 1), () => stressedWeights(equalWeights(2), [1, 0], 0)],
  ],
  [
    "λ of a filter",
    [() => ewmaVariance(values, { lambda: 0 }), () => ewmaVariance(values, { lambda: Number.NaN })],
    [() => ewmaVariance(values, { lambda: 0.5 })],
  ],
  [
    "given variance",
    [() => ewmaVariance(values, { lambda: 0.9, initial: { kind: "given", variance: -1 } })],
    [() => ewmaVariance(values, { lambda: 0.9, initial: { kind: "given", variance: 0 } })],
  ],
  [
    "burn-in",
    [() => ewmaVariance(values, { lambda: 0.9, initial: { kind: "burn-in", observations: 1 } })],
    [() => ewmaVariance(values, { lambda: 0.9, initial: { kind: "burn-in", observations: 2 } })],
  ],
  [
    "α of an interval",
    [
      () => rankInterval(10, 0.1, 0),
      () => rankInterval(10, 0.1, 1),
      () => rankInterval(0, 0.1, 0.1),
      () => rankInterval(10, 1, 0.1),
    ],
    [() => rankInterval(1, 0.1, 0.1)],
  ],
  [
    "error of VaR",
    [
      () => valueAtRiskStandardError(0, 0.1, 1),
      () => valueAtRiskStandardError(1, 0, 1),
      () => valueAtRiskStandardError(1, 1, 1),
      () => valueAtRiskStandardError(1, 0.1, 0),
    ],
    [],
  ],
  [
    "error of ES",
    [
      () => expectedShortfallStandardError(0, 0.1, moments),
      () => expectedShortfallStandardError(1, 1, moments),
      () => expectedShortfallStandardError(1, 0, moments),
      () => expectedShortfallStandardError(1, 0.1, { ...moments, tailVariance: -1 }),
    ],
    [() => expectedShortfallStandardError(1, 0.1, { ...moments, tailVariance: 0 })],
  ],
  ["density", [() => kernelDensity(values, 1, 0), () => silvermanBandwidth(Float64Array.of(1))], []],
  [
    "modified mean",
    [
      () => modifiedTailMean(-2, 0, { skewness: 0, excessKurtosis: 0 }),
      () => modifiedTailMean(-2, 1, { skewness: 0, excessKurtosis: 0 }),
    ],
    [],
  ],
  [
    "Pareto tail",
    [
      () => paretoExceedance(pareto, -1),
      () => paretoExceedance({ ...pareto, scale: 0 }, 1),
      () => paretoExceedance({ ...pareto, exceedances: 0 }, 1),
      () => paretoExceedance({ ...pareto, exceedances: 11 }, 1),
    ],
    [() => paretoExceedance(pareto, 0)],
  ],
  [
    "days to close",
    [
      () => liquidationDays(1, -1, 0.1, 1),
      () => liquidationDays(1, 1, 1.1, 1),
      () => liquidationDays(1, 1, 0.1, 0),
      () => liquidationDays(Number.NaN, 1, 0.1, 1),
    ],
    [() => liquidationDays(1, 1, 1, 1)],
  ],
  [
    "unwind",
    [() => unwindFactor(0), () => unwindFactor(1.5), () => continuousUnwindFactor(-1)],
    [() => continuousUnwindFactor(0)],
  ],
  [
    "liquidity addition",
    [
      () => liquidityAddOn(-1, 1, 1),
      () => liquidityAddOn(1, 0, 1),
      () => liquidityAddOn(1, 1, 0),
      () => liquidityAddOn(Number.POSITIVE_INFINITY, 1, 1),
    ],
    [() => liquidityAddOn(0, 1, 1)],
  ],
  [
    "spread",
    [
      () => liquidityAdjustedRisk({ ...spread, price: 0 }),
      () => liquidityAdjustedRisk({ ...spread, meanSpread: -1 }),
      () => spreadCost(1, 0, 0, 0, 1),
      () => spreadCost(1, 1, -1, 0, 1),
      () => spreadCost(1, 1, 0, -1, 1),
      () => spreadCost(1, 1, 0, 0, 0),
    ],
    [() => liquidityAdjustedRisk(spread), () => spreadCost(0, 1, 0, 0, 1)],
  ],
  [
    "book",
    [() => bookWalk(-1, 1, []), () => bookWalk(1, 1, [{ price: 1, quantity: -1 }])],
    [() => bookWalk(0, 1, []), () => bookWalk(1, 1, [{ price: 1, quantity: 0 }])],
  ],
  [
    "impact",
    [
      () => squareRootImpact(1, 0, 0),
      () => squareRootImpact(1, 1, -1),
      () => squareRootImpact(1, 1, 1, -1),
      () => linearImpact(1, 0, 1),
      () => linearImpact(1, 1, 0),
      () => linearImpact(Number.NaN, 1, 1),
    ],
    [() => squareRootImpact(1, 1, 0, 0)],
  ],
  [
    "worked order",
    [
      () => workedOrderCost({ ...order, days: 0 }),
      () => workedOrderCost({ ...order, orderOverVolume: -1 }),
      () => workedOrderCost({ ...order, outstandingOverVolume: 0 }),
    ],
    [() => workedOrderCost(order)],
  ],
  [
    "concentration",
    [
      () => openInterestShare(1, 0),
      () => openInterestShare(Number.NaN, 1),
      () => concentrationMultiple(1, [{ days: 0, multiple: 0 }]),
      () =>
        concentrationMultiple(1, [
          { days: 1, multiple: 0 },
          { days: 1, multiple: 0 },
        ]),
    ],
    [() => concentrationMultiple(0)],
  ],
  [
    "excess position",
    [
      () => excessPositionAddOn(1, 0, 1, { threshold: 0, participation: 1 }),
      () => excessPositionAddOn(1, 1, -1, { threshold: 0, participation: 1 }),
      () => excessPositionAddOn(1, 1, 1, { threshold: -1, participation: 1 }),
      () => excessPositionAddOn(1, 1, 1, { threshold: 0, participation: 0 }),
      () => excessPositionAddOn(1, 1, 1, { threshold: 0, participation: 1.1 }),
    ],
    [() => excessPositionAddOn(1, 1, 0, { threshold: 0, participation: 1 })],
  ],
  [
    "collateral",
    [
      () => statisticalHaircut(-1, 0, 0, 0),
      () => collateralLimit(-1, 1, 0, 0, 0),
      () => collateralLimit(1, 0, 0, 0, 0),
      () => collateralLimit(1, 1, -1, 0, 0),
      () => wrongWayAddOn(Number.NaN, 0, 0),
    ],
    [() => statisticalHaircut(0, 0, 0, 0), () => collateralLimit(0, 1, 0, 0, 0)],
  ],
  [
    "liquidity horizons",
    [
      () => horizonExpectedShortfall([{ days: 0, expectedShortfall: 1 }]),
      () => horizonExpectedShortfall([{ days: 1, expectedShortfall: -1 }]),
    ],
    [() => horizonExpectedShortfall([{ days: 1, expectedShortfall: 0 }])],
  ],
  [
    "buffer",
    [
      () => buffer({ buffer: -0.1 }),
      () => buffer({ releaseRise: -0.1 }),
      () => buffer({ referenceDays: 1.5 }),
      () => buffer({ referenceDays: -1 }),
    ],
    [() => buffer({ buffer: 0, releaseRise: 0, referenceDays: 0 })],
  ],
  [
    "bounds of margin",
    [
      () => boundedMargins(values, -1, 1),
      () => speedLimitedMargins(values, { rise: -1, fall: 0 }),
      () => speedLimitedMargins(values, { rise: 0, fall: 1.1 }),
    ],
    [() => boundedMargins(values, 1, 1), () => speedLimitedMargins(values, { rise: 0, fall: 1 })],
  ],
  [
    "publication",
    [() => publish({ threshold: -1 }), () => publish({ longestSessions: 0 }), () => publish({ fallDelay: 0 })],
    [() => publish({ threshold: 0, longestSessions: 1, fallDelay: 1 })],
  ],
  [
    "scan range",
    [
      () => scanRange(-1, 1, range),
      () => scanRange(1, 0, range),
      () => scanRange(1, 1, { ...range, multiple: 0 }),
      () => scanRange(1, 1, { ...range, horizon: 0 }),
      () => scanRange(1, 1, { ...range, floor: 1 }),
      () => scanRange(1, 1, { ...range, floor: -1 }),
      () => scanRange(1, 1, { ...range, tick: 0 }),
    ],
    [() => scanRange(0, 1, range)],
  ],
  [
    "offset",
    [() => limitedOffset(values, -1), () => limitedOffset(values, 1, 1.1), () => limitedOffset(values, 1, -0.1)],
    [() => limitedOffset(values, 0, 0), () => limitedOffset(values, 0, 1)],
  ],
];

describe("bounds of arguments", () => {
  it.each(bounds)("%s", (_, outside, inside) => {
    for (const call of outside) expect(call, call.toString()).toThrow(DomainError);
    for (const call of inside) expect(call, call.toString()).not.toThrow();
  });
});

describe("Cornish-Fisher", () => {
  it("is the normal quantile without skewness and kurtosis", () => {
    const normal = { skewness: 0, excessKurtosis: 0 };
    expect(cornishFisherQuantile(-2.5, normal)).toBe(-2.5);
    expect(isCornishFisherMonotone(normal)).toBe(true);
  });
  it("is monotone exactly where its derivative stays above zero", () => {
    for (let skewness = -1.95; skewness <= 2; skewness += 0.3) {
      for (let excessKurtosis = -0.9; excessKurtosis <= 10; excessKurtosis += 0.7) {
        const shape = { skewness, excessKurtosis };
        let rises = true;
        for (let z = -60; z < 60; z += 0.01) {
          if (cornishFisherQuantile(z + 0.01, shape) <= cornishFisherQuantile(z, shape)) rises = false;
        }
        expect(isCornishFisherMonotone(shape), JSON.stringify(shape)).toBe(rises);
      }
    }
  });
});
