/**
 * A smooth function tabulated on equal steps and read by cubic Hermite interpolation: for quantile functions in inner loops.
 * Error about h⁴/384 times the fourth derivative.
 *
 * @param valueAndSlope the function and its slope at x
 * @param from          first x
 * @param to            last x
 * @param step          h, distance of nodes; > 0
 * @returns the function between `from` and `to`, held at the ends beyond them
 */
export function hermiteTable(
  valueAndSlope: (x: number) => readonly [value: number, slope: number],
  from: number,
  to: number,
  step: number,
): (x: number) => number {
  const intervals = Math.ceil((to - from) / step);
  const values = new Float64Array(intervals + 1);
  const slopes = new Float64Array(intervals + 1);
  for (let i = 0; i <= intervals; i++) {
    const [value, slope] = valueAndSlope(from + i * step);
    values[i] = value;
    slopes[i] = slope * step;
  }
  return (x) => {
    const position = (x - from) / step;
    const held = Math.min(Math.max(position, 0), intervals);
    const i = Math.min(Math.floor(held), intervals - 1);
    const t = held - i;
    const [p0, p1] = [values[i] as number, values[i + 1] as number];
    const [m0, m1] = [slopes[i] as number, slopes[i + 1] as number];
    const rise = p1 - p0;
    return p0 + t * (m0 + t * (3 * rise - 2 * m0 - m1 + t * (m0 + m1 - 2 * rise)));
  };
}
