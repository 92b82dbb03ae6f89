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

/** What can be made of a panel as a whole. */
export interface PanelActions {
  readonly csv: () => void;
  readonly xlsx: () => void;
  readonly json: () => void;
  readonly png: () => void;
  readonly print: () => void;
  /** Whether it shows a chart now. */
  readonly hasImage: () => boolean;
}

const open = new Map<string, PanelActions>();

/** A panel says how it exports itself; the returned function takes it back. */
export function registerPanel(panel: string, actions: PanelActions): () => void {
  open.set(panel, actions);
  return () => {
    if (open.get(panel) === actions) open.delete(panel);
  };
}

/** Makes a file or a page of the panel that has the focus; nothing without one. */
export function actOnFocusedPanel(action: "csv" | "xlsx" | "json" | "png" | "print"): void {
  open.get(focusedPanel() ?? "")?.[action]();
}

/** Puts the focus into the panel's own search field. */
export function findInPanel(): void {
  focusedFrame()?.querySelector<HTMLInputElement>('input[type="search"], input[role="searchbox"]')?.focus();
}

function focusedFrame(): HTMLElement | null {
  return activeDocument().activeElement?.closest<HTMLElement>("[data-panel]") ?? null;
}
