import { panelKind } from "../../state/panel-instance.ts";

/** Layouts as stored in the setting `layouts`. */
export interface StoredLayouts {
  readonly schema: number;
  readonly active: string;
  /** Name -> layout of the docking library. Names of default layouts hold the user's changed version. */
  readonly layouts: Readonly<Record<string, unknown>>;
}

export const layoutSchema = 1;

export type LayoutsRead =
  | { readonly ok: true; readonly stored: StoredLayouts }
  | { readonly ok: false; readonly message: string };

/** What a setting holds, or why it cannot be used: then the defaults are shown with that message. */
export function readLayouts(value: unknown): LayoutsRead {
  if (value === null || value === undefined)
    return { ok: true, stored: { schema: layoutSchema, active: "", layouts: {} } };
  if (!isRecord(value) || typeof value.schema !== "number" || !isRecord(value.layouts)) {
    return { ok: false, message: "The saved layouts are damaged; the default layouts are shown." };
  }
  if (value.schema > layoutSchema) {
    return { ok: false, message: "The saved layouts come from a newer version; the default layouts are shown." };
  }
  const active = typeof value.active === "string" ? value.active : "";
  return { ok: true, stored: { schema: layoutSchema, active, layouts: value.layouts } };
}

/** Panel ids of a stored layout; `undefined` when it has not the shape of one. */
export function panelsOfLayout(layout: unknown): readonly string[] | undefined {
  if (!isRecord(layout) || !isRecord(layout.panels) || !isRecord(layout.grid) || !isRecord(layout.grid.root)) {
    return undefined;
  }
  return Object.keys(layout.panels);
}

const fileFormat = "marginscope-layout";

/** One layout as a file that another workstation takes. */
export function layoutFile(name: string, layout: unknown): string {
  return `${JSON.stringify({ format: fileFormat, schema: layoutSchema, name, layout }, undefined, 2)}\n`;
}

export type LayoutFileRead =
  | { readonly ok: true; readonly name: string; readonly layout: unknown }
  | { readonly ok: false; readonly message: string };

/**
 * Reads what `layoutFile` wrote, or says why it cannot be shown here.
 *
 * @param known ids of the panels of this program
 */
export function readLayoutFile(text: string, known: ReadonlySet<string>): LayoutFileRead {
  const value = parsed(text);
  if (!isRecord(value) || value.format !== fileFormat || typeof value.schema !== "number") {
    return { ok: false, message: "This file is no layout: expected JSON with the format marginscope-layout." };
  }
  if (value.schema > layoutSchema) {
    return { ok: false, message: `The layout has schema ${value.schema}; this version reads up to ${layoutSchema}.` };
  }
  const ids = panelsOfLayout(value.layout);
  if (ids === undefined || typeof value.name !== "string" || value.name.trim() === "") {
    return { ok: false, message: "The layout is damaged: it needs a name, a grid and panels." };
  }
  const unknown = ids.filter((id) => !known.has(panelKind(id)));
  if (unknown.length > 0) {
    return { ok: false, message: `The layout has panels that this version has not: ${unknown.join(", ")}.` };
  }
  return { ok: true, name: value.name.trim().slice(0, 200), layout: value.layout };
}

/** The name itself, or the first of `name 2`, `name 3`, … that is free. */
export function freeName(name: string, taken: readonly string[]): string {
  let free = name;
  for (let count = 2; taken.includes(free); count++) free = `${name} ${count}`;
  return free;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
