import type { CoreEvent } from "../api/call.ts";
import { encode } from "../api/codec.ts";
import { readArguments } from "./command-line/arguments.ts";
import type { Outcome } from "./command-line/outcome.ts";
import { runCommand } from "./command-line/run-command.ts";
import { usage } from "./command-line/usage.ts";
import { defaultLibraryPath } from "./library-path.ts";
import { codeVersion, localCore } from "./local-core.ts";

/** Entry of `marginscope`, the command line: one command, then the end. Answers go to stdout, everything else to stderr. */
async function main(): Promise<void> {
  const given = readArguments(process.argv.slice(2));
  const json = "json" in given && given.json;
  const progress = "progress" in given && given.progress;
  const libraryPath = "libraryPath" in given ? given.libraryPath : defaultLibraryPath();
  const core = localCore({ libraryPath, host: "command line" }, (notice) => {
    process.stderr.write(`marginscope: ${notice}\n`);
  });
  const job = "command";
  process.once("SIGINT", async () => {
    const answer = await core.call({ operation: "job.cancel", input: { job } });
    // Nothing to cancel: Ctrl-C ends the program as it always does; a second one does so in any case.
    if (!answer.ok || !(answer.value as { readonly cancelled: boolean }).cancelled) process.exit(130);
  });
  const onEvent = (event: CoreEvent): void => {
    if (progress && event.kind === "progress") {
      process.stderr.write(`${event.done} of ${event.total} ${event.label}\n`);
    }
  };
  const outcome = await runCommand(given, { core, version: codeVersion, job, onEvent });
  await core.close();
  await print(outcome, json);
  process.exitCode = outcome.code;
}

async function print(outcome: Outcome, json: boolean): Promise<void> {
  if (outcome.code === 0) return write(process.stdout, outcome.output);
  if (outcome.code === 2) return write(process.stderr, `${outcome.usage}\n\n${usage}`);
  const { message, reason } = outcome.failure;
  return write(process.stderr, json ? encode(outcome.failure) : `refused (${reason}): ${message}`);
}

/** Resolves when the text has left; a reader that stops early (`| head`) is no error. */
function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.once("error", (error: NodeJS.ErrnoException) => (error.code === "EPIPE" ? resolve() : reject(error)));
    stream.write(text.endsWith("\n") ? text : `${text}\n`, () => resolve());
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : error}\n`);
  process.exitCode = 1;
});
