import type { DeriveAccount, DeriveCollateral } from "../parts/derive-account.ts";
import type { PortfolioTwoRules } from "./rules.ts";

/** A coin held with its haircuts. */
export interface HaircutCollateral extends DeriveCollateral {
  readonly maintenance: number;
  readonly initialAdd: number;
  /** Whether it gains and loses with the underlying. */
  readonly moves: boolean;
  /** JSON pointer of its haircuts. */
  readonly parameter: string;
}

/**
 * Haircuts of the coins of an account: those that move with its underlying first, the rest from the common list.
 *
 * @returns coins with haircuts, and the names of coins without any
 */
export function haircutsOf(
  { id, collaterals }: DeriveAccount,
  rules: PortfolioTwoRules,
): { readonly known: readonly HaircutCollateral[]; readonly unknown: readonly string[] } {
  const known = collaterals.flatMap((held): HaircutCollateral[] => {
    const own = rules.movingCollateral[id]?.[held.asset];
    const haircut = own ?? rules.otherCollateral[held.asset];
    if (haircut === undefined) return [];
    const parent = own === undefined ? "/otherCollateral" : `/movingCollateral/${id}`;
    return [{ ...held, ...haircut, moves: own !== undefined, parameter: `${parent}/${held.asset}` }];
  });
  const names = new Set(known.map(({ asset }) => asset));
  return { known, unknown: collaterals.flatMap(({ asset }) => (names.has(asset) ? [] : [asset])) };
}
