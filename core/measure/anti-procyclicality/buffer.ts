import { DomainError } from "../../base/index.ts";
import { checkMargins } from "./margin-series.ts";

/** Parameters of a buffer that is built in calm markets and released when margin rises. */
export interface BufferRule {
  /** Buffer over the calculated margin; 0.25 in the regulation. */
  readonly buffer: number;
  /** Margin that exceeds the least of the reference window by more than this releases the buffer; 0.1. The regulation fixes no trigger. */
  readonly releaseRise: number;
  /** Days before today in the reference window; 30. */
  readonly referenceDays: number;
}

export const defaultBufferRule: BufferRule = { buffer: 0.25, releaseRise: 0.1, referenceDays: 30 };

/**
 * Margin with a releasable buffer: option (a) of article 28 of EU 153/2013.
 *
 *     ref_t = min(m_{t−30}, …, m_t);   m_t > 1.10·ref_t:  A_t = max(m_t, min(1.25·m_t, A_{t−1})),   else A_t = 1.25·m_t;   A₀ = 1.25·m₀
 *
 * @param margins m, unmitigated, oldest first, one a day; ≥ 0
 * @param rule    buffer, trigger and window
 * @returns A, applied, one a day; between m and 1.25·m
 * @throws DomainError if a margin or a parameter is outside its bound
 * @source Commission Delegated Regulation (EU) 153/2013, article 28(1)(a)
 */
export function bufferedMargins(margins: Float64Array, rule: BufferRule = defaultBufferRule): Float64Array {
  const { buffer, releaseRise, referenceDays } = rule;
  checkMargins(margins);
  if (!(buffer >= 0)) throw new DomainError("buffer must be ≥ 0", buffer);
  if (!(releaseRise >= 0)) throw new DomainError("rise that releases must be ≥ 0", releaseRise);
  if (!(Number.isInteger(referenceDays) && referenceDays >= 0)) {
    throw new DomainError("reference window is a whole number of days", referenceDays);
  }
  const applied = new Float64Array(margins.length);
  let before = (1 + buffer) * (margins[0] ?? 0);
  for (let t = 0; t < margins.length; t += 1) {
    const margin = margins[t] ?? 0;
    let reference = margin;
    for (let i = Math.max(0, t - referenceDays); i < t; i += 1) reference = Math.min(reference, margins[i] ?? 0);
    const full = (1 + buffer) * margin;
    before = margin > (1 + releaseRise) * reference ? Math.max(margin, Math.min(full, before)) : full;
    applied[t] = before;
  }
  return applied;
}
