import { Progress as Bar, Button } from "@mantine/core";
import { formatDuration, formatTime } from "../../../core/base/format.ts";
import { PanelFrame } from "../../app/panel-frame.tsx";
import { progressText, useElapsed } from "../../app/progress.tsx";
import { type Job, useJobs } from "../../state/jobs.ts";
import styles from "./jobs-screen.module.css";

const words: Readonly<Record<Job["state"], string>> = {
  running: "running",
  done: "done",
  cancelled: "cancelled",
  superseded: "superseded by newer inputs",
  failed: "failed",
};

export default function JobsScreen() {
  const jobs = useJobs((s) => s.jobs);
  const clearFinished = useJobs((s) => s.clearFinished);
  const running = jobs.filter((job) => job.state === "running").length;
  return (
    <PanelFrame
      panel="jobs"
      title="Jobs"
      state={jobs.length === 0 ? "empty" : "ready"}
      empty="Work in the engine shows here while it runs: margin, surfaces, imports."
      toolbar={
        <>
          <span className="muted">{running === 0 ? "nothing is running" : `${running} running`}</span>
          <Button size="compact-xs" variant="default" disabled={jobs.length === running} onClick={clearFinished}>
            Clear finished
          </Button>
        </>
      }
      csv={() => ({
        header: ["operation", "label", "state", "started", "duration (ms)", "failure"],
        rows: jobs.map((job) => [
          job.operation,
          job.label,
          job.state,
          new Date(job.startedAtMs).toISOString(),
          (job.finishedAtMs ?? Date.now()) - job.startedAtMs,
          job.failure?.message,
        ]),
      })}
    >
      <ul className={styles.jobs}>
        {jobs.map((job) => (
          <JobRow key={job.id} job={job} />
        ))}
      </ul>
    </PanelFrame>
  );
}

function JobRow({ job }: { readonly job: Job }) {
  const cancel = useJobs((s) => s.cancel);
  const elapsedMs = useElapsed(job.state === "running" ? job.startedAtMs : undefined);
  const { progress, state, failure, finishedAtMs } = job;
  const share = progress && progress.total > 0 ? (progress.done / progress.total) * 100 : undefined;
  return (
    <li className={styles.job} data-job-state={state}>
      <div className={styles.head}>
        <strong>{job.label}</strong>
        <span className="muted">{formatTime(job.startedAtMs)}</span>
        <span className={styles.state}>{words[state]}</span>
        {state === "running" ? (
          <Button size="compact-xs" variant="default" onClick={() => cancel(job.id)}>
            Cancel
          </Button>
        ) : (
          <span className={styles.duration}>{durationText((finishedAtMs ?? job.startedAtMs) - job.startedAtMs)}</span>
        )}
      </div>
      {state === "running" && (
        <>
          <Bar value={share ?? 100} animated={share === undefined} size="sm" aria-label={`Progress of ${job.label}`} />
          <span className="muted">{progressText(progress, elapsedMs)}</span>
        </>
      )}
      {failure && <span className={styles.failure}>{failure.message}</span>}
    </li>
  );
}

function durationText(ms: number): string {
  return ms < 2000 ? `${Math.round(ms)} ms` : formatDuration(ms);
}
