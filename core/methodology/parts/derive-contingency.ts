import { sum } from "../../base/index.ts";
import { type Line, type LineInput, lines } from "../statement.ts";
import type { DeriveExpiry } from "./derive-expiry.ts";
import { cashCurrency, confidenceDeduction, type DeriveFeeds } from "./derive-feeds.ts";
import { deriveSection } from "./derive-sections.ts";
import { type Holding, holderOf } from "./holding.ts";

const { leaf, sum: total } = lines(cashCurrency);

/** A rate of the rulebook with its pointer. */
export interface PointedRate {
  readonly rate: number;
  readonly parameter: string;
}

function rateInput({ rate, parameter }: PointedRate): LineInput {
  return { label: "rate", value: rate, parameter };
}

/** Σ |quantity| of perpetuals, units of the underlying. */
export function perpetualSize(perpetuals: readonly Holding[]): number {
  return sum(perpetuals.map(({ quantity }) => Math.abs(quantity)));
}

/** Contingency of perpetuals: |q|·S·rate each. */
export function perpetualContingency(id: string, perpetuals: readonly Holding[], rate: PointedRate): Line {
  return total(
    id,
    "Perpetual contingency",
    deriveSection.perpetual,
    perpetuals.map((holding) => {
      const { instrument, quantity, terms } = holding;
      return leaf(
        `${id}/${instrument.symbol}`,
        instrument.symbol,
        Math.abs(quantity) * terms.index * rate.rate,
        deriveSection.perpetual,
        {
          component: "contingency",
          inputs: [
            { label: "size", value: quantity, unit: instrument.underlying },
            { label: "spot", value: terms.index, unit: "USD" },
            rateInput(rate),
          ],
          ...holderOf(holding),
        },
      );
    }),
    { component: "contingency" },
  );
}

/** Contingency of naked short options: n·S·rate by expiry. */
export function nakedContingency(id: string, expiries: readonly DeriveExpiry[], spot: number, rate: PointedRate): Line {
  return total(
    id,
    "Naked short options",
    deriveSection.nakedShorts,
    expiries.map((expiry) => {
      const { naked } = expiry.options;
      return leaf(`${id}/${expiry.name}`, expiry.name, naked * spot * rate.rate, deriveSection.nakedShorts, {
        component: "contingency",
        inputs: [
          { label: "naked size", value: naked, unit: expiry.underlying },
          { label: "spot", value: spot, unit: "USD" },
          rateInput(rate),
        ],
      });
    }),
    { component: "contingency" },
  );
}

/** Threshold and factor of the deductions for unsure feeds, with the pointer of the group they stand in. */
export interface ConfidenceRules {
  readonly threshold: number;
  readonly factor: number;
  /** Pointer of the group that holds `confidenceThreshold` and `confidenceFactor`. */
  readonly parameter: string;
}

/** One deduction for an unsure feed as a line. */
export function confidenceLine(
  id: string,
  label: string,
  amount: number,
  confidence: number,
  rules: ConfidenceRules,
): Line {
  return leaf(id, label, confidenceDeduction(amount, confidence, rules), deriveSection.confidence, {
    component: "contingency",
    inputs: [
      { label: "exposure", value: amount, unit: "USD" },
      { label: "confidence", value: confidence },
      { label: "threshold", value: rules.threshold, parameter: `${rules.parameter}/confidenceThreshold` },
      { label: "factor", value: rules.factor, parameter: `${rules.parameter}/confidenceFactor` },
    ],
  });
}

/** Deductions of the expiries: all option sizes at spot, by the least sure of spot, perpetual, forward, rate and volatility. */
export function expiryConfidences(
  id: string,
  expiries: readonly DeriveExpiry[],
  spot: number,
  shared: number,
  feeds: DeriveFeeds,
  rules: ConfidenceRules,
): readonly Line[] {
  return expiries.map((expiry) => {
    const { underlying, expiryMs, name } = expiry;
    const own = feeds.confidence(
      { kind: "forward", underlying, expiryMs },
      { kind: "rate", underlying, expiryMs },
      { kind: "volatility", underlying, expiryMs },
    );
    const amount = expiry.options.size * spot;
    return confidenceLine(`${id}/${name}`, `Options ${name}`, amount, Math.min(shared, own), rules);
  });
}
