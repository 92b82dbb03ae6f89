import { DomainError } from "../../base/index.ts";
import type { SquareMatrix } from "./matrix.ts";

/** Where a correlation is moved: all factors as one (with signs, along the losing direction), or all apart. */
export type CorrelationTarget =
  | {
      readonly kind: "one-factor" /** +1 or −1, one a factor; all +1 when absent. */;
      readonly signs?: readonly number[];
    }
  | { readonly kind: "independent" };

/**
 * Correlation under a diversification stress: the given one moved a share of the way to a target. Positive semidefinite when C is.
 *
 *     C′ = (1 − t)·C + t·J,   J = s·sᵀ or I;   with groups only inside each of them
 *
 * @param correlation C, n × n
 * @param share       t; in [0, 1]
 * @param target      J
 * @param groups      name of the group of each factor; pairs of different groups keep their entry. The blend inside groups may not be positive
 *   semidefinite: check it with `usableCorrelation`
 * @returns C′, unit diagonal
 * @throws DomainError if t or a length is outside its bound
 */
export function blendedCorrelation(
  { size, values }: SquareMatrix,
  share: number,
  target: CorrelationTarget,
  groups?: readonly string[],
): SquareMatrix {
  if (!(share >= 0 && share <= 1)) throw new DomainError("a blend must be from 0 to 1", share);
  if (groups !== undefined && groups.length !== size)
    throw new DomainError(`${size} groups are expected`, groups.length);
  const signs = target.kind === "one-factor" ? (target.signs ?? new Array<number>(size).fill(1)) : [];
  if (target.kind === "one-factor" && (signs.length !== size || signs.some((sign) => Math.abs(sign) !== 1))) {
    throw new DomainError(`${size} signs of +1 or −1 are expected`, signs.join(" "));
  }
  return {
    size,
    values: values.map((entry, at) => {
      const [i, j] = [Math.floor(at / size), at % size];
      if (i === j) return 1;
      if (groups !== undefined && groups[i] !== groups[j]) return entry;
      return (1 - share) * entry + share * (signs[i] ?? 0) * (signs[j] ?? 0);
    }),
  };
}
