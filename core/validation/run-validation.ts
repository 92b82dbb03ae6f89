import { failed, hashOf, type Result, type Steps, success } from "../base/index.ts";
import { coverageOf, exceptionsOf } from "./coverage.ts";
import { type CoverageSeries, checkedSeries, hitsOf } from "./coverage-series.ts";
import { disclosureItems } from "./disclosure.ts";
import { marginToVolatility } from "./margin-to-volatility.ts";
import { procyclicality, toolCost } from "./procyclicality.ts";
import { profitAttribution } from "./profit-attribution.ts";
import { responsiveness } from "./responsiveness.ts";
import { dieboldMariano, jointScores } from "./score.ts";
import { seriesTests, type TestGroup } from "./series-tests.ts";
import { rollingCounts } from "./traffic-light.ts";
import type { RivalForecast, SeriesValidation, ValidationReport, ValidationRequest } from "./validation-report.ts";

/** Reservations that hold for every validation made here. */
const standing = [
  "A test that does not reject does not prove a model: at 250 rows and 99 % a model of 97 % true coverage stays green one time in eight.",
  "Numbers of sub-items of the public quantitative disclosure are from general knowledge of the 2015 standard; item 6.9 follows a consultation whose final text was not seen.",
];

/**
 * Makes the validation pack: tests, coverage, exceptions, procyclicality, responsiveness and disclosure of every series.
 *
 * @param request plain data; series as their type states
 * @returns the report; or `invalid-input` naming series, column and row
 */
export function* runValidation(request: ValidationRequest): Steps<Result<ValidationReport>> {
  const problem = problemOf(request);
  if (problem !== undefined) return problem;
  const series: SeriesValidation[] = [];
  for (const one of request.series) series.push(yield* seriesValidation(one, request));
  const { model, portfolio, sources, gaps, settings, changes, attribution, limitations, signOff } = request;
  const { sensitivity, globalSensitivity, estimation, exceptionMap, benchmarks } = request;
  const disclosure = disclosureItems({
    accounts: request.series.map((own) => ({ series: own, origin: request.origins?.[own.label] ?? "house" })),
    ...{ model, collateral: request.collateral ?? [], contractRates: request.contractRates ?? [] },
    responsiveness: series.map(({ label, unit, responsiveness: report }) => ({ label, unit, report })),
    ...(request.disclosureMonths !== undefined && { months: request.disclosureMonths }),
  });
  return success({
    ...{ model, portfolio, sources, gaps, settings, changes, series, disclosure },
    synthetic: [...request.series, sensitivity, globalSensitivity, benchmarks].some(
      (input) => input?.synthetic === true,
    ),
    fromMs: Math.min(...series.map(({ fromMs }) => fromMs)),
    toMs: Math.max(...series.map(({ toMs }) => toMs)),
    ...(attribution !== undefined && {
      attribution: profitAttribution(attribution.hypothetical, attribution.theoretical),
    }),
    ...(sensitivity !== undefined && { sensitivity }),
    ...(globalSensitivity !== undefined && { globalSensitivity }),
    ...(estimation !== undefined && { estimation }),
    ...(exceptionMap !== undefined && { exceptionMap }),
    ...(benchmarks !== undefined && { benchmarks }),
    limitations: [...limitations, ...limitationsOf(series), ...standing],
    ...{ signOff, rows: request.series, sha256: hashOf(request) },
  });
}

function problemOf({ series, rivals = [], attribution }: ValidationRequest): ReturnType<typeof failed> | undefined {
  if (series.length === 0) return failed("invalid-input", "a validation needs at least one series", "series");
  for (const [at, { label }] of series.entries())
    if (series.findIndex((other) => other.label === label) < at)
      return failed("invalid-input", `two series are called ${JSON.stringify(label)}; labels must be unique`, "series");
  for (const one of series) {
    const checked = checkedSeries(one);
    if (!checked.ok) return checked;
  }
  for (const { label, series: name, valueAtRisk, expectedShortfall } of rivals) {
    const found = series.find((one) => one.label === name);
    if (found === undefined)
      return failed("invalid-input", `forecast ${label} is of series ${JSON.stringify(name)}, which is not here`, name);
    const rows = found.losses.length;
    if (valueAtRisk.length !== rows || expectedShortfall.length !== rows)
      return failed("invalid-input", `forecast ${label}: expected ${rows} rows as series ${name} has`, label);
    const wrong = expectedShortfall.findIndex((value) => !(value > 0));
    if (wrong >= 0)
      return failed("invalid-input", `forecast ${label}, row ${wrong + 1}: expected shortfall must be above 0`, label);
  }
  return attribution === undefined ? undefined : attributionProblem(attribution);
}

function attributionProblem({
  hypothetical,
  theoretical,
}: NonNullable<ValidationRequest["attribution"]>): ReturnType<typeof failed> | undefined {
  const varies = (values: readonly number[]) => values.some((value) => value !== values[0]);
  if (hypothetical.length === theoretical.length && varies(hypothetical) && varies(theoretical)) return undefined;
  return failed(
    "invalid-input",
    "profit attribution needs two series of one length, each with different values",
    "attribution",
  );
}

function* seriesValidation(series: CoverageSeries, request: ValidationRequest): Steps<SeriesValidation> {
  const { settings, changes, rivals = [] } = request;
  const groups: TestGroup[] = [yield* seriesTests(series, "margin", settings)];
  if (series.valueAtRisk !== undefined) groups.push(yield* seriesTests(series, "valueAtRisk", settings));
  const { label, unit, confidence, horizon, timesMs, unmitigatedMargins, volatilities } = series;
  const options = { options: changes };
  const fit = volatilities === undefined ? undefined : marginToVolatility(series, volatilities);
  const costly = unmitigatedMargins?.some((margin) => margin > 0) === true ? unmitigatedMargins : undefined;
  return {
    ...{ label, unit, confidence, horizon, synthetic: series.synthetic === true },
    ...{ fromMs: timesMs[0] ?? 0, toMs: timesMs.at(-1) ?? 0, coverage: coverageOf(series), groups },
    rivals: rivals
      .filter((rival) => rival.series === label)
      .flatMap((rival) => rivalTest(series, rival, settings.level)),
    exceptions: exceptionsOf(series),
    rolling: confidence > 0.5 ? rollingCounts(hitsOf(series), 1 - confidence) : [],
    procyclicality: [undefined, 12, 3].map((months) => procyclicality(series, months, options)),
    responsiveness: responsiveness(series, changes),
    ...(costly !== undefined && {
      toolCost: toolCost(series.margins, costly),
      unmitigated: procyclicality({ ...series, margins: costly }, undefined, options),
    }),
    ...(fit !== undefined && { marginToVolatility: fit }),
  };
}

function rivalTest(series: CoverageSeries, rival: RivalForecast, level: number): SeriesValidation["rivals"] {
  const { losses, valueAtRisk, expectedShortfall, horizon } = series;
  if (valueAtRisk === undefined || expectedShortfall === undefined) return [];
  const p = 1 - (series.forecastConfidence ?? series.confidence);
  const own = jointScores(losses, valueAtRisk, expectedShortfall, p);
  const other = jointScores(losses, rival.valueAtRisk, rival.expectedShortfall, p);
  return [{ label: rival.label, test: dieboldMariano(own, other, horizon, level) }];
}

function limitationsOf(series: readonly SeriesValidation[]): readonly string[] {
  return series.flatMap(({ label, groups, coverage, horizon }) => [
    ...groups.flatMap(({ overlap, rows, of }) => {
      if (overlap === "none") return [];
      const how =
        overlap === "every-hth"
          ? `tests use one row in ${horizon}, ${rows} of ${of}`
          : "only the share of exceptions is tested, by a block bootstrap; tests of independence are not valid";
      return [
        `${label}: close-out periods of ${horizon} rows overlap; ${how}. Counts of 250 rows are of all rows: their zones assume independent ones.`,
      ];
    }),
    ...(coverage.observations < 250
      ? [`${label}: ${coverage.observations} rows are fewer than the 250 of a year; tests have little power.`]
      : []),
  ]);
}
