import { success, writeWorkbook } from "../../base/index.ts";
import { workbookType } from "../contract/report.ts";
import { fileNameOf } from "./file-name.ts";
import type { ServicePart } from "./part.ts";

/** Files made of what a caller has already, so that no door needs a writer of its own. */
export function report(): ServicePart<"report"> {
  return {
    "report.workbook": async ({ name, sheets, about: { title, facts, createdMs } }) => {
      const written = sheets.map(({ rows, columns, ...sheet }) => ({
        ...sheet,
        columns: columns.map(({ format, ...column }) => ({ ...column, ...(format !== undefined && { format }) })),
        rows: rows.map((row) => row.map((cell) => cell ?? undefined)),
      }));
      const bytes = await writeWorkbook(written, { title, facts, ...(createdMs !== undefined && { createdMs }) });
      return success({ name: `${fileNameOf(name, "report")}.xlsx`, mediaType: workbookType, bytes });
    },
  };
}
