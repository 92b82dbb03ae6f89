import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decode, encode } from "../../core/api/codec.ts";
import { buildCore, bundles, node } from "./built.ts";

const folder = mkdtempSync(join(tmpdir(), "marginscope-serve-"));

beforeAll(buildCore, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

interface Served {
  readonly child: ChildProcess;
  readonly url: URL;
  readonly exit: Promise<number | null>;
}

function serve(...args: readonly string[]): Promise<Served> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [bundles.loopback, "--library", join(folder, "library.sqlite"), ...args], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const exit = new Promise<number | null>((done) => child.once("exit", done));
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      const [, url] = /at (http:\S+)\n/.exec(output) ?? [];
      if (url !== undefined) resolve({ child, url: new URL(url), exit });
    });
    child.once("exit", () => reject(new Error(output)));
  });
}

describe("the loopback process", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("prints one line, serves, and ends cleanly on %s", async (signal) => {
    const { child, url, exit } = await serve("--port", "0");
    expect(url.hostname).toBe("127.0.0.1");
    const response = await fetch(new URL("/api", url), {
      method: "POST",
      headers: { Authorization: `Bearer ${url.hash.replace("#token=", "")}`, "Content-Type": "application/json" },
      body: encode({ operation: "program.info", input: {} }),
    });
    expect(decode(await response.text())).toMatchObject({ value: { result: { value: { host: "loopback" } } } });
    child.kill(signal);
    expect(await exit).toBe(0);
  });
  it("says when its port is taken, and ends with exit code 1", async () => {
    const first = await serve();
    const second = spawn(node, [bundles.loopback, "--port", first.url.port], { stdio: ["ignore", "pipe", "pipe"] });
    let reason = "";
    second.stderr.setEncoding("utf8").on("data", (text: string) => {
      reason += text;
    });
    const code = await new Promise((done) => second.once("close", done));
    expect(code).toBe(1);
    expect(reason).toContain("taken");
    first.child.kill("SIGINT");
    await first.exit;
  });
  it.each(["70000", "-1", "x"])("refuses the port %s as misuse", async (port) => {
    const child = spawn(node, [bundles.loopback, `--port=${port}`], { stdio: "ignore" });
    expect(await new Promise((done) => child.once("exit", done))).toBe(2);
  });
});
