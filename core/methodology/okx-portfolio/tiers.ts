import { DomainError } from "../../base/index.ts";

/** The part of an amount inside one tier. */
export interface TierPart<Tier> {
  readonly tier: Tier;
  readonly index: number;
  /** ≥ 0, unit of the amount. */
  readonly part: number;
}

/**
 * Splits an amount into the parts inside each tier; an upper bound belongs to its own tier, and what is above the last
 * bound counts in the last tier.
 *
 * @param amount ≥ 0
 * @param tiers  bounds ascending; at least one
 * @returns the tiers with a part, from the first
 */
export function tierParts<Tier extends { readonly upTo?: number | undefined }>(
  amount: number,
  tiers: readonly Tier[],
): readonly TierPart<Tier>[] {
  const parts: TierPart<Tier>[] = [];
  let from = 0;
  for (const [index, tier] of tiers.entries()) {
    const to = index === tiers.length - 1 ? amount : Math.min(amount, tier.upTo ?? amount);
    if (to > from) parts.push({ tier, index, part: to - from });
    from = Math.max(from, to);
  }
  return parts;
}

/** The tier a whole amount falls into, with its index. */
export function tierOf<Tier extends { readonly upTo?: number | undefined }>(
  amount: number,
  tiers: readonly Tier[],
): { readonly tier: Tier; readonly index: number } {
  const found = tiers.findIndex(({ upTo }) => upTo === undefined || amount <= upTo);
  const index = found < 0 ? tiers.length - 1 : found;
  const tier = tiers[index];
  if (tier === undefined) throw new DomainError("a table of tiers needs an entry", tiers.length);
  return { tier, index };
}
