import { cashCurrency, confidenceDeduction } from "../parts/derive-feeds.ts";
import { deriveSection } from "../parts/derive-sections.ts";
import { type Line, lines } from "../statement.ts";
import type { StandardInput } from "./requirement.ts";

const { leaf, sum: total } = lines(cashCurrency);

/**
 * Deductions from initial margin for unsure feeds: short options at spot by spot, forward and volatility; perpetuals at
 * spot by spot and perpetual; coins with margin value by their own spot.
 *
 * @source resources/docs/methodology/derive-standard.md, section 5.3
 */
export function confidenceLines({ rules, expiries, perpetuals, collaterals, feeds }: StandardInput, id: string): Line {
  const { factor } = rules.confidence;
  const deduction = (
    line: string,
    label: string,
    amount: number,
    confidence: number,
    name: "perpThreshold" | "optionThreshold" | "baseThreshold",
  ): Line => {
    const threshold = rules.confidence[name];
    const deducted = confidenceDeduction(amount, confidence, { threshold, factor });
    return leaf(line, label, deducted, deriveSection.confidence, {
      component: "contingency",
      inputs: [
        { label: "exposure", value: amount, unit: "USD" },
        { label: "confidence", value: confidence },
        { label: "threshold", value: threshold, parameter: `/confidence/${name}` },
        { label: "factor", value: factor, parameter: "/confidence/factor" },
      ],
    });
  };
  return total(
    id,
    "Unsure feeds",
    deriveSection.confidence,
    [
      ...expiries.map((expiry) => {
        const { underlying, expiryMs, name, options, index } = expiry;
        const confidence = feeds.confidence(
          { kind: "spot", underlying },
          { kind: "forward", underlying, expiryMs },
          { kind: "volatility", underlying, expiryMs },
        );
        const amount = options.shortSize * index;
        return deduction(
          `${id}/options-${underlying}-${name}`,
          `Short options ${name}`,
          amount,
          confidence,
          "optionThreshold",
        );
      }),
      ...perpetuals.map(({ instrument: { underlying, symbol }, quantity, terms }) => {
        const confidence = feeds.confidence({ kind: "spot", underlying }, { kind: "perpetual", underlying });
        return deduction(`${id}/${symbol}`, symbol, Math.abs(quantity) * terms.index, confidence, "perpThreshold");
      }),
      ...collaterals
        .filter(({ asset }) => (rules.markets[asset]?.base?.marginFactor ?? 0) > 0)
        .map(({ asset, amount, price }) => {
          const confidence = feeds.confidence({ kind: "spot", underlying: asset });
          return deduction(`${id}/coin-${asset}`, asset, Math.abs(amount) * price, confidence, "baseThreshold");
        }),
    ],
    { component: "contingency" },
  );
}
