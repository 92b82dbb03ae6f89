import type { VarEsRules } from "./rules.ts";

/** Independent observations that overlapping windows are worth, about n/h; n for all other scenarios. */
export function effectiveHorizonObservations(observations: number, { horizon, simulation }: VarEsRules): number {
  return horizon.method === "overlapping" && simulation.kind !== "monte-carlo"
    ? observations / horizon.days
    : observations;
}
