import { Progress as Bar, Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { formatDuration, formatNumber } from "../../core/base/format.ts";
import type { Progress } from "../client/types.ts";
import { jobsStore, useJobs } from "../state/jobs.ts";
import styles from "./progress.module.css";

interface WorkProgressProps {
  /** Default: that of the job. */
  readonly progress: Progress | undefined;
  readonly jobId: number | undefined;
  /** Nothing is behind it: take the middle of the panel. */
  readonly overlay: boolean;
}

/** Progress of a running job: nothing in the first second, then how far, how long, how much longer, and Cancel. */
export function WorkProgress({ progress: given, jobId, overlay }: WorkProgressProps) {
  const own = useJobs(({ jobs }) => jobs.find((job) => job.id === jobId)?.progress);
  const progress = given ?? own;
  const startedAtMs = useJobs(({ jobs }) => jobs.find((job) => job.id === jobId)?.startedAtMs);
  const elapsedMs = useElapsed(startedAtMs);
  if (elapsedMs < 1000) return overlay ? <div className={styles.quiet}>Computing…</div> : null;
  const share = progress && progress.total > 0 ? progress.done / progress.total : undefined;
  return (
    <div className={styles.progress} data-overlay={overlay}>
      <Bar
        value={share === undefined ? 100 : share * 100}
        animated={share === undefined}
        size="sm"
        aria-label="Progress"
      />
      <div className={styles.line}>
        <span>{progressText(progress, elapsedMs)}</span>
        {jobId !== undefined && (
          <Button size="compact-xs" variant="default" onClick={() => jobsStore.getState().cancel(jobId)}>
            Cancel
          </Button>
        )}
      </div>
    </div>
  );
}

/** `scenarios 1,240 / 10,000 · 3 s · about 9 s left`; the estimate comes after a tenth. */
export function progressText(progress: Progress | undefined, elapsedMs: number): string {
  const parts: string[] = [];
  const whole = { decimals: 0 };
  if (progress && progress.total > 0) {
    parts.push(`${progress.label} ${formatNumber(progress.done, whole)} / ${formatNumber(progress.total, whole)}`);
  }
  parts.push(formatDuration(elapsedMs));
  const share = progress && progress.total > 0 ? progress.done / progress.total : 0;
  if (share >= 0.1 && share < 1) parts.push(`about ${formatDuration((elapsedMs / share) * (1 - share) + 500)} left`);
  return parts.join(" · ");
}

/** Milliseconds since a start, kept up to date; 0 without one. */
export function useElapsed(startedAtMs: number | undefined): number {
  const [nowMs, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (startedAtMs === undefined) return;
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [startedAtMs]);
  return startedAtMs === undefined ? 0 : Math.max(0, nowMs - startedAtMs);
}
