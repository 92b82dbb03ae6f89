import { failed, type Result, success } from "../../base/index.ts";
import { generatorName, randomStream, splitmix64Words } from "../random.ts";
import { copulaSampler } from "./copula-sampler.ts";
import { ellipticalSampler } from "./elliptical-sampler.ts";
import { type ImportanceDraws, type ImportanceProxy, importanceDraws } from "./importance.ts";
import { mertonSampler } from "./merton-sampler.ts";
import type { FactorModel } from "./model.ts";
import { wrongModel } from "./model-check.ts";
import { pathSampler } from "./path-sampler.ts";
import type { CorrelationRepair, Sampler, SamplerOptions } from "./sampler.ts";
import { type SobolScramble, sobolDimensions, sobolSequence } from "./sobol.ts";

/** Where the uniforms come from. */
export type Sampling =
  | { readonly kind: "pseudo-random" }
  /** Scenarios 2i and 2i + 1 are a pair: uniforms u and 1 − u. */
  | { readonly kind: "antithetic" }
  | {
      /** Independent scrambles of one point set; each replicate has 2^m points. */
      readonly kind: "sobol";
      readonly scramble: Exclude<SobolScramble, "none">;
      /** R, 10 to 64: the error is estimated from them. */
      readonly replicates: number;
    }
  /** Normal factors drawn mostly where a delta-gamma proxy of the book loses about its VaR; every scenario has a weight. */
  | { readonly kind: "importance"; readonly proxy: ImportanceProxy };

/** What is drawn. The same request gives the same bits. */
export interface DrawRequest {
  readonly model: FactorModel;
  /** Scenarios wanted, 1 to 10 million; rounded up to whole pairs and batches or to R·2^m. */
  readonly paths: number;
  /** Integer from 0 to 2⁵³ − 1. */
  readonly seed: number;
  readonly sampling: Sampling;
  /** Lets a correlation that is not positive semidefinite be replaced by the nearest one; refused when absent. */
  readonly allowRepair?: boolean;
}

/** Simulated factor changes, and all that is needed to make them again. */
export interface FactorDraws {
  readonly request: DrawRequest;
  readonly generator: string;
  readonly factors: readonly string[];
  /** Scenarios made. */
  readonly paths: number;
  /** Scenario-major: `values[scenario · factors + factor]`, changes in the unit of each factor. */
  readonly values: Float64Array;
  /** Scenarios come in this many batches of equal size, one after the other, independent of each other; 1 when every scenario is. */
  readonly batches: number;
  /** Uniforms a scenario. */
  readonly dimensions: number;
  /** Of these, the last that are pseudo-random because the Sobol sequence has no more dimensions. */
  readonly paddedDimensions: number;
  readonly repairs: readonly CorrelationRepair[];
  /** Importance weights, already divided by the number of scenarios: they sum to 1 only on average. */
  readonly weights?: Float64Array;
  /** Twist and proxy VaR of importance sampling. */
  readonly importance?: Pick<ImportanceDraws, "twist" | "threshold">;
}

/** Batches of antithetic pairs or weighted scenarios, from which their error is estimated. */
const errorBatches = 20;

/**
 * What is wrong with a request, before anything is drawn.
 *
 * @param request any
 * @returns the first thing wrong, in words; undefined when it can be drawn, correlations aside
 */
export function wrongDrawRequest({ model, paths, seed, sampling }: DrawRequest): string | undefined {
  if (!(Number.isInteger(paths) && paths >= 1 && paths <= 10_000_000)) {
    return `the number of scenarios is ${paths}; expected 1 to 10,000,000`;
  }
  if (!(Number.isSafeInteger(seed) && seed >= 0)) return `the seed is ${seed}; expected an integer from 0 to 2^53 − 1`;
  const replicates = sampling.kind === "sobol" ? sampling.replicates : 10;
  if (Number.isInteger(replicates) && replicates >= 10 && replicates <= 64) return wrongModel(model);
  return `the number of scrambles is ${replicates}; expected 10 to 64, so that the error can be estimated`;
}

/**
 * Draws scenarios of factor changes from a model.
 *
 * Every variate is the inverse distribution function of its own uniform, so that a scenario depends on its own uniforms only. With Sobol points
 * the correlation is taken apart by principal components, largest first, and the mixing variable or number of jumps has the first dimension;
 * normals of several steps come from a Brownian bridge.
 *
 * @param request model, number, seed, sampling
 * @returns scenario-major changes with seed, generator and model; or a Failure: a wrong parameter (named), a correlation that is not positive
 *   semidefinite, a sampling that does not suit the model
 */
export function drawFactors(request: DrawRequest): Result<FactorDraws> {
  const { model, paths, seed, sampling } = request;
  const wrong = wrongDrawRequest(request);
  if (wrong !== undefined) return failed("invalid-input", wrong);
  if (sampling.kind === "antithetic" && model.kind === "filtered-paths" && model.innovations.kind === "residuals") {
    return failed("not-applicable", "drawn days have no mirror image: antithetic pairs need a model of normal scores");
  }
  if (sampling.kind === "importance") return importance(request, sampling.proxy);
  const sampler = samplerOf(model, {
    principal: sampling.kind === "sobol",
    allowRepair: request.allowRepair === true,
  });
  if (!sampler.ok) return sampler;
  const { uniforms, repairs } = sampler.value;
  const size = model.factors.length;
  const common = { request, generator: generatorName, factors: model.factors, dimensions: uniforms, repairs };
  switch (sampling.kind) {
    case "pseudo-random": {
      const values = pseudoRandom(sampler.value, size, paths, seed);
      return success({ ...common, paths, values, batches: 1, paddedDimensions: 0 });
    }
    case "antithetic": {
      const made = Math.ceil(paths / (2 * errorBatches)) * 2 * errorBatches;
      const values = antithetic(sampler.value, size, made, seed);
      return success({ ...common, paths: made, values, batches: errorBatches, paddedDimensions: 0 });
    }
    case "sobol": {
      const { replicates, scramble } = sampling;
      const points = 2 ** Math.max(0, Math.ceil(Math.log2(paths / replicates)));
      const values = quasiRandom(sampler.value, size, { points, replicates, scramble, seed });
      const paddedDimensions = Math.max(0, uniforms - sobolDimensions);
      const generator = `Sobol (Joe-Kuo), ${scramble} scramble; seeds and other uniforms: ${generatorName}`;
      return success({
        ...common,
        generator,
        paths: points * replicates,
        values,
        batches: replicates,
        paddedDimensions,
      });
    }
  }
}

function importance(request: DrawRequest, proxy: ImportanceProxy): Result<FactorDraws> {
  const { model, paths: wanted, seed } = request;
  if (model.kind !== "gaussian") {
    return failed("not-applicable", `importance sampling is for normal factors; found the model ${model.kind}`);
  }
  const paths = Math.ceil(wanted / errorBatches) * errorBatches;
  const made = importanceDraws(model, proxy, paths, seed);
  if (!made.ok) return made;
  const { values, weights, twist, threshold } = made.value;
  return success({
    ...{ request, generator: generatorName, factors: model.factors, paths, values, weights },
    ...{ batches: errorBatches, dimensions: model.factors.length, paddedDimensions: 0, repairs: [] },
    importance: { twist, threshold },
  });
}

function samplerOf(model: FactorModel, options: SamplerOptions): Result<Sampler> {
  switch (model.kind) {
    case "gaussian":
    case "multivariate-t":
      return ellipticalSampler(model, options);
    case "gaussian-copula":
    case "t-copula":
      return copulaSampler(model, options);
    case "merton":
      return mertonSampler(model, options);
    case "filtered-paths":
      return pathSampler(model, options);
  }
}

function pseudoRandom({ uniforms, write }: Sampler, size: number, paths: number, seed: number): Float64Array {
  const values = new Float64Array(paths * size);
  const stream = randomStream(seed);
  const buffer = new Float64Array(uniforms);
  for (let path = 0; path < paths; path++) {
    stream.fillOpen(buffer);
    write(buffer, values, path * size);
  }
  return values;
}

function antithetic(sampler: Sampler, size: number, paths: number, seed: number): Float64Array {
  const values = new Float64Array(paths * size);
  const stream = randomStream(seed);
  const buffer = new Float64Array(sampler.uniforms);
  for (let path = 0; path < paths; path += 2) {
    stream.fillOpen(buffer);
    sampler.write(buffer, values, path * size);
    for (let k = sampler.mirroredFrom; k < buffer.length; k++) buffer[k] = 1 - (buffer[k] as number);
    sampler.write(buffer, values, (path + 1) * size);
  }
  return values;
}

interface PointSet {
  readonly points: number;
  readonly replicates: number;
  readonly scramble: SobolScramble;
  readonly seed: number;
}

function quasiRandom(sampler: Sampler, size: number, { points, replicates, scramble, seed }: PointSet): Float64Array {
  const values = new Float64Array(points * replicates * size);
  const buffer = new Float64Array(sampler.uniforms);
  const dimensions = Math.min(sampler.uniforms, sobolDimensions);
  const padding = randomStream(seed);
  const seeds = splitmix64Words(Math.floor(seed / 2 ** 32), seed % 2 ** 32, replicates);
  for (let replicate = 0; replicate < replicates; replicate++) {
    const sequence = sobolSequence(dimensions, scramble, seeds[2 * replicate]);
    for (let point = 0; point < points; point++) {
      sequence.next(buffer);
      for (let k = dimensions; k < buffer.length; k++) buffer[k] = padding.nextOpen();
      sampler.write(buffer, values, (replicate * points + point) * size);
    }
  }
  return values;
}

/**
 * The same draws factor by factor, as the revaluation of paths takes them: `[factor · paths + scenario]`.
 *
 * @param draws scenario-major
 * @returns factor-major copy
 */
export function factorMajor({
  factors,
  paths,
  values,
}: Pick<FactorDraws, "factors" | "paths" | "values">): Float64Array {
  const size = factors.length;
  const out = new Float64Array(values.length);
  for (let factor = 0; factor < size; factor++) {
    const row = factor * paths;
    for (let path = 0; path < paths; path++) out[row + path] = values[path * size + factor] as number;
  }
  return out;
}
