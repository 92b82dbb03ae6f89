import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join, resolve } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { temporaryLibrary } from "./launch.ts";
import { noElectron } from "./machine.ts";

const root = resolve(import.meta.dirname, "../..");
const running: ChildProcess[] = [];
const library = temporaryLibrary();

afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const exit = new Promise((resolveExit) => child.once("exit", resolveExit));
    child.kill("SIGTERM");
    await exit;
  }
  library.remove();
});

interface Started {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** Exit code and signal. */
  readonly end: Promise<number | null>;
}

/** `npm start` with arguments; without a display unless the environment gives one. */
function start(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Started {
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...without } = process.env;
  const child = spawn(process.execPath, ["electron/start.mjs", ...args], {
    cwd: root,
    env: { ...without, ...environment },
  });
  running.push(child);
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  return { child, output: () => text, end: new Promise((done) => child.once("exit", done)) };
}

const urlIn = (text: string): string | undefined => /http:\/\/127\.0\.0\.1:\d+\/#token=\S+/.exec(text)?.[0];

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    (response) => response.ok,
    () => false,
  );

function listening(server: ReturnType<typeof createServer>): Promise<number> {
  return new Promise((done) => server.listen(0, "127.0.0.1", () => done((server.address() as AddressInfo).port)));
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listening(server);
  await new Promise((done) => server.close(done));
  return port;
}

describe("npm start", () => {
  it("serves the workstation when there is no display, says why in one line, and ends with Ctrl-C", async () => {
    const { child, output, end } = start(["--library", library.path]);
    await expect.poll(() => urlIn(output()), { timeout: 60_000 }).toBeDefined();
    const reasons = output()
      .split("\n")
      .filter((line) => line.includes("no window"));
    expect(reasons).toEqual(["marginscope: no window, because there is no display; serving it for a browser instead"]);
    const url = urlIn(output()) ?? "";
    expect(await answers(url)).toBe(true);
    child.kill("SIGINT");
    expect(await end).toBe(0);
    expect(await answers(url)).toBe(false);
  });

  it("serves on the port it is given, without trying a window, and leaves nothing behind when it is killed", async () => {
    const port = await freePort();
    const { child, output } = start(["--host", "browser", "--port", String(port), "--library", library.path]);
    await expect.poll(() => urlIn(output()), { timeout: 60_000 }).toMatch(`http://127.0.0.1:${port}/`);
    expect(output()).not.toContain("no window");
    child.kill("SIGKILL");
    await expect.poll(() => answers(`http://127.0.0.1:${port}/`), { timeout: 10_000 }).toBe(false);
  });

  it("says that a port is taken", async () => {
    const server = createServer();
    const port = await listening(server);
    const { output, end } = start(["--host", "browser", "--port", String(port), "--library", library.path]);
    expect(await end).toBe(1);
    expect(output().trim()).toBe("the port is taken by another program; choose one with --port");
    server.close();
  });

  it("refuses a window without a display in one line when a window was asked for", async () => {
    const { output, end } = start(["--host", "electron", "--library", library.path]);
    expect(await end).toBe(1);
    expect(output().trim()).toBe("marginscope: there is no display");
  });

  it.each([
    [["--host", "phone"], "--host phone: expected electron or browser"],
    [["--port", "99999"], "--port 99999: expected a whole number from 0 to 65535"],
    [["--colour"], "--colour"],
  ])("answers the wrong arguments %j with its usage", async (args, message) => {
    const { output, end } = start(args);
    expect(await end).toBe(2);
    expect(output()).toContain(message);
    expect(output()).toContain("npm start --");
  });

  it("opens the window where there is one to be had, and ends it with Ctrl-C", async () => {
    // Without Electron or a display the same command is the first test of this file.
    if (noElectron() !== undefined) return expect(process.env.CI).not.toBe("true");
    const { DISPLAY = "", XAUTHORITY } = process.env;
    const environment = {
      DISPLAY,
      ...(XAUTHORITY !== undefined && { XAUTHORITY }),
      XDG_CONFIG_HOME: join(library.path, ".."),
    };
    const { child, output, end } = start(["--library", library.path], environment);
    await expect.poll(() => existsSync(library.path), { timeout: 60_000 }).toBe(true);
    child.kill("SIGINT");
    expect(await end).toBe(0);
    expect(output()).not.toContain("no window");
    expect(existsSync(`${library.path}-wal`)).toBe(false);
  });
});
