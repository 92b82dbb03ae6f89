import { normalCdf, normalPdf } from "../../base/index.ts";

/** Table units per unit of d: intervals of 1/32. */
export const tableScale = 32;
/** Beyond ±8.5 the distribution function is 0 or 1 to 1e-17. */
export const tableReach = 8.5;
export const tableRecords = 2 * tableReach * tableScale + 1;
const degree = 5;
/** Taylor terms carried beyond the degree before they are economised away. */
const extraTerms = 6;

/**
 * The normal distribution function as polynomials of degree 5 on intervals of 1/32, ready for the kernels.
 *
 *     N(c_k + h·f) ≈ Σ_j a_kj f^j,   c_k = −8.5 + k·h,   h = 1/32,   f ∈ [−1/2, 1/2]
 *
 * Taylor coefficients to degree 11, economised from the top with Chebyshev polynomials. At its two ends the table is
 * exactly 0 and 1, so that a clamped argument and one left out by a zone test give the same bits.
 *
 * @returns 545 records of 6 coefficients, constant term first; largest error of N 1.5e-15
 * @source resources/docs/engine.md, section 2
 */
export function normalTable(): Float64Array {
  const table = new Float64Array(tableRecords * (degree + 1));
  for (let record = 0; record < tableRecords; record++) {
    const coefficients = economised(taylor(-tableReach + record / tableScale, 1 / tableScale));
    table.set(coefficients.slice(0, degree + 1), record * (degree + 1));
  }
  table[0] = 0;
  table[(tableRecords - 1) * (degree + 1)] = 1;
  return table;
}

/**
 * The normal density n(d) in the same records; largest error 1e-14. At its two ends it is exactly 0.
 *
 * @source resources/docs/engine.md, section 2
 */
export function densityTable(): Float64Array {
  const table = new Float64Array(tableRecords * (degree + 1));
  for (let record = 0; record < tableRecords; record++) {
    const coefficients = economised(densityTaylor(-tableReach + record / tableScale, 1 / tableScale));
    table.set(coefficients.slice(0, degree + 1), record * (degree + 1));
  }
  table[0] = 0;
  table[(tableRecords - 1) * (degree + 1)] = 0;
  return table;
}

/** a_0 = N(c), a_j = (−1)^(j−1) He_(j−1)(c) n(c) h^j / j!: the integral of the density's series. */
function taylor(centre: number, width: number): number[] {
  const density = densityTaylor(centre, width);
  return [normalCdf(centre), ...density.slice(0, -1).map((coefficient, j) => (coefficient * width) / (j + 1))];
}

/** a_j = (−1)^j He_j(c) n(c) h^j / j!. */
function densityTaylor(centre: number, width: number): number[] {
  const coefficients: number[] = [];
  let [previous, hermite, scale] = [0, 1, normalPdf(centre)];
  for (let j = 0; j <= degree + extraTerms; j++) {
    coefficients.push((j % 2 === 0 ? 1 : -1) * hermite * scale);
    scale *= width / (j + 1);
    [previous, hermite] = [hermite, centre * hermite - j * previous];
  }
  return coefficients;
}

/** Lowers the degree term by term: subtracts the multiple of T_j(2f) that cancels the leading term. */
function economised(coefficients: number[]): number[] {
  const result = [...coefficients];
  for (let j = degree + extraTerms; j > degree; j--) {
    const chebyshev = chebyshevOfTwiceF(j);
    const factor = (result[j] ?? 0) / (chebyshev[j] ?? 1);
    chebyshev.forEach((value, power) => {
      result[power] = (result[power] ?? 0) - factor * value;
    });
  }
  return result;
}

function chebyshevOfTwiceF(order: number): number[] {
  let [before, now] = [[1], [0, 2]];
  for (let j = 2; j <= order; j++) {
    const next = Array.from({ length: j + 1 }, (_, power) => 4 * (now[power - 1] ?? 0) - (before[power] ?? 0));
    [before, now] = [now, next];
  }
  return now;
}
