import { backtestCoverage } from "../../analysis/index.ts";
import { failed, hashOf, hashOfBytes, isoDate, type Result, success } from "../../base/index.ts";
import type { SourceFile } from "../../portfolio/index.ts";
import { type RulesChoice, resolveRules } from "../../rulebook/index.ts";
import {
  type CoverageSeries,
  type ModelCard,
  readSeries,
  ruledModelCard,
  type ValidationRequest,
} from "../../validation/index.ts";
import { plainOf } from "../codec.ts";
import type { Backtest, ParsedInput } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { labelOf } from "./backtest-request.ts";
import { entries } from "./entries.ts";
import { importFileOf } from "./files.ts";
import { ruledMethodology } from "./methodology.ts";

type Request = ParsedInput<"validation.run">;

/** What a validation works on, with all that was found. */
export interface ValidationData {
  readonly series: readonly CoverageSeries[];
  readonly sources: readonly SourceFile[];
  readonly gaps: readonly string[];
  readonly limitations: readonly string[];
  readonly model: ModelCard;
  readonly portfolio?: ValidationRequest["portfolio"];
}

/** Series and model of a request: inline, in files, or a stored backtest with its methods. */
export function validationData({ data, model }: Pick<Request, "data" | "model">, ports: Ports): Result<ValidationData> {
  if ("backtest" in data) return backtestData(data, model, ports);
  if (model === undefined)
    return failed("invalid-input", "name the model: only a stored backtest says which methods it tests", "model");
  const read = "series" in data ? success(inlineData(data.series)) : filesData(data);
  if (!read.ok) return read;
  const card = cardOf(model, read.value.series, ports);
  return card.ok ? success({ ...read.value, gaps: [], limitations: [], model: card.value }) : card;
}

type Rows = Pick<ValidationData, "series" | "sources">;

function inlineData(series: readonly unknown[]): Rows {
  // Members that are undefined are left out, as the type of a series asks.
  return { series: plainOf(series) as readonly CoverageSeries[], sources: [] };
}

function filesData({ files, ...defaults }: Extract<Request["data"], { files: unknown }>): Result<Rows> {
  const series: CoverageSeries[] = [];
  const sources: SourceFile[] = [];
  for (const { name, bytes } of files.map(importFileOf)) {
    const read = readSeries(name, bytes, { ...defaults, label: name.replace(/\.csv(\.gz)?$/i, "") });
    if (!read.ok) return read;
    series.push(...read.value);
    sources.push({ name, sha256: hashOfBytes(bytes) });
  }
  return success({ series, sources });
}

function backtestData(
  { backtest, labels, confidence }: Extract<Request["data"], { backtest: unknown }>,
  model: Request["model"],
  ports: Ports,
): Result<ValidationData> {
  const stored = entries<Backtest>(ports, "backtest", () => ports.store.backtests).get(backtest);
  if (!stored.ok) return stored;
  const { name, sha256, content } = stored.value;
  const { result, request, days } = content;
  const methods = request.methods.filter((method) => labels === undefined || labels.includes(labelOf(method)));
  const unknown = labels?.find((label) => !methods.some((method) => labelOf(method) === label));
  if (unknown !== undefined) {
    const known = request.methods.map(labelOf).join(", ");
    return failed("not-found", `${name} has no method ${JSON.stringify(unknown)}; it has ${known}`, unknown);
  }
  const { series, gaps } = backtestCoverage(result, confidence, methods.map(labelOf));
  const empty = series.find(({ timesMs }) => timesMs.length === 0);
  if (empty !== undefined)
    return failed("missing-data", `${name}: ${empty.label} has no day with both a requirement and a loss`, backtest);
  const walked = result.points.length + result.skipped.length;
  const unfinished = walked < days ? [`the backtest is not finished: ${walked} of ${days} days`] : [];
  const cards = methods.map((method) => methodCard(method, result, series, ports));
  const own = model === undefined ? joined(cards, methods.map(labelOf)) : cardOf(model, series, ports);
  if (!own.ok) return own;
  const limitations =
    request.book.kind === "fixed"
      ? []
      : ["The book is not fixed: procyclicality and responsiveness mix its trades with the response of the method."];
  return success({
    ...{ series, gaps: [...unfinished, ...gaps], limitations, model: own.value },
    sources: [{ name: `backtest ${name}`, sha256 }],
    portfolio: {
      name: result.bookName,
      definition: `${request.book.kind} book along panel ${result.panelName}, ${request.horizonDays} days of close-out`,
      sha256: hashOf(result.points.map(({ portfolio }) => portfolio)),
    },
  });
}

/** The card of a method as it stood on the last day, with every version that it went through. */
function methodCard(
  method: Backtest["request"]["methods"][number],
  { points }: Backtest["result"],
  series: readonly CoverageSeries[],
  ports: Ports,
): Result<ModelCard> {
  const { methodology, rules, overrides, calibration } = method;
  const card = cardOf({ methodology, rules, overrides }, series, ports);
  if (!card.ok) return card;
  const label = labelOf(method);
  const versions = points.flatMap(({ methods }) =>
    methods.filter((one) => one.label === label).map((one) => one.version),
  );
  const known = calibration === "day" ? "history known up to each day" : "history known up to the first day only";
  const design = [
    ...card.value.design,
    { label: "versions through the backtest", value: [...new Set(versions)].join(", ") },
    { label: "calibration", value: known },
  ];
  return success({ ...card.value, design });
}

function cardOf(
  model: NonNullable<Request["model"]>,
  series: readonly CoverageSeries[],
  { resources }: Ports,
): Result<ModelCard> {
  if (!("methodology" in model)) return success(plainOf(model) as ModelCard);
  const found = ruledMethodology(resources, model.methodology);
  if (!found.ok) return found;
  const last = Math.max(...series.map(({ timesMs }) => timesMs.at(-1) ?? Number.NEGATIVE_INFINITY));
  if (!Number.isFinite(last)) return failed("invalid-input", "the series have no rows", "data");
  const choice = (model.rules as RulesChoice | undefined) ?? { date: isoDate(last) };
  const rules = resolveRules(found.value.rulebook, choice, model.overrides);
  return rules.ok ? success(ruledModelCard(found.value.method.title, rules.value)) : rules;
}

/** One card of several methods: each parameter under the label of its method. */
function joined(cards: readonly Result<ModelCard>[], labels: readonly string[]): Result<ModelCard> {
  const known: ModelCard[] = [];
  for (const card of cards) {
    if (!card.ok) return card;
    known.push(card.value);
  }
  const [only, ...others] = known;
  if (only !== undefined && others.length === 0) return success(only);
  const labelled = known.map((card, at) => ({ card, label: labels[at] ?? card.id }));
  return success({
    id: known.map(({ id }) => id).join("+"),
    title: labels.join(", "),
    version: labelled.map(({ card, label }) => `${label}: ${card.version}`).join("; "),
    design: labelled.flatMap(({ card, label }) =>
      card.design.map(({ label: what, value }) => ({ label: `${label}, ${what}`, value })),
    ),
    parameters: labelled.flatMap(({ card, label }) =>
      card.parameters.map((parameter) => ({ ...parameter, id: `${label}: ${parameter.id}` })),
    ),
    assumptions: known.flatMap(({ assumptions }) => assumptions),
    limitations: [...new Set(known.flatMap(({ limitations }) => limitations))],
  });
}
