import { normalQuantile } from "./normal-quantile.ts";

/** Losses with the lines that measure their tail. */
export interface TailData {
  readonly title: string;
  readonly unit: string;
  /** Loss > 0, any order. */
  readonly losses: readonly number[];
  /** What each loss is: a day, a scenario. */
  readonly labels: readonly string[];
  /** How many losses there were before the largest were chosen; equal to their number for a whole sample. */
  readonly of: number;
  readonly lines: readonly TailLine[];
  /** How VaR and ES are read off, and what is left out. */
  readonly note: string;
}

export interface TailLine {
  readonly label: string;
  readonly value: number;
  readonly kind: "var" | "es" | "margin";
}

/**
 * Value at risk and expected shortfall of a sample: with k = (1 − c)·n, the loss of rank ⌊k⌋ + 1 from the worst, and the mean of the worst k
 * with the last one by its fraction.
 *
 * @param losses at least one; loss > 0
 * @param confidence c, fraction in (0, 1)
 */
export function sampleTail(
  losses: readonly number[],
  confidence: number,
): { readonly valueAtRisk: number; readonly expectedShortfall: number } {
  const worst = [...losses].sort((one, other) => other - one);
  const exact = (1 - confidence) * worst.length;
  // 0.05 · 100 is 5.000000000000004 in binary
  const k = Math.abs(exact - Math.round(exact)) < 1e-9 ? Math.round(exact) : exact;
  const full = Math.min(worst.length - 1, Math.floor(k));
  const share = Math.max(0, k - full);
  const total = worst.slice(0, full).reduce((sum, loss) => sum + loss, 0) + share * (worst[full] ?? 0);
  return { valueAtRisk: worst[full] ?? 0, expectedShortfall: k > 0 ? total / (full + share) : (worst[0] ?? 0) };
}

/** Losses against the quantiles of a normal, worst first, with the label of each. */
export function quantilePairs({ losses, labels, of }: Pick<TailData, "losses" | "labels" | "of">): {
  readonly normal: readonly number[];
  readonly losses: readonly number[];
  readonly labels: readonly string[];
} {
  const order = losses
    .map((_, at) => at)
    .sort((one, other) => (losses[other] ?? 0) - (losses[one] ?? 0) || one - other);
  return {
    normal: order.map((_, rank) => -normalQuantile((rank + 0.5) / of)),
    losses: order.map((at) => losses[at] ?? 0),
    labels: order.map((at) => labels[at] ?? ""),
  };
}

/** A line through the first and third quartile: where a normal sample would lie. */
export function quartileLine(
  pairs: Pick<ReturnType<typeof quantilePairs>, "normal" | "losses">,
): { readonly slope: number; readonly intercept: number } | undefined {
  const { normal, losses } = pairs;
  const [upper, lower] = [Math.floor(losses.length / 4), Math.floor((3 * losses.length) / 4)];
  const run = (normal[upper] ?? 0) - (normal[lower] ?? 0);
  if (run === 0) return undefined;
  const slope = ((losses[upper] ?? 0) - (losses[lower] ?? 0)) / run;
  return { slope, intercept: (losses[upper] ?? 0) - slope * (normal[upper] ?? 0) };
}
