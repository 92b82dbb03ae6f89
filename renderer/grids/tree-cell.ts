import type { ICellRendererComp, ICellRendererParams } from "ag-grid-community";
import type { TreeRow } from "./tree.ts";

export interface TreeCellParams<Row extends TreeRow> {
  readonly onToggle: (id: string) => void;
  /** A short word after the label, e.g. a mark. */
  readonly badge?: ((row: Row) => string | undefined) | undefined;
  readonly title?: ((row: Row) => string | undefined) | undefined;
}

type Params<Row extends TreeRow> = ICellRendererParams<Row> & TreeCellParams<Row>;

/** First column of a tree: indent, toggle and label; the row carries level and state for assistive technology. */
export class TreeCell<Row extends TreeRow> implements ICellRendererComp<Row> {
  private readonly element = document.createElement("span");

  init(params: Params<Row>): void {
    this.element.className = "tree-cell";
    this.show(params);
  }

  getGui(): HTMLElement {
    return this.element;
  }

  refresh(params: Params<Row>): boolean {
    this.show(params);
    return true;
  }

  private show({ data, onToggle, badge, title, eGridCell }: Params<Row>): void {
    this.element.replaceChildren();
    if (!data) return;
    this.element.dataset.level = String(data.level);
    this.element.title = title?.(data) ?? data.label;
    this.element.append(data.expanded === undefined ? space() : toggle(data, onToggle));
    const label = document.createElement("span");
    label.className = "tree-label";
    label.textContent = data.label;
    this.element.append(label);
    const word = badge?.(data);
    if (word !== undefined) {
      const mark = document.createElement("span");
      mark.className = "tree-badge";
      mark.textContent = word;
      this.element.append(mark);
    }
    // The row takes its cells first and enters the page after.
    requestAnimationFrame(() => describeRow(eGridCell.closest('[role="row"]'), data));
  }
}

function toggle({ id, label, expanded }: TreeRow, onToggle: (id: string) => void): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.tabIndex = -1;
  button.className = "tree-toggle";
  button.setAttribute("aria-label", `${expanded ? "Close" : "Open"} ${label}`);
  button.textContent = expanded ? "▾" : "▸";
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    onToggle(id);
  });
  return button;
}

function space(): HTMLElement {
  const element = document.createElement("span");
  element.className = "tree-space";
  return element;
}

function describeRow(row: Element | null, { level, expanded }: TreeRow): void {
  if (!row) return;
  // Levels belong to tree grids; the grid itself knows no trees and calls itself a plain grid.
  row.closest('[role="grid"]')?.setAttribute("role", "treegrid");
  row.setAttribute("aria-level", String(level));
  if (expanded === undefined) row.removeAttribute("aria-expanded");
  else row.setAttribute("aria-expanded", String(expanded));
}
