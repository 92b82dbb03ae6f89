import { z } from "zod";
import { query } from "../operation.ts";

/** A file of bytes to give away, such as an Excel workbook. */
export interface BinaryFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export const workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const sheet = z.strictObject({
  name: z.string().min(1).max(200).describe("shortened to what Excel allows"),
  columns: z
    .array(
      z.strictObject({
        header: z.string().max(500).describe("with its unit"),
        kind: z.enum(["text", "number", "date"]).describe("date: UTC milliseconds"),
        format: z.string().min(1).max(100).optional().describe("Excel's number format"),
      }),
    )
    .min(1)
    .max(1000),
  rows: z.array(z.array(cell).max(1000)).max(1_048_575),
});

/** Files made of what a screen shows. */
export const reportOperations = {
  "report.workbook": query<BinaryFile>()(
    "Tables as an Excel workbook: a sheet each, and a sheet About with marks and provenance",
    z.strictObject({
      name: z.string().min(1).max(300).describe("name of the file, without ending"),
      sheets: z.array(sheet).min(1).max(100),
      about: z.strictObject({
        title: z.string().min(1).max(500),
        createdMs: z.number().optional().describe("UTC milliseconds of the data"),
        facts: z
          .array(z.tuple([z.string(), z.union([z.string(), z.number()])]))
          .max(100_000)
          .default([]),
      }),
    }),
  ),
} as const;
