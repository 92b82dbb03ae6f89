import { readPosition } from "../deribit/position-row.ts";
import { defineFormat, firstHas, isRecord } from "../format.ts";
import { decide } from "../intake.ts";

/** A dump of ccxt's fetchPositions from Deribit: only `info`, the venue's own row, is read; ccxt's unified fields are often wrong. */
export default defineFormat({
  id: "ccxt-deribit-positions",
  title: "ccxt positions of Deribit (info member)",
  kind: "positions",
  claims: (probe) => {
    const first: unknown = probe.type === "json" && Array.isArray(probe.content) ? probe.content[0] : undefined;
    return isRecord(first) && firstHas(first.info, "instrument_name", "size", "direction");
  },
  rows: (content) =>
    (Array.isArray(content) ? content : []).map((member: unknown) => {
      const outer = isRecord(member) ? member : {};
      return { row: isRecord(outer.info) ? outer.info : {}, outer };
    }),
  read(row, intake, outer) {
    decide(intake, "fields read", "info", "ccxt's own fields are known to be wrong for Deribit");
    const { timestamp } = outer;
    if (typeof timestamp === "number" && timestamp > 1e11 && !intake.instants.includes(timestamp)) {
      intake.instants.push(timestamp);
      decide(intake, "time of the export", new Date(timestamp).toISOString(), "timestamp of the ccxt call");
    }
    readPosition(row, intake, undefined);
  },
});
