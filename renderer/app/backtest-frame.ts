import type { BacktestResult } from "../client/through-time.ts";
import { backtestStore, isUnfinished, type ShownBacktest, useBacktest } from "../state/backtest.ts";
import { cancelledNotice, staleMark } from "./margin-frame.ts";
import type { Mark } from "./marks.tsx";
import type { PanelFrameProps } from "./panel-frame.tsx";

type BacktestFrame = Pick<
  PanelFrameProps,
  "state" | "failure" | "progress" | "jobId" | "notice" | "marks" | "onRetry" | "empty" | "help"
>;

/** What a panel that shows the backtest gives its frame. */
export function useBacktestFrame(): BacktestFrame {
  const state = useBacktest((s) => s.state);
  const shown = useBacktest((s) => s.shown);
  const failure = useBacktest((s) => s.failure);
  const progress = useBacktest((s) => s.progress);
  const jobId = useBacktest((s) => s.jobId);
  const cancelled = useBacktest((s) => s.cancelled);
  const computedAtMs = useBacktest((s) => s.computedAtMs);
  const marks = shown ? marksOf(shown, state === "loading") : [];
  return {
    ...{ state, failure, progress, jobId, help: "backtest" },
    notice: cancelled ? cancelledNotice(computedAtMs) : "The set-up changed since this back-test.",
    marks: state === "stale" ? [...marks, staleMark] : marks,
    onRetry: () => void backtestStore.getState().run(),
    empty: "Run or open a back-test in the panel Back-test.",
  };
}

function marksOf({ result, days }: ShownBacktest, running: boolean): Mark[] {
  const gaps = gapsOf(result);
  return [
    ...(result.synthetic
      ? [{ kind: "synthetic", text: "synthetic", detail: "Generated data; no market was like this." } as const]
      : []),
    ...(isUnfinished({ result, days }) && !running
      ? [
          {
            kind: "coarse",
            text: "unfinished",
            detail: "The walk ended early; resume it in the panel Back-test.",
          } as const,
        ]
      : []),
    ...(gaps.length > 0
      ? [
          {
            kind: "partial",
            text: gaps.length === 1 ? "1 gap" : `${gaps.length} gaps`,
            detail: gaps.slice(0, listedGaps).join(" · "),
          } as const,
        ]
      : []),
  ];
}

const listedGaps = 40;

/** Markets and methods without an answer, in words, one for each reason. */
function gapsOf({ skipped, points }: BacktestResult): readonly string[] {
  const counts = new Map<string, number>();
  const add = (words: string): void => void counts.set(words, (counts.get(words) ?? 0) + 1);
  for (const { reason } of skipped) add(`market not used: ${reason}`);
  for (const { gaps } of points) for (const { label, reason } of gaps) add(`${label}: ${reason}`);
  return [...counts].map(([words, count]) => (count === 1 ? words : `${words} (${count} instants)`));
}
