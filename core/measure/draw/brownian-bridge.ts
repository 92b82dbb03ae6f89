/**
 * Increments of a random walk from independent normals by the Brownian bridge: the first normal sets where the walk ends, the next its middle, and so
 * on, so that the best dimensions of a quasi-random sequence explain most of it. The map is orthogonal: the increments stay independent.
 *
 *     W(h) = √h·c₀,   W(m) = ((r−m)·W(l) + (m−l)·W(r))/(r−l) + √((m−l)(r−m)/(r−l))·c_b,   z_t = W(t) − W(t−1)
 *
 * @param steps h; ≥ 1
 * @returns B of z = B·c, steps × steps, row-major
 * @source P. Glasserman, Monte Carlo Methods in Financial Engineering (2004), section 3.1
 */
export function brownianBridge(steps: number): Float64Array {
  // Rows of the walk at times 0 to h as combinations of the normals.
  const walk = Array.from({ length: steps + 1 }, () => new Float64Array(steps));
  const at = (time: number): Float64Array => walk[time] ?? new Float64Array(steps);
  at(steps)[0] = Math.sqrt(steps);
  const gaps: [left: number, right: number][] = [[0, steps]];
  let normal = 1;
  for (let next = gaps.shift(); next !== undefined; next = gaps.shift()) {
    const [left, right] = next;
    if (right - left < 2) continue;
    const middle = Math.floor((left + right) / 2);
    const [before, after] = [middle - left, right - middle];
    for (let k = 0; k < steps; k++) {
      at(middle)[k] = (after * (at(left)[k] as number) + before * (at(right)[k] as number)) / (right - left);
    }
    at(middle)[normal] = (at(middle)[normal] as number) + Math.sqrt((before * after) / (right - left));
    normal += 1;
    gaps.push([left, middle], [middle, right]);
  }
  return Float64Array.from({ length: steps * steps }, (_, cell) => {
    const [t, k] = [Math.floor(cell / steps), cell % steps];
    return (at(t + 1)[k] as number) - (at(t)[k] as number);
  });
}
