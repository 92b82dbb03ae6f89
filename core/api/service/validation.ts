import { formatDay } from "../../base/format.ts";
import { failed, finishWithPauses, hashOfBytes, isoDate, type Result, success, type Work } from "../../base/index.ts";
import type { SourceFile } from "../../portfolio/index.ts";
import {
  reportHtml,
  validationCsv,
  validationDocument,
  validationJson,
  validationSeriesCsv,
} from "../../report/index.ts";
import { type RulesChoice, resolveRules } from "../../rulebook/index.ts";
import {
  type CoverageSeries,
  type ModelCard,
  readSeries,
  ruledModelCard,
  runValidation,
  type ValidationReport,
  type ValidationRequest,
} from "../../validation/index.ts";
import { plainOf } from "../codec.ts";
import type { ParsedInput, ReportFile } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { importFileOf } from "./files.ts";
import { ruledMethodology } from "./methodology.ts";
import type { ServicePart } from "./part.ts";
import { sensitivity } from "./sensitivity.ts";
import type { Sources } from "./source.ts";

type Request = ParsedInput<"validation.run">;

/** Validation packs of margins and losses through time. */
export function validation(ports: Ports, sources: Sources): ServicePart<"validation"> {
  return {
    "validation.run": (request, work) => packOf(request, ports, sources, work),
    "validation.export": async ({ format, ...request }, work) => {
      const pack = await packOf(request, ports, sources, work);
      return pack.ok ? success(fileOf(pack.value, format)) : pack;
    },
    "validation.sensitivity": (request, work) => sensitivity(request, ports, sources, work),
  };
}

async function packOf(request: Request, ports: Ports, sources: Sources, work: Work): Promise<Result<ValidationReport>> {
  const data = dataOf(request.data);
  if (!data.ok) return data;
  const { series } = data.value;
  const model = modelOf(request.model, series, ports);
  if (!model.ok) return model;
  const table =
    request.sensitivity === undefined ? undefined : await sensitivity(request.sensitivity, ports, sources, work);
  if (table?.ok === false) return table;
  const { data: _data, model: _model, sensitivity: _sensitivity, portfolio, ...asked } = request;
  const whole = {
    ...asked,
    ...{ model: model.value, series, sources: data.value.sources },
    portfolio: portfolio ?? { name: series.map(({ label }) => label).join(", ") },
    ...(table !== undefined && { sensitivity: table.value }),
  };
  // Members that are undefined are left out, as the type of a request asks.
  const made = await finishWithPauses(runValidation(plainOf(whole) as ValidationRequest), work);
  return made.ok ? made.value : made;
}

interface Data {
  readonly series: readonly CoverageSeries[];
  readonly sources: readonly SourceFile[];
}

function dataOf(data: Request["data"]): Result<Data> {
  if ("series" in data) return success({ series: plainOf(data.series) as readonly CoverageSeries[], sources: [] });
  const { files, ...defaults } = data;
  const series: CoverageSeries[] = [];
  const sources: SourceFile[] = [];
  for (const { name, bytes } of files.map(importFileOf)) {
    const read = readSeries(name, bytes, { ...defaults, label: name.replace(/\.csv$/i, "") });
    if (!read.ok) return read;
    series.push(...read.value);
    sources.push({ name, sha256: hashOfBytes(bytes) });
  }
  return success({ series, sources });
}

function modelOf(model: Request["model"], series: readonly CoverageSeries[], { resources }: Ports): Result<ModelCard> {
  if (!("methodology" in model)) return success(plainOf(model) as ModelCard);
  const found = ruledMethodology(resources, model.methodology);
  if (!found.ok) return found;
  const last = Math.max(...series.map(({ timesMs }) => timesMs.at(-1) ?? Number.NEGATIVE_INFINITY));
  if (!Number.isFinite(last)) return failed("invalid-input", "the series have no rows", "data");
  const choice = (model.rules as RulesChoice | undefined) ?? { date: isoDate(last) };
  const rules = resolveRules(found.value.rulebook, choice, model.overrides);
  return rules.ok ? success(ruledModelCard(found.value.method.title, rules.value)) : rules;
}

const kinds = {
  html: ["html", "text/html", (report: ValidationReport) => reportHtml(validationDocument(report))],
  csv: ["csv", "text/csv", validationCsv],
  json: ["json", "application/json", validationJson],
  series: ["series.csv", "text/csv", validationSeriesCsv],
} as const;

function fileOf(report: ValidationReport, format: keyof typeof kinds): ReportFile {
  const [ending, mediaType, text] = kinds[format];
  const mark = report.synthetic ? "_synthetic" : "";
  const name = `validation_${report.model.id}_${formatDay(report.toMs)}${mark}.${ending}`;
  return { name: name.replace(/[^A-Za-z0-9._-]+/g, "-"), mediaType, text: text(report) };
}
