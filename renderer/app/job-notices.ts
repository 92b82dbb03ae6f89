import { notifications } from "@mantine/notifications";
import { formatDuration } from "../../core/base/format.ts";
import { isDesktop } from "../client/shell.ts";
import { jobsStore } from "../state/jobs.ts";

const longMs = 10_000;
const worthAskingMs = 2_000;

/** Says when long work has ended, and asks once before a browser tab with running work is closed. */
export function followJobs(): void {
  const told = new Set<number>();
  jobsStore.subscribe(({ jobs }) => {
    for (const { id, state, label, startedAtMs, finishedAtMs } of jobs) {
      if (finishedAtMs === undefined || told.has(id)) continue;
      told.add(id);
      if (state !== "done" || finishedAtMs - startedAtMs < longMs) continue;
      notifications.show({
        message: `${label}: done in ${formatDuration(finishedAtMs - startedAtMs)}`,
        color: "accent",
      });
    }
  });
  // The desktop window asks by itself; there this event would only keep it open without a word.
  if (isDesktop()) return;
  window.addEventListener("beforeunload", (event) => {
    const { jobs } = jobsStore.getState();
    if (jobs.some((job) => job.state === "running" && Date.now() - job.startedAtMs > worthAskingMs))
      event.preventDefault();
  });
}
