import { describe, expect, it } from "vitest";
import { finish } from "../../../core/base/index.ts";
import { validationSeriesCsv } from "../../../core/report/index.ts";
import { readSeries, runValidation } from "../../../core/validation/index.ts";
import { normalSeries, requestOf } from "./series.ts";

const defaults = { label: "house", unit: "USD", confidence: 0.99, horizon: 2 };
const read = (text: string) => readSeries("daily.csv", new TextEncoder().encode(text), defaults);

describe("readSeries", () => {
  it("gives back what the pack exports, every column and digit", () => {
    const series = [
      { ...normalSeries(300), unmitigatedMargins: Array.from({ length: 300 }, (_, row) => 1000 + row) },
      { ...normalSeries(40, 2), label: "=SUM(A1), five days", horizon: 5 },
    ];
    const pack = finish(runValidation(requestOf(series)));
    if (!pack.ok) throw new Error(pack.failure.message);
    const again = read(validationSeriesCsv(pack.value));
    expect(again).toEqual({ ok: true, value: series });
  });

  it("takes a plain table of days, losses and margins; the rest by default", () => {
    expect(read("Time,loss,margin\n2026-01-01,-5,100\n2026-01-02 08:00:00Z,120.5,1e2\n")).toEqual({
      ok: true,
      value: [
        {
          ...{ label: "house", unit: "USD", confidence: 0.99, horizon: 2 },
          ...{ timesMs: [Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 2, 8)], losses: [-5, 120.5], margins: [100, 100] },
        },
      ],
    });
  });

  it.each([
    ["a word for a number", "time,loss,margin\n2026-01-01,1,2\n2026-01-02,x,2", 'daily.csv:3, column loss: "x"'],
    ["an empty margin", "time,loss,margin\n2026-01-01,1,", 'daily.csv:2, column margin: ""; expected a number'],
    ["a half empty column", "time,loss,margin,volatility\n2026-01-01,1,2,\n2026-01-02,1,2,0.5", "column volatility"],
    ["a time without a zone", "time,loss,margin\n2026-01-01 08:00,1,2", "expected an ISO day or instant with Z"],
    ["a day that is none", "time,loss,margin\n2026-02-30,1,2", '"2026-02-30"'],
    ["a column it does not know", "time,loss,margin,pnl\n2026-01-01,1,2,3", 'unknown column "pnl"; known: loss'],
    ["no margins", "time,loss\n2026-01-01,1", "no column margin"],
    ["no time", "loss,margin\n1,2", "no column time or time_ms"],
    ["a row of other length", "time,loss,margin\n2026-01-01,1", "daily.csv:2: 2 cells, expected 3"],
    ["no rows", "time,loss,margin\n", "daily.csv has no rows"],
    ["two units", "time,loss,margin,unit\n2026-01-01,1,2,USD\n2026-01-02,1,2,EUR", "unit must be one value"],
    ["two confidences", "time,loss,margin,confidence\n2026-01-01,1,2,0.9\n2026-01-02,1,2,0.8", "must be one value"],
    ["days that go back", "time,loss,margin\n2026-01-02,1,2\n2026-01-01,1,2", "does not follow"],
    ["a quote that does not end", 'time,loss,margin\n2026-01-01,1,"2', "a quoted cell does not end"],
  ])("refuses %s and says where", (_, text, words) => {
    const result = read(text);
    expect(result.ok ? "" : result.failure.message).toContain(words);
  });
});
