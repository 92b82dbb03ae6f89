/**
 * Decimal arithmetic for tables that must add up to the last printed digit: amounts count whole units of 10^-decimals.
 * Binary fractions do not: 0.1 + 0.2 is not 0.3.
 */

/** An amount in units of 10^-decimals, rounded half away from zero in its shortest decimal text where the digits allow. */
export function decimalUnits(amount: number, decimals: number): bigint {
  // above this the text has an exponent, and the number no fraction
  if (Math.abs(amount) >= 1e21) return BigInt(amount) * 10n ** BigInt(decimals);
  const text = amount.toFixed(decimals);
  const negative = text.startsWith("-");
  const units = BigInt(text.replace("-", "").replace(".", ""));
  return negative ? -units : units;
}

/** The number nearest to `units` of 10^-decimals; its shortest text has no digit beyond them. */
export function decimalNumber(units: bigint, decimals: number): number {
  const magnitude = (units < 0n ? -units : units).toString().padStart(decimals + 1, "0");
  const whole = magnitude.slice(0, magnitude.length - decimals);
  const fraction = magnitude.slice(magnitude.length - decimals);
  const value = Number(decimals === 0 ? whole : `${whole}.${fraction}`);
  return units < 0n ? -value : value;
}

/** Decimals that show a unit of 10^-n fully: n for a digit of 10^-n, at most 20. */
export function decimalsOfDigit(digit: number): number {
  return Math.min(20, Math.max(0, Math.ceil(-Math.log10(digit) - 1e-9)));
}
