import { simulatedTail, tailErrors, valueAtRiskInterval } from "../../../measure/index.ts";
import type { LineInput } from "../../statement.ts";
import type { JointList } from "./joint-list.ts";
import type { BookLosses } from "./losses.ts";
import type { Measured } from "./measured.ts";
import type { VarEsRules } from "./rules.ts";

/** Tail scenarios named with a measure; the decomposition holds all. */
const named = 25;

/** Everything of the convention, the window and the precision of a measure. */
export function measureInputs({ list }: BookLosses, whole: Measured, rules: VarEsRules): readonly LineInput[] {
  const { tail, shares, losses } = whole;
  const { measure } = rules;
  const confidenceAt = list.name === "stress" ? "/stress/confidence" : "/measure/confidence";
  const scenarios = Array.from(shares.scenarios.slice(0, named), (scenario, i) => ({
    label: `loss in ${list.ids[scenario] ?? ""}, weight ${Number((shares.shares[i] ?? 0).toPrecision(6))}`,
    value: losses[scenario] ?? 0,
    unit: "USD",
  }));
  return [
    { label: "confidence", value: tail.confidence, parameter: confidenceAt },
    { label: "quantile", value: tail.convention, parameter: "/measure/quantile" },
    ...(measure.statistic === "ES"
      ? [
          { label: "tail mean", value: tail.estimator, parameter: "/measure/estimator" },
          { label: "VaR", value: tail.valueAtRisk, unit: "USD" },
        ]
      : [{ label: "ES", value: tail.expectedShortfall, unit: "USD" }]),
    { label: "rank of the VaR, worst first", value: tail.rank },
    { label: "scenarios", value: tail.observations },
    ...(tail.effectiveObservations === tail.observations
      ? []
      : [{ label: "effective scenarios, 1/Σw²", value: tail.effectiveObservations }]),
    { label: "from", value: list.from },
    { label: "to", value: list.to },
    { label: "daily changes", value: list.changes },
    { label: "days left out, a factor not observed", value: list.dropped.length },
    ...(list.draws === undefined
      ? errors(losses, whole, rules, list.weights)
      : simulationErrors(losses, list.draws, rules, tail.confidence)),
    ...scenarios,
  ];
}

/** Standard errors, and the distribution-free interval of the VaR where scenarios weigh the same and do not overlap. */
function errors(
  losses: Float64Array,
  { tail }: Measured,
  rules: VarEsRules,
  weights: Float64Array | undefined,
): readonly LineInput[] {
  const observations = independentObservations(tail.effectiveObservations, rules);
  const found = tailErrors(losses, tail, observations, weights);
  const spread = found.ok
    ? [
        { label: "standard error of VaR", value: found.value.valueAtRiskError, unit: "USD" },
        { label: "standard error of ES", value: found.value.expectedShortfallError, unit: "USD" },
      ]
    : [];
  if (weights !== undefined || observations < tail.observations) return spread;
  const interval = valueAtRiskInterval(losses, tail.tailProbability, 0.1);
  if (!interval.ok) return spread;
  const { lower, upper, coverage } = interval.value;
  const bound = (label: string, value: number | undefined): LineInput =>
    value === undefined ? { label, value: "no finite bound" } : { label, value, unit: "USD" };
  return [
    ...spread,
    bound("VaR at least, 90 %", lower),
    bound("VaR at most, 90 %", upper),
    { label: "coverage of these bounds", value: coverage },
  ];
}

/** Observations that overlapping windows are worth, about n/h; n for all other scenarios. */
function independentObservations(observations: number, { horizon }: VarEsRules): number {
  return horizon.method === "overlapping" ? observations / horizon.days : observations;
}

/** What a simulated figure is never shown without. */
function simulationErrors(
  losses: Float64Array,
  draws: NonNullable<JointList["draws"]>,
  { measure }: VarEsRules,
  confidence: number,
): readonly LineInput[] {
  const { generator, seed, batches } = draws;
  const origin = [
    { label: "generator", value: generator },
    { label: "seed", value: seed, parameter: "/simulation/seed" },
  ];
  const found = simulatedTail(
    losses,
    { batches },
    { confidence, convention: measure.quantile, estimator: measure.estimator },
  );
  if (!found.ok) return [...origin, { label: "standard error", value: found.failure.message }];
  const { valueAtRisk, expectedShortfall, errorMethod } = found.value;
  return [
    ...origin,
    { label: "errors from", value: batches > 1 ? `${batches} ${errorMethod}` : "independent scenarios" },
    ...(
      [
        ["VaR", valueAtRisk],
        ["ES", expectedShortfall],
      ] as const
    ).flatMap(([name, { standardError, lower, upper }]) => [
      { label: `standard error of ${name}`, value: standardError, unit: "USD" },
      { label: `${name} at least, 95 %`, value: lower, unit: "USD" },
      { label: `${name} at most, 95 %`, value: upper, unit: "USD" },
    ]),
  ];
}
