import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../../core/base/index.ts";
import {
  drawFactors,
  fallbackLambda,
  filteredSeries,
  fitGarch,
  type GarchParameters,
  garchLikelihood,
  garchVariance,
  normalQuantile,
  randomStream,
  tailOf,
} from "../../../core/measure/index.ts";
import { unwrapped } from "../result-value.ts";
import { goldenMeasures, relativeError } from "./golden-case.ts";

/** Returns of a GARCH(1,1) with normal innovations. */
function simulatedReturns({ mean, omega, alpha, beta }: GarchParameters, count: number, seed: number): Float64Array {
  const stream = randomStream(seed);
  let variance = omega / (1 - alpha - beta);
  return Float64Array.from({ length: count }, () => {
    const shock = normalQuantile(stream.nextOpen()) * Math.sqrt(variance);
    variance = omega + alpha * shock * shock + beta * variance;
    return mean + shock;
  });
}

describe("fitGarch", () => {
  const benchmark = goldenMeasures<{
    readonly series: { readonly returns: readonly number[] };
    readonly cases: readonly {
      readonly expected: Readonly<
        Record<"mu" | "omega" | "alpha" | "beta" | "log_likelihood" | "sigma_next", number>
      > & {
        readonly robust_se: Readonly<Record<"mu" | "omega" | "alpha" | "beta", number>>;
      };
      readonly tolerance: { readonly rel: number; readonly log_likelihood_abs: number; readonly se_rel: number };
    }[];
  }>("measures-garch-benchmark.json");
  const [fcp] = benchmark.cases;
  if (fcp === undefined) throw new Error("the benchmark has a case");
  const returns = Float64Array.from(benchmark.series.returns);

  it("reproduces the Fiorentini-Calzolari-Panattoni benchmark on 1,974 DEM/GBP returns", () => {
    expect(returns).toHaveLength(1974);
    const { parameters, logLikelihood, standardErrors, variances } = unwrapped(fitGarch(returns));
    const { expected, tolerance } = fcp;
    expect(relativeError(parameters.mean, expected.mu)).toBeLessThanOrEqual(tolerance.rel);
    // The case calls them robust; the benchmark (and rugarch, which it is listed by) compares the errors of the Hessian.
    const { hessian, robust } = standardErrors ?? {};
    expect(relativeError(hessian?.mean ?? 0, expected.robust_se.mu)).toBeLessThanOrEqual(tolerance.se_rel);
    expect(robust?.mean).toBeGreaterThan(hessian?.mean ?? Number.POSITIVE_INFINITY);
    for (const name of ["omega", "alpha", "beta"] as const) {
      expect(relativeError(parameters[name], expected[name])).toBeLessThanOrEqual(tolerance.rel);
      expect(relativeError(hessian?.[name] ?? 0, expected.robust_se[name])).toBeLessThanOrEqual(tolerance.se_rel);
    }
    expect(Math.abs(logLikelihood - expected.log_likelihood)).toBeLessThanOrEqual(tolerance.log_likelihood_abs);
    expect(relativeError(Math.sqrt(variances[1974] ?? 0), expected.sigma_next)).toBeLessThanOrEqual(tolerance.rel);
  });
  it("gives the same model whatever the unit of the returns, bit for bit at a second run", () => {
    const [percent, fraction] = [unwrapped(fitGarch(returns)), unwrapped(fitGarch(returns.map((r) => r / 100)))];
    expect(relativeError(fraction.parameters.omega * 1e4, percent.parameters.omega)).toBeLessThan(1e-6);
    expect(relativeError(fraction.parameters.alpha, percent.parameters.alpha)).toBeLessThan(1e-6);
    expect(fraction.logLikelihood).toBeCloseTo(percent.logLikelihood + 1974 * Math.log(100), 6);
    expect(unwrapped(fitGarch(returns))).toEqual(percent);
  });
  it("finds the parameters of simulated returns within four standard errors", () => {
    const truth = { mean: 0.0005, omega: 3e-6, alpha: 0.09, beta: 0.88 };
    const found = unwrapped(fitGarch(simulatedReturns(truth, 6000, 20260101)));
    for (const name of ["mean", "omega", "alpha", "beta"] as const) {
      const error = found.standardErrors?.robust[name] ?? 0;
      expect(error).toBeGreaterThan(0);
      expect(Math.abs(found.parameters[name] - truth[name])).toBeLessThan(4 * error);
    }
  });
  it("has the exact slope of its likelihood", () => {
    const at = { mean: 0.01, omega: 0.02, alpha: 0.1, beta: 0.8 };
    const { gradient } = garchLikelihood(returns, at);
    for (const [k, name] of (["mean", "omega", "alpha", "beta"] as const).entries()) {
      const h = 1e-6;
      const up = garchLikelihood(returns, { ...at, [name]: at[name] + h }).negativeLog;
      const down = garchLikelihood(returns, { ...at, [name]: at[name] - h }).negativeLog;
      expect(relativeError((up - down) / (2 * h), gradient[k] ?? 0)).toBeLessThan(1e-5);
    }
  });
  it("is a maximum: no parameters nearby are likelier", () => {
    const { parameters, logLikelihood } = unwrapped(fitGarch(returns));
    const step = fc.double({ min: -0.02, max: 0.02, noNaN: true });
    fc.assert(
      fc.property(step, step, step, step, (a, b, c, d) => {
        const near = {
          mean: parameters.mean * (1 + a),
          omega: parameters.omega * (1 + b),
          alpha: parameters.alpha * (1 + c),
          beta: parameters.beta * (1 + d),
        };
        expect(-garchLikelihood(returns, near).negativeLog).toBeLessThanOrEqual(logLikelihood + 1e-7);
      }),
    );
  });
  it("refuses a return that is not finite and says which", () => {
    const broken = returns.slice();
    broken[6] = Number.NaN;
    const found = fitGarch(broken);
    expect(found.ok || found.failure).toMatchObject({
      reason: "invalid-input",
      message: expect.stringContaining("return 7"),
    });
  });
});

describe("BTC and ETH", () => {
  const crypto = goldenMeasures<{
    readonly series: { readonly btc_close: readonly number[] };
    readonly cases: readonly {
      readonly id: string;
      readonly expected: Readonly<Record<string, number>>;
      readonly tolerance: Readonly<Record<string, number>>;
    }[];
  }>("measures-crypto-historical.json");
  const closes = crypto.series.btc_close;
  const logs = Float64Array.from(closes.slice(1), (close, i) => Math.log(close / (closes[i] ?? 1)));
  const caseOf = (id: string) => {
    const found = crypto.cases.find((one) => one.id === id);
    if (found === undefined) throw new Error(`no case ${id}`);
    return found;
  };

  it("GARCH by maximum likelihood on BTC equals R's fGarch", () => {
    const { expected, tolerance } = caseOf("crypto-garch-mle");
    const { parameters, logLikelihood, variances } = unwrapped(fitGarch(logs.map((r) => 100 * r)));
    const { mean, omega, alpha, beta } = parameters;
    const found = { mu: mean, omega, alpha, beta, sigma_next_pct: Math.sqrt(variances.at(-1) ?? 0) };
    for (const [name, figure] of Object.entries(found)) {
      expect(relativeError(figure, expected[name] ?? 0)).toBeLessThanOrEqual(tolerance.rel ?? 0);
    }
    expect(Math.abs(-logLikelihood - (expected.neg_log_likelihood ?? 0))).toBeLessThanOrEqual(tolerance.nll_abs ?? 0);
  });
  it.each([0.975, 0.99])("filtered historical simulation with given GARCH at %d", (confidence) => {
    const { expected, tolerance } = caseOf(`crypto-fhs_garch_btc1_${confidence}`);
    const parameters = { mean: 0, omega: 2e-5, alpha: 0.08, beta: 0.89 };
    const { residuals, recursion } = unwrapped(filteredSeries(logs, { kind: "garch-given", parameters }));
    const sigma = Math.sqrt(recursion.nextVariance);
    const now = closes.at(-1) ?? 0;
    const tail = unwrapped(
      tailOf(
        residuals.map((z) => -now * Math.expm1(z * sigma)),
        { confidence },
      ),
    );
    const near = (figure: number, name: string): void =>
      expect(relativeError(figure, expected[name] ?? 0)).toBeLessThanOrEqual(tolerance.rel ?? 0);
    near(sigma, "sigma_next");
    near(tail.valueAtRisk, "var");
    near(tail.expectedShortfall, "es");
    expect(tail.rank).toBe(expected.rank);
  });
  it("residuals and recursion make multi-day paths whose first day is the one-day simulation", () => {
    const { residuals, recursion } = unwrapped(filteredSeries(logs, { kind: "garch" }));
    const innovations = { kind: "residuals", values: residuals } as const;
    const draws = unwrapped(
      drawFactors({
        model: {
          kind: "filtered-paths",
          factors: ["price:BTC"],
          steps: 1,
          changes: ["log"],
          recursions: [recursion],
          innovations,
        },
        ...{ paths: 1000, seed: 1, sampling: { kind: "pseudo-random" } },
      }),
    );
    const mean = recursion.mean ?? 0;
    const possible = new Set(residuals.map((z) => mean + z * Math.sqrt(recursion.nextVariance)));
    expect(draws.values.every((change) => possible.has(change))).toBe(true);
  });
});

describe("filteredSeries", () => {
  it.each([
    [
      "fewer than 250 observations",
      simulatedReturns({ mean: 0, omega: 1e-5, alpha: 0.1, beta: 0.8 }, 249, 3),
      /at least 250 observations; found 249/,
    ],
    [
      "independent returns, whose fit ends at a bound",
      simulatedReturns({ mean: 0, omega: 1e-4, alpha: 0, beta: 0 }, 600, 5),
      /bound|did not converge/,
    ],
  ])("falls back to EWMA 0.94 and says so: %s", (_, returns, reason) => {
    const found = unwrapped(filteredSeries(returns, { kind: "garch" }));
    expect(found.used).toBe("ewma");
    expect(found.fallback).toMatch(reason);
    expect(found.fallback).toContain("EWMA with λ = 0.94");
    expect(found.variances).toEqual(
      unwrapped(filteredSeries(returns, { kind: "ewma", lambda: fallbackLambda })).variances,
    );
    expect(found.fit).toBeUndefined();
  });
  it("falls back for returns that do not vary, and refuses residuals of no volatility", () => {
    const constant = unwrapped(filteredSeries(new Float64Array(300).fill(0.01), { kind: "garch" }));
    expect(constant.fallback).toContain("do not vary");
    expect(filteredSeries(new Float64Array(300), { kind: "garch" })).toMatchObject({ ok: false });
  });
  it("gives returns back from residuals and volatility, whatever the filter", () => {
    fc.assert(
      fc.property(
        fc
          .array(fc.integer({ min: -100, max: 100 }), { minLength: 5, maxLength: 60 })
          .filter((r) => r.some((x) => x !== 0)),
        (percents) => {
          const returns = Float64Array.from(percents, (percent) => percent / 1000);
          const parameters = { mean: 0.001, omega: 1e-6, alpha: 0.1, beta: 0.85 };
          for (const request of [
            { kind: "ewma", lambda: 0.97 },
            { kind: "garch-given", parameters },
          ] as const) {
            const { residuals, variances, recursion } = unwrapped(filteredSeries(returns, request));
            residuals.forEach((z, i) => {
              const back = (recursion.mean ?? 0) + z * Math.sqrt(variances[i] ?? 0);
              expect(back).toBeCloseTo(returns[i] ?? 0, 14);
            });
            expect(recursion.nextVariance).toBe(variances.at(-1));
          }
        },
      ),
    );
  });
  it("refuses parameters without a long-run variance", () => {
    expect(() => garchVariance(Float64Array.of(0.1), { mean: 0, omega: 1e-5, alpha: 0.2, beta: 0.8 })).toThrow(
      DomainError,
    );
  });
});
