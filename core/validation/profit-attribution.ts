import { DomainError } from "../base/index.ts";

export type AttributionZone = "green" | "amber" | "red";

/** How well a risk model's profit and loss follows the hypothetical one. */
export interface ProfitAttribution {
  readonly spearman: number;
  readonly kolmogorovSmirnov: number;
  readonly zones: { readonly spearman: AttributionZone; readonly kolmogorovSmirnov: AttributionZone };
  /** The worse of the two. */
  readonly zone: AttributionZone;
  readonly sampleSize: number;
}

/**
 * Profit and loss attribution: Spearman's correlation and the Kolmogorov-Smirnov distance of two profit series.
 *
 * @param hypothetical profit of full revaluation, a day a row
 * @param theoretical  profit of the risk model's factors and pricers on the same days
 * @throws DomainError when the lengths differ, below two rows, or when a series does not vary
 * @source Basel Committee, MAR32.31–32.45, in force since 1 January 2023
 */
export function profitAttribution(hypothetical: readonly number[], theoretical: readonly number[]): ProfitAttribution {
  if (hypothetical.length !== theoretical.length)
    throw new DomainError("the two series must have one length", theoretical.length);
  if (hypothetical.length < 2) throw new DomainError("two or more days are needed", hypothetical.length);
  const spearman = correlation(averageRanks(hypothetical), averageRanks(theoretical));
  const distance = largestDistance(hypothetical, theoretical);
  const zones = {
    spearman: spearman > 0.8 ? ("green" as const) : spearman < 0.7 ? ("red" as const) : ("amber" as const),
    kolmogorovSmirnov: distance < 0.09 ? ("green" as const) : distance > 0.12 ? ("red" as const) : ("amber" as const),
  };
  const order = ["green", "amber", "red"] as const;
  const worse = Math.max(order.indexOf(zones.spearman), order.indexOf(zones.kolmogorovSmirnov));
  return {
    ...{ spearman, kolmogorovSmirnov: distance, zones },
    zone: order[worse] ?? "red",
    sampleSize: hypothetical.length,
  };
}

/**
 * Surcharge of amber desks as a share of the difference of standardised and internal charge.
 *
 *     k = 0.5 Σ_amber SA / Σ_{green + amber} SA
 *
 * @param desks standardised charge of each desk, ≥ 0, with its zone
 * @returns 0 to 0.5; 0 without a green or amber desk
 * @source MAR33.45
 */
export function amberSurcharge(desks: readonly { readonly zone: AttributionZone; readonly charge: number }[]): number {
  const sumOf = (zones: readonly AttributionZone[]) =>
    desks.reduce((total, { zone, charge }) => total + (zones.includes(zone) ? charge : 0), 0);
  const all = sumOf(["green", "amber"]);
  return all > 0 ? (0.5 * sumOf(["amber"])) / all : 0;
}

/** Ranks from 1, equal values sharing the mean of theirs. */
export function averageRanks(values: readonly number[]): readonly number[] {
  const order = values.map((value, at) => ({ value, at })).sort((a, b) => a.value - b.value || a.at - b.at);
  const ranks = new Array<number>(values.length).fill(0);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && order[to + 1]?.value === order[from]?.value) to += 1;
    for (let place = from; place <= to; place += 1) ranks[order[place]?.at ?? 0] = (from + to) / 2 + 1;
    from = to + 1;
  }
  return ranks;
}

/** max |F(x) − G(x)| of two empirical distributions over all values of both samples. */
function largestDistance(a: readonly number[], b: readonly number[]): number {
  const [first, second] = [a, b].map((values) => Float64Array.from(values).sort());
  if (first === undefined || second === undefined) return 0;
  let [i, j, largest] = [0, 0, 0];
  while (i < first.length && j < second.length) {
    const value = Math.min(first[i] ?? 0, second[j] ?? 0);
    while (i < first.length && first[i] === value) i += 1;
    while (j < second.length && second[j] === value) j += 1;
    largest = Math.max(largest, Math.abs(i / first.length - j / second.length));
  }
  return largest;
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [a, b].map((values) => values.reduce((total, value) => total + value, 0) / values.length);
  let [product, squareA, squareB] = [0, 0, 0];
  for (const [at, value] of a.entries()) {
    const [x, y] = [value - (meanA ?? 0), (b[at] ?? 0) - (meanB ?? 0)];
    product += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  if (!(squareA > 0 && squareB > 0)) throw new DomainError("both series must vary", Math.min(squareA, squareB));
  return product / Math.sqrt(squareA * squareB);
}
