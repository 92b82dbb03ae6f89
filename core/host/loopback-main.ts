import { spawn } from "node:child_process";
import { parseArgs } from "node:util";
import { startCore } from "./core-worker.ts";
import { defaultLibraryPath } from "./library-path.ts";
import { startLoopback } from "./loopback.ts";

/** Entry of the loopback host: `loopback.cjs [--port N] [--library PATH] [--open]` prints its URL in one line. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "0" },
      library: { type: "string", default: defaultLibraryPath() },
      open: { type: "boolean", default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    process.stderr.write(`--port ${values.port}: expected a whole number from 0 to 65535\n`);
    process.exit(2);
  }
  const core = startCore({ libraryPath: values.library, host: "loopback" });
  const loopback = await startLoopback({ core, port });
  process.stdout.write(`Marginscope is at ${loopback.url}\n`);
  if (values.open) openInBrowser(loopback.url);
  const end = async (): Promise<void> => {
    await loopback.close();
    await core.close();
    process.exit(0);
  };
  process.once("SIGINT", () => void end());
  process.once("SIGTERM", () => void end());
}

/** Opens the user's browser if there is one; the URL was printed, so a failure costs nothing. */
function openInBrowser(url: string): void {
  const [command, ...rest] =
    process.platform === "win32"
      ? ["rundll32", "url.dll,FileProtocolHandler"]
      : [process.platform === "darwin" ? "open" : "xdg-open"];
  if (command === undefined) return;
  const child = spawn(command, [...rest, url], { stdio: "ignore", detached: true });
  child.on("error", () => {});
  child.unref();
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
});
