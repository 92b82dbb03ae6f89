import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { writeWorkbook } from "../../../core/base/workbook.ts";

const about = { title: "Stress", createdMs: Date.UTC(2026, 10, 22), facts: [["Method", "a-b"]] as const };
const columns = [
  { header: "Name", kind: "text" },
  { header: "Loss", kind: "number", format: "#,##0.00" },
  { header: "When", kind: "date" },
] as const;

async function opened(bytes: Uint8Array) {
  const { Workbook } = await import("@cj-tech-master/excelts");
  const book = new Workbook();
  await book.xlsx.load(bytes);
  return book;
}

describe("writeWorkbook", () => {
  it("keeps texts, numbers and times, and says what the figures are", async () => {
    const when = Date.UTC(2020, 2, 12, 10, 30);
    const book = await opened(
      await writeWorkbook([{ name: "Runs", columns, rows: [["=1+1", 0.1 + 0.2, when]] }], about),
    );
    const sheet = book.getWorksheet("Runs");
    const row = sheet?.getRow(2);
    expect([row?.getCell(1).value, row?.getCell(2).value, row?.getCell(3).value]).toEqual([
      "=1+1",
      0.1 + 0.2,
      new Date(when),
    ]);
    expect(sheet?.getColumn(2).numFmt).toBe("#,##0.00");
    const told = book.getWorksheet("About");
    expect([2, 3, 4, 5].map((at) => told?.getRow(at).getCell(2).value)).toEqual([
      "Stress",
      "Marginscope",
      "2026-11-22T00:00:00.000Z",
      "a-b",
    ]);
  });

  it("writes no formula, whatever a text begins with", async () => {
    const rows = ["=1+1", "+1", "-1", "@x", "=cmd|' /C calc'!A0"].map((text) => [text]);
    const bytes = await writeWorkbook([{ name: "A", columns: columns.slice(0, 1), rows }], about);
    const sheets = Object.entries(unzipSync(bytes)).filter(([path]) => path.startsWith("xl/worksheets/"));
    expect(sheets.length).toBe(2);
    expect(sheets.filter(([, part]) => /<f[ >]/.test(strFromU8(part)))).toEqual([]);
  });

  it("is the same bytes for the same input", async () => {
    const sheet = { name: "A", columns, rows: [["x", 1, 0]] };
    expect(await writeWorkbook([sheet], about)).toEqual(await writeWorkbook([sheet], about));
  });

  it("makes names that Excel takes, each once", async () => {
    const long = "Loss by position [USD] / worst of all scenarios";
    const sheets = [long, long, "about", ""].map((name) => ({ name, columns, rows: [] }));
    const book = await opened(await writeWorkbook(sheets, about));
    const names = book.worksheets.map(({ name }) => name);
    expect(names).toEqual([
      "Loss by position USD worst of a",
      "Loss by position USD worst of 2",
      "about",
      "Sheet",
      "About 2",
    ]);
  });

  it("drops what XML cannot hold and cuts what Excel cannot, saying so", async () => {
    const rows = [[`a\u0001b\u001f`], ["x".repeat(40_000)]];
    const book = await opened(await writeWorkbook([{ name: "A", columns: columns.slice(0, 1), rows }], about));
    const cells = [2, 3].map((at) => String(book.getWorksheet("A")?.getRow(at).getCell(1).value));
    expect(cells[0]).toBe("ab");
    expect(cells[1]).toMatch(/x… \(40000 characters\)$/);
    expect(cells[1]?.length).toBeLessThanOrEqual(32_767);
  });

  it("refuses a number that is not finite, and a workbook without a sheet", async () => {
    const sheet = { name: "A", columns, rows: [["x", Number.NaN]] };
    await expect(writeWorkbook([sheet], about)).rejects.toThrow("must be finite");
    await expect(writeWorkbook([], about)).rejects.toThrow("needs a sheet");
  });
});
