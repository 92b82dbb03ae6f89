import type { Charge } from "../contract.ts";
import type { DeriveExpiry } from "./derive-expiry.ts";
import type { DeriveFeeds } from "./derive-feeds.ts";
import { deriveSection } from "./derive-sections.ts";

/** What the market does not say of the feeds, so that a default stands in for it. */
export function feedRemarks(
  expiries: readonly DeriveExpiry[],
  feeds: DeriveFeeds,
  { needsRate }: { readonly needsRate: boolean },
): Charge["remarks"] {
  const accuracy = "approximate" as const;
  const unknown = needsRate ? expiries.filter(({ rateKnown }) => !rateKnown) : [];
  const days = [...new Set(unknown.map(({ name }) => name))].join(", ");
  return [
    ...(days === ""
      ? []
      : [{ accuracy, message: `no interest rate is known for ${days}: taken as 0`, rule: deriveSection.rate }]),
    ...(feeds.hasConfidences
      ? []
      : [
          {
            accuracy,
            message: "the market states no confidences of feeds: taken as 1",
            rule: deriveSection.confidence,
          },
        ]),
  ];
}
