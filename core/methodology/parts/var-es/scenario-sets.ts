import { percentLabel, type Scenario, type ScenarioSet, type VolatilityShock } from "../../../scenario/index.ts";
import type { Changes } from "./changes.ts";
import { priceFactor, volatilityFactor, volatilityTenors } from "./factors.ts";
import { type ListName, setId } from "./joint-list.ts";
import type { VarEsRules } from "./rules.ts";

/** No price falls further than this in one scenario: a scaled change may ask for more than everything. */
const deepestMove = -0.99;

/** Sets of a joint list from changes of its factors, and how many moves had to be held above −100 %. */
export function setsFrom(
  name: ListName,
  underlyings: readonly { readonly underlying: string; readonly hasOptions: boolean }[],
  { byFactor, kindOf }: Changes,
  ids: readonly string[],
  rules: VarEsRules,
): { readonly sets: readonly ScenarioSet[]; readonly held: number } {
  let held = 0;
  const decayDays = rules.shocks.decay ? rules.horizon.days : 0;
  const sets = underlyings.map(({ underlying, hasOptions }): ScenarioSet => {
    const prices = byFactor.get(priceFactor(underlying));
    const isLog = kindOf.get(priceFactor(underlying)) === "log";
    const nodes = hasOptions
      ? volatilityTenors(rules).flatMap((days) => {
          const changes = byFactor.get(volatilityFactor(underlying, days));
          return changes === undefined ? [] : [{ days, changes }];
        })
      : [];
    const scenarios = ids.map((id, at): Scenario => {
      const change = prices?.[at] ?? 0;
      const wanted = isLog ? Math.expm1(change) : change;
      if (wanted < deepestMove) held += 1;
      const priceMove = Math.max(deepestMove, wanted);
      const volatility = shockOf(nodes, at, rules);
      return {
        id,
        label: labelOf(id, priceMove, volatility),
        priceMove,
        ...(volatility === undefined ? {} : { volatility }),
        ...(decayDays === 0 ? {} : { decayDays }),
        ...(hasOptions ? stickinessOf(rules) : {}),
      };
    });
    return { id: setId(name, underlying), repricer: "model", underlying, joint: name, scenarios };
  });
  return { sets, held };
}

/** The skew stickiness ratio of a scenario; none where every strike keeps its volatility. */
export function stickinessOf({ shocks }: VarEsRules): Pick<Scenario, "stickiness"> {
  const ratios = { moneyness: 0, "local-volatility": 2, ratio: shocks.stickiness };
  return shocks.sticky === "strike" ? {} : { stickiness: ratios[shocks.sticky] };
}

interface Node {
  readonly days: number;
  readonly changes: Float64Array;
}

/** The volatility shock of one day: of the index for the whole surface, or a table by tenor. */
function shockOf(nodes: readonly Node[], at: number, { shocks }: VarEsRules): VolatilityShock | undefined {
  const [first] = nodes;
  if (first === undefined) return undefined;
  const base = { mode: shocks.volatilityChange, floor: shocks.volatilityFloor } as const;
  if (nodes.length === 1) return { ...base, change: first.changes[at] ?? 0 };
  const byDays = nodes.map(({ days, changes }) => ({ days, factor: changes[at] ?? 0 }));
  return { ...base, change: 1, byDays, rootDays: true };
}

function labelOf(id: string, priceMove: number, volatility: VolatilityShock | undefined): string {
  const price = `${id}: price ${percentLabel(Number(priceMove.toPrecision(3)))}`;
  if (volatility === undefined) return price;
  const factor = volatility.byDays?.[0]?.factor ?? 1;
  const change = Number((volatility.change * factor).toPrecision(3));
  return `${price}, volatility ${percentLabel(change)}${volatility.mode === "absolute" ? " points" : ""}`;
}
