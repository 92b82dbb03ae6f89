import type { ParityCall } from "./call.ts";

/** The program and its contract. */
export const programCalls: readonly ParityCall[] = [
  { title: "version", operation: "program.info", input: {}, expected: "ok" },
  { title: "operations", operation: "contract.operations", input: {}, expected: "ok" },
  {
    title: "tables as a workbook",
    operation: "report.workbook",
    input: {
      name: "Margin, Friday",
      sheets: [
        {
          name: "Positions",
          columns: [
            { header: "Instrument", kind: "text" },
            { header: "Margin, USD", kind: "number", format: "#,##0.00" },
          ],
          rows: [
            ["=BTC-PERPETUAL", 1234.5],
            ["ETH-PERPETUAL", null],
          ],
        },
      ],
      about: { title: "Margin", createdMs: 1_767_225_600_000, facts: [["accuracy", "exact"]] },
    },
    expected: "ok",
  },
  {
    title: "workbook without a sheet",
    operation: "report.workbook",
    input: { name: "none", sheets: [], about: { title: "none" } },
    expected: "invalid-input",
  },
  { title: "unknown operation", operation: "price.nothing", input: {}, expected: "not-found" },
  { title: "name of a prototype member", operation: "__proto__", input: {}, expected: "not-found" },
  { title: "unknown member", operation: "program.info", input: { colour: "red" }, expected: "invalid-input" },
];
