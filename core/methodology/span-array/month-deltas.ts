import type { Tier } from "../../parameter-file/index.ts";
import { isInTier } from "./scan.ts";

/**
 * Net deltas of a combined commodity by month, and what spreads have consumed of them. A spread takes from the months of a
 * tier, the earliest first; tiers that overlap see what is left.
 */
export class MonthDeltas {
  /** Month -> delta left; long > 0. */
  private readonly left = new Map<string, number>();
  /** Month -> delta consumed by spreads; ≥ 0. */
  private readonly used = new Map<string, number>();

  constructor(holdings: readonly { readonly month: string; readonly delta: number }[]) {
    for (const { month, delta } of [...holdings].sort((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : 0)))
      this.left.set(month, (this.left.get(month) ?? 0) + delta);
  }

  /** What is left by month, times a ratio. */
  scaled(ratio: number): readonly { readonly month: string; readonly delta: number }[] {
    return [...this.left].map(([month, delta]) => ({ month, delta: delta * ratio }));
  }

  /** Delta left in a month; long > 0. */
  remaining(month: string): number {
    return this.left.get(month) ?? 0;
  }

  consumed(month: string): number {
    return this.used.get(month) ?? 0;
  }

  /** Sum of what is left on one side over the months of a tier; ≥ 0. */
  available(side: "long" | "short", tier: Tier): number {
    let total = 0;
    for (const [month, delta] of this.left) if (isInTier(month, tier)) total += sideOf(side, delta);
    return total;
  }

  /** Long less short of what is left in a tier; long > 0. */
  net(tier: Tier): number {
    return this.available("long", tier) - this.available("short", tier);
  }

  /** Takes an amount from one side, from the earliest months of a tier first. */
  consume(side: "long" | "short", tier: Tier, amount: number): void {
    let wanted = amount;
    for (const [month, delta] of this.left) {
      if (wanted <= 0) return;
      if (!isInTier(month, tier)) continue;
      const taken = Math.min(wanted, sideOf(side, delta));
      if (taken <= 0) continue;
      const rest = delta - (side === "long" ? taken : -taken);
      // What rounding leaves of a delta that is used up is nothing.
      this.left.set(month, Math.abs(rest) < 1e-12 * Math.max(1, Math.abs(delta)) ? 0 : rest);
      this.used.set(month, this.consumed(month) + taken);
      wanted -= taken;
    }
  }
}

function sideOf(side: "long" | "short", delta: number): number {
  return Math.max(0, side === "long" ? delta : -delta);
}
