import { estimateNotice } from "../../../core/base/format.ts";
import type { MarginResult } from "../../client/types.ts";
import type { Mark } from "../marks.tsx";

/** What a number needs beside it when it leaves the program: label and value. */
export type Fact = readonly [label: string, value: string];

/** Short name of a run: the first digits of the hashes of portfolio, market and parameters, so equal inputs have equal names. */
export function runId({ inputs }: MarginResult): string {
  return [inputs.portfolio, inputs.market, inputs.parameters].map((hash) => hash.slice(0, 4)).join("-");
}

/**
 * Where the figures come from and how far they can be trusted: the same list in every kind of file.
 *
 * @param result the margin the panel rests on; absent where it rests on none
 * @param marks  marks of the panel
 */
export function factsOf(result: MarginResult | undefined, marks: readonly Mark[]): readonly Fact[] {
  const marked = marks.map(
    ({ text, detail }): Fact => ["mark", detail === undefined || detail === text ? text : `${text}: ${detail}`],
  );
  if (!result) return marked;
  const { rules, excluded, inputs, included, remarks } = result;
  return [
    ["run", runId(result)],
    ["portfolio", `${result.portfolioName} sha256 ${inputs.portfolio}`],
    ["market", `${result.marketName} at ${new Date(result.asOfMs).toISOString()} sha256 ${inputs.market}`],
    ...(result.historyName === undefined
      ? []
      : [["history", `${result.historyName} sha256 ${inputs.history}`] as const]),
    ...(result.parameterFileName === undefined
      ? []
      : [["parameter file", `${result.parameterFileName} sha256 ${inputs.parameterFile}`] as const]),
    [
      "methodology",
      `${result.methodology.id} version ${rules.version} parameters sha256 ${inputs.parameters} accuracy ${result.accuracy}`,
    ],
    ["standing", estimateNotice],
    ["included", `${included.positions} of ${included.of} positions`],
    ...(result.synthetic ? [["data", "synthetic data"] as const] : []),
    ...rules.overrides.map(
      ({ path, value, replaced }) => ["override", `${path} = ${value} (published ${replaced})`] as const,
    ),
    ...excluded.map(({ symbol, failure }) => ["excluded", `${symbol}: ${failure.message}`] as const),
    ...remarks.map(
      ({ message, rule }) => ["remark", rule === undefined ? message : `${message} (rule ${rule})`] as const,
    ),
    ...marked,
  ];
}

/** One fact a line. */
export function factLines(facts: readonly Fact[]): readonly string[] {
  return facts.map(([label, value]) => `${label} ${value}`);
}
