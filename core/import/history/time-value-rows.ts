import { isRecord, type JsonRow } from "../format.ts";

/** Rows of a JSON document: objects as they are, arrays by place (`0`, `1`). */
export function timeValueRows(content: unknown): readonly JsonRow[] {
  const members = Array.isArray(content) ? content : [content];
  return members.map((member): JsonRow => {
    if (Array.isArray(member)) return { row: { ...member } };
    return { row: isRecord(member) ? member : {} };
  });
}
