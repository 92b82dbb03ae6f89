import { DomainError } from "./domain-error.ts";

/**
 * Refuses what is no finite number.
 *
 * @param name of the argument, as the message says it
 * @throws DomainError for NaN and infinities
 */
export function demandFinite(name: string, value: number): void {
  if (!Number.isFinite(value)) throw new DomainError(`${name} must be finite`, value);
}

/**
 * Refuses what is not above 0 and finite.
 *
 * @param name of the argument, as the message says it
 * @throws DomainError for 0, what is below it, NaN and infinities
 */
export function demandPositive(name: string, value: number): void {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) throw new DomainError(`${name} must be above 0`, value);
}

/**
 * Refuses what is below 0 or not finite.
 *
 * @param name of the argument, as the message says it
 * @throws DomainError for what is below 0, NaN and infinities
 */
export function demandNotNegative(name: string, value: number): void {
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) throw new DomainError(`${name} must be 0 or more`, value);
}
