import type { CoreEvent } from "../../api/call.ts";
import { encode } from "../../api/codec.ts";
import type { OperationDescription } from "../../api/contract.ts";
import type { Result } from "../../base/index.ts";
import type { MarginResult } from "../../margin/index.ts";
import type { Core } from "../core.ts";
import type { Arguments } from "./arguments.ts";
import { humanText } from "./human.ts";
import { marginReport } from "./margin-report.ts";
import { marginRequest } from "./margin-request.ts";
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
    case "margin": {
      const ask = (operation: string, input: unknown) => call(operation, input, context);
      const request = await marginRequest(given.margin, ask);
      if (!request.ok) return refused(request.failure);
      return answered(await call("margin.run", request.value, context), given.json, (value) =>
        marginReport(value as MarginResult),
      );
    }
  }
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
