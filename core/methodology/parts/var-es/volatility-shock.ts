import type { VolatilityShock } from "../../../scenario/index.ts";
import type { VolatilityNode } from "./factors.ts";
import type { VarEsRules } from "./rules.ts";

/**
 * The volatility shock that changes at some places of the surface make: of all strikes and tenors by one index, a table by tenor,
 * or tables by tenor for each delta.
 *
 * @param changes one a node
 * @param floored whether the least volatility of the rules holds
 */
export function volatilityShock(
  nodes: readonly VolatilityNode[],
  changes: readonly number[],
  { shocks }: VarEsRules,
  floored = true,
): VolatilityShock | undefined {
  const [first] = nodes;
  if (first === undefined) return undefined;
  const base = { mode: shocks.volatilityChange, ...(floored ? { floor: shocks.volatilityFloor } : {}) } as const;
  if (nodes.length === 1) return { ...base, change: changes[0] ?? 0 };
  const placed = nodes.map(({ days, delta = 0.5 }, i) => ({ days, delta, factor: changes[i] ?? 0 }));
  const deltas = [...new Set(placed.map(({ delta }) => delta))].sort((a, b) => a - b);
  const tableOf = (delta: number) =>
    placed.filter((node) => node.delta === delta).map(({ days, factor }) => ({ days, factor }));
  if (deltas.length === 1) return { ...base, change: 1, byDays: tableOf(deltas[0] ?? 0.5), rootDays: true };
  return { ...base, change: 1, rootDays: true, byDelta: deltas.map((delta) => ({ delta, byDays: tableOf(delta) })) };
}
