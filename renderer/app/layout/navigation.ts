import type { DockviewApi } from "dockview-react";
import { activeDocument } from "./windows.ts";

export type Edge = "left" | "right" | "above" | "below";

/** The regions of the window in reading order: those marked in the page, and the visible panel of each group. */
function regions(): HTMLElement[] {
  const found = [...activeDocument().querySelectorAll<HTMLElement>("[data-region], [data-panel]")].filter(
    (element) =>
      element.offsetParent !== null && element.getClientRects().length > 0 && !element.closest("[role=dialog]"),
  );
  const rows = new Map(found.map((element) => [element, element.getBoundingClientRect()]));
  return found.sort((a, b) => {
    const [one, other] = [rows.get(a), rows.get(b)];
    return (one?.top ?? 0) - (other?.top ?? 0) || (one?.left ?? 0) - (other?.left ?? 0);
  });
}

/** The region after or before the one that has the focus; around the ends. */
export function regionAfter(step: 1 | -1): HTMLElement | undefined {
  const all = regions();
  const current = all.findIndex((region) => region.contains(region.ownerDocument.activeElement));
  const next = current < 0 ? (step > 0 ? 0 : all.length - 1) : (current + step + all.length) % all.length;
  return all[next];
}

/** The focus on a region itself, or on the first thing in it that takes the focus. */
export function focusRegion(region: HTMLElement | undefined): void {
  region?.focus();
  if (region === undefined || region.ownerDocument.activeElement === region) return;
  region.querySelector<HTMLElement>('button, input, [tabindex="0"]')?.focus();
}

/** Makes the next or previous tab of the active group active; the id of its panel. */
export function tabAfter(api: DockviewApi, step: 1 | -1): string | undefined {
  const group = api.activeGroup;
  if (!group?.activePanel) return undefined;
  const place = group.panels.indexOf(group.activePanel);
  const next = group.panels[(place + step + group.panels.length) % group.panels.length];
  next?.api.setActive();
  return next?.id;
}

/** Puts the active panel into a group of its own at an edge of the docking area; the id of the panel. */
export function moveToEdge(api: DockviewApi, edge: Edge): string | undefined {
  const panel = api.activePanel;
  if (!panel || api.panels.length < 2) return panel?.id;
  panel.api.moveTo({ group: api.addGroup({ direction: edge }) });
  return panel.id;
}
