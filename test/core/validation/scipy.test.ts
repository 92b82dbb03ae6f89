import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import {
  binomialAtLeast,
  binomialAtMost,
  binomialExact,
  binomialProbability,
  durationTest,
  dynamicQuantile,
  kupiecFirstFailure,
  ljungBox,
  mcneilFrey,
  profitAttribution,
} from "../../../core/validation/index.ts";
import { near, nearRelative } from "./near.ts";

interface Reference {
  readonly series: readonly {
    readonly rows: number;
    readonly p: number;
    readonly hit_index: readonly number[];
    readonly forecast: readonly number[];
    readonly duration: { readonly lr: number; readonly shape: number; readonly rate: number; readonly p: number };
    readonly ljung_box: { readonly q: number; readonly p: number };
    readonly dynamic_quantile: { readonly dq: number; readonly p: number };
    readonly first_failure: { readonly lr: number; readonly p: number };
    readonly binomial_p: number;
  }[];
  readonly binomial: readonly {
    readonly k: number;
    readonly trials: number;
    readonly p: number;
    readonly pmf: number;
    readonly cdf: number;
    readonly sf: number;
  }[];
  readonly attribution: {
    readonly hypothetical: readonly number[];
    readonly theoretical: readonly number[];
    readonly spearman: number;
    readonly ks: number;
  };
  readonly mcneil_frey: { readonly excesses: readonly number[]; readonly t: number; readonly p: number };
}

const path = resolve(import.meta.dirname, "../../golden/validation/scipy.json");
const reference = JSON.parse(readFileSync(path, "utf8")) as Reference;

/** Both sides carry rounding of about 1e-13; SciPy's simplex stops at about 1e-9 of the shape. */
const tolerance = { statistic: 1e-9, likelihood: 1e-9, estimate: 1e-5, probability: 1e-11 };

describe("against SciPy", () => {
  it.each(reference.series)("$rows rows at $p", (c) => {
    const hits = Array.from({ length: c.rows }, (_, row) => (c.hit_index.includes(row) ? 1 : 0));
    const duration = durationTest(hits);
    near(duration.statistic, c.duration.lr, tolerance.likelihood);
    near(duration.figures?.shape, c.duration.shape, tolerance.estimate);
    near(duration.figures?.rate, c.duration.rate, tolerance.estimate);
    near(duration.figures?.byChiSquare, c.duration.p, tolerance.statistic);
    const box = ljungBox(hits, 4);
    near(box.statistic, c.ljung_box.q, tolerance.statistic);
    near(box.pValue, c.ljung_box.p, tolerance.statistic);
    const quantile = dynamicQuantile(hits, c.forecast, c.p);
    near(quantile.statistic, c.dynamic_quantile.dq, tolerance.statistic);
    near(quantile.pValue, c.dynamic_quantile.p, tolerance.statistic);
    const first = kupiecFirstFailure(hits, c.p);
    near(first.statistic, c.first_failure.lr, tolerance.statistic);
    near(first.pValue, c.first_failure.p, tolerance.statistic);
    near(binomialExact(c.hit_index.length, c.rows, c.p).pValue, c.binomial_p, tolerance.statistic);
  });

  it.each(reference.binomial)("binomial: $k of $trials at $p", ({ k, trials, p, pmf, cdf, sf }) => {
    nearRelative(binomialProbability(k, trials, p), pmf, tolerance.probability);
    nearRelative(binomialAtMost(k, trials, p), cdf, tolerance.probability);
    nearRelative(binomialAtLeast(k, trials, p), sf, tolerance.probability);
  });

  it("profit attribution with ties", () => {
    const { hypothetical, theoretical, spearman, ks } = reference.attribution;
    const result = profitAttribution(hypothetical, theoretical);
    near(result.spearman, spearman, 1e-12);
    near(result.kolmogorovSmirnov, ks, 1e-12);
  });

  it("McNeil-Frey's t and its p-value", () => {
    const { excesses, t, p } = reference.mcneil_frey;
    const outcome = mcneilFrey(excesses, 500);
    near(outcome.statistic, t, 1e-12);
    near(outcome.figures?.byStudent, p, 1e-12);
    expect(outcome.pValue).toBe(outcome.figures?.byBootstrap);
  });
});
