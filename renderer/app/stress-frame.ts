import type { KinkDistance } from "../client/stress.ts";
import { chosenName, session } from "../state/session.ts";
import type { Mark } from "./marks.tsx";
import type { ProvenanceProps } from "./provenance.tsx";

/** What every answer about a moved book says of itself. */
export type StressMarks = Pick<
  KinkDistance,
  "methodology" | "version" | "overridden" | "accuracy" | "asOfMs" | "excluded" | "remarks" | "synthetic"
>;

/** Marks of an answer about a moved book. */
export function stressMarks(answer: StressMarks): Mark[] {
  const remarks = [...new Set(answer.remarks)];
  return [
    ...(answer.synthetic
      ? [{ kind: "synthetic", text: "synthetic", detail: "Generated data, not a real book or market." } as const]
      : []),
    ...(answer.overridden
      ? [{ kind: "override", text: "override", detail: "Parameters of the rulebook are overridden." } as const]
      : []),
    ...(answer.excluded > 0
      ? [
          {
            kind: "partial",
            text: `${answer.excluded} left out`,
            detail: `${answer.excluded} positions could not be valued and are left out.`,
          } as const,
        ]
      : []),
    ...(answer.accuracy === "exact"
      ? []
      : [
          {
            kind: answer.accuracy === "approximate" ? ("approx" as const) : ("unsupported" as const),
            text: answer.accuracy,
            ...(remarks.length > 0 && { detail: remarks.slice(0, 8).join(" · ") }),
          },
        ]),
  ];
}

/** Names are those of the session: an answer outlives its inputs only as a stale one. */
export function stressProvenance(answer: StressMarks, computedAtMs: number | undefined): ProvenanceProps {
  const { result, portfolio, market } = session.getState();
  return {
    portfolio: result?.portfolioName ?? chosenName(portfolio),
    market: result?.marketName ?? chosenName(market),
    asOfMs: answer.asOfMs,
    methodology: answer.methodology,
    version: answer.version,
    accuracy: answer.accuracy,
    computedAtMs,
  };
}
