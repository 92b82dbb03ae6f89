import { DomainError } from "../../base/index.ts";

/**
 * Refuses a series that cannot be margin.
 *
 * @param margins one a day; finite, ≥ 0
 * @throws DomainError at the first that is not
 */
export function checkMargins(margins: Float64Array): void {
  for (const margin of margins) {
    if (!(margin >= 0 && Number.isFinite(margin))) throw new DomainError("margin must be finite and ≥ 0", margin);
  }
}

/**
 * Refuses an amount or fraction that cannot be a bound.
 *
 * @param value finite, ≥ 0
 * @param name  of the value, for the message
 * @throws DomainError if it is not
 */
export function checkAmount(value: number, name: string): void {
  if (!(value >= 0 && Number.isFinite(value))) throw new DomainError(`${name} must be finite and ≥ 0`, value);
}
