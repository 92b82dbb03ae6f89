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

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
