import type { Scenario, ScenarioSet, VolatilityShock } from "../scenario/index.ts";

/** Whether a set asks the same of the same instruments: methodologies make their sets anew at every market. */
export function isSameSet(known: ScenarioSet, set: ScenarioSet): boolean {
  if (known === set) return true;
  if (known.repricer !== set.repricer || known.underlying !== set.underlying) return false;
  if (known.generation !== set.generation || known.joint !== set.joint) return false;
  if (known.scenarios.length !== set.scenarios.length) return false;
  const alike = new Map<VolatilityShock, VolatilityShock>();
  return set.scenarios.every((scenario, at) => sameScenario(known.scenarios[at], scenario, alike));
}

function sameScenario(
  known: Scenario | undefined,
  { id, label, priceMove, volatility, decayDays, stickiness }: Scenario,
  alike: Map<VolatilityShock, VolatilityShock>,
): boolean {
  if (known?.id !== id || known.label !== label || known.priceMove !== priceMove) return false;
  if (known.decayDays !== decayDays || known.stickiness !== stickiness) return false;
  if (known.volatility === volatility) return true;
  if (known.volatility === undefined || volatility === undefined) return false;
  if (alike.get(volatility) === known.volatility) return true;
  if (JSON.stringify(known.volatility) !== JSON.stringify(volatility)) return false;
  alike.set(volatility, known.volatility);
  return true;
}
