import { formatDay, formatPercent, formatQuantity } from "../base/format.ts";
import type { ModelCard, SeriesValidation, ValidationReport } from "../validation/index.ts";
import { number, text } from "./column.ts";
import type { ReportDocument, ReportSection } from "./report-document.ts";
import { procyclicalitySections } from "./validation-procyclicality.ts";
import { benchmarkSections, mapSections, sensitivitySections } from "./validation-sensitivity.ts";
import { testSections } from "./validation-tests.ts";

/** Printed on every page made from generated inputs. */
export const syntheticMark = "SYNTHETIC INPUTS: generated data, not observed ones";

/**
 * A validation pack as a printable document: what was validated on what, every test with its decision, exceptions,
 * procyclicality, sensitivity, disclosure items, limitations and the places to sign.
 *
 * @param report as `runValidation` made it, or read back from its JSON
 */
export function validationDocument(report: ValidationReport): ReportDocument {
  const { model, synthetic } = report;
  return {
    title: `Validation of ${model.title}${synthetic ? ` [${syntheticMark}]` : ""}`,
    facts: facts(report),
    sections: [
      modelSection(model),
      parametersSection(model),
      dataSection(report),
      ...report.series.flatMap((series) => [
        coverageSection(series),
        ...testSections(series),
        exceptionSection(series),
        ...procyclicalitySections(series),
      ]),
      ...attributionSections(report),
      ...sensitivitySections(report),
      ...mapSections(report),
      ...benchmarkSections(report),
      disclosureSection(report),
      { heading: "Limitations", paragraphs: [...model.limitations, ...report.limitations] },
      signOffSection(report),
    ].filter(({ paragraphs, table }) => paragraphs.length > 0 || (table?.rows.length ?? 0) > 0),
  };
}

function facts({ model, portfolio, sources, settings, ...report }: ValidationReport): ReportDocument["facts"] {
  const decisions = report.series.flatMap(({ groups }) => groups.flatMap(({ tests }) => tests));
  const count = (decision: string) => decisions.filter((test) => test.decision === decision).length;
  return [
    ...(report.synthetic ? [["Data", syntheticMark] as const] : []),
    [
      "Model",
      `${model.id}, version ${model.version}${model.effectiveFrom === undefined ? "" : `, from ${model.effectiveFrom}`}`,
    ],
    ["Portfolio", [portfolio.name, portfolio.definition, portfolio.sha256].filter(Boolean).join(", ")],
    ["Window", `${formatDay(report.fromMs)} to ${formatDay(report.toMs)}`],
    ["Tests", `${count("accept")} accept, ${count("reject")} reject, ${count("not testable")} not testable`],
    ["Level of each test", formatPercent(settings.level)],
    ["Simulation", `${formatQuantity(settings.draws)} samples, seed ${settings.seed}`],
    [
      "Sources",
      sources.length === 0 ? "none named" : sources.map(({ name, sha256 }) => `${name} (SHA-256 ${sha256})`).join("; "),
    ],
    ["Request", `SHA-256 ${report.sha256}`],
  ];
}

function modelSection({ design, assumptions }: ModelCard): ReportSection {
  return {
    heading: "Model",
    paragraphs: assumptions.map(({ text: words, failsWhen }) =>
      failsWhen === undefined ? `Assumption: ${words}` : `Assumption: ${words} Fails when: ${failsWhen}`,
    ),
    table: { columns: [text("Design"), text("Value")], rows: design.map(({ label, value }) => [label, value]) },
  };
}

function parametersSection({ parameters }: ModelCard): ReportSection {
  return {
    heading: "Parameters",
    paragraphs: [],
    table: {
      columns: [text("Parameter"), text("Value"), text("Unit"), text("From"), text("Status"), text("Source")],
      rows: parameters.map(({ id, value, unit, effectiveFrom, status, source }) => [
        ...[id, String(value), unit ?? "", effectiveFrom ?? "", status ?? "", source ?? ""],
      ]),
    },
  };
}

function dataSection({ series, gaps }: ValidationReport): ReportSection {
  return {
    heading: "Data",
    paragraphs: gaps.length === 0 ? ["No gap was reported."] : gaps,
    table: {
      columns: [
        text("Series"),
        text("From"),
        text("To"),
        number("Rows"),
        text("Unit"),
        text("Close-out"),
        text("Data"),
      ],
      rows: series.map(({ label, fromMs, toMs, coverage, unit, horizon, synthetic }) => [
        ...[label, formatDay(fromMs), formatDay(toMs), coverage.observations, unit],
        horizon === 1 ? "1 row" : `${horizon} rows, overlapping`,
        synthetic ? "synthetic" : "observed",
      ]),
    },
  };
}

function coverageSection({ label, coverage, unit }: SeriesValidation): ReportSection {
  const { observations, exceptions, inCount, target, meetsTarget, inValue } = coverage;
  return {
    heading: `${label}: coverage`,
    paragraphs: [
      meetsTarget ? "The margin kept the promised coverage." : "The margin did not keep the promised coverage.",
    ],
    table: {
      columns: [text("Figure"), number("Value"), text("Unit")],
      rows: [
        ["Observations", observations, "rows"],
        ["Exceptions: loss above margin", exceptions, "rows"],
        ["Coverage in count", inCount, "fraction"],
        ["Promised coverage", target, "fraction"],
        ["Coverage in value", inValue, "fraction"],
        ["Mean margin", coverage.meanMargin, unit],
        ["Mean shortfall of exceptions", coverage.meanShortfall, unit],
        ["Largest shortfall", coverage.largestShortfall, unit],
        ["Largest shortfall over its margin", coverage.largestShortfallOfMargin, "fraction"],
      ],
    },
  };
}

function exceptionSection({ label, exceptions, unit }: SeriesValidation): ReportSection {
  return {
    heading: `${label}: exceptions`,
    paragraphs: exceptions.length === 0 ? ["There is none."] : [],
    table: {
      columns: [
        text("Date"),
        number(`Loss, ${unit}`),
        number(`Margin, ${unit}`),
        number(`Shortfall, ${unit}`),
        text("Main driver"),
      ],
      rows: exceptions.map(({ timeMs, loss, margin, shortfall, driver }) => [
        ...[formatDay(timeMs), loss, margin, shortfall, driver ?? "not given"],
      ]),
    },
  };
}

function attributionSections({ attribution }: ValidationReport): readonly ReportSection[] {
  if (attribution === undefined) return [];
  const { spearman, kolmogorovSmirnov, zones, zone, sampleSize } = attribution;
  return [
    {
      heading: "Profit and loss attribution",
      paragraphs: [`Zone ${zone}: the worse of the two, over ${sampleSize} days.`],
      table: {
        columns: [text("Measure"), number("Value"), text("Zone"), text("Green"), text("Red")],
        rows: [
          ["Spearman correlation", spearman, zones.spearman, "above 0.80", "below 0.70"],
          ["Kolmogorov-Smirnov distance", kolmogorovSmirnov, zones.kolmogorovSmirnov, "below 0.09", "above 0.12"],
        ],
      },
    },
  ];
}

function disclosureSection({ disclosure }: ValidationReport): ReportSection {
  return {
    heading: "Public quantitative disclosure, Principle 6",
    paragraphs: [],
    table: {
      columns: [text("Item"), text("Content"), number("Value"), text("Unit"), text("Note")],
      rows: disclosure.map(({ item, label, value, unit, note }) => [item, label, value, unit ?? "", note ?? ""]),
    },
  };
}

function signOffSection({ signOff }: ValidationReport): ReportSection {
  const line = "____________________";
  return {
    heading: "Sign-off",
    paragraphs: [],
    table: {
      columns: [text("Role"), text("Name"), text("Date"), text("Comment")],
      rows: signOff.map(({ role, name, date, comment }) => [role, name ?? line, date ?? line, comment ?? line]),
    },
  };
}
