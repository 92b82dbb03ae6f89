import type { CoreEvent } from "../../api/call.ts";
import { encode } from "../../api/codec.ts";
import type { OperationDescription, ReportFile } from "../../api/contract.ts";
import type { Result } from "../../base/index.ts";
import type { BreakReport, Comparison, NettingBenefit } from "../../explain/index.ts";
import type { Coverage, MarginResult, MixedMargin } from "../../margin/index.ts";
import { validationDocument } from "../../report/index.ts";
import type { ValidationReport } from "../../validation/index.ts";
import type { Core } from "../core.ts";
import type { Arguments, MarginArguments } from "./arguments.ts";
import { breakReportText } from "./break-report-text.ts";
import { comparisonText } from "./comparison-text.ts";
import { documentText } from "./document-text.ts";
import { humanText } from "./human.ts";
import { writeMargin } from "./margin-file.ts";
import { marginReport } from "./margin-report.ts";
import {
  compareRequest,
  coverageRequest,
  marginRequest,
  mixedRequest,
  nettingRequest,
  reconcileRequest,
  validateRequest,
} from "./margin-request.ts";
import { coverageText, mixedText } from "./mixed-text.ts";
import { nettingText } from "./netting-text.ts";
import { done, misused, type Outcome, refused } from "./outcome.ts";
import { requestInput } from "./request-input.ts";
import { textTable } from "./text-table.ts";
import { usage } from "./usage.ts";

/** What a command needs besides its arguments. */
export interface CommandContext {
  readonly core: Core;
  readonly version: string;
  readonly onEvent: (event: CoreEvent) => void;
  /** The id of the one job a command runs, so that Ctrl-C can cancel it. */
  readonly job: string;
}

/** Runs one command; nothing is printed here. */
export async function runCommand(given: Arguments, context: CommandContext): Promise<Outcome> {
  switch (given.ask) {
    case "help":
      return done(usage);
    case "version":
      return done(context.version);
    case "usage":
      return misused(given.problem);
    case "operations":
      return answered(await call("contract.operations", {}, context), given.json, operationsText);
    case "call": {
      const input = await requestInput(given.request);
      if (!input.ok) return refused(input.failure);
      return answered(await call(given.operation, input.value, context), given.json, humanText);
    }
    case "margin":
      if (given.margin.output !== undefined) return writtenMargin(given.margin, given.margin.output, context);
      return short("margin.run", await marginRequest(given.margin, asking(context)), (value) =>
        marginReport(value as MarginResult),
      );
    case "reconcile":
      return short("break-report.run", await reconcileRequest(given.reconcile, asking(context)), (value) =>
        breakReportText(value as BreakReport),
      );
    case "compare":
      return short("margin.comparison", await compareRequest(given.compare, asking(context)), (value) =>
        comparisonText(value as Comparison),
      );
    case "netting-benefit":
      return short("margin.netting-benefit", await nettingRequest(given.compare, asking(context)), (value) =>
        nettingText(value as NettingBenefit),
      );
    case "coverage":
      return short("margin.coverage", await coverageRequest(given.methods, asking(context)), (value) =>
        coverageText(value as Coverage),
      );
    case "mixed":
      return short("margin.mixed", await mixedRequest(given.methods, asking(context)), (value) =>
        mixedText(value as MixedMargin),
      );
    case "validate":
      return given.validate.format === undefined
        ? short("validation.run", await validateRequest(given.validate), (value) =>
            documentText(validationDocument(value as ValidationReport)),
          )
        : short("validation.export", await validateRequest(given.validate), (value) => (value as ReportFile).text);
  }

  async function short(
    operation: string,
    request: Result<unknown>,
    text: (value: unknown) => string,
  ): Promise<Outcome> {
    if (!request.ok) return refused(request.failure);
    return answered(await call(operation, request.value, context), "json" in given && given.json, text);
  }
}

/** The margin in a file of its own; stdout says what was written. */
async function writtenMargin(margin: MarginArguments, path: string, context: CommandContext): Promise<Outcome> {
  const request = await marginRequest(margin, asking(context));
  if (!request.ok) return refused(request.failure);
  const answer = await call("margin.run", request.value, context);
  if (!answer.ok) return refused(answer.failure);
  const written = await writeMargin(path, answer.value as MarginResult);
  return written.ok ? done(written.value) : refused(written.failure);
}

function asking(context: CommandContext): (operation: string, input: unknown) => Promise<Result<unknown>> {
  return (operation, input) => call(operation, input, context);
}

function call(operation: string, input: unknown, { core, job, onEvent }: CommandContext): Promise<Result<unknown>> {
  return core.call({ operation, input, job }, onEvent);
}

function answered(result: Result<unknown>, json: boolean, text: (value: unknown) => string): Outcome {
  if (!result.ok) return refused(result.failure);
  return done(json ? encode(result.value) : text(result.value));
}

function operationsText(value: unknown): string {
  return textTable(
    [
      { title: "Operation", text: ({ name }) => name },
      { title: "Kind", text: ({ kind }) => kind },
      { title: "What it does", text: ({ title }) => title },
    ],
    value as readonly OperationDescription[],
  );
}
