import { DomainError, sum } from "../../base/index.ts";

/** Margin of a portfolio under a limit on offsets between its products. */
export interface LimitedOffset {
  /** Margin allowed; currency. */
  readonly margin: number;
  /** Σ IM_i. */
  readonly standaloneSum: number;
  /** Σ IM_i − IM_c, what the model would take off; ≥ 0. */
  readonly reduction: number;
  /** What of it is allowed. */
  readonly allowedReduction: number;
  /** allowed − model: what the limit adds; ≥ 0. */
  readonly addition: number;
}

/**
 * Portfolio margin with the reduction for offsets between products limited to a share: article 27 of EU 153/2013.
 *
 *     IM = max( IM_c, Σ IM_i − limit·(Σ IM_i − IM_c) )
 *
 * No reduction is taken where the portfolio needs more than its parts.
 *
 * @param standalone IM_i, margin of each product alone; ≥ 0
 * @param combined   IM_c, margin of the portfolio; ≥ 0
 * @param limit      greatest share of the reduction; in [0, 1], 0.8 in the regulation, 1 where the house bears no risk from it
 * @returns currency; at least IM_c, and at least (1 − limit)·Σ IM_i
 * @throws DomainError if an amount or the limit is outside its bound
 * @source Commission Delegated Regulation (EU) 153/2013, article 27(4)
 */
export function limitedOffset(standalone: Float64Array, combined: number, limit = 0.8): LimitedOffset {
  if (!(limit >= 0 && limit <= 1)) throw new DomainError("limit on offsets must be from 0 to 1", limit);
  if (!(combined >= 0 && Number.isFinite(combined))) throw new DomainError("margin must be finite and ≥ 0", combined);
  const bad = standalone.find((margin) => !(margin >= 0 && Number.isFinite(margin)));
  if (bad !== undefined) throw new DomainError("margin of a product must be finite and ≥ 0", bad);
  const standaloneSum = sum(standalone);
  const reduction = Math.max(0, standaloneSum - combined);
  const allowedReduction = limit * reduction;
  const margin = Math.max(combined, standaloneSum - allowedReduction);
  return { margin, standaloneSum, reduction, allowedReduction, addition: margin - combined };
}
