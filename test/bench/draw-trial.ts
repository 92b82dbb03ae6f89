import {
  chiSquareQuantile,
  type DrawRequest,
  drawFactors,
  type FactorDraws,
  factorMajor,
  normalQuantile,
  randomStream,
  simulatedTail,
} from "../../core/measure/index.ts";
import { meanProfitOnPaths, pathProfits } from "../../core/revaluation/engine/index.ts";
import type { Inputs } from "./inputs.ts";
import { at, grossOf } from "./plain.ts";
import type { Trial } from "./trials.ts";

const factors = 20;
const paths = 50_000;
const deviation = 0.035;
const correlation = 0.6;
const degrees = 5;
const seed = 20260101;

const names = Array.from({ length: factors }, (_, i) => `price:${i}`);
const request: DrawRequest = {
  model: {
    kind: "multivariate-t",
    factors: names,
    degrees,
    covariance: names.map((_, i) => names.map((__, j) => deviation ** 2 * (i === j ? 1 : correlation))),
  },
  ...{ paths, seed, sampling: { kind: "pseudo-random" } },
};

/** Draws of a multivariate t, checked against their formula variate by variate. */
export function drawTrial(): Trial {
  return {
    workload: "W3-draws",
    cells: factors * paths,
    repeats: 15,
    run: () => drawn().values,
    plain: () => {
      const result = new Float64Array(factors * paths).fill(Number.NaN);
      const stream = randomStream(seed);
      const root = plainRoot();
      const sampled = 100;
      for (let path = 0; path < paths; path++) {
        const uniforms = Array.from({ length: factors + 1 }, stream.nextOpen);
        if (path % sampled !== 0) continue;
        const [mixing = 0.5, ...own] = uniforms;
        const scale = Math.sqrt((degrees - 2) / chiSquareQuantile(mixing, degrees));
        const normals = own.map(normalQuantile);
        for (const [i, row] of root.entries()) {
          const total = row.reduce((sum, entry, k) => sum + entry * (normals[k] ?? 0), 0);
          result[path * factors + i] = deviation * scale * total;
        }
      }
      return { result, share: 1 };
    },
    error: (result, plain) =>
      plain.reduce(
        (worst, value, i) => (Number.isNaN(value) ? worst : Math.max(worst, Math.abs(value - at(result, i)))),
        0,
      ),
  };
}

/** The first run of a Monte Carlo figure: draws, profits of 2,000 options, VaR and ES with their errors, components on the tail. */
export function firstRunTrial(inputs: Inputs): Trial {
  const book = inputs.book("w3_2000");
  const gross = grossOf(book);
  return {
    workload: "W3-first-run",
    cells: book.forward.length * paths,
    repeats: 9,
    run: (engine) => {
      const draws = drawn();
      const moves = { paths, logMoves: factorMajor(draws) };
      const losses = pathProfits(engine, { book, moves, method: "profile" }).map((profit) => -profit);
      const risk = simulatedTail(losses, draws, { confidence: 0.99 });
      if (!risk.ok) throw new Error(risk.failure.message);
      const { expectedShortfall, expectedShortfallShares } = risk.value.tail;
      const components = meanProfitOnPaths(engine, book, moves, Uint32Array.from(expectedShortfallShares.scenarios));
      const difference = components.reduce((total, component) => total + component, expectedShortfall) / gross;
      if (!(Math.abs(difference) < 1e-9)) throw new Error(`components miss the ES by ${difference} of gross notional`);
      return components;
    },
    error: () => 0,
  };
}

function drawn(): FactorDraws {
  const made = drawFactors(request);
  if (!made.ok) throw new Error(made.failure.message);
  return made.value;
}

/** Cholesky factor of ones and a constant correlation. */
function plainRoot(): number[][] {
  const root: number[][] = [];
  for (let i = 0; i < factors; i++) {
    const row: number[] = [];
    for (let k = 0; k < i; k++) {
      const other = root[k] ?? [];
      const known = row.reduce((total, entry, m) => total + entry * (other[m] ?? 0), 0);
      row.push((correlation - known) / (other[k] ?? 1));
    }
    row.push(Math.sqrt(1 - row.reduce((total, entry) => total + entry * entry, 0)));
    root.push(row);
  }
  return root;
}
