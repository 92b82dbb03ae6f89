import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { canonicalJson, finish } from "../../../core/base/index.ts";
import {
  reportHtml,
  syntheticMark,
  validationCsv,
  validationDocument,
  validationJson,
  validationSeriesCsv,
} from "../../../core/report/index.ts";
import { runValidation, type ValidationReport, type ValidationRequest } from "../../../core/validation/index.ts";
import { normalSeries, requestOf } from "../validation/series.ts";

function packOf(request: ValidationRequest): ValidationReport {
  const result = finish(runValidation(request));
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

const request = requestOf([normalSeries(600), { ...normalSeries(600, 2), label: "other, five days", horizon: 5 }]);
const pack = packOf(request);

type Row = Readonly<Record<string, string>>;
const rows: readonly Row[] = parse(validationSeriesCsv(pack), { columns: true });
const rowsOf = (series: string) => rows.filter((row) => row.series === series);

describe("validation pack", () => {
  it("is the same, digit by digit, for the same request", () => {
    expect(canonicalJson(packOf(request))).toBe(canonicalJson(pack));
    const moved = packOf({ ...request, settings: { ...request.settings, seed: 2 } });
    expect(moved.sha256).not.toBe(pack.sha256);
  });

  it("survives its own JSON", () => {
    const { report } = JSON.parse(validationJson(pack)) as { report: ValidationReport };
    expect(canonicalJson(report)).toBe(canonicalJson(pack));
    expect(validationCsv(report)).toBe(validationCsv(pack));
  });

  it("accepts a right model and rejects one with half the margin", () => {
    const [right] = pack.series;
    expect(right?.groups[0]?.tests.find(({ id }) => id === "kupiec-pof")?.decision).toBe("accept");
    const series = normalSeries(600);
    const half = packOf(requestOf([{ ...series, margins: series.margins.map((margin) => margin / 2) }]));
    const [pof] = half.series[0]?.groups[0]?.tests ?? [];
    expect(pof).toMatchObject({ id: "kupiec-pof", decision: "reject", direction: "too many exceptions" });
    expect(half.series[0]?.coverage.meetsTarget).toBe(false);
    expect(half.series[0]?.groups[0]?.trafficLight?.zone).toBe("red");
  });

  it("tests the forecasts of shortfall beside those of coverage", () => {
    const forecast = pack.series[0]?.groups[1];
    expect(forecast).toMatchObject({ against: "valueAtRisk" });
    expect(forecast?.p).toBeCloseTo(0.025, 12);
    expect(forecast?.tests.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["acerbi-szekely-1", "acerbi-szekely-2", "mcneil-frey"]),
    );
  });

  it("every test states statistic, critical value, p-value, sample and decision, or why it was not made", () => {
    for (const { groups } of pack.series)
      for (const { tests } of groups)
        for (const test of tests) {
          expect(test.sampleSize).toBeGreaterThan(0);
          if (test.decision === "not testable") expect(test.remarks[0]?.length).toBeGreaterThan(10);
          else
            for (const name of ["statistic", "criticalValue", "pValue"] as const)
              expect(test[name]).toBeTypeOf("number");
        }
  });

  it("says how overlapping periods were dealt with", () => {
    const other = pack.series[1];
    expect(other?.groups[0]).toMatchObject({ overlap: "every-hth", rows: 120, of: 600 });
    expect(pack.limitations.join(" ")).toContain("periods of 5 rows overlap; tests use one row in 5, 120 of 600");
    const blocks = packOf({ ...request, settings: { ...request.settings, overlap: "block-bootstrap" } });
    expect(blocks.series[1]?.groups[0]?.tests.map(({ id }) => id)).toEqual(["block-bootstrap-coverage"]);
    expect(blocks.series[0]?.groups[0]?.tests.length).toBeGreaterThan(5);
  });

  it("compares rival forecasts and the cost of tools when they are given", () => {
    const [one] = request.series;
    if (one === undefined) throw new Error("no series");
    const rival = { label: "half", series: "book" };
    const half = (values: readonly number[] = []) => values.map((value) => value / 2);
    const more = packOf({
      ...request,
      series: [{ ...one, unmitigatedMargins: one.margins.map((margin) => margin / 1.25) }],
      rivals: [{ ...rival, valueAtRisk: half(one.valueAtRisk), expectedShortfall: half(one.expectedShortfall) }],
    });
    expect(more.series[0]?.toolCost).toBeCloseTo(0.25, 12);
    expect(more.series[0]?.rivals[0]?.test.statistic).toBeLessThan(0);
  });

  it.each([
    ["no series", { series: [] }, "at least one series"],
    ["two series of one name", { series: [normalSeries(10), normalSeries(10)] }, "labels must be unique"],
    [
      "a rival of no series",
      { rivals: [{ label: "x", series: "nobody", valueAtRisk: [], expectedShortfall: [] }] },
      "which is not here",
    ],
    ["attribution of unequal length", { attribution: { hypothetical: [1, 2], theoretical: [1] } }, "one length"],
  ])("refuses %s", (_, change, words) => {
    const result = finish(runValidation({ ...request, ...change }));
    expect(result.ok ? "" : result.failure.message).toContain(words);
  });
});

describe("the exported daily series (T9, T10)", () => {
  it.each(["book", "other, five days"])("gives again the counts, coverage and shortfalls of %s", (label) => {
    const own = rowsOf(label);
    const excess = own.map((row) => Number(row.loss) - Number(row.margin)).filter((value) => value > 0);
    const found = pack.series.find((series) => series.label === label)?.coverage;
    expect(own).toHaveLength(found?.observations ?? -1);
    expect(excess).toHaveLength(found?.exceptions ?? -1);
    expect(own.filter((row) => row.exception === "1")).toHaveLength(excess.length);
    expect(1 - excess.length / own.length).toBe(found?.inCount);
    expect(Math.max(...excess)).toBe(found?.largestShortfall);
    expect(excess.reduce((total, value) => total + value, 0) / excess.length).toBeCloseTo(found?.meanShortfall ?? 0, 9);
  });

  it("gives again the counts against the forecast, on the rows that are a period apart", () => {
    const group = pack.series[1]?.groups[1];
    const apart = rowsOf("other, five days").filter((_, at) => at % 5 === 0);
    expect(apart).toHaveLength(group?.rows ?? -1);
    const exceptions = apart.filter((row) => Number(row.loss) > Number(row.value_at_risk));
    expect(exceptions).toHaveLength(group?.exceptions ?? -1);
  });

  it("gives again the rolling counts of 250 rows", () => {
    const hits = rowsOf("book").map((row) => Number(row.exception));
    const last = hits.slice(-250).reduce((total, hit) => total + hit, 0);
    expect(pack.series[0]?.rolling.at(-1)?.exceptions).toBe(last);
  });

  it("gives again the four numbers of responsiveness from the margins", () => {
    const own = rowsOf("book").map((row) => ({ time: Number(row.time_ms), margin: Number(row.margin) }));
    const end = new Date(own.at(-1)?.time ?? 0);
    const figures = pack.series[0]?.responsiveness.figures ?? [];
    expect(figures).toHaveLength(4);
    for (const { rows: h, months, largest } of figures) {
      const from = Date.UTC(end.getUTCFullYear(), end.getUTCMonth() - months, end.getUTCDate());
      const changes = own.flatMap(({ time, margin }, at) => {
        const before = own[at - h];
        return time > from && before !== undefined ? [margin / before.margin - 1] : [];
      });
      expect(Math.max(...changes)).toBe(largest?.relative);
    }
  });
});

describe("the printed pack", () => {
  const html = reportHtml(validationDocument(pack));
  const csv = validationCsv(pack);

  it("marks synthetic inputs on every output", () => {
    for (const output of [html, csv, validationSeriesCsv(pack)]) expect(output).toContain(syntheticMark);
    expect(JSON.parse(validationJson(pack))).toMatchObject({ report: { synthetic: true } });
    const { synthetic: _, ...observed } = normalSeries(300);
    const real = packOf(requestOf([observed]));
    for (const output of [reportHtml(validationDocument(real)), validationCsv(real), validationSeriesCsv(real)])
      expect(output).not.toContain(syntheticMark);
  });

  it("holds model, parameters, sources, gaps, tests, exceptions, disclosure, limitations and places to sign", () => {
    const { sections, facts } = validationDocument(pack);
    expect(facts.map(([label]) => label)).toEqual(
      expect.arrayContaining(["Model", "Portfolio", "Window", "Sources", "Request"]),
    );
    const headings = sections.map(({ heading }) => heading);
    for (const heading of [
      ...["Model", "Parameters", "Data", "book: coverage", "book: tests of loss over margin", "book: exceptions"],
      ...["book: procyclicality", "book: responsiveness", "Limitations", "Sign-off"],
      "Public quantitative disclosure, Principle 6",
    ])
      expect(headings).toContain(heading);
    expect(html).toContain("2024-02-11 is missing");
    expect(html).toContain("Not made for illiquid options.");
    expect(html).toContain("A. Owner");
    expect(html).not.toMatch(/NaN|Infinity|undefined/);
    expect(csv).not.toMatch(/NaN|Infinity|undefined/);
  });

  it("lists each exception with its date, loss, margin, shortfall and driver", () => {
    const table = validationDocument(pack).sections.find(({ heading }) => heading === "book: exceptions")?.table;
    expect(table?.rows).toHaveLength(pack.series[0]?.exceptions.length ?? -1);
    const [first] = pack.series[0]?.exceptions ?? [];
    expect(table?.rows[0]).toEqual([
      ...[new Date(first?.timeMs ?? 0).toISOString().slice(0, 10), first?.loss, first?.margin, first?.shortfall],
      first?.driver,
    ]);
  });
});
