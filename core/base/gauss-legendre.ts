/** Nodes and weights of a quadrature on [0, 1]. */
export interface Quadrature {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Gauss–Legendre quadrature on [0, 1]: exact for polynomials up to degree 2n − 1.
 *
 * @param count n, number of nodes; an integer ≥ 1
 * @returns nodes ascending, weights summing to 1
 * @source W. Press et al., Numerical Recipes, section 4.6: Newton's method on the Legendre recurrence
 */
export function gaussLegendre(count: number): Quadrature {
  const nodes = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let root = -Math.cos((Math.PI * (i + 0.75)) / (count + 0.5));
    let slope = 0;
    for (let turn = 0; turn < 8; turn++) {
      let value = 1;
      let previous = 0;
      for (let degree = 1; degree <= count; degree++) {
        const next = ((2 * degree - 1) * root * value - (degree - 1) * previous) / degree;
        previous = value;
        value = next;
      }
      slope = (count * (root * value - previous)) / (root * root - 1);
      root -= value / slope;
    }
    nodes[i] = 0.5 * (1 + root);
    weights[i] = 1 / ((1 - root * root) * slope * slope);
  }
  return { nodes, weights };
}
