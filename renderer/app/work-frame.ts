import type { OperationName } from "../client/types.ts";
import { useWork, type WorkStore } from "../state/work.ts";
import { cancelledNotice, lastResultMarks } from "./margin-frame.ts";
import type { Mark } from "./marks.tsx";
import type { PanelFrameProps } from "./panel-frame.tsx";

type WorkFrame = Pick<PanelFrameProps, "state" | "failure" | "progress" | "jobId" | "notice" | "marks" | "onRetry">;

/** What a panel that runs its own operation gives its frame. */
export function useWorkFrame<N extends OperationName>(
  store: WorkStore<N>,
  run: () => void,
  marks: readonly Mark[] = [],
): WorkFrame {
  const state = useWork(store, (s) => s.state);
  const failure = useWork(store, (s) => s.failure);
  const progress = useWork(store, (s) => s.progress);
  const jobId = useWork(store, (s) => s.jobId);
  const isShown = useWork(store, (s) => s.value !== undefined);
  const cancelled = useWork(store, (s) => s.cancelled);
  const computedAtMs = useWork(store, (s) => s.computedAtMs);
  return {
    ...{ state, failure, progress, jobId },
    notice: cancelled ? cancelledNotice(computedAtMs) : undefined,
    marks: isShown ? [...marks, ...lastResultMarks(state, failure)] : marks,
    onRetry: run,
  };
}
