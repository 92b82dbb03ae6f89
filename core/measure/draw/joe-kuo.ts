/** Direction numbers of one dimension of the Sobol sequence. */
export interface SobolDirection {
  /** Degree s of the primitive polynomial. */
  readonly degree: number;
  /** Its inner coefficients as bits. */
  readonly a: number;
  /** Initial odd numbers m₁ … m_s. */
  readonly m: readonly number[];
}

/**
 * Dimensions 2 to 40; dimension 1 is the van der Corput sequence in base 2.
 *
 * @source S. Joe, F. Y. Kuo, Constructing Sobol sequences with better two-dimensional projections, SIAM J. Sci. Comput. 30 (2008)
 *   2635–2654, file new-joe-kuo-6.21201
 */
export const joeKuoDirections: readonly SobolDirection[] = [
  { degree: 1, a: 0, m: [1] },
  { degree: 2, a: 1, m: [1, 3] },
  { degree: 3, a: 1, m: [1, 3, 1] },
  { degree: 3, a: 2, m: [1, 1, 1] },
  { degree: 4, a: 1, m: [1, 1, 3, 3] },
  { degree: 4, a: 4, m: [1, 3, 5, 13] },
  { degree: 5, a: 2, m: [1, 1, 5, 5, 17] },
  { degree: 5, a: 4, m: [1, 1, 5, 5, 5] },
  { degree: 5, a: 7, m: [1, 1, 7, 11, 19] },
  { degree: 5, a: 11, m: [1, 1, 5, 1, 1] },
  { degree: 5, a: 13, m: [1, 1, 1, 3, 11] },
  { degree: 5, a: 14, m: [1, 3, 5, 5, 31] },
  { degree: 6, a: 1, m: [1, 3, 3, 9, 7, 49] },
  { degree: 6, a: 13, m: [1, 1, 1, 15, 21, 21] },
  { degree: 6, a: 16, m: [1, 3, 1, 13, 27, 49] },
  { degree: 6, a: 19, m: [1, 1, 1, 15, 7, 5] },
  { degree: 6, a: 22, m: [1, 3, 1, 15, 13, 25] },
  { degree: 6, a: 25, m: [1, 1, 5, 5, 19, 61] },
  { degree: 7, a: 1, m: [1, 3, 7, 11, 23, 15, 103] },
  { degree: 7, a: 4, m: [1, 3, 7, 13, 13, 15, 69] },
  { degree: 7, a: 7, m: [1, 1, 3, 13, 7, 35, 63] },
  { degree: 7, a: 8, m: [1, 3, 5, 9, 1, 25, 53] },
  { degree: 7, a: 14, m: [1, 3, 1, 13, 9, 35, 107] },
  { degree: 7, a: 19, m: [1, 3, 1, 5, 27, 61, 31] },
  { degree: 7, a: 21, m: [1, 1, 5, 11, 19, 41, 61] },
  { degree: 7, a: 28, m: [1, 3, 5, 3, 3, 13, 69] },
  { degree: 7, a: 31, m: [1, 1, 7, 13, 1, 19, 1] },
  { degree: 7, a: 32, m: [1, 3, 7, 5, 13, 19, 59] },
  { degree: 7, a: 37, m: [1, 1, 3, 9, 25, 29, 41] },
  { degree: 7, a: 41, m: [1, 3, 5, 13, 23, 1, 55] },
  { degree: 7, a: 42, m: [1, 3, 7, 3, 13, 59, 17] },
  { degree: 7, a: 50, m: [1, 3, 1, 3, 5, 53, 69] },
  { degree: 7, a: 55, m: [1, 1, 5, 5, 23, 33, 13] },
  { degree: 7, a: 56, m: [1, 1, 7, 7, 1, 61, 123] },
  { degree: 7, a: 59, m: [1, 1, 7, 9, 13, 61, 49] },
  { degree: 7, a: 62, m: [1, 3, 3, 5, 3, 55, 33] },
  { degree: 8, a: 14, m: [1, 3, 1, 15, 31, 13, 49, 245] },
  { degree: 8, a: 21, m: [1, 3, 5, 15, 31, 59, 63, 97] },
  { degree: 8, a: 22, m: [1, 3, 1, 11, 11, 11, 77, 249] },
];
