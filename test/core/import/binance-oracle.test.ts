import { describe, expect, it } from "vitest";
import { readOracles } from "../../../core/import/oracle/index.ts";
import { unwrapped } from "../result-value.ts";
import { jsonFile } from "./files.ts";

const read = (content: object) => unwrapped(readOracles([jsonFile("reply.json", content)]));

describe("Binance replies that say what is charged", () => {
  /** The documented sample of sapi v2 portfolio/account. */
  it("state uniMMR with its parts: maintenance is the sum of risk units, loans and other", () => {
    const found = read({
      ...{
        uniMMR: "5167.92171923",
        accountEquity: "122607.35137903",
        actualEquity: "142607.35137903",
        accountType: "PM_3",
      },
      ...{ accountMaintMargin: "23.72469206", riskUnitMMList: [{ asset: "BTC", uniMaintainUsd: "23.72469206" }] },
      ...{ marginMM: "0.00000000", otherMM: "0.00000000" },
    });
    expect(found).toMatchObject({ venue: "binance", methodologies: ["binance-unified"] });
    const byId = new Map(found.amounts.map((amount) => [amount.id, amount]));
    expect(byId.get("uniMMR")).toMatchObject({ amount: 5167.92171923, unit: "times", lines: ["cross/uni-mmr"] });
    expect(byId.get("accountMaintMargin")?.parts).toEqual({ ids: ["riskUnit.BTC", "marginMM", "otherMM"], factor: 1 });
    expect(found.components.map(({ id, amount }) => [id, amount])).toEqual([
      ["risk-unit-maintenance", 23.72469206],
      ["borrowing-maintenance", 0],
      ["other-maintenance", 0],
    ]);
  });
  it("state the options account by asset", () => {
    const asset = {
      asset: "USDT",
      marginBalance: "1877.52",
      equity: "617.78",
      initialMargin: "2533.6",
      maintMargin: "1275.5",
    };
    const found = read({ asset: [asset], greek: [], time: 1_762_872_654_561 });
    expect(found.asOfMs).toBe(1_762_872_654_561);
    expect(found.amounts.map(({ lines: [line], amount }) => [line, amount])).toEqual([
      ["USDT/initial", 2533.6],
      ["USDT/maintenance", 1275.5],
      ["USDT/equity", 617.78],
      ["USDT/margin-balance", 1877.52],
    ]);
  });
  it("fill the factors that all symbols share, and name those that differ", () => {
    const factors = {
      initialMargin: "0.15",
      minInitialMargin: "0.10",
      maintenanceMargin: "0.075",
      minMaintenanceMargin: "0.05",
    };
    const symbols = [
      { symbol: "BTC-250926-64000-C", ...factors },
      { symbol: "XRP-250926-2-C", ...factors, initialMargin: "0.2" },
    ];
    const found = read({ optionSymbols: symbols });
    expect(found.parameters.map(({ path, value }) => [path, value])).toEqual([
      ["/options/other/minInitialMargin", 0.1],
      ["/options/other/maintenanceMargin", 0.075],
      ["/options/other/minMaintenanceMargin", 0.05],
    ]);
    expect(found.notes).toEqual(["initialMargin differs by symbol (0.15, 0.2): enter it under /options by symbol"]);
  });
  it("of another version are named as such", () => {
    const old = {
      optionSymbols: [{ symbol: "BTC-250926-64000-C", initialMargin: "0.15", maintenanceMargin: "0.075" }],
    };
    const refused = readOracles([jsonFile("old.json", old)]);
    expect(refused.ok ? "" : refused.failure.message).toContain("another version: symbols state no minInitialMargin");
  });
});
