import { sum as compensatedSum, DomainError, type Result } from "../../../base/index.ts";
import {
  deltaGammaComponents,
  deltaGammaTail,
  type LinearTail,
  linearTail,
  type QuadraticPart,
  tailMultiples,
} from "../../../measure/index.ts";
import type { Book } from "../../contract.ts";
import { type Line, type LineInput, lines } from "../../statement.ts";
import type { Changes } from "./changes.ts";
import { covarianceOfWindow } from "./covariance-of-window.ts";
import { underlyingsOf } from "./factors.ts";
import { shortWindow } from "./historical-lists.ts";
import { parametricDecompositions } from "./parametric-decompositions.ts";
import { added, collateralPart, laidOut } from "./quadratic-parts.ts";
import type { VarEsRules } from "./rules.ts";
import { section } from "./sections.ts";
import { type Sensitivities, sensitivitiesOf } from "./sensitivities.ts";
import type { ParametricRules } from "./simulation-rules.ts";
import type { TailModel } from "./tail-model.ts";

const { leaf, loss, sum } = lines("USD");

/** The tail of a book whose factors are normal or t, its profit linear or quadratic in them. */
export function parametricModel(
  book: Book,
  rules: VarEsRules,
  simulation: ParametricRules,
  window: Changes,
): TailModel {
  const daily = must(covarianceOfWindow(window, simulation));
  const covariance = { ...daily, values: daily.values.map((value) => value * rules.horizon.days) };
  const factors = [...window.byFactor.keys()];
  const held = book.positions.map((one) => ({ one, sensitivities: sensitivitiesOf(one, book, window, rules) }));
  const underlyings = underlyingsOf(book.positions).map(({ underlying }) => underlying);
  const isQuadratic = simulation.model === "delta-gamma";
  const asked = rules.measure.statistic === "VaR" ? "valueAtRisk" : "expectedShortfall";
  const measure = (
    parts: readonly QuadraticPart[],
    confidence: number,
    pick: "valueAtRisk" | "expectedShortfall" = asked,
  ): number => {
    const { deltas, gammas } = added(parts, factors.length);
    if (isQuadratic) return must(deltaGammaTail({ factors, deltas, gammas, covariance }, confidence))[pick];
    return must(linearTail({ factors, deltas, covariance }, shapeOf(simulation), confidence))[pick];
  };
  const partOf = (name: string, rows: readonly { readonly sensitivities: Sensitivities }[]): QuadraticPart =>
    laidOut(
      name,
      rows.map(({ sensitivities }) => sensitivities),
      factors.length,
    );
  const ofUnderlying = (name: string): QuadraticPart =>
    partOf(
      name,
      held.filter(({ one }) => one.position.instrument.underlying === name),
    );
  const groups = underlyings.map(ofUnderlying);
  const { confidence } = rules.measure;
  const alone = (names: readonly string[], at = confidence): number => measure(names.map(ofUnderlying), at);
  const components = (): readonly number[] =>
    componentsOf(
      held.map(({ one, sensitivities }) => partOf(one.position.id, [{ sensitivities }])),
      groups,
    );

  /** Component of each position; of each underlying where the quadratic form is asked, whose derivatives cost more. */
  const componentsOf = (positions: readonly QuadraticPart[], byGroup: readonly QuadraticPart[]): readonly number[] => {
    if (isQuadratic) {
      const split = must(deltaGammaComponents(byGroup, factors, covariance, confidence));
      return Array.from(split[rules.measure.statistic === "VaR" ? "valueAtRisk" : "expectedShortfall"].components);
    }
    const { deltas } = added(groups, factors.length);
    const tail = must(linearTail({ factors, deltas, covariance }, shapeOf(simulation), confidence));
    const slope = slopeOf(tail, rules);
    return positions.map((part) => compensatedSum(part.deltas.map((delta, i) => delta * (slope[i] ?? 0))));
  };

  const value = measure(groups, confidence);
  const line = (id: string, detail: boolean): Line => {
    const rule = section.parametric;
    const found = components();
    const inputs = detail ? inputsOf(rules, simulation, window) : [];
    const label = `${rules.measure.statistic === "VaR" ? "Value at risk" : "Expected shortfall"}, ${Number((confidence * 100).toPrecision(6))} %`;
    const children = underlyings.map((underlying, group): Line => {
      const own = `${id}/${underlying}`;
      const name = `Profit of ${underlying} in the tail`;
      if (isQuadratic) return leaf(own, name, -(found[group] ?? 0), rule, { component: "scenario" });
      const positions = held.flatMap(({ one }, at) =>
        one.position.instrument.underlying === underlying ? [{ ...one.position, profit: -(found[at] ?? 0) }] : [],
      );
      if (!detail)
        return leaf(own, name, compensatedSum(positions.map(({ profit }) => profit)), rule, { component: "scenario" });
      return sum(
        own,
        name,
        rule,
        positions.map(({ id: positionId, instrument, profit }) =>
          leaf(`${own}/${positionId}`, instrument.symbol, profit, rule, { component: "position", positionId }),
        ),
        { component: "scenario" },
      );
    });
    if (!isQuadratic) return loss(id, label, rule, children, { component: "scenario", inputs });
    const rest = -(value - compensatedSum(found));
    return loss(
      id,
      label,
      rule,
      [
        ...children,
        leaf(`${id}/differences`, "Error of the differences behind the components", rest, rule, {
          component: "scenario",
        }),
      ],
      { component: "scenario", inputs },
    );
  };
  return {
    forecast: {
      valueAtRisk: measure(groups, confidence, "valueAtRisk"),
      expectedShortfall: measure(groups, confidence, "expectedShortfall"),
      confidence,
    },
    ...{
      name: "current",
      value,
      horizonFactor: 1,
      underlyings,
      alone,
      line,
      matrix: undefined,
      notes: shortWindow(window, rules),
    },
    dependent: (kind, at) => {
      const own = underlyings.map((underlying) => alone([underlying], at));
      return kind === "perfect" ? compensatedSum(own) : Math.sqrt(compensatedSum(own.map((one) => one * one)));
    },
    joint: (collateral) => measure([...groups, collateralPart(collateral, factors)], confidence),
    decompositions: (lineId) => {
      const { deltas } = added(groups, factors.length);
      const linear = isQuadratic
        ? undefined
        : must(linearTail({ factors, deltas, covariance }, shapeOf(simulation), confidence));
      const byFactor =
        rules.measure.statistic === "VaR" ? linear?.componentValueAtRisk : linear?.componentExpectedShortfall;
      return parametricDecompositions({
        rules,
        lineId,
        value,
        groups,
        byFactor,
        alone,
        measure: (parts) => measure(parts, confidence),
      });
    },
  };
}

function shapeOf({ model, degrees }: ParametricRules) {
  return model === "student-t" ? ({ kind: "student-t", degrees } as const) : ({ kind: "normal" } as const);
}

/** ∂R/∂d_i of a linear book; changes have no mean, so VaR and ES are in proportion. */
function slopeOf(tail: LinearTail, { measure }: VarEsRules): Float64Array {
  const { valueAtRisk, expectedShortfall } = tailMultiples(tail.shape, tail.confidence);
  const scale = measure.statistic === "VaR" ? 1 : expectedShortfall / valueAtRisk;
  return tail.marginalValueAtRisk.map((marginal) => scale * marginal);
}

function inputsOf(
  { measure, horizon }: VarEsRules,
  { model, degrees, decay }: ParametricRules,
  window: Changes,
): readonly LineInput[] {
  return [
    { label: "model", value: model, parameter: "/simulation/model" },
    ...(model === "student-t"
      ? [{ label: "degrees of freedom", value: degrees, parameter: "/simulation/degrees" }]
      : []),
    { label: "confidence", value: measure.confidence, parameter: "/measure/confidence" },
    { label: "horizon, days", value: horizon.days, parameter: "/horizon/days" },
    { label: "λ of the covariance", value: decay, parameter: "/simulation/decay" },
    { label: "daily changes", value: window.days.length },
    { label: "from", value: window.days[0] ?? "" },
    { label: "to", value: window.days.at(-1) ?? "" },
  ];
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new DomainError(result.failure.message, result.failure.reason);
  return result.value;
}
