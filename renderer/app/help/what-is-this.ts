import { panelKind } from "../../state/panel-instance.ts";
import { openHelpAt } from "../../state/workspace.ts";
import { activeDocument } from "../layout/windows.ts";
import { termOf } from "./terms.ts";

/**
 * Where what the user points at is explained, as `document#section`. An element says so itself by `data-help`; cells of grids by the rule of
 * their row or the meaning of their column; figures by their name; anything else by its panel.
 */
export function helpFor(element: Element): string | undefined {
  const marked = element.closest<HTMLElement>("[data-help]");
  if (marked?.dataset.help) return marked.dataset.help;
  const cell = element.closest<HTMLElement>("[col-id]");
  const grid = element.closest<HTMLElement>(".data-grid");
  const told = cell && grid && grids.get(grid)?.(cell);
  if (told) return told;
  const named = element.closest<HTMLElement>("[data-metric]")?.dataset.metric;
  const term = named === undefined ? undefined : termOf(named);
  const panel = element.closest<HTMLElement>("[data-panel]")?.dataset.panel;
  return term ?? (panel && `workstation#${panelKind(panel)}`);
}

/** What a grid says of one of its cells or headers. */
export type GridHelp = (cell: HTMLElement) => string | undefined;

const grids = new WeakMap<Element, GridHelp>();

/** A grid explains its cells, as long as it is there. */
export function explainGrid(grid: Element, help: GridHelp): () => void {
  grids.set(grid, help);
  return () => void grids.delete(grid);
}

/** Opens the help on an element; false when there is none. */
export function explain(element: Element | null): boolean {
  const reference = element ? helpFor(element) : undefined;
  if (reference === undefined) return false;
  openHelpAt(reference);
  return true;
}

/** Opens the help on what has the focus. */
export function explainFocused(): void {
  explain(activeDocument().activeElement);
}
