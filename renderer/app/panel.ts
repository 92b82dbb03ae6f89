import type { ComponentType } from "react";

/** Where a panel stands in lists. */
export type PanelGroup = "Risk" | "Explain" | "Library" | "Program";

/**
 * A panel of the workstation. Give a heavy panel as `lazy(() => import("./screen.tsx"))`, so that its chart library
 * loads only when it opens. The component draws its own `PanelFrame` with the same id.
 */
export interface Panel {
  /** Also `data-panel` and the stored name in layouts: never change it. */
  readonly id: string;
  readonly title: string;
  /** One sentence for the list of panels and the command palette. */
  readonly description: string;
  readonly component: ComponentType;
  readonly group: PanelGroup;
  /** Pixels; never below 240 x 160. */
  readonly minimum: { readonly width: number; readonly height: number };
  /** Instances that may be open at once; 1: it cannot be duplicated. */
  readonly instances: number;
  /** Rests behind another tab (`RestingPanel`): for panels that are dear to draw. */
  readonly rests: boolean;
}

type PanelInput = Pick<Panel, "id" | "title" | "component"> &
  Partial<Pick<Panel, "description" | "group" | "minimum" | "instances" | "rests">>;

const defaults = { group: "Risk", minimum: { width: 240, height: 160 }, instances: 4, rests: false } as const;

export function definePanel(panel: PanelInput): Panel {
  return { description: panel.title, ...defaults, ...panel };
}
