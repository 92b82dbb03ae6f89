import { describe, expect, it } from "vitest";
import type { BacktestPoint, TestOutcome, ValidationReport } from "../../../renderer/client/through-time.ts";
import { isCut } from "../../../renderer/screens/backtest/stored-backtests.tsx";
import {
  breachSentence,
  dayColumns,
  dayRows,
  daysCsv,
  methodToOpen,
  rowsOfView,
} from "../../../renderer/screens/backtest-days/day-rows.ts";
import { firstZoom, zoomRange } from "../../../renderer/screens/backtest-series/zoom.ts";
import { tailSources } from "../../../renderer/screens/tail/tail-sources.ts";
import { testWords, validationCsv, validationSections } from "../../../renderer/screens/validation/validation-rows.ts";

const day = 86_400_000;
const method = (label: string, initialUsd: number, callUsd = 0) => ({
  ...{ label, initialUsd, maintenanceUsd: 1, binding: [], version: "v1", parameters: "p", excluded: 0 },
  ...{ equityUsd: 0, callUsd },
});
const point = (place: number, lossUsd: number, ...methods: ReturnType<typeof method>[]): BacktestPoint => ({
  ...{ asOfMs: place * day, marketId: "m", positions: 1, indices: { BTC: 1 }, methods, gaps: [] },
  exposure: { toMs: (place + 1) * day, lossUsd, drivers: [{ symbol: "X", lossUsd }], unvalued: [] },
});
const points = [
  point(0, 10, method("a", 50), method("b", 20)),
  point(1, 60, method("a", 50), method("b", 20, 5)),
  point(2, -5, method("a", 50), method("b", 20)),
];
const rows = dayRows({ points });

describe("days of a backtest", () => {
  it("come first when a requirement was below the loss", () =>
    expect(rowsOfView(rows, "breaches").map(({ asOfMs, breaches }) => [asOfMs, breaches])).toEqual([
      [day, ["a", "b"]],
    ]));
  it("are found by their calls", () => expect(rowsOfView(rows, "calls").map(({ asOfMs }) => asOfMs)).toEqual([day]));
  it("open with the method that was breached by most, else the first", () => {
    expect(rows.map(methodToOpen)).toEqual(["a", "b", "a"]);
  });
  it("have a column for margin, headroom and call of each method", () =>
    expect(dayColumns({ points }, (place) => "AB"[place] ?? "").map(({ headerName }) => headerName)).toEqual(
      expect.arrayContaining(["A margin, USD", "B less loss, USD", "B call, USD", "Loss, USD", "BTC, USD"]),
    ));
  it("are exported with every method", () => {
    const { header, rows: lines } = daysCsv(rows);
    expect(header).toHaveLength(4 + 2 * 5);
    expect(lines[1]).toEqual(["1970-01-02 00:00:00Z", 60, undefined, "X", 50, -10, 0, "v1", 0, 20, -40, 5, "v1", 0]);
  });
  it("are counted in a sentence", () => {
    expect(breachSentence(rows)).toBe("1 of 3 days with a breach, 1970-01-02");
    expect(breachSentence([])).toBe("no breach on 0 days");
  });
});

describe("the time shown", () => {
  const times = Array.from({ length: 1000 }, (_, place) => place * day);
  it("begins with all of a short series and a year of a long one", () =>
    expect([firstZoom(42), firstZoom(1000)]).toEqual(["all", "year"]));
  it("ends with the series, or holds the chosen day", () => {
    expect(zoomRange(times, "month", undefined)).toEqual({ fromMs: (999 - 31) * day, toMs: 999 * day });
    expect(zoomRange(times, "month", 100 * day)).toEqual({ fromMs: 84.5 * day, toMs: 115.5 * day });
    expect(zoomRange(times, "month", 0)).toEqual({ fromMs: 0, toMs: 31 * day });
  });
});

it.each([
  ["Short strangle of BTC: 12 of 42 days, 2026-01-01 to 2026-01-12", true],
  ["Short strangle of BTC: 1,042 of 1,042 days, 2026-01-01 to 2026-02-12", false],
])("the note %s tells whether it was cut", (note, cut) => expect(isCut({ note })).toBe(cut));

const kupiec: TestOutcome = {
  id: "kupiec-pof",
  title: "Kupiec",
  statistic: 5,
  criticalValue: 3.84,
  rejects: "above",
  pValue: 0.025,
  distribution: "chi-square",
  level: 0.05,
  sampleSize: 250,
  decision: "reject",
  remarks: ["few rows"],
  direction: "too many exceptions",
};
const series = (label: string, meanMargin: number, tests: readonly unknown[]) => ({
  ...{ label, unit: "USD", exceptions: [], rivals: [], rolling: [], synthetic: false },
  coverage: {
    ...{ observations: 250, exceptions: 7, inCount: 0.972, target: 0.99, meetsTarget: false, meanMargin },
  },
  groups: [
    {
      ...{ against: "margin", tests, rows: 250, of: 250, exceptions: 7 },
      trafficLight: { zone: "yellow", exceptions: 7, observations: 250, firstYellow: 5, firstRed: 10, atLeast: 0.01 },
    },
  ],
  procyclicality: [{ complete: true, rows: 250, mean: 1, peakToTrough: 2.5, rises: [] }],
  responsiveness: {
    figures: [
      {
        ...{ rows: 20, months: 12, changes: 9, complete: false },
        largest: { rows: 20, fromMs: 0, toMs: day, from: 1, to: 2, relative: 1, absolute: 1 },
      },
    ],
  },
});
const report = {
  ...{ settings: { level: 0.05 }, limitations: ["limit"], gaps: [], sha256: "abc" },
  series: [series("a", 100, [kupiec]), series("b", 80, [])],
} as unknown as ValidationReport;
const figure = (id: string) =>
  validationSections(report)
    .flatMap((section) => section.rows)
    .find((row) => row.id === id)?.cells;

describe("the validation dashboard", () => {
  it("says the decision in words with its p-value, and a dash where a method has no such test", () =>
    expect(figure("kupiec-pof")?.map(({ text, verdict }) => [text, verdict])).toEqual([
      ["reject, 0.025", "reject"],
      ["—", undefined],
    ]));
  it("names statistic, critical value, sample and direction behind a test", () =>
    expect(testWords(kupiec)).toBe(
      "statistic 5.000, rejects above 3.840; chi-square; sample 250; too many exceptions; few rows",
    ));
  it("says the zone and where the next begins", () =>
    expect(figure("zone")?.[0]).toMatchObject({
      text: "yellow",
      title: expect.stringContaining("yellow from 5, red from 10"),
    }));
  it("compares cost with the cheapest method", () => expect(figure("cost")?.map(({ raw }) => raw)).toEqual([0.25, 0]));
  it("says when a window is longer than the series", () =>
    expect(figure("rise 20 12")?.[0]).toMatchObject({
      raw: 1,
      title: expect.stringContaining("shorter than the window"),
    }));
  it("exports every figure with its raw number", () => {
    const { rows: lines, remarks } = validationCsv(report);
    expect(lines.find(([, name, , label]) => name === "Kupiec" && label === "a")?.[4]).toBe(0.025);
    expect(remarks).toContain("limit");
  });
});

describe("sources of a tail", () => {
  it("are the losses of the backtest with what each method required on average", () => {
    const many = Array.from({ length: 20 }, (_, place) => point(place, place, method("a", 50), method("b", 20)));
    const [source] = tailSources({ name: "x", result: { points: many } as never }, undefined, 0.95);
    expect(source?.data.lines).toEqual([
      { label: "VaR 95.0 %", value: 18, kind: "var" },
      { label: "ES 95.0 %", value: 19, kind: "es" },
      { label: "mean A", value: 50, kind: "margin" },
      { label: "mean B", value: 20, kind: "margin" },
    ]);
  });
  it("are none of a handful of days", () =>
    expect(tailSources({ name: "x", result: { points } as never }, undefined, 0.95)).toEqual([]));
});
