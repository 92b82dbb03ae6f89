// `npm start`: opens the workstation in a window of Electron, or, where that cannot be, says why in one line and serves it
// on this machine for a browser. Plain JavaScript: it must run on Node 20.
import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ensureBuilt, pinnedNode, root } from "../core/host/bin/built.mjs";
import { electronBinary, fetchElectron } from "./start/electron-binary.mjs";

const usage = `npm start -- [--host electron|browser] [--port N] [--library PATH]

  --host     electron: a window, or nothing; browser: serve on 127.0.0.1; default: a window where one can be had
  --port     port of the browser host; default: any free one
  --library  the library's file; default: the user's own
`;

/** A window that ends with an error so soon never opened. */
const startedAfterMs = 5_000;
const endWithinMs = 8_000;

const say = (message) => process.stdout.write(`marginscope: ${message}\n`);
const fail = (message, code = 1) => {
  process.stderr.write(`marginscope: ${message}\n`);
  process.exit(code);
};

function optionsOf(argv) {
  try {
    const { values } = parseArgs({
      args: argv,
      options: {
        host: { type: "string" },
        port: { type: "string" },
        library: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
    if (values.host !== undefined && !["electron", "browser"].includes(values.host)) {
      throw new Error(`--host ${values.host}: expected electron or browser`);
    }
    if (values.port !== undefined && !(/^\d+$/.test(values.port) && Number(values.port) <= 65_535)) {
      throw new Error(`--port ${values.port}: expected a whole number from 0 to 65535`);
    }
    return values;
  } catch (error) {
    return fail(`${error.message}\n\n${usage}`, 2);
  }
}

const hasDisplay = () =>
  process.platform !== "linux" || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);

/** The binary, fetched when need be. Throws why it cannot be had. */
async function electronOrReason() {
  if (!hasDisplay()) throw new Error("there is no display");
  const found = electronBinary();
  if (found !== undefined) return found;
  let shown = -10;
  await fetchElectron((step, percent) => {
    if (step === "fetching" && percent < shown + 10) return;
    shown = percent;
    say(step === "fetching" ? `fetching Electron, ${percent} %` : "unpacking Electron");
  }).catch((error) => {
    throw new Error(`Electron's binary cannot be had: ${error.message}`);
  });
  return electronBinary() ?? Promise.reject(new Error("Electron's binary is missing after it was fetched"));
}

/** Starts a program that ends with this one. Resolves with its exit code and how long it ran. */
function run(command, args, options = {}) {
  const startedMs = Date.now();
  const child = spawn(command, args, { cwd: root, stdio: "inherit", ...options });
  let ending;
  const end = (signal) => {
    child.kill(signal);
    ending ??= setTimeout(() => child.kill("SIGKILL"), endWithinMs);
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"].map((signal) => [signal, () => end("SIGTERM")]);
  for (const [signal, listener] of signals) process.on(signal, listener);
  let errors = "";
  child.stderr?.on("data", (chunk) => {
    errors = `${errors}${chunk}`.slice(-10_000);
  });
  return new Promise((done) => {
    child.on("error", (error) => done({ code: 127, ranMs: 0, errors: error.message, asked: false }));
    child.on("exit", (code, signal) => {
      clearTimeout(ending);
      for (const [name, listener] of signals) process.off(name, listener);
      done({
        code: code ?? (signal === null ? 1 : 128),
        ranMs: Date.now() - startedMs,
        errors,
        asked: ending !== undefined,
      });
    });
  });
}

/** Opens the window. Returns its exit code; throws when it never opened. */
async function openWindow(binary, { library }) {
  const asRoot = process.getuid?.() === 0;
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  const args = [
    ...(asRoot ? ["--no-sandbox"] : []),
    root,
    ...(library === undefined ? [] : [`--library=${resolve(library)}`]),
  ];
  const { code, ranMs, errors, asked } = await run(binary, args, { env, stdio: ["ignore", "inherit", "pipe"] });
  if (code !== 0 && !asked && ranMs < startedAfterMs) {
    const lines = errors
      .trim()
      .split("\n")
      .map((text) => text.trim());
    const line = lines.find((text) => /sandbox|display|librar|FATAL|cannot/i.test(text)) ?? lines[0] ?? "";
    throw new Error(`Electron did not start: ${line || `exit code ${code}`}`);
  }
  return asked ? 0 : code;
}

async function serve({ port, library }) {
  const args = [
    join(root, "out/main/loopback.cjs"),
    ...(port === undefined ? [] : ["--port", port]),
    ...(library === undefined ? [] : ["--library", resolve(library)]),
    ...(hasDisplay() ? ["--open"] : []),
  ];
  const { code, asked } = await run(pinnedNode(), args, { stdio: ["inherit", "inherit", "inherit", "ipc"] });
  return asked ? 0 : code;
}

const options = optionsOf(process.argv.slice(2));
if (options.help) {
  process.stdout.write(usage);
  process.exit(0);
}
try {
  ensureBuilt(say);
} catch (error) {
  fail(error.message);
}
if (options.host !== "browser") {
  try {
    process.exit(await openWindow(await electronOrReason(), options));
  } catch (error) {
    if (options.host === "electron") fail(error.message);
    say(`no window, because ${error.message}; serving it for a browser instead`);
  }
}
process.exit(await serve(options));
