import { jobsStore } from "../../state/jobs.ts";
import { activeDocument } from "../layout/windows.ts";

/** Id of the panel that has the focus. */
export function focusedPanel(): string | undefined {
  return focusedFrame()?.dataset.panel;
}

/** Cancels the running jobs of the focused panel; false when there are none. */
export function cancelJobsOfFocusedPanel(): boolean {
  const panel = focusedPanel();
  const { jobs, cancel } = jobsStore.getState();
  const running = jobs.filter((job) => job.state === "running" && (job.panel === panel || panel === undefined));
  for (const job of running) cancel(job.id);
  return running.length > 0;
}

const exporters = new Map<string, () => void>();

/** A panel says how it exports itself; the returned function takes it back. */
export function registerExport(panel: string, run: () => void): () => void {
  exporters.set(panel, run);
  return () => {
    if (exporters.get(panel) === run) exporters.delete(panel);
  };
}

export function exportFocusedPanel(): void {
  exporters.get(focusedPanel() ?? "")?.();
}

/** Puts the focus into the panel's own search field. */
export function findInPanel(): void {
  focusedFrame()?.querySelector<HTMLInputElement>('input[type="search"], input[role="searchbox"]')?.focus();
}

function focusedFrame(): HTMLElement | null {
  return activeDocument().activeElement?.closest<HTMLElement>("[data-panel]") ?? null;
}
