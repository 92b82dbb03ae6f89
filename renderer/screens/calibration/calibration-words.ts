import { formatDay, formatNumber, formatPercent } from "../../../core/base/format.ts";
import type { FilteredHistory, HistoryCorrelation } from "../../client/through-time.ts";
import { shortFactor } from "../../figures/calibration-figure.ts";
import type { FigureTable } from "../../grids/figure-grid.tsx";

const daysOfYear = 365;

/** What was fitted, and how the forecast stands, in words. */
export function filterWords({
  factor,
  used,
  fallback,
  fit,
  variances,
  residuals,
  fromMs,
  toMs,
}: FilteredHistory): string {
  const latest = Math.sqrt(variances.at(-1) ?? 0);
  const outside = Array.from(residuals).filter((residual) => Math.abs(residual) > 2).length / residuals.length;
  return [
    ...(fallback === undefined ? [] : [fallback]),
    `${shortFactor(factor)}, ${usedWords[used]}, ${formatNumber(residuals.length, { decimals: 0 })} changes ${formatDay(fromMs[0])} to ${formatDay(toMs.at(-1))}`,
    `forecast for the next ${formatPercent(latest)}, ${formatPercent(latest * Math.sqrt(daysOfYear))} a year of ${daysOfYear} days`,
    `outside two standard deviations ${formatPercent(outside)} of the time`,
    ...(fit === undefined ? [] : [garchWords(fit)]),
  ].join("; ");
}

const usedWords = { ewma: "EWMA", garch: "GARCH(1,1) estimated", "garch-given": "GARCH(1,1)" } as const;

function garchWords({ parameters, persistence, standardErrors }: NonNullable<FilteredHistory["fit"]>): string {
  const robust = standardErrors?.robust;
  const digits = { significant: 4 };
  const one = (name: string, value: number, error: number | undefined): string =>
    `${name} ${formatNumber(value, digits)}${error === undefined ? "" : ` (± ${formatNumber(error, { significant: 2 })})`}`;
  return [
    one("α", parameters.alpha, robust?.alpha),
    one("β", parameters.beta, robust?.beta),
    `α + β ${formatNumber(persistence, digits)}`,
  ].join(", ");
}

export function filterTable({ fromMs, toMs, returns, variances, residuals, change }: FilteredHistory): FigureTable {
  return {
    columns: [
      { header: "From", width: 110 },
      { header: "To", width: 110 },
      { header: `Change, ${change}`, decimals: 6, signed: true },
      { header: "Standard deviation forecast", decimals: 6, width: 190 },
      { header: "Residual", decimals: 4, signed: true },
    ],
    rows: Array.from(returns, (value, at) => [
      ...[formatDay(fromMs[at]), formatDay(toMs[at]), value, Math.sqrt(variances[at] ?? 0), residuals[at]],
    ]),
  };
}

export function correlationWords({
  factors,
  observations,
  fromMs,
  toMs,
  eigenvalues,
  correlation,
}: HistoryCorrelation): string {
  const size = factors.length;
  const pairs = factors.flatMap((one, row) =>
    factors.slice(0, row).map((other, column) => ({ one, other, value: correlation[row * size + column] ?? 0 })),
  );
  const sorted = [...pairs].sort((a, b) => b.value - a.value);
  const text = (pair: (typeof sorted)[number] | undefined): string =>
    pair ? `${shortFactor(pair.other)} with ${shortFactor(pair.one)} ${formatNumber(pair.value)}` : "";
  const first = (eigenvalues[0] ?? 0) / size;
  return [
    `${formatNumber(observations, { decimals: 0 })} changes, ${formatDay(fromMs)} to ${formatDay(toMs)}`,
    `most alike ${text(sorted[0])}`,
    `most opposed ${text(sorted.at(-1))}`,
    `the first component has ${formatPercent(first, { decimals: 1 })} of the variance, the smallest eigenvalue is ${formatNumber(eigenvalues.at(-1), { significant: 3 })}`,
  ].join("; ");
}

export function correlationTable({ factors, correlation, deviations, eigenvalues }: HistoryCorrelation): FigureTable {
  const size = factors.length;
  return {
    columns: [
      { header: "Factor", width: 190 },
      ...factors.map((factor) => ({ header: shortFactor(factor), decimals: 4, signed: true, width: 110 })),
      { header: "Standard deviation", decimals: 6, width: 140 },
      { header: "Eigenvalue of this rank", decimals: 6, width: 170 },
    ],
    rows: factors.map((factor, row) => [
      ...[factor, ...correlation.slice(row * size, (row + 1) * size)],
      ...[deviations[row], eigenvalues[row]],
    ]),
  };
}
