import { describe, expect, it } from "vitest";
import { inspectFiles } from "../../../core/import/index.ts";
import { jsonFile, textFile } from "./files.ts";

const flex = `<FlexQueryResponse><FlexStatements><FlexStatement accountId="U1"><OpenPositions/></FlexStatement></FlexStatements></FlexQueryResponse>`;
const xml = `<?xml version="1.0" encoding="ISO-8859-1"?>\n<spanFile><fileFormat>4.00</fileFormat></spanFile>`;

describe("inspectFiles", () => {
  it("knows the statements of brokers", () => {
    const files = [
      textFile("a.xml", flex),
      textFile("b.csv", "Position Statement for 1 (a) on 1/13/26 15:30:00\n\nNone\nInstrument,Qty\nXYZ,\nXYZ INC,5\n"),
      jsonFile("c.json", [{ account: "U1", tag: "NetLiquidation", value: "1", currency: "USD", modelCode: "" }]),
      jsonFile("d.json", { date: "2026-03-18", spot: 1, timestamp: "2026-03-18T20:00:00", expiries: {} }),
      textFile("e.csv", "symbol,quantity\nAAPL270115C00200000,1\n"),
    ];
    expect(inspectFiles(files).map(({ format }) => format?.id)).toEqual([
      ...["ibkr-flex", "thinkorswim-positions", "ibkr-account-values", "index-option-chain", "generic-csv"],
    ]);
  });

  it("marks parameter files, which are kept apart, and only those", () => {
    const files = [textFile("x.spn", xml), textFile("y.xml", "<other/>"), textFile("z.csv", "a,b\n1,2\n")];
    expect(inspectFiles(files).map(({ parameterFile }) => parameterFile)).toEqual([true, undefined, undefined]);
    expect(inspectFiles(files)[0]?.problem?.message).toContain("parameter-file.import");
  });
});
