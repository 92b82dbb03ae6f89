import { DomainError } from "../../base/index.ts";
import { checkAmount, checkMargins } from "./margin-series.ts";

/**
 * Margin blended with that of a stressed period: option (b) of article 28 of EU 153/2013.
 *
 *     A_t = max(m_t, (1−w)·m_t + w·m_stress);   without the max when `neverBelow` is false
 *
 * @param margins    m, unmitigated, oldest first; ≥ 0
 * @param stress     m_stress, same unit; ≥ 0
 * @param weight     w; in [0, 1], at least 0.25 in the regulation
 * @param neverBelow whether the unmitigated margin is a floor; true when absent
 * @returns A, one a day
 * @throws DomainError if a margin or the weight is outside its bound
 * @source Commission Delegated Regulation (EU) 153/2013, article 28(1)(b)
 */
export function stressBlendedMargins(
  margins: Float64Array,
  stress: number,
  weight = 0.25,
  neverBelow = true,
): Float64Array {
  checkMargins(margins);
  checkAmount(stress, "stressed margin");
  checkWeight(weight);
  return margins.map((margin) => {
    const blended = (1 - weight) * margin + weight * stress;
    return neverBelow ? Math.max(margin, blended) : blended;
  });
}

/**
 * Margin blended with that of a stressed period, by a weight that falls as the margin approaches it.
 *
 *     w_t = w·clamp(1 − (m_t − m_calm)/(m_stress − m_calm), 0, 1),   A_t = max(m_t, (1−w_t)·m_t + w_t·m_stress)
 *
 * The regulation names no such rule; the linear fall is this product's own.
 *
 * @param margins m, unmitigated, oldest first; ≥ 0
 * @param stress  m_stress, same unit; ≥ 0
 * @param calm    m_calm, margin up to which the weight is whole; below m_stress; 0 when absent
 * @param weight  w, greatest weight; in [0, 0.5]: above a half the applied margin would fall while the unmitigated one rises
 * @returns A, one a day; never falling in m, and m itself from m_stress on
 * @throws DomainError if a margin, the calm margin or the weight is outside its bound
 */
export function adaptiveBlendedMargins(margins: Float64Array, stress: number, calm = 0, weight = 0.25): Float64Array {
  checkMargins(margins);
  checkAmount(stress, "stressed margin");
  checkAmount(calm, "calm margin");
  checkWeight(weight);
  if (weight > 0.5) throw new DomainError("greatest adaptive weight is 0.5", weight);
  if (!(calm < stress)) throw new DomainError(`calm margin must be below the stressed margin of ${stress}`, calm);
  return margins.map((margin) => {
    const nearness = (margin - calm) / (stress - calm);
    const own = weight * Math.min(1, Math.max(0, 1 - nearness));
    return Math.max(margin, (1 - own) * margin + own * stress);
  });
}

function checkWeight(weight: number): void {
  if (!(weight >= 0 && weight <= 1)) throw new DomainError("weight of the stress must be from 0 to 1", weight);
}
