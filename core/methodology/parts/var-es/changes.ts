import type { Panel } from "./panel.ts";
import type { VarEsRules } from "./rules.ts";

/** Daily changes of factors over a stretch of days, all from the same days. */
export interface Changes {
  /** ISO day on which each change ends. */
  readonly days: readonly string[];
  /** Factor -> change of each day, in the change type of its kind. */
  readonly byFactor: ReadonlyMap<string, Float64Array>;
  readonly kindOf: ReadonlyMap<string, ChangeKind>;
}

/** How changes of a factor add up over days: compounded, or summed. */
export type ChangeKind = "relative" | "log" | "absolute";

/** The kind of change of a factor under the rules. */
export function changeKind(factor: string, { shocks }: VarEsRules): ChangeKind {
  return factor.startsWith("price:") ? shocks.price : shocks.volatilityChange;
}

/**
 * Changes between consecutive days of a panel that end on chosen days; changes across a break of a series are left out.
 *
 * @param chosen whether the change that ends at this place of the panel is wanted
 */
export function changesOf(panel: Panel, rules: VarEsRules, chosen: (place: number) => boolean): Changes {
  const places = panel.days.flatMap((_, place) => (place > 0 && !panel.breaks[place] && chosen(place) ? [place] : []));
  const kindOf = new Map([...panel.values.keys()].map((factor) => [factor, changeKind(factor, rules)]));
  return {
    days: places.map((place) => panel.days[place] ?? ""),
    kindOf,
    byFactor: new Map(
      [...panel.values].map(([factor, values]) => [
        factor,
        Float64Array.from(places, (place) => {
          const [before, after] = [values[place - 1] ?? Number.NaN, values[place] ?? Number.NaN];
          const kind = kindOf.get(factor);
          if (kind === "absolute") return after - before;
          return kind === "log" ? Math.log(after / before) : after / before - 1;
        }),
      ]),
    ),
  };
}

/**
 * Changes over several days from daily ones: windows that end every `step` days, the last at the newest day.
 *
 *     relative ∏(1 + r) − 1,   log and absolute Σ r
 */
export function overWindows({ days, byFactor, kindOf }: Changes, length: number, step: number): Changes {
  const count = Math.max(0, Math.floor((days.length - length) / step) + 1);
  const starts = Array.from({ length: count }, (_, i) => days.length - length - (count - 1 - i) * step);
  const added = (values: Float64Array, start: number, kind: ChangeKind | undefined): number => {
    let total = kind === "relative" ? 1 : 0;
    for (let i = start; i < start + length; i++) {
      const change = values[i] ?? Number.NaN;
      total = kind === "relative" ? total * (1 + change) : total + change;
    }
    return kind === "relative" ? total - 1 : total;
  };
  return {
    days: starts.map((start) => days[start + length - 1] ?? ""),
    kindOf,
    byFactor: new Map(
      [...byFactor].map(([factor, values]) => [
        factor,
        Float64Array.from(starts, (start) => added(values, start, kindOf.get(factor))),
      ]),
    ),
  };
}
