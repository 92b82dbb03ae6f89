import type { CombinedCommodity, Tier } from "../../parameter-file/index.ts";
import { rateOf } from "./account-type.ts";
import type { Holding } from "./holding.ts";
import { isInTier } from "./scan.ts";

/** Short options of one tier and what they must be margined with at least. */
export interface ShortOptionMinimum {
  /** The commodity it is of, where arrays of several are added. */
  readonly of?: string;
  readonly tier: Tier;
  /** Contracts. */
  readonly calls: number;
  readonly puts: number;
  /** Money per counted contract. */
  readonly rate: number;
  readonly amount: number;
}

/**
 * Short option minimum of a combined commodity, by tier of months.
 *
 *     gross   rate × (short calls + short puts);   max   rate × max(short calls, short puts)
 *
 * Short calls and puts are net by contract in net accounts, all shorts in gross ones.
 */
export function shortOptionMinimum(
  { shortOptionRates, shortOptionMethod }: CombinedCommodity,
  holdings: readonly Holding[],
  rate: number,
  net: boolean,
): readonly ShortOptionMinimum[] {
  return shortOptionRates.flatMap(({ rates, ...tier }) => {
    let [calls, puts] = [0, 0];
    for (const { instrument, contracts, short, month } of holdings) {
      if (instrument.kind !== "option" || !isInTier(month, tier)) continue;
      const shorts = net ? Math.max(0, -contracts) : short;
      if (instrument.optionType === "call") calls += shorts;
      else puts += shorts;
    }
    if (calls === 0 && puts === 0) return [];
    const perContract = rateOf(rates, rate);
    const counted = shortOptionMethod === "gross" ? calls + puts : Math.max(calls, puts);
    return [{ tier, calls, puts, rate: perContract, amount: counted * perContract }];
  });
}
