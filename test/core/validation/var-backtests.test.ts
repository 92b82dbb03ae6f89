import { describe, expect, it } from "vitest";
import { DomainError, normalPdf } from "../../../core/base/index.ts";
import { normalQuantile } from "../../../core/measure/index.ts";
import {
  acceptedRegion,
  acceptedRegions,
  binomialAtLeast,
  binomialAtMost,
  binomialExact,
  binomialProbability,
  binomialScore,
  christoffersenIndependence,
  conditionalCoverage,
  deskKeepsModel,
  durationTest,
  dynamicQuantile,
  firstStatistic,
  greenProbability,
  kupiecFirstFailure,
  kupiecProportion,
  ljungBox,
  rollingCounts,
  secondStatistic,
  shortfallRatios,
  trafficLight,
  transitionsOf,
  zoneBounds,
} from "../../../core/validation/index.ts";
import { bitcoinCloses, numberOf, numbersOf, referenceCase, referenceCases } from "./golden.ts";
import { near } from "./near.ts";

const file = "validation-var-backtests.json";

/** `1` at the places given, else `0`. */
function hitsAt(length: number, places: readonly number[]): readonly number[] {
  return Array.from({ length }, (_, at) => (places.includes(at) ? 1 : 0));
}

describe("kupiecProportion", () => {
  it.each(referenceCases(file, "kupiec"))("$id: $source", ({ input, expected, tolerance }) => {
    const [exceptions, observations] = [numberOf(input, "exceptions"), numberOf(input, "T")];
    const each = (value: unknown) => (Array.isArray(value) ? value : [value]);
    const [ratios, decisions] = [each(expected.lr), each(expected.reject_5pct)];
    for (const [at, p] of each(input.p).entries()) {
      const outcome = kupiecProportion(exceptions, observations, p);
      near(outcome.statistic, ratios[at], tolerance.abs ?? 0);
      if (typeof expected.p_value === "number") near(outcome.pValue, expected.p_value, tolerance.abs ?? 0);
      if (decisions[at] !== undefined) expect(outcome.decision).toBe(decisions[at] === true ? "reject" : "accept");
    }
  });

  it("says on which side a rejected count lies", () => {
    expect(kupiecProportion(0, 1000, 0.01)).toMatchObject({ decision: "reject", direction: "too few exceptions" });
    expect(kupiecProportion(30, 1000, 0.01)).toMatchObject({ decision: "reject", direction: "too many exceptions" });
    expect(kupiecProportion(10, 1000, 0.01)).toMatchObject({ statistic: 0, pValue: 1, decision: "accept" });
  });

  it("rejects T=255 without an exception at 1 %: LR 5.13", () => {
    near(kupiecProportion(0, 255, 0.01).statistic, 5.13, 0.005);
  });

  it("takes every row an exception, 0 ln 0 being 0", () => {
    expect(kupiecProportion(10, 10, 0.05).statistic).toBeCloseTo(-20 * Math.log(0.05), 10);
  });

  it("refuses more exceptions than rows", () => {
    expect(() => kupiecProportion(11, 10, 0.01)).toThrow(DomainError);
  });
});

describe("kupiecFirstFailure", () => {
  it("is the likelihood ratio of a geometric time", () => {
    const statistic = -2 * (Math.log(0.01) + 6 * Math.log(0.99) - Math.log(1 / 7) - 6 * Math.log(6 / 7));
    const outcome = kupiecFirstFailure(hitsAt(250, [6, 100]), 0.01);
    near(outcome.statistic, statistic, 1e-12);
    expect(outcome.direction).toBe("too many exceptions");
  });

  it("does not reject a first failure at 1/p", () => {
    near(kupiecFirstFailure(hitsAt(250, [99]), 0.01).statistic, 0, 1e-12);
  });

  it("is not testable without an exception", () => {
    expect(kupiecFirstFailure(hitsAt(250, []), 0.01)).toMatchObject({ decision: "not testable" });
  });
});

describe("acceptedRegion", () => {
  it.each(referenceCases(file, "kupiec-region"))("$id", ({ input, expected }) => {
    const region = acceptedRegion(numberOf(input, "p"), numberOf(input, "T"), numberOf(input, "test_level"));
    expect(region.lowest).toBe(expected.lowest_accepted);
    expect(region.highest).toBe(expected.highest_accepted);
  });

  it("makes the table of five probabilities and three lengths", () => expect(acceptedRegions()).toHaveLength(15));
});

describe("binomial distribution", () => {
  it("sums to one from either end", () => {
    expect(binomialAtMost(12, 500, 0.025) + binomialAtLeast(13, 500, 0.025)).toBeCloseTo(1, 14);
  });

  it("keeps relative accuracy in the far tail", () => {
    expect(binomialAtLeast(20, 20, 0.01) / 1e-40).toBeCloseTo(1, 13);
    expect(binomialProbability(3, 5, 0.5)).toBeCloseTo(10 / 32, 15);
  });

  it("refuses a probability of 0", () => {
    expect(() => binomialProbability(0, 5, 0)).toThrow(DomainError);
  });
});

describe("binomial tests", () => {
  it("score: z of 20 exceptions in 252 at 5 %", () => {
    near(binomialScore(20, 252, 0.05).statistic, (20 - 12.6) / Math.sqrt(0.05 * 0.95 * 252), 1e-14);
  });

  it("exact: doubles the smaller tail and caps at one", () => {
    near(binomialExact(8, 250, 0.01).pValue, 2 * binomialAtLeast(8, 250, 0.01), 1e-15);
    expect(binomialExact(2, 200, 0.01).pValue).toBe(1);
  });

  it("exact: the critical count rejects and the one below does not", () => {
    const { criticalValue = 0 } = binomialExact(5, 250, 0.01);
    expect(binomialExact(criticalValue, 250, 0.01).decision).toBe("reject");
    expect(binomialExact(criticalValue - 1, 250, 0.01).decision).toBe("accept");
  });
});

describe("christoffersen", () => {
  const { input } = referenceCase(file, "cci-1043-57");
  const [n00, n01, n10, n11] = ["n00", "n01", "n10", "n11"].map((name) => numberOf(input, name));
  const transitions = { n00: n00 ?? 0, n01: n01 ?? 0, n10: n10 ?? 0, n11: n11 ?? 0 };

  it("independence matches MathWorks", () => {
    const { expected, tolerance } = referenceCase(file, "cci-1043-57");
    const outcome = christoffersenIndependence(transitions);
    near(outcome.statistic, numberOf(expected, "lr_ind"), numberOf(tolerance, "abs"));
    near(outcome.pValue, numberOf(expected, "p_ind"), numberOf(tolerance, "abs"));
  });

  it("conditional coverage matches MathWorks", () => {
    const { expected, tolerance } = referenceCase(file, "cc-1043-57");
    const outcome = conditionalCoverage(57, 1043, 0.05, transitions);
    near(outcome.statistic, numberOf(expected, "lr_cc"), numberOf(tolerance, "abs"));
    near(outcome.pValue, numberOf(expected, "p_cc"), numberOf(tolerance, "abs"));
  });

  it("is not testable without an exception before the last row, and says so", () => {
    const none = christoffersenIndependence(transitionsOf(hitsAt(250, [249])));
    expect(none.decision).toBe("not testable");
    expect(none.statistic).toBeUndefined();
    expect(conditionalCoverage(1, 250, 0.01, transitionsOf(hitsAt(250, [249]))).decision).toBe("not testable");
  });
});

describe("trafficLight", () => {
  it.each(referenceCases(file, "traffic-light"))("$id", ({ input, expected, tolerance }) => {
    const light = trafficLight(numberOf(input, "exceptions"), numberOf(input, "T"), 1 - numberOf(input, "confidence"));
    expect(light.zone).toBe(expected.zone);
    expect(light.multiplier1996).toBe(expected.multiplier_1996);
    expect(light.multiplierFrtb).toBe(expected.multiplier_frtb);
    const relative = (value: number, name: string) => value / numberOf(expected, name) - 1;
    near(relative(light.atMost, "cumulative_exact"), 0, numberOf(tolerance, "exact_rel"));
    near(relative(light.atLeast, "prob_k_or_more"), 0, numberOf(tolerance, "exact_rel"));
    const printed = expected.cumulative_percent_printed;
    if (typeof printed === "number") near(100 * light.atMost, printed, numberOf(tolerance, "printed_abs"));
  });

  it.each(referenceCases(file, "traffic-light-general"))("$id", ({ input, expected }) => {
    const { firstYellow, firstRed } = zoneBounds(numberOf(input, "T"), numberOf(input, "p"));
    expect([firstYellow, firstRed]).toEqual([expected.first_yellow, expected.first_red]);
  });

  it("has the printed power: 43.9, 12.8, 2.7, 0.5 % green at true coverage of 98 to 95 %", () => {
    const green = [0.02, 0.03, 0.04, 0.05].map((trueP) => (100 * greenProbability(trueP)).toFixed(1));
    expect(green).toEqual(["43.9", "12.8", "2.7", "0.5"]);
  });

  it("derives multipliers close to the printed ones where the table ends", () => {
    // a thousand rows with twenty exceptions are the share of five in 250
    const light = trafficLight(20, 1000, 0.01);
    expect(light).toMatchObject({ zone: "yellow", multiplierBasis: "derived" });
    near(light.multiplier1996, 3.4, 0.01);
    near(light.multiplierFrtb, 1.7, 0.005);
    expect(trafficLight(30, 1000, 0.01).multiplier1996).toBe(4);
  });

  it("counts the last 250 rows at each row", () => {
    const hits = hitsAt(300, [0, 10, 60, 100, 150, 200, 260]);
    const counts = rollingCounts(hits, 0.01);
    expect(counts).toHaveLength(51);
    expect(counts[0]).toEqual({ row: 249, exceptions: 6, zone: "yellow" });
    expect(counts.at(-1)).toEqual({ row: 299, exceptions: 5, zone: "yellow" });
    expect(rollingCounts(hits.slice(0, 100), 0.01)).toEqual([]);
  });

  it("disqualifies a desk above 12 exceptions at 99 % or 30 at 97.5 %", () => {
    expect([deskKeepsModel(12, 30), deskKeepsModel(13, 0), deskKeepsModel(0, 31)]).toEqual([true, false, false]);
  });
});

describe("dynamicQuantile", () => {
  const hits = hitsAt(400, [7, 21, 98, 103, 123, 146, 155, 165, 208, 219]);

  it("leaves out a column that does not vary, lowers the degrees of freedom and names it", () => {
    const outcome = dynamicQuantile(
      hits,
      hits.map(() => 5),
      0.025,
    );
    expect(outcome.figures?.degreesOfFreedom).toBe(5);
    expect(outcome.remarks).toEqual(["regressor left out, a combination of the others: forecast"]);
    expect(outcome.distribution).toContain("5 degrees");
  });

  it("does not depend on the unit of the forecast", () => {
    const forecasts = hits.map((_, at) => 2 + Math.sin(at));
    const [one, other] = [1, 1e-6].map((unit) =>
      dynamicQuantile(
        hits,
        forecasts.map((value) => value * unit),
        0.025,
      ),
    );
    near(one?.statistic, other?.statistic ?? Number.NaN, 1e-9);
  });

  it("is not testable on a sample shorter than its regressors", () => {
    expect(dynamicQuantile([0, 1, 0, 0, 1, 0], [1, 2, 3, 4, 5, 6], 0.05).decision).toBe("not testable");
  });
});

describe("durationTest", () => {
  it("finds the shape at which the likelihood is greatest", () => {
    const outcome = durationTest(hitsAt(500, [20, 22, 23, 150, 151, 330, 331, 335, 470]));
    const { shape = 0, rate = 0 } = outcome.figures ?? {};
    const whole = [2, 1, 127, 1, 179, 1, 4, 135];
    const cut = [20, 29];
    const logLikelihood = (a: number, b: number) =>
      whole.reduce((total, d) => total + b * Math.log(a) + Math.log(b) + (b - 1) * Math.log(d) - (a * d) ** b, 0) -
      cut.reduce((total, d) => total + (a * d) ** b, 0);
    const best = logLikelihood(rate, shape);
    for (const [a, b] of [
      [1.01, 1],
      [0.99, 1],
      [1, 1.01],
      [1, 0.99],
    ] as const)
      expect(logLikelihood(rate * a, shape * b)).toBeLessThan(best);
    const memoryless = whole.length / [...whole, ...cut].reduce((total, d) => total + d, 0);
    near(outcome.statistic, 2 * (best - logLikelihood(memoryless, 1)), 1e-9);
    expect(shape).toBeLessThan(1);
    expect(outcome.decision).toBe("reject");
  });

  it("is not testable below three exceptions", () => {
    expect(durationTest(hitsAt(250, [10, 90])).decision).toBe("not testable");
  });
});

describe("ljungBox", () => {
  it("is T(T+2) Σ r²/(T−k)", () => {
    const outcome = ljungBox([1, 1, 0, 0, 0, 0, 1, 0, 0, 0], 1);
    // mean 0.3, sum of squares 2.1
    const x = [0.7, 0.7, -0.3, -0.3, -0.3, -0.3, 0.7, -0.3, -0.3, -0.3];
    const r = x.slice(1).reduce((total, value, at) => total + value * (x[at] ?? 0), 0) / 2.1;
    near(outcome.statistic, (10 * 12 * r * r) / 9, 1e-12);
  });

  it("rejects a run of exceptions and not the same number spread out", () => {
    expect(ljungBox(hitsAt(250, [100, 101, 102, 103, 104])).decision).toBe("reject");
    expect(ljungBox(hitsAt(250, [20, 71, 122, 173, 224])).decision).toBe("accept");
    expect(ljungBox(hitsAt(250, [])).decision).toBe("not testable");
  });
});

describe("a whole back-test of Bitcoin", () => {
  const { expected, tolerance } = referenceCase(file, "backtest-btc-A");
  const abs = numberOf(tolerance, "abs");
  const p = 0.05;
  const closes = bitcoinCloses();
  const returns = closes.slice(1).map((close, day) => Math.log(close / (closes[day] ?? Number.NaN)));
  let variance = returns.slice(0, 100).reduce((total, value) => total + value * value, 0) / 100;
  const deviations = returns.map((value) => {
    const deviation = Math.sqrt(variance);
    variance = 0.94 * variance + 0.06 * value * value;
    return deviation;
  });
  const losses = returns.slice(100).map((value) => -value);
  const valueAtRisk = deviations.slice(100).map((deviation) => deviation * normalQuantile(1 - p));
  const shortfall = deviations.slice(100).map((deviation) => (deviation * normalPdf(normalQuantile(1 - p))) / p);
  const hits = losses.map((loss, row) => (loss > (valueAtRisk[row] ?? 0) ? 1 : 0));

  it("has the forecasts and the exceptions of the case", () => {
    near(valueAtRisk[0], numberOf(expected, "first_var"), abs);
    near(valueAtRisk.at(-1), numberOf(expected, "last_var"), abs);
    expect(hits.flatMap((hit, row) => (hit === 1 ? [row] : []))).toEqual(numbersOf(expected, "hit_index"));
    expect(hits).toHaveLength(numberOf(expected, "T"));
  });

  it("has its statistics", () => {
    const exceptions = numberOf(expected, "exceptions");
    const transitions = transitionsOf(hits);
    expect(transitions).toMatchObject({ n00: expected.n00, n01: expected.n01, n10: expected.n10, n11: expected.n11 });
    near(kupiecProportion(exceptions, 400, p).statistic, numberOf(expected, "lr_pof"), abs);
    near(christoffersenIndependence(transitions).statistic, numberOf(expected, "lr_ind"), abs);
    near(conditionalCoverage(exceptions, 400, p, transitions).statistic, numberOf(expected, "lr_cc"), abs);
    const quantile = dynamicQuantile(hits, valueAtRisk, p);
    near(quantile.statistic, numberOf(expected, "dq"), abs);
    near(quantile.pValue, numberOf(expected, "dq_p"), abs);
    expect(quantile.figures?.degreesOfFreedom).toBe(expected.dq_df);
    const ratios = shortfallRatios(losses, valueAtRisk, shortfall);
    near(firstStatistic(ratios), numberOf(expected, "Z1"), abs);
    near(secondStatistic(ratios, 400, p), numberOf(expected, "Z2"), abs);
  });
});
