import type { GridApi } from "ag-grid-community";
import { rawNumber } from "../../core/base/format.ts";
import { maskedForFile } from "../app/export/account-mask.ts";

/** Puts the selected rows with headers, or the focused cell alone, on the clipboard: raw values, tab-separated. */
export async function copyFromGrid<Row>(api: GridApi<Row>): Promise<void> {
  await navigator.clipboard.writeText(maskedForFile(textOfGrid(api)));
}

export function textOfGrid<Row>(api: GridApi<Row>): string {
  const nodes = api.getSelectedNodes();
  const focused = api.getFocusedCell();
  if (nodes.length <= 1 && focused) {
    const node = api.getDisplayedRowAtIndex(focused.rowIndex);
    const pinned = focused.rowPinned === "bottom" ? api.getPinnedBottomRow(focused.rowIndex) : undefined;
    const rowNode = pinned ?? node;
    return rowNode ? textOf(api.getCellValue({ rowNode, colKey: focused.column })) : "";
  }
  const columns = api.getAllDisplayedColumns();
  const header = columns.map((column) => column.getColDef().headerName ?? column.getColId());
  const rows = nodes.map((rowNode) => columns.map((colKey) => textOf(api.getCellValue({ rowNode, colKey }))));
  return [header, ...rows].map((row) => row.join("\t")).join("\n");
}

function textOf(value: unknown): string {
  if (typeof value === "number") return rawNumber(value);
  return value === null || value === undefined ? "" : String(value).replaceAll(/[\t\r\n]+/g, " ");
}
