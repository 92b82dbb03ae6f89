import { defineFormat, firstHas, isRecord, rowsOf } from "../format.ts";
import { readOkxPosition } from "../okx/position-row.ts";

/** Reply of account/positions, or a saved message of the positions channel, which comes in pages. */
export default defineFormat({
  id: "okx-positions",
  title: "OKX positions (account/positions, positions channel)",
  kind: "positions",
  claims: (probe) => probe.type === "json" && firstHas(dataOf(probe.content), "instId", "pos", "posSide", "avgPx"),
  rows: (content) => {
    const lastPage = isRecord(content) ? content.lastPage : undefined;
    return rowsOf(dataOf(content)).map((row) => ({ ...row, outer: { lastPage } }));
  },
  read(row, intake, outer) {
    if (outer.lastPage === false && intake.row === 1) {
      const message = "the message is not the last page (lastPage is false): positions of other pages are missing";
      row.warn("all pages are given", message);
    }
    readOkxPosition(row, intake, { contracts: "pos", profitLoss: "upl" });
  },
});

function dataOf(content: unknown): unknown {
  return isRecord(content) && Array.isArray(content.data) ? content.data : content;
}
