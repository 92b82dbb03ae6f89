import { failed, type Result, success } from "../../../base/index.ts";
import { drawFactors, type FactorDraws, factorMajor } from "../../../measure/index.ts";
import type { Changes } from "./changes.ts";
import { factorModel } from "./factor-model.ts";
import { type ListInput, shortWindow } from "./historical-lists.ts";
import type { JointList } from "./joint-list.ts";
import { setsFrom } from "./scenario-sets.ts";
import type { MonteCarloRules } from "./simulation-rules.ts";

/** Independent scrambles of a Sobol sequence, from whose spread the error is estimated. */
const scrambles = 16;
/** Days below which a covariance of the window says little. */
const leastDays = 20;

/** Random scenarios of the horizon from a model of the window. */
export function monteCarloList(input: ListInput, window: Changes, simulation: MonteCarloRules): Result<JointList> {
  const { underlyings, rules } = input;
  if (window.days.length < leastDays)
    return failed(
      "missing-data",
      `Monte Carlo fits its model to at least ${leastDays} daily changes; found ${window.days.length}`,
      "history",
    );
  const model = factorModel(window, simulation, rules.horizon.days);
  if (!model.ok) return model;
  const { sampling, draws: paths, seed, allowRepair } = simulation;
  const draws = drawFactors({
    model: model.value,
    paths,
    seed,
    sampling: sampling === "sobol" ? { kind: sampling, scramble: "owen", replicates: scrambles } : { kind: sampling },
    ...(allowRepair ? { allowRepair } : {}),
  });
  if (!draws.ok) return draws;
  const changes = changesOfDraws(draws.value, window, simulation);
  const { sets, held } = setsFrom("current", underlyings, changes, changes.days, rules);
  const { from, to } = { from: window.days[0] ?? "", to: window.days.at(-1) ?? "" };
  return success({
    ...{ name: "current", sets, ids: changes.days, from, to, changes: window.days.length },
    dropped: window.dropped.filter((day) => day >= from && day <= to),
    draws: { generator: draws.value.generator, seed, batches: draws.value.batches },
    notes: [
      ...shortWindow(window, rules),
      ...draws.value.repairs.flatMap(({ repair }) =>
        repair === undefined
          ? []
          : [
              `the correlation was not positive semidefinite: the nearest one is used, Frobenius distance ${repair.distance}`,
            ],
      ),
      ...(held === 0 ? [] : [`${held} drawn price moves asked for more than −99 % and are held there`]),
    ],
  });
}

/** Draws as changes by factor; Merton's are logs, which volatilities and relative prices take as proportions. */
function changesOfDraws(draws: FactorDraws, window: Changes, { model }: MonteCarloRules): Changes {
  const values = factorMajor(draws);
  const days = Array.from({ length: draws.paths }, (_, path) => `path ${path + 1}`);
  return {
    ...window,
    from: days,
    days,
    byFactor: new Map(
      draws.factors.map((factor, at) => {
        const own = values.slice(at * draws.paths, (at + 1) * draws.paths);
        const isLog = model === "jumps" && window.kindOf.get(factor) === "relative";
        return [factor, isLog ? own.map(Math.expm1) : own];
      }),
    ),
  };
}
