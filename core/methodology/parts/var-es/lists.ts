import { type Failure, failed, type Result, success } from "../../../base/index.ts";
import { type History, seriesOf } from "../../../history/index.ts";
import { tailOf } from "../../../measure/index.ts";
import type { Book } from "../../contract.ts";
import { type Changes, dailyChanges } from "./changes.ts";
import { collateralCoins } from "./collateral.ts";
import { covarianceOfWindow } from "./covariance-of-window.ts";
import { factorsOf, priceFactor, underlyingsOf } from "./factors.ts";
import { currentList, type ListInput, latest, longRunList, stressList } from "./historical-lists.ts";
import type { JointList } from "./joint-list.ts";
import { confidenceOf } from "./measured.ts";
import type { VarEsRules } from "./rules.ts";

/** What a book is measured on. */
export interface Prepared {
  /** The current ones first, where they are scenarios. */
  readonly lists: readonly JointList[];
  /** Daily changes of the window, where the measure is parametric. */
  readonly window?: Changes;
}

/** Answers kept for each history; a what-if asks for the same again. */
const kept = 8;
const known = new WeakMap<History, Map<string, Result<Prepared>>>();

/**
 * The joint scenarios a book needs under the rules; none for an empty book. They depend on the
 * history and the underlyings, not on quantities or the market, and are made once: a what-if keeps the same draws.
 *
 * @returns a failure when the history is too short for the confidence, holds no day of stress, or a filter does not work
 */
export function preparedFor(book: Book, rules: VarEsRules): Result<Prepared> {
  const { history, positions } = book;
  if (positions.length === 0) return success({ lists: [] });
  if (history === undefined)
    return failed("missing-data", "the method needs a history of prices; the request names none");
  const coins = collateralCoins(book, rules).filter((coin) => seriesOf(history, priceFactor(coin)) !== undefined);
  const held = underlyingsOf(positions);
  const underlyings = [
    ...held,
    ...coins.flatMap((coin) =>
      held.some(({ underlying }) => underlying === coin) ? [] : [{ underlying: coin, hasOptions: false }],
    ),
  ];
  const factors = [
    ...new Set([
      ...factorsOf(
        positions.map(({ position }) => position),
        rules,
      ),
      ...coins.map(priceFactor),
    ]),
  ].sort();
  const { simulation, measure, horizon, window, shocks, weighting, stress, procyclicality } = rules;
  const key = JSON.stringify([
    ...[underlyings, factors, simulation, measure, horizon, window, shocks, weighting, stress],
    procyclicality.longRunYears,
  ]);
  const byKey = known.get(history) ?? new Map<string, Result<Prepared>>();
  known.set(history, byKey);
  const lists = byKey.get(key) ?? makeLists(history, factors, underlyings, rules);
  byKey.delete(key);
  byKey.set(key, lists);
  for (const oldest of byKey.keys()) {
    if (byKey.size <= kept) break;
    byKey.delete(oldest);
  }
  return lists;
}

/** Why a book cannot be measured; `undefined` when it can. */
export function refusalOf(book: Book, rules: VarEsRules): Failure | undefined {
  const prepared = preparedFor(book, rules);
  return prepared.ok ? undefined : prepared.failure;
}

function makeLists(
  history: History,
  factors: readonly string[],
  underlyings: ListInput["underlyings"],
  rules: VarEsRules,
): Result<Prepared> {
  const { stress, procyclicality, simulation } = rules;
  const wholeHistory = stress.method !== "none" || procyclicality.longRunYears > 0;
  const changes = dailyChanges(history, factors, rules, wholeHistory ? undefined : rules.window.observations);
  if (!changes.ok) return changes;
  const input = { underlyings, changes: changes.value, rules };
  const isParametric = simulation.kind === "parametric";
  const wanted = [
    ...(isParametric ? [] : [currentList]),
    ...(["none", "observations"].includes(stress.method) ? [] : [stressList]),
    ...(procyclicality.longRunYears === 0 ? [] : [longRunList]),
  ];
  const lists: JointList[] = [];
  for (const make of wanted) {
    const list = make(input);
    if (!list.ok) return list;
    const short = tooShort(list.value, rules);
    if (short !== undefined) return { ok: false, failure: short };
    lists.push(list.value);
  }
  if (!isParametric) return success({ lists });
  const window = latest(input.changes, rules.window.observations);
  const covariance = covarianceOfWindow(window, simulation);
  return covariance.ok ? success({ lists, window }) : covariance;
}

/** Asks the measure of as many losses of 0: it refuses too few observations, and weights a quantile rule cannot take. */
function tooShort(list: JointList, rules: VarEsRules): Failure | undefined {
  const { quantile, estimator } = rules.measure;
  const { dependence } = rules.addOns;
  const stressed = list.name === "current" && dependence.weight > 0 ? [dependence.confidence] : [];
  for (const confidence of [confidenceOf(list, rules), ...stressed]) {
    const answer = tailOf(new Float64Array(list.ids.length), {
      ...{ confidence, convention: quantile, estimator },
      ...(list.weights === undefined ? {} : { weights: list.weights }),
    });
    if (answer.ok) continue;
    const { reason, message } = answer.failure;
    const span =
      list.from === "" ? "no change of all factors" : `${list.changes} daily changes from ${list.from} to ${list.to}`;
    return { reason, message: `${list.name} scenarios: ${message}; the history gives ${span}`, at: "history" };
  }
  return undefined;
}
