import { failed, msPerDay, type Result, success } from "../../../base/index.ts";
import { ageWeights, stressedWeights } from "../../../measure/index.ts";
import { type Changes, chosenChanges, overWindows } from "./changes.ts";
import type { JointList, ListName } from "./joint-list.ts";
import { monteCarloList } from "./monte-carlo-list.ts";
import type { VarEsRules } from "./rules.ts";
import { scaledChanges } from "./scaled-changes.ts";
import { setsFrom } from "./scenario-sets.ts";
import type { FilterRules } from "./simulation-rules.ts";

/** What joint lists are made of. */
export interface ListInput {
  readonly underlyings: readonly { readonly underlying: string; readonly hasOptions: boolean }[];
  /** Every daily change the history holds of the factors of the book. */
  readonly changes: Changes;
  readonly rules: VarEsRules;
}

const unscaled: FilterRules = { kind: "none", level: "factor", decay: 0.94, share: 1, least: 0, most: 1 };
const daysPerYear = 365;

/** Scenarios of the look-back window; with stressed days inside where the rules put them there. */
export function currentList(input: ListInput): Result<JointList> {
  const { changes, rules } = input;
  const { stress, window, simulation, weighting } = rules;
  const stressed = stress.method === "observations" ? stressedPlaces(changes, rules) : success([]);
  if (!stressed.ok) return stressed;
  const newest = latest(changes, window.observations);
  if (simulation.kind === "monte-carlo") return monteCarloList(input, newest, simulation);
  const filter = simulation.kind === "historical" ? simulation.filter : unscaled;
  const list = listFrom("current", input, newest, filter);
  if (!list.ok || (stressed.value.length === 0 && weighting.kind === "equal")) return list;
  if (list.value.ids.length === 0) return list;
  const base = ageWeights(list.value.ids.length, weighting.kind === "age" ? weighting.decay : 1);
  if (stressed.value.length === 0) return success({ ...list.value, weights: base });
  return withStressedDays(input, stressed.value, list.value, base);
}

/** Unscaled scenarios of the days of stress. */
export function stressList(input: ListInput): Result<JointList> {
  const places = stressedPlaces(input.changes, input.rules);
  return places.ok ? listFrom("stress", input, chosenChanges(input.changes, places.value), unscaled) : places;
}

/** Unscaled scenarios of the long look-back: as many years as the rules ask for, or as there are. */
export function longRunList(input: ListInput): Result<JointList> {
  const { longRunYears } = input.rules.procyclicality;
  const { days } = input.changes;
  const newestMs = Date.parse(days.at(-1) ?? "");
  const sinceMs = newestMs - longRunYears * daysPerYear * msPerDay;
  const places = days.flatMap((day, place) => (Date.parse(day) > sinceMs ? [place] : []));
  const list = listFrom("long-run", input, chosenChanges(input.changes, places), unscaled);
  const oldest = days[0] ?? "";
  // A week more or less is the calendar's.
  if (!list.ok || Date.parse(oldest) <= sinceMs + 7 * msPerDay) return list;
  const note = `the long look-back asks for ${longRunYears} years; the history begins on ${oldest}`;
  return success({ ...list.value, notes: [...list.value.notes, note] });
}

/** Changes -> scaled, over the horizon, as sets. */
function listFrom(
  name: ListName,
  { underlyings, rules }: ListInput,
  daily: Changes,
  filter: FilterRules,
): Result<JointList> {
  const scaled = daily.days.length === 0 ? success({ changes: daily, notes: [] }) : scaledChanges(daily, filter);
  if (!scaled.ok) return scaled;
  const { days, method } = rules.horizon;
  const length = method === "root" ? 1 : days;
  const changes =
    length === 1 ? scaled.value.changes : overWindows(scaled.value.changes, length, method === "separate" ? length : 1);
  const { sets, held } = setsFrom(name, underlyings, changes, changes.days, rules);
  const from = daily.days[0] ?? "";
  const to = daily.days.at(-1) ?? "";
  const heldNote = `${held} price moves of the ${name} scenarios asked for more than −99 % and are held there`;
  return success({
    ...{ name, sets, ids: changes.days, from, to, changes: daily.days.length },
    dropped: daily.dropped.filter((day) => day >= from && day <= to),
    notes: [
      ...(name === "current" && daily.days.length > 0 ? shortWindow(daily, rules) : []),
      ...scaled.value.notes,
      ...(held === 0 ? [] : [heldNote]),
    ],
  });
}

/** What to say of a window that the history does not fill. */
export function shortWindow({ days }: Changes, { window }: VarEsRules): readonly string[] {
  if (days.length >= window.observations) return [];
  return [
    `the window asks for ${window.observations} daily changes; the history gives ${days.length}, from ${days[0]} to ${days.at(-1)}`,
  ];
}

/** The newest changes. */
export function latest(changes: Changes, count: number): Changes {
  const first = Math.max(0, changes.days.length - count);
  return chosenChanges(
    changes,
    Array.from({ length: changes.days.length - first }, (_, i) => first + i),
  );
}

function stressedPlaces({ days }: Changes, { stress }: VarEsRules): Result<readonly number[]> {
  const places = days.flatMap((day, place) =>
    stress.periods.some(({ from, to }) => from <= day && day <= to) ? [place] : [],
  );
  if (places.length > 0) return success(places);
  const periods = stress.periods.map(({ from, to }) => `${from} to ${to}`).join(", ");
  const held = days.length === 0 ? "no change" : `${days[0]} to ${days.at(-1)}`;
  return failed(
    "missing-data",
    `the days of stress ${periods || "(none named)"} are not in the history: it holds ${held}`,
    "history",
  );
}

/** The window with the days of stress added that it does not hold, the stressed carrying at least their share of the weight. */
function withStressedDays(
  input: ListInput,
  places: readonly number[],
  window: JointList,
  base: Float64Array,
): Result<JointList> {
  const stressed = listFrom("current", input, chosenChanges(input.changes, places), unscaled);
  if (!stressed.ok) return stressed;
  const own = new Set(window.ids);
  const added = stressed.value.ids.flatMap((id, at) => (own.has(id) ? [] : [at]));
  const stressedIds = new Set(stressed.value.ids);
  const ids = [...added.map((at) => stressed.value.ids[at] ?? ""), ...window.ids];
  const marks = ids.map((id) => (stressedIds.has(id) ? 1 : 0));
  // A day of stress that the window does not hold enters with the weight of an average scenario.
  const average = 1 / ids.length;
  const rest = 1 - average * added.length;
  const joined = Float64Array.from(ids, (_, at) =>
    at < added.length ? average : rest * (base[at - added.length] ?? 0),
  );
  const weights = stressedWeights(joined, marks, input.rules.stress.weight);
  if (!weights.ok) return weights;
  return success({
    ...window,
    ids,
    sets: window.sets.map((set, i) => ({
      ...set,
      scenarios: [...added.flatMap((at) => stressed.value.sets[i]?.scenarios[at] ?? []), ...set.scenarios],
    })),
    weights: weights.value,
    notes: [
      ...window.notes,
      `${added.length} days of stress stand before the window, weight of stressed days at least ${input.rules.stress.weight}`,
    ],
  });
}
