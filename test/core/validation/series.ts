import { normalPdf } from "../../../core/base/index.ts";
import { normalQuantile, randomStream } from "../../../core/measure/index.ts";
import type { CoverageSeries, ModelCard, ValidationRequest } from "../../../core/validation/index.ts";
import { defaultChangeOptions, defaultTestSettings } from "../../../core/validation/index.ts";

export const day = 86_400_000;
export const start = Date.UTC(2024, 0, 1);

/** Times of consecutive days from 1 January 2024. */
export function daysFrom(count: number): readonly number[] {
  return Array.from({ length: count }, (_, row) => start + row * day);
}

/** A normal loss of one with a margin of its 99 % quantile, forecasts included; seeded. */
export function normalSeries(rows: number, seed = 1): CoverageSeries {
  const stream = randomStream(seed);
  const losses = Array.from({ length: rows }, () => 1000 * normalQuantile(stream.nextOpen()));
  const valueAtRisk = 1000 * normalQuantile(0.975);
  return {
    ...{ label: "book", unit: "USD", timesMs: daysFrom(rows), losses, confidence: 0.99, horizon: 1 },
    margins: losses.map((_, row) => 1000 * normalQuantile(0.99) * (1 + 0.2 * Math.sin(row / 20))),
    ...{ valueAtRisk: losses.map(() => valueAtRisk), forecastConfidence: 0.975 },
    expectedShortfall: losses.map(() => (1000 * normalPdf(normalQuantile(0.975))) / 0.025),
    deviations: losses.map(() => 1000),
    drivers: losses.map((_, row) => `factor ${row % 3}`),
    runIds: losses.map((_, row) => `run-${row}`),
    synthetic: true,
  };
}

export const modelCard: ModelCard = {
  ...{ id: "var-es-margin", title: "VaR and ES margin", version: "2026-01", effectiveFrom: "2026-01-01" },
  design: [
    { label: "confidence", value: "0.99" },
    { label: "look-back", value: "500 days" },
  ],
  parameters: [{ id: "/confidence", value: 0.99, source: "EU 153/2013 Art. 24", status: "verified" }],
  assumptions: [{ text: "Daily changes are alike.", failsWhen: "a fall of the index above 20 % in a day." }],
  limitations: ["Not made for illiquid options."],
};

export function requestOf(series: readonly CoverageSeries[]): ValidationRequest {
  return {
    ...{ model: modelCard, portfolio: { name: "market maker", sha256: "ab".repeat(32) }, series },
    sources: [{ name: "closes.csv", sha256: "cd".repeat(32) }],
    gaps: ["2024-02-11 is missing"],
    settings: { ...defaultTestSettings, draws: 20_000 },
    changes: defaultChangeOptions,
    limitations: ["Static book: positions are not rolled."],
    signOff: [{ role: "owner", name: "A. Owner", date: "2026-11-22" }, { role: "validator" }],
  };
}
