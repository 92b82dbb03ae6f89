import { readDerivePosition } from "../derive/position-row.ts";
import { defineFormat, firstHas, isRecord, type JsonRow } from "../format.ts";

/**
 * Reply of private/get_positions, whole or its array of positions. Numbers are texts of up to 50 digits.
 *
 * @source resources/docs/formats.md, section 13
 */
export default defineFormat({
  id: "derive-positions",
  title: "Derive positions (get_positions)",
  kind: "positions",
  claims: (probe) =>
    probe.type === "json" &&
    firstHas(positionsOf(probe.content), "instrument_name", "instrument_type", "amount", "mark_value") &&
    !firstHas(probe.content, "margin_type"),
  rows: derivePositionRows,
  read: (row, intake, outer) => readDerivePosition(row, intake, accountOf(outer)),
});

function positionsOf(content: unknown): unknown {
  return isRecord(content) && Array.isArray(content.positions) ? content.positions : content;
}

function derivePositionRows(content: unknown): readonly JsonRow[] {
  const found = positionsOf(content);
  const outer = isRecord(content) && found !== content ? { subaccount_id: content.subaccount_id } : {};
  return (Array.isArray(found) ? found : [found]).map((row: unknown) => ({ row: isRecord(row) ? row : {}, outer }));
}

function accountOf({ subaccount_id: id }: Readonly<Record<string, unknown>>): string | undefined {
  return typeof id === "number" || typeof id === "string" ? String(id) : undefined;
}
