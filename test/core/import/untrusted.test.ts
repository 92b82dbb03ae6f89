import fc from "fast-check";
import { gzipSync } from "fflate";
import { describe, it } from "vitest";
import { jsonFile, textFile } from "./files.ts";
import { survives } from "./survives.ts";

const value = fc.oneof(
  fc.double(),
  fc.string(),
  fc.constantFrom<unknown>(
    null,
    true,
    -0,
    1e308,
    5e-324,
    "1e999",
    "NaN",
    "-",
    [],
    {},
    "BTC-PERPETUAL",
    "BTC-27MAR26-90000-C",
  ),
);
const names = ["BTC-PERPETUAL", "BTC-27MAR26", "BTC-27MAR26-90000-C", "BTC-27MAR26-90000-P", "XRP_USDC-27MAR26-0d5-C"];
const row = (fields: readonly string[]) =>
  fc.record({
    instrument_name: fc.constantFrom(...names),
    direction: fc.constant(null),
    ...Object.fromEntries(fields.map((field) => [field, value])),
  });
/** `direction` is left out of the rows: it would have to agree with the size. */
const positionFields = [
  "size",
  "direction",
  "mark_price",
  "index_price",
  "size_currency",
  "average_price",
  "total_profit_loss",
];
const summaryFields = [
  "mark_price",
  "mark_iv",
  "bid_price",
  "ask_price",
  "underlying_price",
  "creation_timestamp",
  "volume",
];
const accountFields = [
  "currency",
  "balance",
  "equity",
  "initial_margin",
  "maintenance_margin",
  "delta_total_map",
  "total_equity_usd",
];

describe("files are never trusted: nothing throws and no number is NaN or infinite", () => {
  it("bytes", async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), (bytes) => survives({ name: "f", bytes })));
  });
  it("bytes after a gzip header, and gzip files with a changed byte", async () => {
    const packed = gzipSync(new TextEncoder().encode("symbol,quantity\nBTC-PERPETUAL,5\n".repeat(20)));
    await fc.assert(
      fc.asyncProperty(fc.nat(packed.length - 1), fc.nat(255), (at, byte) => {
        const bytes = packed.slice();
        bytes[at] = byte;
        return survives({ name: "f.gz", bytes });
      }),
    );
  });
  it("any JSON", async () => {
    await fc.assert(fc.asyncProperty(fc.jsonValue(), (content) => survives(jsonFile("f.json", content))));
  });
  it.each([
    ["positions", positionFields],
    ["book summaries", summaryFields],
    ["accounts", accountFields],
  ])("%s with any values", async (_, fields) => {
    const rows = fc.array(row(fields), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(rows, (content) => survives(jsonFile("f.json", content))),
      { numRuns: 300 },
    );
  });
  it("any cells under known headers", async () => {
    const cell = fc.constantFrom(
      "",
      "0",
      "-1",
      "1e308",
      "5e-324",
      "BTC-PERPETUAL",
      '"',
      "a,b",
      "2026-01-04",
      "BTC-27MAR26-90000-C",
      "C",
    );
    const table = fc.array(fc.array(cell, { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom("symbol,quantity,mark_price,index_price", "symbol,mark_price,iv,timestamp"),
        (rows, header) => survives(textFile("f.csv", `${header}\n${rows.map((cells) => cells.join(",")).join("\n")}`)),
      ),
    );
  });
  it("JSON nested a million deep", async () => survives(textFile("f.json", "[".repeat(1_000_000))));
  it("members named like those of every object", async () => {
    await survives(
      textFile(
        "f.json",
        '[{"__proto__":{"size":5},"constructor":1,"instrument_name":"BTC-PERPETUAL","size":1,"direction":"buy"}]',
      ),
    );
  });
});
