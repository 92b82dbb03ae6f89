import { type Result, success, sum } from "../../base/index.ts";
import { deltaGammaTail, type SquareMatrix } from "../../measure/index.ts";
import type { FactorModel } from "../reverse-stress/factor-model.ts";
import type { quadraticOfBook } from "../reverse-stress/quadratic-book.ts";

/** Delta-gamma expansion of a book by the factors of a model. */
export type BookExpansion = ReturnType<typeof quadraticOfBook>;

/** Expected shortfalls under one correlation, USD, ≥ 0. */
export interface ModelRelief {
  /** Sum of those of the underlyings, each alone. */
  readonly standAlone: number;
  readonly joint: number;
}

/**
 * What the model says the underlyings save by being held together, under any covariance of its factors.
 *
 * @param confidence of the expected shortfalls, fraction in (0, 1)
 * @returns for a covariance of the factors, in their order: the shortfalls; or why the tail of the expansion has none
 */
export function modelRelief(
  expansion: BookExpansion,
  model: FactorModel,
  underlyings: readonly string[],
  confidence: number,
): (covariance: SquareMatrix) => Result<ModelRelief> {
  const shortfall = (covariance: SquareMatrix, only?: string): Result<number> => {
    const part = only === undefined ? expansion : partOf(expansion, model, only);
    if (part.deltas.every((delta) => delta === 0) && part.gammas.values.every((gamma) => gamma === 0))
      return success(0);
    const factors = model.factors.map(({ factor }) => factor);
    const tail = deltaGammaTail({ factors, ...part, covariance }, confidence);
    return tail.ok ? success(tail.value.expectedShortfall) : tail;
  };
  return (covariance) => {
    const alone: number[] = [];
    for (const underlying of underlyings) {
      const own = shortfall(covariance, underlying);
      if (!own.ok) return own;
      alone.push(own.value);
    }
    const joint = shortfall(covariance);
    return joint.ok ? success({ standAlone: sum(alone), joint: joint.value }) : joint;
  };
}

/** The expansion of the positions on one underlying: its own factors, as underlyings do not bend each other. */
export function partOf({ deltas, gammas }: BookExpansion, { factors }: FactorModel, underlying: string): BookExpansion {
  const own = factors.map((factor) => (factor.underlying === underlying ? 1 : 0));
  const { size } = gammas;
  const kept = (at: number): number => (own[Math.floor(at / size)] ?? 0) * (own[at % size] ?? 0);
  return {
    deltas: deltas.map((delta, at) => delta * (own[at] ?? 0)),
    gammas: { size, values: gammas.values.map((gamma, at) => gamma * kept(at)) },
  };
}
