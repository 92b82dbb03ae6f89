import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { unwatched } from "../../../../core/base/index.ts";
import { importFiles, loadParameterFile, readParameterFile } from "../../../../core/import/index.ts";
import { xmlScanner } from "../../../../core/import/parameter-file/xml-scanner.ts";
import { describeWithSharedData } from "../../../shared-data.ts";
import { bytesOf, failureOf, fileFrom } from "./read-file.ts";
import { syntheticArray, syntheticPositional, syntheticXml } from "./synthetic-file.ts";

const small = [...syntheticXml({ families: 2, months: 2, strikes: 3 })].join("");

describe("xmlScanner", () => {
  const text =
    '<?xml version="1.0"?><!-- a > b --><r a="x>y"><n>R&amp;D &#65;&#x42;</n><e/><c><![CDATA[1<2 &amp;]]> x</c></r>\r\n';
  const events = (size: number): string[] => {
    const found: string[] = [];
    const scanner = xmlScanner({
      open: (name) => void found.push(`<${name}>`),
      close: (name, own) => void found.push(`</${name}> ${own}`),
    });
    for (let at = 0; at < text.length; at += size) expect(scanner.push(text.slice(at, at + size))).toBe(undefined);
    expect(scanner.end()).toBe(undefined);
    return found;
  };

  it("reads elements, entities, CDATA and comments", () => {
    expect(events(text.length)).toEqual([
      ...["<r>", "<n>", "</n> R&D AB", "<e>", "</e> ", "<c>", "</c> 1<2 &amp; x", "</r> "],
    ]);
  });

  it("finds the same in pieces of any size", () => {
    const whole = events(text.length);
    for (let size = 1; size < 40; size++) expect(events(size), `pieces of ${size}`).toEqual(whole);
  });

  it.each([
    ["<a><b></a>", "</a> ends <b>"],
    ["<a>", "the file ends inside <a>"],
    ["no element", "the file holds no element"],
    ["<a></a> more", "text after the last element"],
    ["<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "a document type declaration is not read"],
  ])("refuses %s", (bad, message) => {
    const scanner = xmlScanner({ open: () => {}, close: () => {} });
    const failure = scanner.push(bad) ?? scanner.end();
    expect(failure?.reason).toBe("parse-error");
    expect(failure?.message).toContain(message);
  });
});

describe("XML parameter files", () => {
  it("hold families, series, arrays and combined commodities", async () => {
    const file = await fileFrom(small);
    expect(file).toMatchObject({
      clearingHouse: "SYNTH",
      date: "2025-06-20",
      cycle: "settlement final",
      layout: "xml",
    });
    expect(file.families.map(({ product, type, style }) => `${type} ${product} ${style}`)).toEqual([
      ...["FUT P0 futures", "OOP P0 premium", "FUT P1 futures", "OOP P1 premium"],
    ]);
    const [series] = file.families[1]?.series ?? [];
    expect(series).toMatchObject({ month: "202509", contractSize: 100, interestRate: 0.03, years: 0.249315 });
    expect(series?.scan).toEqual({ price: 300, priceUnit: "money", volatility: 0.25, volatilityUnit: "relative" });
    expect(series?.contracts[1]?.right).toBe("put");
    expect(series?.contracts[1]?.array).toEqual(syntheticArray(1 / 3, 300).map((value) => Number(value.toFixed(6))));
    expect(file.commodities.map(({ code }) => code)).toEqual(["P0", "P1"]);
    expect([file.warnings, file.notUnderstood]).toEqual([[], []]);
  });

  it("are the same packed with gzip, and give the hash of the bytes as they came", async () => {
    const plain = await fileFrom(small);
    const packed = await loadParameterFile({ name: "test.spn.gz", bytes: gzipSync(bytesOf(small)) }, unwatched);
    expect(packed.ok && packed.value.families).toEqual(plain.families);
    expect(packed.ok && packed.value.sources[0]?.sha256).not.toBe(plain.sources[0]?.sha256);
  });

  it("count what is not understood, and let nothing inside it count for what is around it", async () => {
    const strange = small.replaceAll("<o>C</o>", "<o>C</o><greek><p>999</p><d>7</d></greek><vega>1</vega>");
    const file = await fileFrom(strange);
    expect(file.notUnderstood).toEqual([
      { what: "element greek in opt", count: 8 },
      { what: "element vega in opt", count: 8 },
    ]);
    expect(file.families).toEqual((await fileFrom(small)).families);
  });

  it("read names as Windows-1254 where ISO-8859-1 is declared", async () => {
    const name = "Bor\u00fea \u00ddstanbul \u00f0\u00fd";
    const file = await fileFrom(small.replace("<name>Options</name>", `<name>${name}</name>`));
    expect(file.families[1]?.name).toBe("Borşa İstanbul ğı");
    expect(file.encoding).toBe("declared ISO-8859-1, names read as Windows-1254");
    const utf8 = small.replace("ISO-8859-1", "UTF-8").replace("<name>Options</name>", "<name>\u00c5\u009f</name>");
    expect((await fileFrom(utf8)).families[1]?.name).toBe("ş");
  });

  it("name arrays of another length, negative prices and lists that disagree", async () => {
    const broken = small
      .replace(/(<opt><cId>0<\/cId>[\s\S]*?<ra><r>1<\/r>)<a>[-\d.]+<\/a>/, "$1")
      .replace("<p>1.33</p>", "<p>-1.33</p>")
      .replace(/<ccDef><cc>P1<\/cc>[\s\S]*?<\/ccDef>/, "");
    const { warnings } = await fileFrom(broken);
    expect(warnings.map(({ message }) => message)).toEqual([
      "an array of opt 0 holds 15 values, expected 16 numbers",
      "OOP P0 202509 call 10 has no risk array",
      "OOP P0 202509 put 10.25 has the price -1.33, below 0",
      "family SYN/P1/FUT has contracts but belongs to no combined commodity",
      "family SYN/P1/OOP has contracts but belongs to no combined commodity",
    ]);
  });

  it.each([
    ["", "parse-error: the file is empty"],
    ["<html><body>Not here</body></html>".padEnd(80), "parse-error: the file names no clearing organisation"],
    [small.slice(0, 5000), "it is truncated"],
    ["This is no parameter file at all, it only looks like text.      \n", "the file is no parameter file"],
    ["1010     0000 London format 4 line with its record types from 10 to 60", "London layout"],
    [small.replace("<date>20250620</date>", ""), "the file names no business day"],
  ])("are refused in words: %#", async (text, message) => expect(await failureOf(text)).toContain(message));

  it("can be cancelled, and report progress in bytes", async () => {
    const bytes = bytesOf([...syntheticXml({ families: 4, months: 6, strikes: 60 })].join(""));
    const progress: number[] = [];
    const file = { name: "test.spn", bytes };
    const work = {
      progress: (done: number) => void progress.push(done),
      cancelled: () => progress.length > 0,
      pause: async () => {},
    };
    const read = await readParameterFile(file, () => {}, work);
    expect(read.ok ? "read" : read.failure.reason).toBe("cancelled");
    expect(progress.length).toBe(1);
    await readParameterFile(file, () => {}, { ...work, cancelled: () => false });
    expect(progress.at(-1)).toBe(bytes.length);
  });
});

describeWithSharedData("the parameter file of Takasbank, 2016-05-17", (path) => {
  it("imports whole: 2,811 contracts with arrays, nothing that is not understood, nothing that disagrees", async () => {
    const bytes = readFileSync(path("span-takasbank-2016", "takas.spn.gz"));
    const read = await readParameterFile({ name: "takas.spn.gz", bytes }, () => {}, unwatched);
    expect(read.ok && read.value).toMatchObject({
      ...{ clearingHouse: "TAKASBANK", date: "2016-05-17", cycle: "settlement final", deltaMonth: "period" },
      ...{ counts: { families: 98, series: 273, contracts: 2811, arrays: 2811 }, notUnderstood: [], warnings: [] },
      conversions: [{ from: "USD", to: "TRY", factor: 2.9765 }],
    });
    expect(read.ok && [read.value.commodities.length, read.value.interSpreads.length]).toEqual([40, 56]);
    expect(read.ok && read.value.scenarios?.[14]).toEqual({
      ...{ point: 15, priceFraction: 3, volatilityFraction: 0, weight: 0.32, paired: 15 },
    });
  });
});

describe("parameter files among other files", () => {
  it.each([
    ["XML", small],
    ["positional", [...syntheticPositional({ families: 1, months: 1, strikes: 2 })].join("")],
  ])("say where they belong: %s", async (_layout, text) => {
    const options = { name: "n", mappings: {}, work: unwatched };
    const imported = await importFiles([{ name: "file.spn", bytes: bytesOf(text) }], options);
    const message = imported.ok ? (imported.value.report.problems[0]?.message ?? "") : imported.failure.message;
    expect(message).toContain("the file is a clearing house's parameter file: keep it with parameter-file.import");
  });
});
