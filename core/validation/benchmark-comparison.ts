import type { Failure } from "../base/index.ts";

/** One method's margin of a book. */
export interface MethodMargin {
  readonly method: string;
  /** ≥ 0. */
  readonly margin: number;
  /** Positions the margin leaves out; absent when none. */
  readonly excluded?: number;
}

/** The same book under several methods, against the one validated. */
export interface BenchmarkComparison {
  readonly reference: string;
  readonly unit: string;
  /** Books and margins that could not be made, and why. */
  readonly leftOut: readonly Failure[];
  /** True where the market was generated; the books always are. */
  readonly synthetic?: boolean;
  /** Relative difference above which an explanation is asked for. */
  readonly threshold: number;
  readonly rows: readonly (MethodMargin & {
    readonly book: string;
    /** margin / reference − 1; absent where the reference is 0. */
    readonly difference?: number;
    readonly toExplain: boolean;
    /** Why it differs, as the validator writes it. */
    readonly explanation?: string;
  })[];
}

/**
 * Margins of books under several methods, with those that differ by more than a threshold marked.
 *
 * @param books margins ≥ 0 in one currency; each holds the reference method
 * @param reference name of the validated method
 * @param threshold fraction, 0.2 by default
 */
export function benchmarkComparison(
  books: readonly { readonly book: string; readonly margins: readonly MethodMargin[] }[],
  reference: string,
  unit: string,
  threshold = 0.2,
): BenchmarkComparison {
  const rows = books.flatMap(({ book, margins }) => {
    const own = margins.find(({ method }) => method === reference)?.margin ?? 0;
    return margins.map(({ method, margin, excluded = 0 }) => {
      const difference = own > 0 ? margin / own - 1 : undefined;
      const toExplain = difference === undefined ? margin > 0 : Math.abs(difference) > threshold;
      return {
        ...{ book, method, margin, toExplain },
        ...(difference !== undefined && { difference }),
        ...(excluded > 0 && { excluded }),
      };
    });
  });
  return { reference, unit, threshold, rows, leftOut: [] };
}
