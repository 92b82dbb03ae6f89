import type { TailModel } from "./tail-model.ts";

/** Critical values of Z2 for 250 rows at a tail of 2.5 %, by six million samples. */
export interface TabulatedSecond {
  readonly model: TailModel;
  readonly observations: 250;
  readonly p: 0.025;
  /** Level → value below which Z2 rejects. */
  readonly critical: readonly (readonly [level: number, value: number])[];
}

/**
 * Tabulated critical values of Z2.
 *
 * @source six million simulated samples of the null distribution; the limits of `recommendedZ2` are those of the paper
 */
export const tabulatedSecond: readonly TabulatedSecond[] = [
  {
    ...{ model: { kind: "student", degreesOfFreedom: 3 }, observations: 250, p: 0.025 },
    critical: [
      [0.05, -0.816],
      [0.01, -1.33],
      [0.001, -2.32],
      [0.0001, -4.5],
    ],
  },
  {
    ...{ model: { kind: "student", degreesOfFreedom: 10 }, observations: 250, p: 0.025 },
    critical: [
      [0.05, -0.71],
      [0.01, -1.06],
      [0.001, -1.47],
      [0.0001, -1.83],
    ],
  },
  {
    ...{ model: { kind: "normal" }, observations: 250, p: 0.025 },
    critical: [
      [0.05, -0.7],
      [0.01, -1.04],
      [0.001, -1.44],
      [0.0001, -1.79],
    ],
  },
];

/**
 * The tabulated critical value, where the table has this length, tail, model and level.
 *
 * @param observations rows of the series
 * @param p            tail probability of the expected shortfall, 0 < p < 1
 * @param level        of the test, 0 < level < 1
 * @returns below 0: the model is rejected at or below it
 */
export function tabulatedCritical(
  model: TailModel,
  observations: number,
  p: number,
  level: number,
): number | undefined {
  const found = tabulatedSecond.find(
    (entry) => sameModel(entry.model, model) && observations === entry.observations && Math.abs(p - entry.p) < 1e-12,
  );
  return found?.critical.find(([at]) => Math.abs(at - level) < 1e-12)?.[1];
}

function sameModel(a: TailModel, b: TailModel): boolean {
  if (a.kind === "normal" || b.kind === "normal") return a.kind === b.kind;
  return a.degreesOfFreedom === b.degreesOfFreedom;
}
