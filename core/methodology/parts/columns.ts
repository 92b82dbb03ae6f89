/** Adds `factor · values` to a column, market by market. */
export function addColumn(total: Float64Array, values: Float64Array, factor = 1): void {
  for (let at = 0; at < total.length; at++) total[at] = (total[at] as number) + factor * (values[at] as number);
}

/** Adds `one · other` to a column, market by market. */
export function addProducts(total: Float64Array, one: Float64Array, other: Float64Array): void {
  for (let at = 0; at < total.length; at++)
    total[at] = (total[at] as number) + (one[at] as number) * (other[at] as number);
}
