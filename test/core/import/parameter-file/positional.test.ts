import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import * as records from "../../../../core/import/parameter-file/positional-record.ts";
import { failureOf, fileFrom } from "./read-file.ts";
import { syntheticArray, syntheticPositional } from "./synthetic-file.ts";

/** Real record lines of 2025-06-20 with decoded values; see test/golden/span/README.md. */
const [golden] = JSON.parse(
  readFileSync(resolve(import.meta.dirname, "../../../golden/span/span-pa2-records.json"), "utf8"),
) as [{ parameters: { lines: string[] }; expected: { records: { recordId: string; fields: unknown }[] } }];
const lineOf = (id: string) => golden.parameters.lines.find((line) => line.startsWith(id.padEnd(2))) ?? "";
const expectedOf = (id: string) => golden.expected.records.find(({ recordId }) => recordId === id)?.fields;

describe("records of the expanded positional layout, as published", () => {
  it("0: header", () => {
    const record = records.headerRecord(lineOf("0"));
    expect({
      exchangeComplex: record.exchangeComplex,
      businessDate: record.businessDate?.replaceAll("-", ""),
      settlementFlag: record.settlement,
      fileIdentifier: record.identifier,
      fileCreationDate: record.creationDate?.replaceAll("-", ""),
      fileCreationTime: record.creationTime,
      fileFormat: record.format,
      accountType: record.accountType,
      performanceBondClass: record.bondClass,
      maintenanceOrInitial: record.requirement,
    }).toEqual(expectedOf("0"));
  });

  it("2: combined commodity and its families", () => {
    const { optionStyle, families, ...rest } = records.commodityRecord(lineOf("2"));
    expect({
      ...rest,
      optionMarginStyle: optionStyle,
      families: families.map(({ product, type }) => ({ commodity: product, productType: type })),
    }).toEqual(expectedOf("2"));
    expect(families.every(({ arrayExponent }) => arrayExponent === 0)).toBe(true);
  });

  it("3: tiers and ratios", () => {
    const { code, method, tiers, ratios } = records.monthTierRecord(lineOf("3"));
    const named = tiers.map(({ tier, from, to }) => ({ tier, start: Number(from), end: Number(to) }));
    expect({ code, method, tiers: named, initialToMaintenance: ratios }).toEqual(expectedOf("3"));
  });

  it("6: spread between commodities", () => {
    const { group, priority, ratePercent, legs, method, target, minimumLegs, spreadGroup } =
      records.commoditySpreadRecord(lineOf("6"));
    const named = legs.map(({ exchange, required, commodity, deltaPerSpread, side }) => ({
      ...{ exchange, required: required === false ? "N" : "Y", code: commodity, deltaPerSpread, side },
    }));
    const { ratio, ...into } = target;
    expect({ group, priority, creditRatePct: ratePercent, legs: named, method, target: into }).toEqual(expectedOf("6"));
    expect({ ratio, minimumLegs, spreadGroup }).toEqual({ ratio: 1, minimumLegs: 1, spreadGroup: "S" });
  });

  it("81: first half of an array", () => {
    const line = lineOf("81");
    const { exchange, product, underlyingProduct, type, futureMonth } = records.arrayIdentity(line);
    const { values, settlement, settlementFlag } = records.firstValuesRecord(line);
    expect({
      ...{ exchange, commodity: product, underlying: underlyingProduct, productType: type },
      ...{ contractMonth: Number(futureMonth), arrayValues1to9: values },
      ...{ highPrecisionSettlement: settlement, highPrecisionFlag: settlementFlag },
    }).toEqual(expectedOf("81"));
  });
});

/** Further lines of the same source; values read by the published columns. */
describe("further records of the CME file of 2025-06-20", () => {
  it("T: one peso is 0.001063 dollars", () =>
    expect(records.conversionRecord("T CLPCUSD$0000001063")).toEqual({ from: "CLP", to: "USD", factor: 0.001063 }));

  it("S: two credit tiers, price risk capped", () => {
    const line = "S 07    20020120250720250702202508202812                                          2";
    const { shortOptionRates, ...record } = records.scanningRecord(line);
    expect(record).toEqual({
      ...{ code: "07", method: "20", weightedRisk: "2" },
      tiers: [
        { tier: 1, from: "202507", to: "202507" },
        { tier: 2, from: "202508", to: "202812" },
      ],
    });
    expect(shortOptionRates.every((rate) => rate === undefined)).toBe(true);
  });

  it("E: a butterfly of single months", () => {
    const line = "E 17    0000100002502509   010000A2512   020000B2603   010000A";
    expect(records.seriesSpreadRecord(line)).toEqual({
      ...{ code: "17", priority: 1, charge: 250 },
      legs: [
        { month: "202509", side: "A", deltaPerSpread: 1 },
        { month: "202512", side: "B", deltaPerSpread: 2 },
        { month: "202603", side: "A", deltaPerSpread: 1 },
      ],
    });
  });

  it("C: a butterfly of tiers", () =>
    expect(records.tierSpreadRecord("C 06    1001030000100011401A021502B031601A")).toEqual({
      ...{ code: "06", method: "10", priority: 1, charge: 100 },
      legs: [
        { tier: 14, side: "A", deltaPerSpread: 1 },
        { tier: 15, side: "B", deltaPerSpread: 2 },
        { tier: 16, side: "A", deltaPerSpread: 1 },
      ],
    }));

  it("4: delivery month, short option minimum, adjustment factors", () => {
    const line = "4 YM    10010120250600000010000000                            00001701001001001";
    expect(records.deliveryRecord(line)).toEqual({
      ...{ code: "YM", method: "10", shortOptionRate: 170, shortOptionMethod: "1" },
      delivery: [{ month: "202506", inSpreads: 1, outright: 0 }],
      factors: { member: 1, hedger: 1, speculator: 1 },
    });
  });

  it("B: ranges and extreme move of an array", () => {
    const line =
      "B CBTZSC       OOC202507   202507   999999992500000000600030000330000000000000000000001000020250620ZSC       BC00000000Y0000035-0005000000000000 00 00 010000000000P 00";
    expect(records.arrayParameterRecord(line)).toMatchObject({
      ...{ exchange: "CBT", product: "ZSC", type: "OOC", futureMonth: "202507", optionMonth: "202507" },
      ...{ deltaScaling: 1, expiryDate: "2025-06-20", priceModel: "BC", contractSize: 5000 },
      scan: {
        ...{ price: 600, priceUnit: "money", volatility: 0.25, volatilityUnit: "relative" },
        ...{ extremeMultiplier: 3, coverFraction: 0.33 },
      },
    });
  });

  it("P: decimals and contract size of a family", () => {
    const line =
      "P CBT06        OOFSOYBEAN MEAL OP003000  000010000000000000000001USD$STD 00AMERSOYBEAN MEAL OPTIONS Long dated    YFEQTY DELIV                 0000001000000000  ";
    expect(records.priceRecord(line)).toEqual({
      ...{ exchange: "CBT", product: "06", type: "OOF", name: "SOYBEAN MEAL OP", priceDecimals: 3, strikeDecimals: 0 },
      ...{ contractSize: 100, currency: "USD", exercise: "AMER", valuation: "EQTY" },
    });
  });

  it("82: second half of an array", () => {
    const line =
      "82CBT06        06        OOFC202507   202507   000014500000+00000+00000+00000+00000+00000+00000+00000+002500000139100++10000+C";
    expect(records.arrayIdentity(line)).toMatchObject({ right: "call", optionMonth: "202507", strike: 145 });
    expect(records.lastValuesRecord(line)).toEqual({
      ...{ values: [0, 0, 0, 0, 0, 0, 0], delta: 0, volatility: 0.25, settlement: 139100, strikeSign: 1 },
    });
  });
});

describe("positional parameter files", () => {
  const small = [...syntheticPositional({ families: 2, months: 2, strikes: 3 })].join("");

  it("hold families, series, arrays and combined commodities", async () => {
    const file = await fileFrom(small);
    expect(file).toMatchObject({
      ...{ clearingHouse: "SYNTH", date: "2025-06-20", cycle: "settlement final", layout: "positional" },
      ...{ states: "maintenance", warnings: [], notUnderstood: [] },
    });
    const [future, options] = file.families;
    expect(future?.series[0]).toMatchObject({ month: "202509", contractSize: 100, deltaScaling: 1 });
    expect(future?.series[0]?.contracts[0]).toMatchObject({ price: 50, delta: 1 });
    expect(options).toMatchObject({ type: "OOF", exercise: "american", style: "premium", priceModel: "B2" });
    expect(options?.series[0]).toMatchObject({
      ...{ month: "202509", futureMonth: "202509", expiryDate: "2025-09-19", years: 0.249315, interestRate: 0.03 },
      scan: {
        ...{ price: 300, priceUnit: "money", volatility: 0.25, volatilityUnit: "absolute" },
        ...{ extremeMultiplier: 3, coverFraction: 0.33, lookAheadYears: 0.00274 },
      },
      underlying: { exchange: "SYN", product: "P0", type: "FUT", month: "202509" },
    });
    expect(options?.series[0]?.contracts[1]).toMatchObject({
      right: "put",
      strike: 10.25,
      price: 2.5,
      volatility: 0.25,
    });
    expect(options?.series[0]?.contracts[1]?.array).toEqual(
      syntheticArray(1 / 3, 300).map((value) => Math.sign(value) * Math.round(Math.abs(value))),
    );
    expect(file.commodities[0]).toMatchObject({
      ...{ code: "P0", currency: "USD", shortOptionMethod: "gross" },
      initialRatios: { member: 1, hedger: 1, speculator: 1.1 },
      adjustmentFactors: { member: 1, hedger: 1, speculator: 1 },
      shortOptionRates: [{ tier: 0, rates: [{ rate: 1, value: 50 }] }],
    });
  });

  it("are read the same with plain line ends", async () => {
    const { sources: _a, ...unix } = await fileFrom(small.replaceAll("\r\n", "\n"));
    const { sources: _b, ...windows } = await fileFrom(small);
    expect(unix).toEqual(windows);
  });

  it("count record types that are not read, and name halves of arrays without the other", async () => {
    const all = small.split("\r\n");
    const lost = all.findIndex((line) => line.startsWith("82") && line.includes("OOF"));
    const strange = [...all.slice(0, lost), ...all.slice(lost + 1, -1), "V CMEGA        202506", "ZZ nothing", ""];
    const file = await fileFrom(strange.join("\r\n"));
    expect(file.notUnderstood).toEqual([
      { what: 'record "V "', count: 1 },
      { what: 'record "ZZ"', count: 1 },
    ]);
    expect(file.warnings.map(({ message }) => message)).toEqual([
      "OOF P0 202509 call 1000: the first half of an array without its second",
    ]);
  });

  it.each([
    ["U", "an older layout", 'the header names layout "U"; expected U2'],
    ["P2", "a packed layout", 'the header names layout "P2"; expected U2'],
  ])("of layout %s are refused: %s", async (format, _why, message) => {
    expect(await failureOf(small.replace("U2", format.padEnd(2)))).toContain(message);
  });
});
