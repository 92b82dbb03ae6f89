import { type BandTerms, type DeltaBand, whalleyWilmott, zakamouline } from "./delta-bands.ts";

/** When and how far the hedge of an option is brought back. */
export type HedgingRule =
  /** To the delta, every so many steps. */
  | { readonly kind: "time"; readonly steps: number }
  /** To the nearest edge of delta ± width. */
  | { readonly kind: "band"; readonly width: number }
  /** To the delta, when the price has moved by this part since the last trade. */
  | { readonly kind: "move"; readonly move: number }
  | { readonly kind: "whalley-wilmott"; readonly riskAversion: number }
  | { readonly kind: "zakamouline"; readonly riskAversion: number };

/** What a rule sees at a step. */
export interface RuleSight {
  readonly step: number;
  /** Terms now; τ > 0. */
  readonly terms: BandTerms;
  /** Of one unit of the option, at the hedger's volatility. */
  readonly delta: number;
  readonly gamma: number;
  /** Units of underlying a delta-neutral book needs are `against × delta`: −1 against a long option, +1 against a short one. */
  readonly against: number;
  readonly holding: number;
  readonly lastTradePrice: number;
}

/** Units of underlying to hold now; the holding itself where nothing is to be done. */
export function holdingBy(rule: HedgingRule, sight: RuleSight): number {
  const { step, terms, delta, gamma, against, holding, lastTradePrice } = sight;
  const wanted = against * delta;
  switch (rule.kind) {
    case "time":
      return step % rule.steps === 0 ? wanted : holding;
    case "move":
      return step === 0 || Math.abs(terms.spot / lastTradePrice - 1) > rule.move ? wanted : holding;
    case "band":
      return nearestEdge(holding, { centre: wanted, lower: wanted - rule.width, upper: wanted + rule.width });
    case "whalley-wilmott": {
      const width = whalleyWilmott({ ...terms, riskAversion: rule.riskAversion }, gamma);
      return nearestEdge(holding, { centre: wanted, lower: wanted - width, upper: wanted + width });
    }
    case "zakamouline": {
      const band = zakamouline({ ...terms, riskAversion: rule.riskAversion }, gamma, against < 0);
      const [lower, upper] = against > 0 ? [band.lower, band.upper] : [-band.upper, -band.lower];
      return nearestEdge(holding, { centre: against * band.centre, lower, upper });
    }
  }
}

function nearestEdge(holding: number, { lower, upper }: DeltaBand): number {
  return Math.min(upper, Math.max(lower, holding));
}

/** A rule in words. */
export function ruleLabel(rule: HedgingRule): string {
  switch (rule.kind) {
    case "time":
      return rule.steps === 1 ? "every step" : `every ${rule.steps} steps`;
    case "move":
      return `at moves of ${Number((100 * rule.move).toFixed(4))} %`;
    case "band":
      return `band ±${rule.width}`;
    case "whalley-wilmott":
      return `Whalley-Wilmott, a = ${Number(rule.riskAversion.toPrecision(3))}`;
    case "zakamouline":
      return `Zakamouline, a = ${Number(rule.riskAversion.toPrecision(3))}`;
  }
}
