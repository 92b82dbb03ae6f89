import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { brownianBridge } from "../../../core/measure/draw/brownian-bridge.ts";
import {
  type DrawRequest,
  drawFactors,
  type FactorModel,
  mertonTail,
  type Sampling,
  studentTCdf,
} from "../../../core/measure/index.ts";
import {
  column,
  correlation,
  drawn,
  factors,
  golden,
  lossesOf,
  models,
  observed,
  samplings,
  simulated,
  targets,
} from "./factor-models.ts";
import { goldenMeasures, relativeError } from "./golden-case.ts";

describe("VaR and ES of a linear book", () => {
  const cases = (["gaussian", "multivariate-t"] as const).flatMap((kind) =>
    samplings.flatMap((sampling) => [0.975, 0.99].map((confidence) => ({ kind, sampling, confidence }))),
  );
  it.each(cases)("$kind, $sampling, $confidence lie within 3 standard errors of the closed form", (c) => {
    const expected = targets[`${c.kind === "gaussian" ? "normal" : "mvt_nu5"}_${c.confidence}`];
    const draws = drawn({ model: models[c.kind], paths: 60_000, seed: 2026, sampling: c.sampling });
    const { tail, valueAtRisk, expectedShortfall } = simulated(lossesOf(draws, targets.weights), draws, c.confidence);
    expect(valueAtRisk.standardError).toBeGreaterThan(0);
    // The error is of use only when it is small.
    expect(valueAtRisk.standardError / tail.valueAtRisk).toBeLessThan(0.015);
    expect(expectedShortfall.standardError / tail.expectedShortfall).toBeLessThan(0.02);
    expect(Math.abs(tail.valueAtRisk - (expected?.var ?? 0))).toBeLessThanOrEqual(3 * valueAtRisk.standardError);
    expect(Math.abs(tail.expectedShortfall - (expected?.es ?? 0))).toBeLessThanOrEqual(
      3 * expectedShortfall.standardError,
    );
    expect(valueAtRisk.lower).toBeLessThan(tail.valueAtRisk);
    expect(valueAtRisk.upper).toBeGreaterThan(tail.valueAtRisk);
  });
  it("has a standard error that agrees with the spread over seeds, and intervals that cover", () => {
    for (const sampling of samplings) {
      const runs = Array.from({ length: 60 }, (_, seed) => {
        const draws = drawn({ model: models.gaussian, paths: 8_000, seed: 100 + seed, sampling });
        return simulated(lossesOf(draws, targets.weights), draws, 0.975);
      });
      const mean = (list: readonly number[]): number => list.reduce((total, x) => total + x, 0) / list.length;
      for (const measure of ["valueAtRisk", "expectedShortfall"] as const) {
        const found = runs.map(({ tail }) => tail[measure]);
        const spread = Math.sqrt(mean(found.map((x) => (x - mean(found)) ** 2)));
        const stated = mean(runs.map((run) => run[measure].standardError));
        expect(stated / spread).toBeGreaterThan(0.7);
        expect(stated / spread).toBeLessThan(1.45);
        const exact = measure === "valueAtRisk" ? targets["normal_0.975"]?.var : targets["normal_0.975"]?.es;
        const covered = runs.filter(
          (run) => run[measure].lower <= (exact ?? 0) && (exact ?? 0) <= run[measure].upper,
        ).length;
        expect(covered).toBeGreaterThanOrEqual(51);
      }
    }
  });
  it("is several times more exact with Sobol points than with as many independent ones", () => {
    const errorOf = (sampling: Sampling): number => {
      const draws = drawn({ model: models.gaussian, paths: 65_536, seed: 5, sampling });
      return simulated(lossesOf(draws, targets.weights), draws, 0.99).expectedShortfall.standardError;
    };
    const [independent, , owen] = samplings;
    if (independent === undefined || owen === undefined) throw new Error("samplings");
    expect(errorOf(owen)).toBeLessThan(errorOf(independent) / 3);
  });
});

describe("models", () => {
  it("give the same bits for the same request and others for another seed", () => {
    for (const model of Object.values(models)) {
      for (const sampling of samplings) {
        const request: DrawRequest = { model, paths: 640, seed: 9, sampling };
        const made = drawFactors(request);
        if (!made.ok) {
          expect([model.kind, sampling.kind, made.failure.reason]).toEqual([
            ...["filtered-paths", "antithetic", "not-applicable"],
          ]);
          continue;
        }
        const again = drawn(request).values;
        expect(new Uint8Array(again.buffer)).toEqual(new Uint8Array(made.value.values.buffer));
        expect(drawn({ ...request, seed: 10 }).values).not.toEqual(made.value.values);
        expect(made.value.values.every(Number.isFinite)).toBe(true);
        expect(made.value).toMatchObject({ request, factors });
      }
    }
  });
  it("of elliptical kind have the covariance given", () => {
    for (const kind of ["gaussian", "multivariate-t"] as const) {
      const draws = drawn({ model: models[kind], paths: 2 ** 17, seed: 3, sampling: samplings[2] as Sampling });
      for (let i = 0; i < 3; i++) {
        for (let j = 0; j < 3; j++) {
          const [x, y] = [column(draws, i), column(draws, j)];
          const found = x.reduce((total, value, at) => total + value * (y[at] as number), 0) / draws.paths;
          expect(relativeError(found, targets.cov[i]?.[j] ?? 0)).toBeLessThan(0.05);
        }
      }
    }
  });
  it.each(["gaussian-copula", "t-copula"] as const)("%s have the marginals given", (kind) => {
    const draws = drawn({ model: models[kind], paths: 2 ** 17, seed: 4, sampling: samplings[2] as Sampling });
    const sorted = [0, 1, 2].map((factor) => column(draws, factor).slice().sort());
    const share = (factor: number, below: number): number =>
      (sorted[factor]?.filter((value) => value <= below).length ?? 0) / draws.paths;
    expect(share(0, 0.001 + 0.04 * -2.3263478740408408)).toBeCloseTo(0.01, 3);
    const scale = 0.05 * Math.sqrt(0.5);
    expect(share(1, -0.1)).toBeCloseTo(studentTCdf(-0.1 / scale, 4), 3);
    expect(share(1, 0.06)).toBeCloseTo(studentTCdf(0.06 / scale, 4), 3);
    const middle = observed.slice().sort((a, b) => a - b)[149] ?? 0;
    expect(share(2, 1.5 * middle)).toBeCloseTo(0.5, 1);
    expect(sorted[2]?.[0]).toBeGreaterThanOrEqual(1.5 * Math.min(...observed));
    expect(sorted[2]?.at(-1)).toBeLessThanOrEqual(1.5 * Math.max(...observed));
  });
  it("t copula makes joint falls more likely than the normal copula of the same correlation", () => {
    const joint = (kind: "gaussian-copula" | "t-copula"): number => {
      const draws = drawn({ model: models[kind], paths: 2 ** 16, seed: 4, sampling: { kind: "pseudo-random" } });
      const limits = [0, 1, 2].map(
        (factor) => column(draws, factor).slice().sort()[Math.floor(draws.paths / 100)] ?? 0,
      );
      let count = 0;
      for (let path = 0; path < draws.paths; path++) {
        if (limits.every((limit, i) => (draws.values[path * 3 + i] as number) <= limit)) count += 1;
      }
      return count;
    };
    expect(joint("t-copula")).toBeGreaterThan(2 * joint("gaussian-copula"));
  });
  /** test/golden/measures/generate-joint-tails.py: SciPy 1.17.1. */
  const joint = goldenMeasures<{
    readonly cases: readonly {
      readonly u: number;
      readonly correlation: number;
      readonly degrees?: number;
      readonly expected: number;
    }[];
  }>("joint-tails.json").cases;
  it.each(joint)("copula of $degrees degrees, correlation $correlation: joint probability below $u", (c) => {
    const correlated = {
      factors: ["x", "y"],
      correlation: [
        [1, c.correlation],
        [c.correlation, 1],
      ],
      // The probability itself: type-7 quantiles of 0 and 1.
      marginals: [
        { kind: "empirical", values: [0, 1] },
        { kind: "empirical", values: [0, 1] },
      ],
    } as const;
    const model: FactorModel =
      c.degrees === undefined
        ? { kind: "gaussian-copula", ...correlated }
        : { kind: "t-copula", ...correlated, degrees: c.degrees };
    const { values, paths } = drawn({ model, paths: 100_000, seed: 21, sampling: { kind: "pseudo-random" } });
    let both = 0;
    for (let path = 0; path < paths; path++) {
      if ((values[2 * path] as number) <= c.u && (values[2 * path + 1] as number) <= c.u) both += 1;
    }
    const error = Math.sqrt((c.expected * (1 - c.expected)) / paths);
    // Where hardly any are expected, one more or less is no news.
    expect(Math.abs(both / paths - c.expected)).toBeLessThan(3.5 * error + 1 / paths);
  });
  it("antithetic pairs mirror the factors about their mean", () => {
    const draws = drawn({ model: models["multivariate-t"], paths: 400, seed: 8, sampling: { kind: "antithetic" } });
    for (let path = 0; path < draws.paths; path += 2) {
      for (let i = 0; i < 3; i++) {
        const [one, other] = [draws.values[path * 3 + i] as number, draws.values[(path + 1) * 3 + i] as number];
        expect(one + other).toBeCloseTo(0, 12);
      }
    }
  });
});

describe("Merton jumps", () => {
  const merton = golden.cases.find(({ id }) => id === "merton-one-day");
  const input = merton?.input ?? {};
  const model = {
    ...{ years: input.h_years ?? 0, drift: input.mu ?? 0, volatility: input.sigma ?? 0 },
    ...{
      intensity: input.lam ?? 0,
      jumpMean: input.jump_mean_log ?? 0,
      jumpDeviation: input.jump_sd_log ?? 0,
    },
  };
  it.each([0.025, 0.01])("exact tail at %d", (p) => {
    const { quantile, meanBelow } = mertonTail(model, p);
    expect(Math.abs(quantile - Number(merton?.expected[`log_return_quantile_${p}`]))).toBeLessThanOrEqual(1e-10);
    expect(Math.abs(meanBelow - Number(merton?.expected[`mean_log_return_below_${p}`]))).toBeLessThanOrEqual(1e-10);
  });
  it.each(["common", "independent"] as const)("%s jumps: the first factor meets its exact tail", (kind) => {
    const [means, deviations] = [
      [-0.04, -0.05, -0.06],
      [0.06, 0.07, 0.08],
    ] as const;
    const jumps =
      kind === "common"
        ? ({ kind, intensity: 12, means, deviations, correlation } as const)
        : ({ kind, intensities: [12, 12, 12], means, deviations } as const);
    const draws = drawn({
      model: { ...(models.merton as Extract<FactorModel, { kind: "merton" }>), jumps },
      ...{ paths: 200_000, seed: 12, sampling: { kind: "pseudo-random" } },
    });
    const losses = column(draws, 0).map((change) => -change);
    const { tail, valueAtRisk, expectedShortfall } = simulated(losses, draws, 0.99);
    const exact = mertonTail(model, 0.01);
    expect(Math.abs(tail.valueAtRisk + exact.quantile)).toBeLessThan(3 * valueAtRisk.standardError);
    expect(Math.abs(tail.expectedShortfall + exact.meanBelow)).toBeLessThan(3 * expectedShortfall.standardError);
    // Common jumps hit all factors at once.
    const both = Array.from({ length: draws.paths }, (_, path) => path).filter(
      (path) => (draws.values[path * 3] as number) < -0.12 && (draws.values[path * 3 + 1] as number) < -0.12,
    ).length;
    if (kind === "common") expect(both).toBeGreaterThan(500);
    else expect(both).toBeLessThan(200);
  });
});

describe("filtered paths", () => {
  const base = models["filtered-paths"] as Extract<FactorModel, { kind: "filtered-paths" }>;
  it("of one step are residuals times today's volatility", () => {
    const draws = drawn({ model: { ...base, steps: 1 }, paths: 500, seed: 1, sampling: { kind: "pseudo-random" } });
    const residuals = base.innovations.kind === "residuals" ? Array.from(base.innovations.values) : [];
    const possible = new Set(residuals.filter((_, at) => at % 3 === 0).map((z) => z * Math.sqrt(0.0009)));
    for (const change of column(draws, 0)) expect(possible.has(change)).toBe(true);
  });
  it("with normal innovations have the variance the recursion expects", () => {
    const model: FactorModel = { ...base, innovations: { kind: "gaussian", correlation } };
    const draws = drawn({ model, paths: 2 ** 17, seed: 1, sampling: samplings[2] as Sampling });
    let [variance, expected] = [0.0009, 0];
    for (let step = 0; step < 5; step++) {
      expected += variance;
      variance = 2e-5 + 0.97 * variance;
    }
    const found = column(draws, 0).reduce((total, change) => total + change * change, 0) / draws.paths;
    expect(relativeError(found, expected)).toBeLessThan(0.01);
  });
  it("of many steps gain from a Brownian bridge: the error of the mean square falls below that of independent draws", () => {
    const model: FactorModel = {
      ...{ kind: "filtered-paths", factors: ["x"], steps: 30, changes: ["log"] },
      recursions: [{ omega: 1e-5, alpha: 0.05, beta: 0.9, nextVariance: 2e-4 }],
      innovations: { kind: "gaussian", correlation: [[1]] },
    };
    const errors = ([{ kind: "pseudo-random" }, { kind: "sobol", scramble: "owen", replicates: 10 }] as const).map(
      (sampling) => {
        const found = Array.from({ length: 12 }, (_, seed) => {
          const { values, paths } = drawn({ model, paths: 10_240, seed, sampling });
          return values.reduce((total, change) => total + change * change, 0) / paths / 0.006;
        });
        return Math.sqrt(found.reduce((total, ratio) => total + (ratio - 1) ** 2, 0) / found.length);
      },
    );
    expect(errors[1] ?? 1).toBeLessThan((errors[0] ?? 0) / 3);
  });
  it("keep the normals of the steps independent through the bridge", () => {
    for (const steps of [1, 2, 3, 7, 16]) {
      const bridge = brownianBridge(steps);
      for (let i = 0; i < steps; i++) {
        for (let j = 0; j < steps; j++) {
          let total = 0;
          for (let k = 0; k < steps; k++)
            total += (bridge[i * steps + k] as number) * (bridge[j * steps + k] as number);
          expect(Math.abs(total - (i === j ? 1 : 0))).toBeLessThan(1e-14);
        }
      }
    }
  });
  it("compound relative changes as a product", () => {
    const model: FactorModel = {
      ...{ kind: "filtered-paths", factors: ["x"], steps: 3, changes: ["relative"] },
      recursions: [{ omega: 0, alpha: 0, beta: 1, nextVariance: 0.01, mean: 0 }],
      innovations: { kind: "residuals", values: [1] },
    };
    const draws = drawn({ model, paths: 2, seed: 1, sampling: { kind: "pseudo-random" } });
    expect(draws.values[0]).toBeCloseTo(1.1 ** 3 - 1, 14);
  });
});

describe("drawFactors refuses", () => {
  const gaussian = models.gaussian as Extract<FactorModel, { kind: "gaussian" }>;
  const request: DrawRequest = { model: gaussian, paths: 100, seed: 1, sampling: { kind: "pseudo-random" } };
  const copula = models["t-copula"] as Extract<FactorModel, { kind: "t-copula" }>;
  const broken = [
    [1, 0.9, -0.9],
    [0.9, 1, 0.9],
    [-0.9, 0.9, 1],
  ];
  it.each<[string, DrawRequest, RegExp]>([
    ["no paths", { ...request, paths: 0 }, /number of scenarios is 0; expected 1 to 10,000,000/],
    ["a seed that is no integer", { ...request, seed: 0.5 }, /seed is 0.5/],
    [
      "too few scrambles",
      { ...request, sampling: { kind: "sobol", scramble: "owen", replicates: 4 } },
      /found|is 4; expected 10/,
    ],
    [
      "an indefinite correlation",
      { ...request, model: { ...copula, correlation: broken } },
      /smallest eigenvalue is -0.8/,
    ],
    [
      "degrees without a variance",
      { ...request, model: { ...models["multivariate-t"], degrees: 2 } as FactorModel },
      /more than 2/,
    ],
    [
      "a missing marginal",
      { ...request, model: { ...copula, marginals: copula.marginals.slice(1) } },
      /marginals: found 2/,
    ],
    [
      "a cell that is no number",
      { ...request, model: { ...gaussian, covariance: [[Number.NaN]] } },
      /has 1 rows; expected/,
    ],
    [
      "a residual that is no number",
      {
        ...request,
        model: {
          ...models["filtered-paths"],
          innovations: { kind: "residuals", values: [0, Number.NaN, 1] },
        } as FactorModel,
      },
      /residual 1 of price:ETH is NaN/,
    ],
  ])("%s", (_, wrong, message) => {
    const made = drawFactors(wrong);
    expect(made.ok ? "" : made.failure.message).toMatch(message);
  });
  it("an indefinite correlation unless repair is allowed, and then names the repair", () => {
    const draws = drawn({ ...request, model: { ...copula, correlation: broken }, allowRepair: true });
    expect(draws.repairs[0]?.smallestEigenvalue).toBeCloseTo(-0.8, 12);
    expect(draws.repairs[0]?.repair?.distance).toBeGreaterThan(0.1);
  });
});

describe("random covariances", () => {
  it("always give finite draws of the right spread", () => {
    const entry = fc.integer({ min: -8, max: 8 });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 9, maxLength: 9 }), fc.maxSafeNat(), (root, seed) => {
        const covariance = [0, 1, 2].map((i) =>
          [0, 1, 2].map((j) => [0, 1, 2].reduce((t, k) => t + (root[i * 3 + k] ?? 0) * (root[j * 3 + k] ?? 0), 0)),
        );
        const model: FactorModel = { kind: "gaussian", factors, covariance };
        const draws = drawn({
          model,
          paths: 4096,
          seed,
          sampling: { kind: "sobol", scramble: "owen", replicates: 32 },
        });
        for (let i = 0; i < 3; i++) {
          const variance = covariance[i]?.[i] ?? 0;
          const found = column(draws, i).reduce((total, x) => total + x * x, 0) / draws.paths;
          expect(Math.abs(found - variance)).toBeLessThanOrEqual(0.12 * variance + 1e-9);
        }
      }),
      { numRuns: 30 },
    );
  });
});
