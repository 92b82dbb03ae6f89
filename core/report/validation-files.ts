import { csvText, formatInstant } from "../base/format.ts";
import { canonicalJson } from "../base/index.ts";
import { type CoverageSeries, hitsOf, type ValidationReport } from "../validation/index.ts";
import { syntheticMark, validationDocument } from "./validation-document.ts";

/** The pack as canonical JSON with the version of its layout; reading it back gives the same pack. */
export function validationJson(report: ValidationReport): string {
  return `${canonicalJson({ schema: "validation-report/1", report })}\n`;
}

/**
 * The pack as one table (RFC 4180), a row a cell of the document: section, row, column, value.
 * Numbers have full precision; text that a spreadsheet would run as a formula gets an apostrophe.
 */
export function validationCsv(report: ValidationReport): string {
  const { title, facts, sections } = validationDocument(report);
  return csvText([
    ["section", "row", "column", "value", "data"],
    ["title", 1, "title", title, mark(report.synthetic)],
    ...facts.map(([label, value]) => ["facts", 1, label, value, mark(report.synthetic)]),
    ...sections.flatMap(({ heading, paragraphs, table }) => [
      ...paragraphs.map((words, at) => [heading, at + 1, "text", words, mark(report.synthetic)]),
      ...(table?.rows ?? []).flatMap((row, at) =>
        row.map((cell, column) => [
          ...[heading, at + 1, table?.columns[column]?.title ?? "", cell, mark(report.synthetic)],
        ]),
      ),
    ]),
  ]);
}

/**
 * The rows everything was computed from (RFC 4180), so that counts, shortfalls and the four numbers of responsiveness can be
 * made again in a spreadsheet: one line a series and row.
 */
export function validationSeriesCsv(report: ValidationReport): string {
  const header = [
    ...["series", "unit", "time", "time_ms", "loss", "margin", "exception", "shortfall", "confidence", "horizon_rows"],
    ...["value_at_risk", "expected_shortfall", "forecast_confidence", "tail_probability", "deviation"],
    ...["unmitigated_margin", "volatility", "variation_margin", "driver", "run_id", "data"],
  ];
  return csvText([header, ...report.rows.flatMap(seriesRows)]);
}

function seriesRows(series: CoverageSeries): readonly (readonly (string | number | undefined)[])[] {
  const hits = hitsOf(series);
  return series.timesMs.map((time, row) => {
    const [loss = 0, margin = 0, hit = 0] = [series.losses[row], series.margins[row], hits[row]];
    return [
      ...[series.label, series.unit, formatInstant(time), time, loss, margin, hit, Math.max(0, loss - margin)],
      ...[series.confidence, series.horizon, series.valueAtRisk?.[row], series.expectedShortfall?.[row]],
      ...[series.forecastConfidence, series.tailProbabilities?.[row], series.deviations?.[row]],
      ...[series.unmitigatedMargins?.[row], series.volatilities?.[row], series.variationMargins?.[row]],
      ...[series.drivers?.[row], series.runIds?.[row], mark(series.synthetic === true)],
    ];
  });
}

function mark(synthetic: boolean): string {
  return synthetic ? syntheticMark : "observed";
}
