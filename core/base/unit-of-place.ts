/**
 * One unit of a decimal place: 1e-2 for two places. Read from its decimal text, because powers of ten differ in the last bit
 * from one JavaScript engine to another.
 *
 * @param places a whole number of decimal places; ≥ 0
 * @returns > 0
 */
export function unitOfPlace(places: number): number {
  return Number(`1e-${places}`);
}
