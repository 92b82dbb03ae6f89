import { describe, expect, it } from "vitest";
import { DomainError, finish, normalCdf, normalPdf } from "../../../core/base/index.ts";
import { normalQuantile, randomStream } from "../../../core/measure/index.ts";
import {
  amberSurcharge,
  averageRanks,
  costanzinoCurran,
  criticalValueOf,
  dieboldMariano,
  firstStatistic,
  jointScores,
  mcneilFrey,
  profitAttribution,
  pValueOf,
  recommendedZ2,
  secondStatistic,
  secondStatisticZone,
  severityMoments,
  severityNull,
  shortfallRatios,
  simulatedFirst,
  simulatedSecond,
  standardisedExcesses,
  type TailModel,
  tabulatedCritical,
  tailMean,
  tailRatio,
} from "../../../core/validation/index.ts";
import { numberOf, numbersOf, referenceCase, referenceCases } from "./golden.ts";
import { near } from "./near.ts";

const file = "validation-es-backtests.json";

const modelOf = (dof: unknown): TailModel =>
  dof === "normal" ? { kind: "normal" } : { kind: "student", degreesOfFreedom: Number(dof) };

describe("simulated critical values of Z2", () => {
  const million = { draws: 1_000_000, seed: 20_141_201 };
  const cases = referenceCases(file, "acerbi-szekely").filter(({ input }) => input.T === 250);

  it.each(cases)("$id", ({ input, expected, tolerance }) => {
    const model = modelOf(input.dof);
    const sample = finish(simulatedSecond({ observations: 250, p: 0.025, model, ...million }));
    for (const [level, name] of [
      [0.05, "z2_5pct"],
      [0.01, "z2_1pct"],
      [0.001, "z2_0_1pct"],
      [0.0001, "z2_0_01pct"],
    ] as const) {
      near(criticalValueOf(sample, level), numberOf(expected, name), numberOf(tolerance, name));
      near(tabulatedCritical(model, 250, 0.025, level), numberOf(expected, name), 0.06);
    }
    expect(recommendedZ2).toEqual({ yellow: expected.recommended_yellow, red: expected.recommended_red });
  });

  it("matches MathWorks on 1,966 rows", () => {
    const { input, expected, tolerance } = referenceCase(file, "z2-mathworks-normal");
    const p = 1 - numberOf(input, "var_level");
    const sample = finish(
      simulatedSecond({ observations: numberOf(input, "T"), p, model: { kind: "normal" }, draws: 300_000, seed: 7 }),
    );
    near(criticalValueOf(sample, 0.01), numberOf(expected, "critical"), numberOf(tolerance, "critical_abs"));
    const { pValue } = pValueOf(sample, numberOf(input, "z2"));
    near(pValue, numberOf(expected, "p_value"), numberOf(tolerance, "p_abs"));
  });

  it("is the same sample for the same seed, and another for another", () => {
    const one = (seed: number) =>
      finish(simulatedSecond({ observations: 100, p: 0.05, model: { kind: "normal" }, draws: 1000, seed })).values;
    expect(one(3)).toEqual(one(3));
    expect(one(3)).not.toEqual(one(4));
  });

  it("simulates Z1 for the number of exceptions there were: mean near 0", () => {
    const sample = finish(
      simulatedFirst({ observations: 250, p: 0.025, model: { kind: "normal" }, draws: 50_000, seed: 5 }, 6),
    );
    near(sample.values.reduce((total, value) => total + value, 0) / 50_000, 0, 0.002);
  });

  it("refuses no draws", () => {
    const none = { observations: 250, p: 0.025, model: { kind: "normal" }, draws: 0, seed: 1 } as const;
    expect(() => finish(simulatedSecond(none))).toThrow(DomainError);
  });
});

describe("tail model", () => {
  it("tabulates the ratio of loss and shortfall to 1e-8", () => {
    for (const model of [modelOf("normal"), modelOf("3"), modelOf("10")]) {
      const ratio = tailRatio(model, 0.025);
      for (const v of [0, 0.3, 1, 2.71, 7.5]) {
        const u = 0.025 * Math.exp(-v);
        if (model.kind === "normal") near(ratio(v), -normalQuantile(u) / tailMean(model, 0.025), 1e-8);
      }
      // the mean of L/ES beyond the quantile is one: integral of ratio(v) e^-v
      let mean = 0;
      for (let at = 0; at < 4000; at += 1) mean += ratio((at + 0.5) / 100) * Math.exp(-(at + 0.5) / 100) * 0.01;
      near(mean, 1, 2e-5);
    }
  });
});

describe("the ES battery on simulated heavy tails", () => {
  const { input, expected, tolerance } = referenceCase(file, "es-tests-a");
  const abs = numberOf(tolerance, "abs");
  const p = 1 - numberOf(input, "level");
  const deviations = numbersOf(input, "sigma_forecast");
  const losses = numbersOf(input, "returns").map((value) => -value);
  const valueAtRisk = deviations.map((deviation) => deviation * normalQuantile(1 - p));
  const shortfall = deviations.map((deviation) => (deviation * normalPdf(normalQuantile(1 - p))) / p);
  const ratios = shortfallRatios(losses, valueAtRisk, shortfall);

  it("Acerbi-Szekely", () => {
    expect(ratios).toHaveLength(numberOf(expected, "exceptions"));
    near(firstStatistic(ratios), numberOf(expected, "Z1"), abs);
    const z2 = secondStatistic(ratios, losses.length, p);
    near(z2, numberOf(expected, "Z2"), abs);
    expect(secondStatisticZone(z2)).toBe(expected.zone_as);
  });

  it("Costanzino-Curran", () => {
    const tails = losses.map((loss, row) => normalCdf(-loss / (deviations[row] ?? 1)));
    const outcome = costanzinoCurran(tails, p);
    near(outcome.figures?.sum, numberOf(expected, "costanzino_curran_sum"), abs);
    near(outcome.statistic, numberOf(expected, "costanzino_curran_z"), abs);
    expect(outcome).toMatchObject({ decision: "accept", direction: "losses too small" });
  });

  it("McNeil-Frey, with the bootstrap for few exceptions", () => {
    const outcome = mcneilFrey(standardisedExcesses(losses, valueAtRisk, shortfall, deviations), losses.length);
    near(outcome.statistic, numberOf(expected, "mcneil_frey_t"), abs);
    expect(outcome.remarks[0]).toContain("bootstrap");
    near(outcome.pValue, outcome.figures?.byStudent ?? Number.NaN, 0.1);
  });
});

describe("zones of Z2", () => {
  it.each([
    [0.1, "green"],
    [-0.69, "green"],
    [-0.7, "yellow"],
    [-1.79, "yellow"],
    [-1.8, "red"],
  ] as const)("%d is %s", (z2, zone) => expect(secondStatisticZone(z2)).toBe(zone));

  it("has no Z1 without an exception", () => expect(firstStatistic([])).toBeUndefined());
});

describe("exact distribution of Costanzino and Curran's sum", () => {
  const { input, expected, tolerance } = referenceCase(file, "costanzino-curran-critical");
  const distribution = severityNull(numberOf(input, "T"), numberOf(input, "tail"));

  it("has the quantiles of twenty million samples", () => {
    near(distribution.quantile(0.95), numberOf(expected, "sum_q95"), numberOf(tolerance, "q95_abs"));
    near(distribution.quantile(0.99), numberOf(expected, "sum_q99"), numberOf(tolerance, "q99_abs"));
    near(distribution.quantile(0.9999), numberOf(expected, "sum_q9999"), numberOf(tolerance, "q9999_abs"));
  });

  it("has the stated moments", () => {
    const { mean, variance } = severityMoments(250, 0.025);
    near(mean / numberOf(expected, "mean"), 1, numberOf(tolerance, "moments_rel"));
    near(variance / numberOf(expected, "variance"), 1, numberOf(tolerance, "moments_rel"));
  });

  it("has the mean of its own tail probabilities: integral of P(S ≥ s)", () => {
    let mean = 0;
    for (let at = 0; at < 30_000; at += 1) mean += distribution.atLeast((at + 0.5) / 1000) / 1000;
    near(mean, 3.125, 1e-5);
  });
});

describe("joint score", () => {
  it("is least on average at the true value at risk and shortfall", () => {
    const stream = randomStream(11);
    const losses = Array.from({ length: 20_000 }, () => normalQuantile(stream.nextOpen()));
    const [v, e] = [normalQuantile(0.975), normalPdf(normalQuantile(0.975)) / 0.025];
    const mean = (a: number, b: number) => {
      const scores = jointScores(
        losses,
        losses.map(() => a),
        losses.map(() => b),
        0.025,
      );
      return scores.reduce((total, score) => total + score, 0) / scores.length;
    };
    for (const [a, b] of [
      [0.8, 1],
      [1.2, 1],
      [1, 0.8],
      [1, 1.2],
    ] as const)
      expect(mean(v * a, e * b)).toBeGreaterThan(mean(v, e));
  });

  it("Diebold-Mariano sees the better model, and nothing between equal ones", () => {
    const stream = randomStream(12);
    const losses = Array.from({ length: 4000 }, () => normalQuantile(stream.nextOpen()));
    const scores = (scale: number) =>
      jointScores(
        losses,
        losses.map(() => scale * 1.96),
        losses.map(() => scale * 2.338),
        0.025,
      );
    const outcome = dieboldMariano(scores(1), scores(0.5));
    expect(outcome.decision).toBe("reject");
    expect(outcome.statistic ?? 0).toBeLessThan(0);
    expect(dieboldMariano(scores(1), scores(1)).decision).toBe("not testable");
  });
});

describe("profitAttribution", () => {
  it("matches SciPy's Spearman and Kolmogorov-Smirnov", () => {
    const { input, expected, tolerance } = referenceCase("validation-pla-and-correlation.json", "pla-good");
    const result = profitAttribution(numbersOf(input, "hpl"), numbersOf(input, "rtpl"));
    near(result.spearman, numberOf(expected, "spearman"), numberOf(tolerance, "abs"));
    near(result.kolmogorovSmirnov, numberOf(expected, "ks"), numberOf(tolerance, "abs"));
    expect(result.zone).toBe(expected.zone);
  });

  it("takes the worse zone", () => {
    const hypothetical = Array.from({ length: 250 }, (_, day) => Math.sin(day));
    const reversed = hypothetical.map((value) => -value);
    expect(profitAttribution(hypothetical, reversed)).toMatchObject({ zone: "red", zones: { spearman: "red" } });
    const narrow = hypothetical.map((value) => 0.5 * value);
    expect(profitAttribution(hypothetical, narrow)).toMatchObject({
      zone: "red",
      zones: { spearman: "green", kolmogorovSmirnov: "red" },
    });
  });

  it("gives equal values the mean of their ranks", () => expect(averageRanks([2, 1, 2, 3])).toEqual([2.5, 1, 2.5, 4]));

  it("charges amber desks half of their share", () => {
    expect(
      amberSurcharge([
        { zone: "green", charge: 30 },
        { zone: "amber", charge: 10 },
        { zone: "red", charge: 50 },
      ]),
    ).toBe(0.125);
  });
});
