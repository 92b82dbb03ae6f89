import { percentLabel, type Scenario, type ScenarioSet, type VolatilityShock } from "../../../scenario/index.ts";
import type { Changes } from "./changes.ts";
import { priceFactor, volatilityFactor, volatilityNodes } from "./factors.ts";
import { type ListName, setId } from "./joint-list.ts";
import type { VarEsRules } from "./rules.ts";
import { volatilityShock } from "./volatility-shock.ts";

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
      ? volatilityNodes(rules).flatMap((node) => {
          const changes = byFactor.get(volatilityFactor(underlying, node));
          return changes === undefined ? [] : [{ node, changes }];
        })
      : [];
    const places = nodes.map(({ node }) => node);
    const scenarios = ids.map((id, at): Scenario => {
      const change = prices?.[at] ?? 0;
      const wanted = isLog ? Math.expm1(change) : change;
      if (wanted < deepestMove) held += 1;
      const priceMove = Math.max(deepestMove, wanted);
      const changes = nodes.map((one) => one.changes[at] ?? 0);
      const volatility = volatilityShock(places, changes, rules);
      return {
        id,
        // Written when it is read: a walk along years of days makes millions of scenarios and shows few.
        get label() {
          return labelOf(id, priceMove, volatility, changes[0]);
        },
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

/** The first place of the surface stands for all in the words. */
function labelOf(
  id: string,
  priceMove: number,
  volatility: VolatilityShock | undefined,
  first: number | undefined,
): string {
  const price = `${id}: price ${percentLabel(Number(priceMove.toPrecision(3)))}`;
  if (volatility === undefined || first === undefined) return price;
  const change = Number(first.toPrecision(3));
  return `${price}, volatility ${percentLabel(change)}${volatility.mode === "absolute" ? " points" : ""}`;
}
