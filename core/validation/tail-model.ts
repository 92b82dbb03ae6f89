import { DomainError, normalPdf } from "../base/index.ts";
import { normalQuantile, studentTPdf, studentTQuantile } from "../measure/index.ts";

/** Shape of the losses a forecast assumes; its scale does not matter to a statistic of ratios L / ES. */
export type TailModel = { readonly kind: "normal" } | { readonly kind: "student"; readonly degreesOfFreedom: number };

/** Words for a report: `normal`, `Student t, 3 degrees of freedom`. */
export function tailModelName(model: TailModel): string {
  return model.kind === "normal" ? "normal" : `Student t, ${model.degreesOfFreedom} degrees of freedom`;
}

/**
 * Expected shortfall of a standard loss beyond its quantile.
 *
 *     normal: n(z)/p,   Student t: f(q) (ν + q²) / ((ν − 1) p),   z, q the upper p-quantiles
 *
 * @param p tail probability, 0 < p < 1
 * @returns units of the model's scale; > 0 for p ≤ 0.5
 * @throws DomainError for a Student t of one degree of freedom or fewer, whose mean is none
 */
export function tailMean(model: TailModel, p: number): number {
  if (model.kind === "normal") return normalPdf(normalQuantile(1 - p)) / p;
  const { degreesOfFreedom } = model;
  if (!(degreesOfFreedom > 1)) throw new DomainError("degrees of freedom must be above 1", degreesOfFreedom);
  const quantile = studentTQuantile(1 - p, degreesOfFreedom);
  return (studentTPdf(quantile, degreesOfFreedom) * (degreesOfFreedom + quantile ** 2)) / ((degreesOfFreedom - 1) * p);
}

/**
 * Ratio of a loss to the expected shortfall, by the loss's tail probability, on a table fine enough for simulation.
 *
 * The ratio L(u)/ES is tabulated over v = ln(p/u), where it is smooth, and interpolated by cubics; beyond the table's end
 * (a loss of probability p·e⁻⁴⁰) it stays at the last value.
 *
 * @param model shape of the losses
 * @param p tail probability, 0 < p ≤ 0.5
 * @returns function of v ≥ 0; v is exponential with mean 1 for a loss beyond the quantile
 */
export function tailRatio(model: TailModel, p: number): (v: number) => number {
  const [step, end] = [1 / 64, 40];
  const mean = tailMean(model, p);
  const quantile = (u: number) =>
    model.kind === "normal" ? -normalQuantile(u) : -studentTQuantile(u, model.degreesOfFreedom);
  // one point before the quantile and two behind the end serve the cubic at the edges
  const table = Float64Array.from(
    { length: end / step + 4 },
    (_, at) => quantile(p * Math.exp(-(at - 1) * step)) / mean,
  );
  return (v) => {
    const place = Math.min(v, end) / step;
    const at = Math.floor(place);
    const t = place - at;
    const a = table[at] ?? 0;
    const b = table[at + 1] ?? 0;
    const c = table[at + 2] ?? 0;
    const d = table[at + 3] ?? 0;
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
  };
}
