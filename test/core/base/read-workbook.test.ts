import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { isWorkbook, readWorkbook, writeWorkbook } from "../../../core/base/index.ts";

const limits = { unpackedBytes: 1e6, sheets: 5, rows: 100, columns: 20 };
const columns = [
  { header: "a", kind: "text" },
  { header: "b", kind: "number" },
  { header: "c", kind: "date" },
] as const;

const written = (rows: readonly (readonly (string | number | boolean | undefined)[])[]) =>
  writeWorkbook([{ name: "S", columns, rows }], { title: "t" });

async function refusal(bytes: Uint8Array, changes: Partial<typeof limits> = {}): Promise<string | undefined> {
  const found = await readWorkbook(bytes, { ...limits, ...changes });
  return found.ok ? undefined : `${found.failure.reason}: ${found.failure.message}`;
}

/** The workbook with one of its parts changed. */
async function changed(part: string, change: (text: string) => string): Promise<Uint8Array> {
  const parts = unzipSync(await written([["x", 1, 0]]));
  const content = parts[part];
  if (content === undefined) throw new Error(`no part ${part} in ${Object.keys(parts).join(", ")}`);
  return zipSync({ ...parts, [part]: strToU8(change(strFromU8(content))) });
}

describe("readWorkbook", () => {
  it("reads texts, numbers, truth and times", async () => {
    const when = Date.UTC(2020, 2, 12, 10);
    const found = await readWorkbook(
      await written([
        ["x", 0.1, when],
        ["=1+1", undefined],
        [true, -5],
      ]),
      limits,
    );
    expect(found).toMatchObject({ ok: true });
    const [sheet] = found.ok ? found.value : [];
    expect(sheet?.name).toBe("S");
    expect(sheet?.rows).toEqual([
      ["a", "b", "c"],
      ["x", 0.1, when],
      ["=1+1", undefined, undefined],
      [true, -5, undefined],
    ]);
    expect(sheet?.formulas).toEqual([]);
  });

  it("reads no formula and no remembered result of one", async () => {
    const bytes = await changed("xl/worksheets/sheet1.xml", (text) =>
      text.replace(/<c r="B2"[^>]*><v>1<\/v><\/c>/, '<c r="B2"><f>1+1</f><v>2</v></c>'),
    );
    const found = await readWorkbook(bytes, limits);
    const [sheet] = found.ok ? found.value : [];
    expect(sheet?.formulas).toEqual([{ row: 2, column: 2 }]);
    expect(sheet?.rows[1]?.[1]).toBeUndefined();
  });

  it("refuses more rows, columns, sheets or bytes than the limits before it takes any", async () => {
    const bytes = await written(Array.from({ length: 30 }, () => ["x", 1]));
    expect(await refusal(bytes, { rows: 20 })).toBe(
      "invalid-input: a sheet has more than 20 rows, the most that are read",
    );
    expect(await refusal(bytes, { columns: 2 })).toMatch(/more than 2 columns/);
    expect(await refusal(bytes, { sheets: 1 })).toMatch(/has 2 sheets; at most 1/);
    expect(await refusal(bytes, { unpackedBytes: 500 })).toMatch(/unpacks to more than/);
    expect(await refusal(bytes)).toBeUndefined();
  });

  it("refuses a small file that unpacks to a large one", async () => {
    const parts = unzipSync(await written([["x", 1]]));
    const bomb = zipSync({ ...parts, "xl/sharedStrings.xml": new Uint8Array(20_000_000) });
    expect(bomb.length).toBeLessThan(100_000);
    expect(await refusal(bomb)).toBe("invalid-input: the workbook unpacks to more than 1 MB");
  });

  it("refuses entities", async () => {
    const bytes = await changed("xl/workbook.xml", (text) => text.replace(/\?>/, '?><!DOCTYPE x [<!ENTITY a "b">]>'));
    expect(await refusal(bytes)).toMatch(/^unsupported: the workbook names XML entities \(xl\/workbook.xml\)/);
  });

  it("refuses what is damaged, truncated or something else", async () => {
    const bytes = await written([["x", 1]]);
    expect(isWorkbook(bytes)).toBe(true);
    expect(await refusal(bytes.subarray(0, bytes.length - 200))).toMatch(/damaged or truncated/);
    expect(await refusal(strToU8("a,b\n"))).toMatch(/no Excel workbook/);
    expect(await refusal(zipSync({ "a.txt": strToU8("x") }))).toMatch(/zip archive but no Excel workbook/);
    const broken = await changed("xl/worksheets/sheet1.xml", (text) => text.slice(0, text.length / 2));
    expect(await refusal(broken)).toMatch(/^parse-error/);
  });
});
