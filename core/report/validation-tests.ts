import { formatNumber, formatPercent } from "../base/format.ts";
import type { SeriesValidation, TestGroup, TestOutcome } from "../validation/index.ts";
import { number, text } from "./column.ts";
import type { ReportCell, ReportSection } from "./report-document.ts";

const columns = [
  ...[text("Test"), number("Statistic"), text("Rejects"), number("Critical value"), number("p-value")],
  ...[number("Sample"), text("Decision"), text("Direction"), text("Distribution and remarks")],
];

/** Tests of one series, a section for each threshold, and the models compared with it. */
export function testSections({ label, groups, rivals }: SeriesValidation): readonly ReportSection[] {
  const compared: readonly ReportSection[] =
    rivals.length === 0
      ? []
      : [
          {
            heading: `${label}: against other forecasts`,
            paragraphs: [
              "Mean difference of joint scores, this model less the other: below 0, this one is the better.",
            ],
            table: { columns, rows: rivals.map(({ label: rival, test }) => testRow({ ...test, title: rival })) },
          },
        ];
  return [...groups.map((group) => groupSection(label, group)), ...compared];
}

function groupSection(label: string, group: TestGroup): ReportSection {
  const { against, p, rows, of, exceptions, overlap, tests, region, trafficLight } = group;
  const what = against === "margin" ? "loss over margin" : "loss over forecast value at risk";
  const rowsUsed = {
    none: `${rows} rows.`,
    "every-hth": `${rows} rows of ${of}: close-out periods overlap, so rows a period apart are tested.`,
    "block-bootstrap": `${rows} rows whose close-out periods overlap: tested by a block bootstrap only.`,
  }[overlap];
  const accepted =
    region?.lowest === undefined
      ? []
      : [`Numbers of exceptions that Kupiec's test accepts: ${region.lowest} to ${region.highest}.`];
  const zone =
    trafficLight === undefined
      ? []
      : [
          `Traffic light: ${trafficLight.zone}; yellow from ${trafficLight.firstYellow}, red from ${trafficLight.firstRed}; ` +
            `multiplier ${multiplier(trafficLight.multiplier1996)} (1996), ${multiplier(trafficLight.multiplierFrtb)} (since 2023), ${trafficLight.multiplierBasis}.`,
        ];
  return {
    heading: `${label}: tests of ${what}`,
    paragraphs: [
      `${exceptions} exceptions; ${formatPercent(p)} of the rows promised, ${formatNumber(p * rows, { decimals: 1 })}. ${rowsUsed}`,
      ...accepted,
      ...zone,
    ],
    table: { columns, rows: tests.map(testRow) },
  };
}

function multiplier(value: number): string {
  return formatNumber(value, { decimals: 2 });
}

function testRow(test: TestOutcome): readonly ReportCell[] {
  const { title, statistic, rejects, criticalValue, pValue, sampleSize, decision, direction } = test;
  const words = [test.distribution, ...test.remarks].join("; ");
  return [title, statistic, rejects, criticalValue, pValue, sampleSize, decision, direction ?? "", words];
}
