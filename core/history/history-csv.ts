import type { History } from "./history.ts";

/**
 * A history as a table: `time` in ISO 8601 with milliseconds, and a column for each factor; a series has empty cells at the times of others.
 * The layout `factor-columns-csv` reads it again; units that are no fractions are those of the series.
 */
export function historyCsv({ series, synthetic }: History): string {
  const rows = new Map<number, string[]>();
  for (const [column, { timesMs, values }] of series.entries()) {
    for (const [place, ms] of timesMs.entries()) {
      const cells = rows.get(ms) ?? Array.from({ length: series.length }, () => "");
      rows.set(ms, cells);
      cells[column] = String(values[place] ?? "");
    }
  }
  const times = [...rows.keys()].sort((a, b) => a - b);
  return [
    ...(synthetic === true ? ["# synthetic: generated, no venue's figures"] : []),
    ["time", ...series.map(({ factor }) => factor)].join(","),
    ...times.map((ms) => [new Date(ms).toISOString(), ...(rows.get(ms) ?? [])].join(",")),
    "",
  ].join("\n");
}
