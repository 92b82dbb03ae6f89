import { DomainError, failed, type Result, success, sum } from "../base/index.ts";
import { columnsOf, type PartLosses } from "./part-losses.ts";
import type { Tail, TailShares } from "./tail-request.ts";

/** What each part contributes, and how far the contributions are from the measure of the book. */
export interface Allocation {
  readonly parts: readonly string[];
  /** One a part; currency; negative where the part hedges the book. */
  readonly components: Float64Array;
  /** Compensated sum of the components. */
  readonly sum: number;
  /** Measure of the book. */
  readonly measure: number;
  /** measure − sum: rounding only, shown beside the figures. */
  readonly difference: number;
}

/**
 * Component expected shortfall: Euler allocation of ES to the parts.
 *
 *     C_i = Σ_j share_j·L^i_j,   over the scenarios and shares that make the ES of the book
 *
 * The components sum to the ES because the losses of the parts sum to those of the book. Scenarios tied at the boundary of the tail have equal
 * standing (`sharesOfWorst`), so the components do not depend on the order of scenarios.
 *
 * @param losses L^i of each part; all scenarios, or at least those of the tail
 * @param tail   ES of the book, from the sum of these losses
 * @returns one component a part, with the sum and the difference
 * @throws DomainError if a scenario of the tail is missing
 * @source D. Tasche, Capital allocation to business units and sub-portfolios: the Euler principle (2008)
 */
export function componentExpectedShortfall(losses: PartLosses, tail: Tail): Allocation {
  return allocation(losses.parts, weightedLosses(losses, tail.expectedShortfallShares), tail.expectedShortfall);
}

/**
 * Component value at risk by the scenarios that make it: exact, but as noisy as one scenario.
 *
 *     C_i = L^i_(k)
 *
 * @param losses L^i of each part
 * @param tail   VaR of the book, from the sum of these losses
 * @returns one component a part, with the sum and the difference
 * @throws DomainError if a scenario of the VaR is missing
 */
export function componentValueAtRisk(losses: PartLosses, tail: Tail): Allocation {
  return allocation(losses.parts, weightedLosses(losses, tail.valueAtRiskShares), tail.valueAtRisk);
}

/** Allocation by a kernel, with what it was before it was brought to the measure. */
export interface KernelAllocation extends Allocation {
  /** b, currency. */
  readonly bandwidth: number;
  /** Kernel estimate of E[L | L = VaR] before rescaling. */
  readonly estimate: number;
}

/**
 * Component value at risk smoothed over the losses near it, rescaled to sum to it.
 *
 *     C_i ∝ Σ_j w_j·K((L_j − VaR)/b)·L^i_j / Σ_j w_j·K(…),   K Gaussian,   b = 0.9·min(sd, IQR/1.34)·n^(−1/5)
 *
 * @param losses    L^i of each part, in every scenario
 * @param total     L of the book, one a scenario
 * @param tail      VaR of the book
 * @param bandwidth b, currency; `silvermanBandwidth(total)` as a rule; > 0
 * @param weights   w, one a scenario; equal when absent
 * @returns one component a part; or a Failure when the kernel's estimate is zero, which no factor brings to the VaR
 * @throws DomainError if the bandwidth is not above 0 or some scenarios are not held
 * @source D. Tasche, Capital allocation to business units and sub-portfolios: the Euler principle (2008), section 3
 */
export function kernelComponentValueAtRisk(
  losses: PartLosses,
  total: Float64Array,
  tail: Tail,
  bandwidth: number,
  weights?: Float64Array,
): Result<KernelAllocation> {
  if (!(bandwidth > 0)) throw new DomainError("bandwidth must be above 0", bandwidth);
  if (losses.scenarios !== undefined || losses.width !== total.length) {
    throw new DomainError("the kernel needs the losses of every scenario", losses.width);
  }
  const kernel = total.map((loss, scenario) => {
    const distance = (loss - tail.valueAtRisk) / bandwidth;
    return (weights?.[scenario] ?? 1) * Math.exp(-0.5 * distance * distance);
  });
  const mass = sum(kernel);
  const scenarios = Int32Array.from(kernel.keys());
  const raw = weightedLosses(losses, { scenarios, shares: kernel.map((value) => value / mass) });
  const estimate = sum(raw);
  const scale = tail.valueAtRisk / estimate;
  if (!Number.isFinite(scale)) {
    return failed(
      "not-applicable",
      `the kernel's estimate of the loss at the VaR is ${estimate}: it cannot be rescaled`,
    );
  }
  const components = raw.map((value) => value * scale);
  return success({ ...allocation(losses.parts, components, tail.valueAtRisk), bandwidth, estimate });
}

function weightedLosses(losses: PartLosses, { scenarios, shares }: TailShares): Float64Array {
  const columns = columnsOf(losses, scenarios);
  const terms = new Float64Array(columns.length);
  return Float64Array.from(losses.parts, (_, part) => {
    const row = part * losses.width;
    for (let j = 0; j < columns.length; j += 1) {
      terms[j] = (shares[j] ?? 0) * (losses.values[row + (columns[j] ?? 0)] ?? 0);
    }
    return sum(terms);
  });
}

/**
 * Components with their sum set against the measure.
 *
 * @param parts      names
 * @param components one a part, currency
 * @param measure    of the book, currency
 */
export function allocation(parts: readonly string[], components: Float64Array, measure: number): Allocation {
  const total = sum(components);
  return { parts, components, sum: total, measure, difference: measure - total };
}
