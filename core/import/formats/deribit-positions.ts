import { readPosition } from "../deribit/position-row.ts";
import { defineFormat, firstHas, rowsOf } from "../format.ts";

/** Reply of private/get_positions, or the bare array. */
export default defineFormat({
  id: "deribit-positions",
  title: "Deribit positions (get_positions)",
  kind: "positions",
  claims: (probe) => probe.type === "json" && firstHas(probe.content, "instrument_name", "size", "direction"),
  rows: rowsOf,
  read: (row, intake) => readPosition(row, intake, undefined),
});
