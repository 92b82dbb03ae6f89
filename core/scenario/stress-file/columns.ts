/** What a cell of a column says. */
export type ColumnKind = "text" | "number" | "json" | "list";

export interface StressColumn {
  /** Header. */
  readonly name: string;
  /** Path of the member it holds. */
  readonly path: readonly string[];
  readonly kind: ColumnKind;
}

const column = (name: string, path: string, kind: ColumnKind = "text"): StressColumn => ({
  ...{ name, path: path.split("."), kind },
});

/** Of the set: said once, on any row. */
export const setColumns: readonly StressColumn[] = [
  column("set", "name"),
  column("description", "description"),
  column("owner", "owner"),
  column("tags", "tags", "list"),
  column("provenance", "provenance"),
];

/** Of a scenario: said once, on any of its rows. */
export const scenarioColumns: readonly StressColumn[] = [
  column("label", "label"),
  column("scenario_kind", "kind"),
  column("start", "start"),
  column("end", "end"),
  column("horizon_days", "horizonDays", "number"),
  column("weight", "weight", "number"),
  column("stickiness", "stickiness", "number"),
  column("scenario_tags", "tags", "list"),
  column("scenario_note", "note"),
];

/** Of a shock. Amounts are fractions, never percent. */
export const shockColumns: readonly StressColumn[] = [
  column("shock", "kind"),
  column("factor", "factor"),
  column("mode", "mode"),
  column("amount", "amount", "number"),
  column("from_days", "tenor.fromDays", "number"),
  column("to_days", "tenor.toDays", "number"),
  column("from_delta", "delta.from", "number"),
  column("to_delta", "delta.to", "number"),
  column("contracts", "contracts"),
  column("days", "days", "number"),
  column("spread_times", "spreadTimes", "number"),
  column("depth_times", "depthTimes", "number"),
  column("volume_times", "volumeTimes", "number"),
  column("further_days", "furtherDays", "number"),
  column("rule", "rule", "json"),
  column("quality", "quality"),
  column("source", "source"),
  column("note", "note"),
];

/** A row a shock: the set, the scenario, the step of its path where it has one, the shock. */
export const rowColumns: readonly string[] = [
  ...["set", "scenario", "step", "step_days"],
  ...[...shockColumns, ...scenarioColumns, ...setColumns.slice(1)].map(({ name }) => name),
];

/** Of an observed figure, on a sheet of its own. */
export const figureColumns: readonly StressColumn[] = [
  column("topic", "topic"),
  column("factor", "factor"),
  column("from", "from", "number"),
  column("from_when", "fromWhen"),
  column("to", "to", "number"),
  column("to_when", "toWhen"),
  column("next_day", "nextDay", "number"),
  column("change", "change", "number"),
  column("points", "points", "number"),
  column("figure_kind", "kind"),
  column("text", "text"),
  column("quality", "quality"),
  column("source", "source"),
  column("note", "note"),
];

export const sourceColumns: readonly StressColumn[] = [
  column("id", "id"),
  column("title", "title"),
  column("url", "url"),
  column("version", "version"),
];

/** Layout of the JSON form. */
export const stressSetSchema = "stress-set/1";

/** The value of a member as a cell. */
export function cellOf(value: unknown, { path, kind }: StressColumn): string | number | undefined {
  let found = value;
  for (const key of path) found = isMembers(found) ? found[key] : undefined;
  if (found === undefined || found === null) return undefined;
  if (kind === "number") return typeof found === "number" ? found : undefined;
  if (kind === "json") return JSON.stringify(found);
  if (kind === "list") return Array.isArray(found) && found.length > 0 ? found.join("; ") : undefined;
  const text = String(found);
  return text === "" ? undefined : text;
}

/** Puts a cell's value into a plain object. */
export function putCell(target: Record<string, unknown>, { path }: StressColumn, value: unknown): void {
  const [first = "", second] = path;
  if (second === undefined) {
    target[first] = value;
    return;
  }
  const inner = isMembers(target[first]) ? target[first] : {};
  target[first] = { ...inner, [second]: value };
}

/** Whether a value of JSON is an object, no list and not null. */
export function isMembers(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
