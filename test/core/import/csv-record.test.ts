import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { separatorOf, usesDecimalComma } from "../../../core/import/csv-dialect.ts";
import { CsvSplitter } from "../../../core/import/csv-record.ts";

function split(text: string, pieceLength = text.length || 1): string[][] {
  return records(text, pieceLength).map(({ cells }) => [...cells]);
}

function records(text: string, pieceLength: number) {
  const splitter = new CsvSplitter(",");
  const found = [];
  for (let at = 0; at < text.length; at += pieceLength)
    found.push(...splitter.push(text.slice(at, at + pieceLength), false));
  return [...found, ...splitter.push("", true)];
}

describe("CsvSplitter", () => {
  const table = [
    [
      "a,b\n1,2\n",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "a,b\r\n1,2\r\n",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    [
      "a,b\r1,2",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    ['"x, y","say ""hi"""\n', [["x, y", 'say "hi"']]],
    ['"two\nlines",2\n', [["two\nlines", "2"]]],
    ["a,,\n", [["a", "", ""]]],
    [",a\n", [["", "a"]]],
    [
      "a,b\n\n1,2\n\n",
      [
        ["a", "b"],
        ["1", "2"],
      ],
    ],
    ['5" pipe,2\n', [['5" pipe', "2"]]],
  ] as const;
  it.each(table)("splits %j", (text, cells) => expect(split(text)).toEqual(cells));
  it.each(table)("splits %j in pieces of any size", (text, cells) => {
    for (let length = 1; length <= text.length; length += 1) expect(split(text, length)).toEqual(cells);
  });
  it("tells the line on which a record begins", () => {
    expect(records('h,i\n"a\nb",1\nc,2\n', 100).map(({ line }) => line)).toEqual([1, 2, 4]);
  });
  it("tells it after CR LF inside a quoted cell and after blank lines", () => {
    const text = 'h,i\r\n"a\r\nb",1\r\n\r\nc,2\r\n"d\r\n\r\ne",3\r\nf,4\r\n';
    for (const length of [1, 7, 1000]) {
      expect(records(text, length).map(({ line }) => line)).toEqual([1, 2, 5, 6, 9]);
    }
  });
  it("marks a record whose quoted cell never ends", () => {
    expect(records('h,i\na,"open\nrest', 100).map(({ cut }) => cut)).toEqual([false, true]);
  });
  it("reads 12,000 rows across the bounds of what it parses at once, with quoted line breaks and letters of several bytes", () => {
    const rows = Array.from({ length: 12_000 }, (_, i) => [`${i}`, `é€😀 ${"x".repeat(i % 50)}\n"`]);
    const text = rows.map(([a, b]) => `${a},"${b?.replaceAll('"', '""')}"\n`).join("");
    const found = records(text, 500_000);
    expect(found.map(({ cells }) => cells)).toEqual(rows);
    expect(found.map(({ line }) => line)).toEqual(rows.map((_, i) => 1 + 2 * i));
  });
  it("cuts a record at its first line when its quoted cell does not end for very long, and reads on", () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => `${i},some text`);
    const found = records(["h,i", 'a,"open', ...rows].join("\n"), 1_000_000);
    expect(found[1]).toEqual({ cells: ["a", "open\n"], line: 2, cut: true });
    expect(found).toHaveLength(20_002);
    expect(found.at(-1)).toMatchObject({ cells: ["19999", "some text"], line: 20_002, cut: false });
  });
  it("reads back any cells written by the rules", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", "1", ",", '"', "\n", "\r", " ", "é") });
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 }),
        fc.nat(7),
        (rows, size) => {
          const text = rows.map((row) => row.map(quoted).join(",")).join("\n");
          expect(split(text, size + 1)).toEqual(rows);
        },
      ),
    );
  });
});

describe("separatorOf", () => {
  it.each([
    ["a,b;c,d\n1,2;3,4", ","],
    ["a;b;c\n0,5;1,5;2", ";"],
    ["a\tb\n1\t2", "\t"],
    ['"x;y;z;w",b\n1,2', ","],
  ])("of %j is %j", (text, separator) => expect(separatorOf(text)).toBe(separator));
  it("is nothing in text without any", () => expect(separatorOf("hello\nworld")).toBeUndefined());
});

describe("usesDecimalComma", () => {
  it("is never so where the comma separates", () => expect(usesDecimalComma(",", [["0,5"]])).toBe(false));
  it("is so where cells have a comma and none a point", () => expect(usesDecimalComma(";", [["x", "0,5"]])).toBe(true));
  it("is not so where some cell has a point", () => expect(usesDecimalComma(";", [["1,500", "0.5"]])).toBe(false));
});
