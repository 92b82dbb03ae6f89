import { jobsStore } from "../../state/jobs.ts";
import { panelKind } from "../../state/panel-instance.ts";
import type { NamedTable } from "../export/panel-file.ts";
import { activeDocument, panelElement } from "../layout/windows.ts";

/** Id of the panel that has the focus. */
export function focusedPanel(): string | undefined {
  return focusedFrame()?.dataset.panel;
}

/** The panel that has the focus, whichever instance of it. */
export function focusedKind(): string {
  return panelKind(focusedPanel() ?? "");
}

/** Cancels the running jobs of the focused panel; false when there are none. */
export function cancelJobsOfFocusedPanel(): boolean {
  const panel = focusedPanel();
  const { jobs, cancel } = jobsStore.getState();
  const runningOf = (id: string | undefined) =>
    jobs.filter((job) => job.state === "running" && (job.panel === id || id === undefined));
  // An instance may have work of its own; else that of the panel is shared.
  const own = runningOf(panel);
  const running = own.length > 0 || panel === undefined ? own : runningOf(panelKind(panel));
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
  readonly title: () => string;
  /** What it shows as tables, full precision. */
  readonly tables: () => readonly NamedTable[];
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

const ownPrints = new Map<string, () => void>();

/** A panel has a page of its own, which is printed in place of what every panel has; the returned function takes it back. */
export function registerPrint(panel: string, print: () => void): () => void {
  ownPrints.set(panel, print);
  return () => {
    if (ownPrints.get(panel) === print) ownPrints.delete(panel);
  };
}

/** The one way to print a panel: its own page, else the page that every panel has. */
export function printOf(panel: string, actions: Pick<PanelActions, "print"> | undefined): () => void {
  return ownPrints.get(panel) ?? (() => actions?.print());
}

/** Makes a file or a page of the panel that has the focus; nothing without one. */
export function actOnFocusedPanel(action: "csv" | "xlsx" | "json" | "png" | "print"): void {
  const panel = focusedPanel() ?? "";
  if (action === "print") printOf(panel, open.get(panel))();
  else open.get(panel)?.[action]();
}

/** The tables of every open panel that has some, made when they are asked for. */
export function openPanelTables(): readonly {
  readonly panel: string;
  readonly title: string;
  readonly tables: () => readonly NamedTable[];
}[] {
  return [...open].map(([panel, { title, tables }]) => ({ panel, title: title(), tables }));
}

const searchField = 'input[type="search"], input[role="searchbox"]';

/** Puts the focus into a panel's own search field, default the focused one's, and a text into it. */
export function findInPanel(panel?: string, text?: string): void {
  const frame = panel === undefined ? focusedFrame() : panelElement(panel);
  const field = frame?.querySelector<HTMLInputElement>(searchField);
  field?.focus();
  if (!field || text === undefined) return;
  // As typed: React takes a value only through the setter of the element and its event.
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value")?.set?.call(field, text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function focusedFrame(): HTMLElement | null {
  return activeDocument().activeElement?.closest<HTMLElement>("[data-panel]") ?? null;
}
