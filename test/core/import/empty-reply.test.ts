import { describe, expect, it } from "vitest";
import { inspectFiles } from "../../../core/import/index.ts";
import { imported, jsonFile, refusalOf, textFile } from "./files.ts";

const zero = { instrument_name: "BTC-PERPETUAL", size: 0, direction: "zero", kind: "future" };

describe("a reply of positions that lists none", () => {
  it.each([
    ["Deribit", { jsonrpc: "2.0", result: [] }, "deribit"],
    ["OKX", { code: "0", msg: "", data: [] }, "okx"],
    ["Bybit", { retCode: 0, retMsg: "OK", result: { category: "linear", nextPageCursor: "", list: [] } }, "bybit"],
    ["Derive", { id: 1, result: { positions: [], subaccount_id: 7 } }, "derive"],
    ["Paradex", { results: [] }, "paradex"],
    ["Binance, or any bare list", [], "deribit"],
  ])("is an empty portfolio: %s", async (_, content, venue) => {
    const { portfolio, report } = await imported(jsonFile("positions.json", content));
    expect(portfolio).toMatchObject({ venue, positions: [], balances: [], components: [] });
    expect(report.decisions).toContainEqual(expect.objectContaining({ decided: "no positions" }));
    expect(inspectFiles([jsonFile("positions.json", content)])[0]?.format?.kind).toBe("positions");
  });
  it("is one too when all positions are zero, in JSON and in CSV", async () => {
    const json = await imported(jsonFile("positions.json", { result: [zero, zero] }));
    expect(json.portfolio?.positions).toEqual([]);
    const csv = await imported(textFile("book.csv", "symbol,quantity\nBTC-PERPETUAL,0\n"));
    expect(csv.portfolio?.positions).toEqual([]);
  });
  it("is not made of rows that were rejected, of a header alone, or of another empty reply", async () => {
    const rejected = await imported(textFile("book.csv", "symbol,quantity\nBTC-PERPETUAL,much\n"));
    expect(rejected.portfolio).toBeUndefined();
    expect(await refusalOf(textFile("book.csv", "symbol,quantity\n"))).toContain("a header but no rows");
    expect(await refusalOf(jsonFile("other.json", { results: [], error: null }))).toContain("no reply this program");
  });
});
