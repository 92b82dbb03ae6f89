import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { isoInstant, unwatched } from "../../../core/base/index.ts";
import { seriesOf } from "../../../core/history/index.ts";
import { type HistoryMapping, importHistory } from "../../../core/import/index.ts";

type Given = Readonly<Record<string, string | Uint8Array>>;

const bytesOf = (content: string | Uint8Array) =>
  typeof content === "string" ? new TextEncoder().encode(content) : content;

function importing(files: Given, mappings: Readonly<Record<string, HistoryMapping>> = {}) {
  const given = Object.entries(files).map(([name, content]) => ({ name, bytes: bytesOf(content) }));
  return importHistory(given, { name: "test", mappings, work: unwatched });
}

async function imported(...given: Parameters<typeof importing>) {
  const result = await importing(...given);
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

async function refused(...given: Parameters<typeof importing>): Promise<string> {
  const result = await importing(...given);
  if (result.ok) throw new Error("was imported");
  return result.failure.message;
}

const lines = (...rows: readonly string[]): string => `${rows.join("\n")}\n`;

describe("importHistory, columns named by factors", () => {
  const file = lines(
    "# synthetic: made up",
    "date,price:BTC,volatility:BTC:30d,note",
    "2026-01-01,100,0.5,a",
    "2026-01-02,,0.51,b",
    "2026-01-03,x,0.52,c",
    "2026-01-04,103,0.53,d",
  );

  it("keeps good rows, names the bad cell, and takes an empty cell for no observation", async () => {
    const { history, report } = await imported({ "a.csv": file });
    expect(seriesOf(history, "price:BTC")?.values).toEqual([100, 103]);
    expect(seriesOf(history, "volatility:BTC:30d")?.values).toEqual([0.5, 0.51, 0.53]);
    expect(report.problems).toMatchObject([
      { severity: "error", file: "a.csv", row: 5, column: "price:BTC", value: "x" },
    ]);
    expect(history.sources).toMatchObject([{ name: "a.csv", rejected: 1 }]);
  });

  it("dates a day at its end, and marks what says that it is synthetic", async () => {
    const { history } = await imported({ "a.csv": file });
    expect(isoInstant(history.series[0]?.timesMs[0] ?? 0)).toBe("2026-01-01 23:59:59Z");
    expect(history.synthetic).toBe(true);
    const stamped = await imported({ "b.csv": lines("time,price:BTC", "2026-01-01T09:00:00Z,1") });
    expect(isoInstant(stamped.history.series[0]?.timesMs[0] ?? 0)).toBe("2026-01-01 09:00:00Z");
    expect(stamped.history.synthetic).toBeUndefined();
  });

  it("reads gzip, and CSV with semicolons and decimal commas", async () => {
    const zipped = await imported({ "a.csv.gz": gzipSync(file) });
    expect(seriesOf(zipped.history, "price:BTC")?.values).toEqual([100, 103]);
    const comma = await imported({ "a.csv": lines("date;price:BTC", "2026-01-01;0,5", "2026-01-02;0,25") });
    expect(comma.history.series[0]?.values).toEqual([0.5, 0.25]);
  });

  it("joins files of one source and refuses a second source of a factor", async () => {
    const later = lines("date,price:BTC", "2026-02-01,7");
    const { history, report } = await imported({ "one/btc.csv": file, "two/other.csv": later });
    expect(seriesOf(history, "price:BTC")?.values).toEqual([100, 103]);
    expect(report.problems.at(-1)).toMatchObject({ file: "two/other.csv", rule: "one source a series" });
    const joined = await imported({ "one/btc.csv": lines("date,price:BTC", "2026-01-31,6"), "two/btc.csv": later });
    expect(joined.history.series[0]?.values).toEqual([6, 7]);
  });
});

describe("importHistory, daily prices", () => {
  it("takes the adjusted close and warns of a close outside low and high", async () => {
    const { history, report } = await imported({
      "eth-usd.csv": lines("Date,High,Low,Close,Adj Close", "2026-01-02,12,9,10,5", "2026-01-05,12,9,13,6.5"),
    });
    expect(history.series[0]).toMatchObject({ factor: "price:ETH", values: [5, 6.5] });
    expect(report.problems).toMatchObject([{ severity: "warning", row: 3, rule: "the close is between low and high" }]);
    expect(report.decisions).toContainEqual(expect.objectContaining({ what: "price", decided: "Adj Close" }));
  });

  it("divides prices before a split by it, and leaves prices alone that show no jump", async () => {
    const header = "Date,Close,Dividends,Stock Splits";
    const raw = lines(header, "2026-01-05,100,0,0", "2026-01-06,104,0,0", "2026-01-07,26.5,0,4", "2026-01-08,27,0,0");
    const adjusted = lines(header, "2026-01-05,25,0,0", "2026-01-06,26,0,0", "2026-01-07,26.5,0,4");
    const of = await imported({ "BTC-USD.csv": raw });
    expect(of.history.series[0]?.values).toEqual([25, 26, 26.5, 27]);
    expect(of.report.decisions).toContainEqual(
      expect.objectContaining({ what: "split 4 of price:BTC on 2026-01-07", decided: "earlier prices divided by it" }),
    );
    const already = await imported({ "BTC-USD.csv": adjusted });
    expect(already.history.series[0]?.values).toEqual([25, 26, 26.5]);
    expect(already.report.decisions).toContainEqual(
      expect.objectContaining({ decided: "prices are adjusted already" }),
    );
  });

  it("keeps a negative price and says what it limits", async () => {
    const { history } = await imported({ "CLUSD.csv": lines("Date,Close", "2020-04-17,18.27", "2020-04-20,-37.63") });
    expect(history.series[0]).toMatchObject({ factor: "price:CL", values: [18.27, -37.63] });
    expect(history.warnings.map(({ message }) => message).join()).toContain("absolute ones do not");
  });

  it("refuses a name that says nothing, until columns are mapped", async () => {
    const file = { "data.csv": lines("Date,Close", "2026-01-02,1", "2026-01-03,2") };
    expect(await refused(file)).toContain("map the columns to risk factors first");
    const mapping: HistoryMapping = { time: "Date", stamp: "day", values: [{ column: "Close", factor: "price:GOLD" }] };
    const { history } = await imported(file, { "data.csv": mapping });
    expect(history.series[0]).toMatchObject({ factor: "price:GOLD", values: [1, 2], source: "data" });
  });
});

describe("importHistory, units", () => {
  const dvol = (value: number) =>
    JSON.stringify([
      [1_767_225_600_000, value],
      [1_767_312_000_000, value + 1e-3],
    ]);

  it("reads percent of layouts that write it as fractions, and refuses values that cannot be percent", async () => {
    const { history } = await imported({ "dvol_eth.json": dvol(56.7) });
    expect(history.series[0]).toMatchObject({ factor: "volatility:ETH:30d", values: [0.567, 0.56701] });
    expect(await refused({ "dvol_eth.json": dvol(0.567) })).toContain("look like fractions");
    const mapping: HistoryMapping = {
      time: "0",
      values: [{ column: "1", factor: "volatility:ETH:30d", scale: "fraction" }],
    };
    const mapped = await imported({ "dvol_eth.json": dvol(0.567) }, { "dvol_eth.json": mapping });
    expect(mapped.history.series[0]?.values).toEqual([0.567, 0.568]);
  });

  it("asks for the unit of a mapped volatility", async () => {
    const mapping: HistoryMapping = { time: "d", values: [{ column: "v", factor: "volatility:BTC:30d" }] };
    const file = { "a.csv": lines("d,v", "2026-01-01,50") };
    expect(await refused(file, { "a.csv": mapping })).toContain(
      "say whether volatility:BTC:30d is in percent or a fraction",
    );
    const percent: HistoryMapping = {
      ...mapping,
      values: [{ column: "v", factor: "volatility:BTC:30d", scale: "percent" }],
    };
    expect((await imported(file, { "a.csv": percent })).history.series[0]?.values).toEqual([0.5]);
  });

  it("names columns and factors of a mapping that do not fit", async () => {
    const mapping: HistoryMapping = { time: "day", values: [{ column: "v", factor: "level" }] };
    const message = await refused({ "a.csv": lines("d,v", "2026-01-01,50") }, { "a.csv": mapping });
    expect(message).toContain('no column "day"');
  });
});

describe("importHistory, margins", () => {
  const file = lines("date,initial,maintenance", "20120326,4375,3500", "20120924,3850,3500").trimEnd();

  it("reads both margins from their effective day, comment lines and a missing line end included", async () => {
    const { history, report } = await imported({ "cme/ES.csv": `# from advisories\n${file}` });
    expect(report.problems).toEqual([]);
    expect(history.series.map(({ factor, values }) => [factor, values])).toEqual([
      ["margin:cme/ES:initial", [4375, 3850]],
      ["margin:cme/ES:maintenance", [3500, 3500]],
    ]);
    expect(isoInstant(history.series[0]?.timesMs[0] ?? 0)).toBe("2012-03-26 00:00:00Z");
  });

  it("leaves a placeholder out and names it", async () => {
    const placeholder = lines(
      "# we don't have historical information for this symbol",
      "date,initial,maintenance",
      "19900101,12000,9600",
    );
    const { history, report } = await imported({ "cme/ES.csv": file, "cfe/VX.csv": placeholder });
    expect(history.series).toHaveLength(2);
    expect(report.problems).toMatchObject([{ severity: "warning", file: "cfe/VX.csv" }]);
    expect(report.files[1]).toMatchObject({ rows: 1, kept: 0 });
    expect(await refused({ "cfe/VX.csv": placeholder })).toContain("holds no observations");
  });
});

describe("importHistory, refusals", () => {
  it.each([
    ["nothing", {}, "no files were given"],
    ["an empty file", { "a.csv": "" }, "the file is empty"],
    [
      "positions",
      { "a.json": `[{"instrument_name":"BTC-PERPETUAL","size":1,"kind":"future"}]` },
      "no known layout of a history",
    ],
    [
      "truncated gzip",
      { "a.csv.gz": gzipSync("date,price:BTC\n2026-01-01,1\n").subarray(0, 30) },
      "truncated or damaged",
    ],
  ])("of %s", async (_, files: Given, message) => expect(await refused(files)).toContain(message));

  it("stops when cancelled", async () => {
    const files = [{ name: "a.csv", bytes: bytesOf(lines("date,price:BTC", "2026-01-01,1")) }];
    const result = await importHistory(files, { name: "x", work: { ...unwatched, cancelled: () => true } });
    expect(result).toMatchObject({ ok: false, failure: { reason: "cancelled" } });
  });
});
