import { DomainError } from "../../base/index.ts";
import { studentTOfScore } from "./mixing.ts";
import type { Marginal } from "./model.ts";

/**
 * Quantile function of a marginal, prepared for inner loops.
 *
 * @param marginal distribution of one factor
 * @returns function of a normal score z, giving F⁻¹(N(z)), and of the probability u = N(z) itself, whichever the marginal reads
 * @throws DomainError if a parameter is outside its bound or there are no values
 */
export function marginalQuantile(marginal: Marginal): MarginalQuantile {
  switch (marginal.kind) {
    case "normal": {
      const { mean, deviation } = marginal;
      if (!(deviation >= 0)) throw new DomainError("a deviation must be at least 0", deviation);
      return { reads: "score", of: (z) => mean + deviation * z };
    }
    case "student-t": {
      const { mean, deviation, degrees } = marginal;
      if (!(deviation >= 0)) throw new DomainError("a deviation must be at least 0", deviation);
      if (!(degrees > 2)) throw new DomainError("degrees of freedom must be above 2 for a finite variance", degrees);
      const scale = deviation * Math.sqrt((degrees - 2) / degrees);
      const quantile = studentTOfScore(degrees);
      return { reads: "score", of: (z) => mean + scale * quantile(z) };
    }
    case "empirical": {
      const ascending = Float64Array.from(marginal.values).sort();
      const { scale = 1 } = marginal;
      if (ascending.length === 0) throw new DomainError("an empirical marginal needs values", 0);
      if (!(scale >= 0)) throw new DomainError("a scale must be at least 0", scale);
      const last = ascending.length - 1;
      // Hyndman and Fan's type 7, without the objects of `quantile`.
      return {
        reads: "probability",
        of(u) {
          const position = u * last;
          const lower = Math.min(Math.floor(position), last);
          const low = ascending[lower] as number;
          const high = ascending[Math.min(lower + 1, last)] as number;
          return scale * (low + (position - lower) * (high - low));
        },
      };
    }
  }
}

/** A quantile function and what it takes: a normal score or a probability. */
export interface MarginalQuantile {
  readonly reads: "score" | "probability";
  readonly of: (scoreOrProbability: number) => number;
}
