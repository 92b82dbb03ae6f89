/** Nodes needed for 1e-12 of the forward, by the ratio of the largest to the smallest volatility factor. */
const nodesByRatio: readonly (readonly [ratio: number, nodes: number])[] = [
  [1.2, 10],
  [1.5, 13],
  [2, 18],
  [2.5, 21],
  [3, 24],
  [4, 28],
  [5, 32],
  [6, 35],
  [8, 40],
  [10, 44],
  [15, 52],
  [20, 57],
];

/** A volatility axis replaced by fewer nodes, and the weights that give every row back. */
export interface VolatilityNodes {
  /** Volatility factors at the nodes; > 0. */
  readonly factors: Float64Array;
  /** `weights[row * factors.length + node]`. */
  readonly weights: Float64Array;
}

/**
 * Chebyshev nodes in the logarithm of the volatility factor, shared by all options: an option's value is so smooth in
 * it that interpolation is exact to 1e-12 of the forward.
 *
 *     y_k = cos(π(k + ½)/M),   ln f_k = (a + b)/2 + (b − a)/2·y_k,   a = ln f_min, b = ln f_max
 *
 * @param factors volatility factors wanted, each > 0
 * @returns `undefined` when the nodes would not be fewer than 0.8 of the rows, or the ratio is beyond the table
 * @source resources/docs/engine.md, section 4
 */
export function volatilityNodes(factors: Float64Array): VolatilityNodes | undefined {
  const low = Math.log(factors.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY));
  const high = Math.log(factors.reduce((a, b) => Math.max(a, b), 0));
  const count = nodesByRatio.find(([ratio]) => Math.exp(high - low) <= ratio * (1 + 1e-12))?.[1];
  if (count === undefined || count > 0.8 * factors.length || !(high > low)) return undefined;
  const y = Float64Array.from({ length: count }, (_, k) => Math.cos((Math.PI * (k + 0.5)) / count));
  const weights = new Float64Array(factors.length * count);
  factors.forEach((factor, row) => {
    const x = (2 * Math.log(factor) - low - high) / (high - low);
    weights.set(barycentric(x, y), row * count);
  });
  return { factors: y.map((node) => Math.exp((low + high) / 2 + ((high - low) / 2) * node)), weights };
}

/** Lagrange weights at x for Chebyshev nodes of the first kind. */
function barycentric(x: number, nodes: Float64Array): Float64Array {
  const exact = nodes.indexOf(x);
  if (exact >= 0) return Float64Array.from(nodes, (_, k) => (k === exact ? 1 : 0));
  const terms = Float64Array.from(nodes, (node, k) => {
    const sign = k % 2 === 0 ? 1 : -1;
    return (sign * Math.sin((Math.PI * (k + 0.5)) / nodes.length)) / (x - node);
  });
  const total = terms.reduce((a, b) => a + b, 0);
  return terms.map((term) => term / total);
}
