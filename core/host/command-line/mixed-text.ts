import { formatNumber, formatQuantity } from "../../base/format.ts";
import type { Coverage, MixedMargin, MixedPart, PositionCoverage } from "../../margin/index.ts";
import { textTable } from "./text-table.ts";

/** Which methods margin which positions, and each reason once with how many positions it holds for. */
export function coverageText({ portfolioName, marketName, methods, positions, uncovered }: Coverage): string {
  return [
    `${portfolioName} at ${marketName}: ${positions.length} positions, ${uncovered} that no method margins`,
    textTable(
      [
        { title: "Method", text: ({ id }) => id },
        { title: "Positions", text: ({ positions: count }) => String(count), right: true },
        { title: "Not asked", text: ({ failure }) => failure?.message ?? "" },
      ],
      methods,
    ),
    textTable<PositionCoverage>(
      [
        { title: "Position", text: ({ symbol }) => symbol },
        { title: "Quantity", text: ({ quantity }) => formatQuantity(quantity), right: true },
        { title: "Margined by", text: ({ by }) => (by.length === 0 ? "none" : by.join(", ")) },
        {
          title: "First reason against",
          text: ({ by, not }) => (by.length === 0 ? (not[0]?.failure.message ?? "") : ""),
        },
      ],
      positions,
    ),
  ].join("\n\n");
}

/** A mixed book as a page of text: its parts, where each position went, what none margins. */
export function mixedText({
  portfolioName,
  marketName,
  parts,
  assignments,
  totals,
  included,
  rates,
}: MixedMargin): string {
  const outside = assignments.filter(({ part }) => part === null);
  return [
    `${portfolioName} at ${marketName}, USD: ${included.positions} of ${included.of} positions`,
    textTable<MixedPart>(
      [
        { title: "Part", text: ({ label }) => label },
        { title: "Positions", text: ({ positions }) => String(positions), right: true },
        { title: "Initial", text: ({ result }) => formatNumber(result?.totals.initialUsd ?? null), right: true },
        {
          title: "Maintenance",
          text: ({ result }) => formatNumber(result?.totals.maintenanceUsd ?? null),
          right: true,
        },
        { title: "Accuracy", text: ({ result, failure }) => failure?.message ?? result?.accuracy ?? "no position" },
      ],
      parts,
    ),
    `Sum of the parts, nothing netted between them: initial ${formatNumber(totals.initialUsd)}, maintenance ${formatNumber(totals.maintenanceUsd)}`,
    textTable(
      [
        { title: "Position", text: ({ symbol }) => symbol },
        { title: "Quantity", text: ({ quantity }) => formatQuantity(quantity), right: true },
        { title: "Part", text: ({ part }) => (part === null ? "none" : (parts[part]?.label ?? "")) },
      ],
      assignments,
    ),
    ...outside.map(({ symbol, passed }) =>
      [
        `${symbol} is in no part:`,
        ...passed.map(({ part, failure }) => `  ${parts[part]?.label}: ${failure.message}`),
      ].join("\n"),
    ),
    ...(rates.length === 0
      ? []
      : [
          rates
            .map(({ currency, usdPerUnit }) => `1 ${currency} = ${formatNumber(usdPerUnit, { decimals: 6 })} USD`)
            .join("\n"),
        ]),
  ].join("\n\n");
}
