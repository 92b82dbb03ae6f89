import { formatDay } from "../../base/format.ts";
import { finishWithPauses, type Result, success, type Work } from "../../base/index.ts";
import {
  reportHtml,
  validationCsv,
  validationDocument,
  validationJson,
  validationSeriesCsv,
} from "../../report/index.ts";
import {
  benchmarkPortfolios,
  runValidation,
  type ValidationReport,
  type ValidationRequest,
} from "../../validation/index.ts";
import { plainOf } from "../codec.ts";
import type { ParsedInput, ReportFile } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { benchmarks } from "./benchmarks.ts";
import type { ServicePart } from "./part.ts";
import { globalSensitivity, sensitivity } from "./sensitivity.ts";
import type { Sources } from "./source.ts";
import { validationData } from "./validation-data.ts";

/** Validation packs of margins and losses through time. */
export function validation(ports: Ports, sources: Sources): ServicePart<"validation"> {
  return {
    "validation.run": (request, work) => packOf(request, ports, sources, work),
    "validation.export": async ({ format, ...request }, work) => {
      const pack = await packOf(request, ports, sources, work);
      return pack.ok ? success(fileOf(pack.value, format)) : pack;
    },
    "validation.sensitivity": (request, work) => sensitivity(request, ports, sources, work),
    "validation.global-sensitivity": (request, work) => globalSensitivity(request, ports, sources, work),
    "validation.portfolios": async ({ market, ...terms }, work) => {
      const prices = await sources.market(market, work);
      return prices.ok ? benchmarkPortfolios(prices.value.content, terms) : prices;
    },
    "validation.benchmarks": (request, work) => benchmarks(request, ports, sources, work),
  };
}

async function packOf(
  request: ParsedInput<"validation.run">,
  ports: Ports,
  sources: Sources,
  work: Work,
): Promise<Result<ValidationReport>> {
  const found = validationData(request, ports);
  if (!found.ok) return found;
  const { series, gaps, limitations, portfolio = { name: series.map(({ label }) => label).join(", ") } } = found.value;
  const table =
    request.sensitivity === undefined ? undefined : await sensitivity(request.sensitivity, ports, sources, work);
  if (table?.ok === false) return table;
  const box =
    request.globalSensitivity === undefined
      ? undefined
      : await globalSensitivity(request.globalSensitivity, ports, sources, work);
  if (box?.ok === false) return box;
  const books =
    request.benchmarks === undefined ? undefined : await benchmarks(request.benchmarks, ports, sources, work);
  if (books?.ok === false) return books;
  const { data: _d, sensitivity: _s, globalSensitivity: _g, benchmarks: _b, ...asked } = request;
  const whole = {
    ...{ ...asked, ...found.value, portfolio: asked.portfolio ?? portfolio },
    ...{ gaps: [...asked.gaps, ...gaps], limitations: [...asked.limitations, ...limitations] },
    ...(table !== undefined && { sensitivity: table.value }),
    ...(box !== undefined && { globalSensitivity: box.value }),
    ...(books !== undefined && { benchmarks: books.value }),
  };
  // Members that are undefined are left out, as the type of a request asks.
  work.progress(0, series.length, "series");
  const made = await finishWithPauses(runValidation(plainOf(whole) as ValidationRequest), work);
  if (!made.ok) return made;
  work.progress(series.length, series.length, "series");
  return made.value;
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
