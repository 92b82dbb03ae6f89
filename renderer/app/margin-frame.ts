import { formatTime } from "../../core/base/format.ts";
import type { Accuracy, Failure, MarginResult } from "../client/types.ts";
import { type PanelState, session, useSession } from "../state/session.ts";
import { useSurface } from "../state/surface.ts";
import { type Convention, conventionsOf } from "./conventions.ts";
import type { Mark } from "./marks.tsx";
import type { PanelFrameProps } from "./panel-frame.tsx";

type MarginFrame = Pick<
  PanelFrameProps,
  "state" | "failure" | "progress" | "jobId" | "notice" | "onRetry" | "remedies" | "fresh" | "provenance" | "marks"
>;

/** What a panel that shows the margin result gives its frame: `<PanelFrame panel=… title=… {...useMarginFrame()}>`. */
export function useMarginFrame(): MarginFrame {
  const state = useSession((s) => s.state);
  const failure = useSession((s) => s.failure);
  const progress = useSession((s) => s.progress);
  const jobId = useSession((s) => s.jobId);
  const result = useSession((s) => s.result);
  const cancelled = useSession((s) => s.cancelled);
  const computedAtMs = useSession((s) => s.computedAtMs);
  return {
    state,
    failure,
    progress,
    jobId,
    notice: cancelled ? cancelledNotice(computedAtMs) : undefined,
    onRetry: recalculateMargin,
    remedies: true,
    provenance: result && provenanceOf(result, computedAtMs),
    marks: result ? [...marksOf(result), ...lastResultMarks(state, failure)] : [],
  };
}

/** The same for panels that show the surface. */
export function useSurfaceFrame(): MarginFrame {
  const state = useSurface((s) => s.state);
  const failure = useSurface((s) => s.failure);
  const jobId = useSurface((s) => s.jobId);
  const surface = useSurface((s) => s.surface);
  const source = useSurface((s) => s.source);
  const cancelled = useSurface((s) => s.cancelled);
  const computedAtMs = useSurface((s) => s.computedAtMs);
  const recalculate = useSurface((s) => s.recalculate);
  return {
    state,
    failure,
    // That of the job: a frame that followed it would draw its panel anew twenty times a second.
    progress: undefined,
    jobId,
    notice: cancelled ? cancelledNotice(computedAtMs) : undefined,
    onRetry: () => void recalculate(),
    remedies: true,
    fresh: surface?.stage === "coarse",
    // Of the result the surface belongs to: the session's own may be one of other inputs already.
    provenance: surface && source && { ...provenanceOf(source, computedAtMs), asOfMs: surface.asOfMs },
    marks: [
      ...(source ? marksOf(source) : []),
      ...(surface?.stage === "coarse" ? [{ kind: "coarse", text: "coarse" } as const] : []),
      ...(surface ? lastResultMarks(state, failure) : []),
    ],
  };
}

export const staleMark: Mark = { kind: "stale", text: "stale", detail: "Inputs changed since this result." };

export const syntheticMark: Mark = {
  kind: "synthetic",
  text: "synthetic",
  detail: "Generated data, not a real book or market.",
};

/** Marks of a result; the same words everywhere. */
export function marksOf(result: MarginResult): Mark[] {
  const { overrides } = result.rules;
  const { positions, of } = result.included;
  const accuracyWord: Readonly<Record<Accuracy, Mark["kind"] | undefined>> = {
    exact: undefined,
    approximate: "approx",
    unsupported: "unsupported",
  };
  const accuracyKind = accuracyWord[result.accuracy];
  const reasons = shortened(result.remarks.map(({ message }) => message));
  const { edits, balances, components } = session.getState();
  const edited = Object.keys(edits).length;
  const amounts = balances.length + components.length;
  return [
    ...(result.synthetic ? [syntheticMark] : []),
    ...(overrides.length > 0
      ? [
          {
            kind: "override",
            text: overrides.length === 1 ? "1 override" : `${overrides.length} overrides`,
            detail: overrides.map(({ path, value, replaced }) => `${path}: ${replaced} → ${value}`).join(" · "),
          } as const,
        ]
      : []),
    ...(edited > 0
      ? [{ kind: "edited", text: `${edited} edited`, detail: "Quantities changed by you." } as const]
      : []),
    ...(amounts > 0
      ? [
          {
            kind: "set",
            text: amounts === 1 ? "1 amount set" : `${amounts} amounts set`,
            detail: "Equity or margin components set by you, not by the export.",
          } as const,
        ]
      : []),
    ...(positions < of
      ? [
          {
            kind: "partial",
            text: `${positions} of ${of}`,
            detail: `${of - positions} positions could not be valued and are left out.`,
          } as const,
        ]
      : []),
    ...(accuracyKind
      ? [{ kind: accuracyKind, text: result.accuracy, ...(reasons !== "" && { detail: reasons }) }]
      : []),
  ];
}

/** What numbers say that stand there although the inputs have changed, or have no result at all. */
export function lastResultMarks(state: PanelState, failure: Failure | undefined): Mark[] {
  if (state === "stale") return [staleMark];
  if (state !== "error") return [];
  const reason = failure === undefined ? "" : `: ${failure.message}`;
  return [{ kind: "stale", text: "last result", detail: `The inputs of now have no result${reason}` }];
}

/** The first reasons; the summary lists them all. */
function shortened(reasons: readonly string[]): string {
  const first = reasons.slice(0, 6).join(" · ");
  const others = reasons.length - 6;
  return others > 0 ? `${first} · and ${others} more, see Summary` : first;
}

function provenanceOf(result: MarginResult, computedAtMs: number | undefined) {
  return {
    portfolio: result.portfolioName,
    market: result.marketName,
    asOfMs: result.asOfMs,
    methodology: result.methodology.id,
    version: result.rules.version,
    accuracy: result.accuracy,
    computedAtMs,
    history: result.historyName,
    conventions: conventionsOnce(result),
  };
}

const conventions = new WeakMap<MarginResult, readonly Convention[]>();

/** Every panel shows them, and a statement may have thousands of lines. */
function conventionsOnce(result: MarginResult): readonly Convention[] {
  const known = conventions.get(result) ?? (result.historyName === undefined ? [] : conventionsOf(result));
  conventions.set(result, known);
  return known;
}

export function cancelledNotice(computedAtMs: number | undefined): string {
  return computedAtMs === undefined ? "Cancelled." : `Cancelled, showing result of ${formatTime(computedAtMs)}.`;
}

function recalculateMargin(): void {
  void session.getState().recalculate();
}
