import { gzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { inspectFiles } from "../../../core/import/index.ts";
import { textPieces } from "../../../core/import/text-pieces.ts";
import { imported, jsonFile, problemLines, refusalOf, textFile } from "./files.ts";

const table = "symbol,quantity\nBTC-PERPETUAL,100\nETH-PERPETUAL,-50\n";
const packed = gzipSync(new TextEncoder().encode(table));

describe("files that cannot be read", () => {
  const refused = [
    ["an empty file", "", "the file is empty"],
    ["blanks only", "  \n ", "the file is empty"],
    ["a header without rows", "symbol,quantity\n", "a header but no rows"],
    ["an HTML page", "<!DOCTYPE html><html><body>502</body></html>", "an HTML page"],
    ["XML", '<?xml version="1.0"?><a/>', "XML"],
    ["JSON cut in the middle", '{"jsonrpc":"2.0","result":[{"instrument_name":"BTC-PERP', "cut in the middle"],
    ["JSON cut between members", '[{"instrument_name":"BTC-PERPETUAL","size":1},', "cut in the middle"],
    ["broken JSON", '{"a":,}', "neither valid JSON nor a CSV"],
    ["JSON with text after its end", '{"a":1}\n }', "the JSON ends and other text follows it at line 2, column 2"],
    ["JSON that holds NaN", '{"result":\n[{"a": NaN}]}', "the JSON holds NaN at line 2, column 8"],
    [
      "an error reply",
      '{"jsonrpc":"2.0","id":1,"error":{"code":13009,"message":"unauthorized"}}',
      "an error reply of the venue: unauthorized (code 13009)",
    ],
    ["an empty reply", '{"jsonrpc":"2.0","result":{}}', "the reply is empty"],
    ["a single value", "[1]", "no reply this program reads"],
    ["text that is no table", "hello\nworld\n", "neither JSON nor a CSV table"],
    ["a CSV of an unknown layout", "foo,bar\n1,2\n", "map the columns first"],
  ] as const;
  it.each(refused)("are refused: %s", async (_, text, message) => {
    expect(await refusalOf(textFile("f.txt", text))).toContain(message);
  });
  it.each(refused.slice(0, 13))("are refused by inspection in the same words: %s", (_, text, message) => {
    const [inspection] = inspectFiles([textFile("f.txt", text)]);
    expect(inspection?.problem?.message).toContain(message === "no reply this program reads" ? "no reply" : message);
    expect(inspection?.format).toBeUndefined();
  });
  it("are refused: gzip truncated anywhere", async () => {
    for (let length = 2; length < packed.length; length += 1) {
      expect(await refusalOf({ name: "f.gz", bytes: packed.slice(0, length) }), String(length)).toContain("truncated");
    }
  });
  it("are refused whole: a long gzip file truncated after many good rows", async () => {
    const rows = Array.from({ length: 50_000 }, (_, i) => `BTC-27MAR26-${10_000 + i}-C,${(i * 7919) % 1000}.${i}`);
    const long = gzipSync(new TextEncoder().encode(`symbol,quantity\n${rows.join("\n")}\n`));
    expect(await refusalOf({ name: "f.gz", bytes: long.slice(0, long.length - 20_000) })).toContain("truncated");
  });
  it("are refused: gzip with a wrong checksum", async () => {
    const damaged = packed.slice();
    damaged[damaged.length - 8] = ((damaged[damaged.length - 8] ?? 0) + 1) % 256;
    expect(await refusalOf({ name: "f.gz", bytes: damaged })).toContain("damaged");
  });
  it("are refused: gzip inside gzip", async () => {
    expect(await refusalOf({ name: "f.gz", bytes: gzipSync(packed) })).toContain("packed with gzip twice");
  });
  it("are refused: UTF-16, zip archives and binary files", async () => {
    expect(await refusalOf({ name: "f", bytes: Uint8Array.of(0xff, 0xfe, 65, 0) })).toContain("UTF-16");
    expect(await refusalOf({ name: "f", bytes: Uint8Array.of(0x50, 0x4b, 3, 4) })).toContain("zip");
    expect(await refusalOf({ name: "f", bytes: Uint8Array.of(1, 0, 2) })).toContain("binary");
  });
  it("are refused: more text than the limit, packed or not", () => {
    const refusalAt = (bytes: Uint8Array, limit: number) => {
      const pieces = textPieces(bytes, limit);
      for (;;) {
        const piece = pieces.next();
        if (piece.done) return piece.value?.message;
      }
    };
    const bomb = gzipSync(new Uint8Array(3_000_000).fill(65));
    expect(refusalAt(bomb, 2 * 1024 * 1024)).toContain("more than 2 MB of text");
    expect(refusalAt(new Uint8Array(3_000_000).fill(65), 2 * 1024 * 1024)).toContain("more than 2 MB");
    expect(refusalAt(bomb, 4_000_000)).toBeUndefined();
  });
  it("do not stop the others of the same import", async () => {
    const result = await imported([textFile("bad.json", "<html>"), textFile("good.csv", table)]);
    expect(result.portfolio?.positions).toHaveLength(2);
    expect(problemLines(result)[0]).toContain("an HTML page");
  });
});

describe("files that are read all the same", () => {
  const symbols = async (bytes: Uint8Array) =>
    (await imported({ name: "f", bytes })).portfolio?.positions.map(({ instrument }) => instrument.symbol);
  const expected = ["BTC-PERPETUAL", "ETH-PERPETUAL"];
  it("packed with gzip, told by content", async () => expect(await symbols(packed)).toEqual(expected));
  it("two gzip members one after the other", async () => {
    const [first, second] = [table.slice(0, 20), table.slice(20)].map((text) =>
      gzipSync(new TextEncoder().encode(text)),
    );
    expect(await symbols(Uint8Array.from([...(first ?? []), ...(second ?? [])]))).toEqual(expected);
  });
  it("with a byte order mark and CR LF", async () => {
    expect(await symbols(new TextEncoder().encode(`\uFEFF${table.replaceAll("\n", "\r\n")}`))).toEqual(expected);
  });
  it("with semicolons and decimal commas, which is shown", async () => {
    const { portfolio, report } = await imported(
      textFile("f.csv", "symbol;quantity;average_price\nBTC-27MAR26-90000-C;-1,5;0,0425\n"),
    );
    expect(portfolio?.positions[0]).toMatchObject({ quantity: -1.5, averagePrice: 0.0425 });
    expect(report.decisions.map(({ what, decided }) => [what, decided])).toEqual([
      ["separator", "semicolon"],
      ["decimal mark", "comma"],
    ]);
  });
});

describe("a number too large for one", () => {
  it("is quoted as it is written", async () => {
    const rows = '[{"instrument_name":"BTC-PERPETUAL","size":1e999,"direction":"buy","kind":"future"}]';
    const [problem] = (await imported(textFile("f.json", rows))).report.problems;
    expect(problem).toMatchObject({ column: "size", value: "1e999" });
    expect(problem?.message).toContain('size is "1e999"');
  });
});

describe("rows that break off", () => {
  it("at the very end mark the file as incomplete; the rest is kept", async () => {
    const result = await imported(textFile("f.csv", `${table}BTC-27MAR26`));
    expect(result.portfolio?.positions).toHaveLength(2);
    expect(result.report.files[0]).toMatchObject({ rows: 3, kept: 2, rejected: 1, incomplete: true });
    expect(problemLines(result)).toEqual([
      "error 4 the last row has 1 of 2 cells: the end of the file is missing; the rows before it are kept",
    ]);
  });
  it("inside a quoted cell do so too", async () => {
    const result = await imported(textFile("f.csv", `${table}"BTC-27MAR26,5\n`));
    expect(result.report.files[0]).toMatchObject({ kept: 2, incomplete: true });
  });
  it("in the middle are rejected alone", async () => {
    const result = await imported(
      textFile("f.csv", "symbol,quantity\nBTC-PERPETUAL\nETH-PERPETUAL,5\nSOL-PERPETUAL,1,2\n"),
    );
    expect(result.report.files[0]).toMatchObject({ kept: 1, rejected: 2, incomplete: false });
    expect(problemLines(result)).toEqual([
      "error 2 the row has 1 cells and the header has 2",
      "error 4 the row has 3 cells and the header has 2",
    ]);
  });
});

describe("the report", () => {
  it("lists 1,000 problems and counts the rest", async () => {
    const rows = Array.from({ length: 1200 }, (_, i) => `NOPE-${i},x`).join("\n");
    const { report } = await imported(textFile("f.csv", `symbol,quantity\nBTC-PERPETUAL,1\n${rows}\n`));
    expect([report.problems.length, report.problemsNotListed]).toEqual([1000, 200]);
    expect(report.files[0]).toMatchObject({ rows: 1201, kept: 1, rejected: 1200 });
  });
  it("names file, row, column, value and rule, the value shortened to 80 characters", async () => {
    const { report } = await imported(
      textFile("f.csv", `symbol,quantity\nBTC-PERPETUAL,1\nETH-PERPETUAL,${"x".repeat(200)}\n`),
    );
    expect(report.problems[0]).toMatchObject({
      file: "f.csv",
      row: 3,
      column: "quantity",
      rule: "quantity is a number",
    });
    expect(report.problems[0]?.value).toHaveLength(80);
  });
  it("states the SHA-256 of the file as it arrived", async () => {
    const { report, portfolio } = await imported(
      jsonFile("p.json", [{ instrument_name: "BTC-PERPETUAL", size: 10, direction: "buy" }]),
    );
    expect(report.files[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(portfolio?.sources).toEqual([{ name: "p.json", sha256: report.files[0]?.sha256 }]);
  });
});
