import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { launchElectron, screenshot } from "./launch.ts";
import { startedOnce } from "./program.ts";

const program = startedOnce(launchElectron);

/** Runs in the page, as code of an attacker would. */
const inPage = <T>(script: string): Promise<T> => program.host.page.evaluate<T>(script);

const callInPage = (operation: string, input: unknown = {}): Promise<unknown> =>
  inPage(`window.core.call(${JSON.stringify({ operation, input })})`);

describe("the window", () => {
  it("has the preferences that keep a page away from the machine", async () => {
    const preferences = await program.host.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      return (contents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences();
    });
    expect(preferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
    });
  });

  it("gives the page no Node and only the two bridges", async () => {
    expect(await inPage("[typeof require, typeof process, typeof module, typeof Buffer, typeof electron]")).toEqual(
      Array(5).fill("undefined"),
    );
    expect(await inPage("[Object.keys(window.core).sort(), Object.keys(window.shell).sort()]")).toEqual([
      ["call", "on"],
      ["onRequest", "openFiles", "openRecent", "pathOf", "printPdf"],
    ]);
  });

  it("gives a worker of the page no Node either", async () => {
    const script = "postMessage([typeof require, typeof process])";
    const types = await inPage(
      `new Promise((resolve) => {
        const worker = new Worker(URL.createObjectURL(new Blob([${JSON.stringify(script)}])));
        worker.onmessage = (message) => resolve(message.data);
      })`,
    );
    expect(types).toEqual(["undefined", "undefined"]);
  });

  it("is served by the app protocol with a strict policy and cross-origin isolation", async () => {
    expect(await inPage("location.origin")).toBe("app://bundle");
    expect(await inPage("self.crossOriginIsolated")).toBe(true);
    const policy = await inPage<string>("fetch('/').then((r) => r.headers.get('content-security-policy'))");
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("'unsafe-eval'");
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
    // later, because the inspector that runs this script may do what the page may not
    const evaluated = await inPage(
      `new Promise((resolve) => setTimeout(() => {
        try { resolve(eval("1")); } catch (error) { resolve(error.name); }
      }))`,
    );
    expect(evaluated).toBe("EvalError");
  });

  it("serves nothing outside the renderer's folder", async () => {
    const statuses = await inPage(
      `Promise.all(['/../package.json', '/%2e%2e/main/index.cjs', '/..%2fmain%2findex.cjs', '/nothing.js', '/index.html']
        .map((path) => fetch(path).then((r) => r.status)))`,
    );
    expect(statuses).toEqual([404, 404, 404, 404, 200]);
  });

  it("opens no other window and goes nowhere", async () => {
    expect(await inPage("window.open('https://example.com') === null")).toBe(true);
    expect(await inPage("window.open('app://bundle/index.html') === null")).toBe(true);
    const before = program.host.page.url();
    await inPage("void (location.href = 'https://example.com/')");
    await inPage("void (location.href = 'file:///')");
    await inPage(`(() => { const a = document.createElement('a'); a.href = 'data:text/html,x'; a.click(); })()`);
    await program.host.page.waitForTimeout(300);
    expect(program.host.page.url()).toBe(before);
    expect(program.host.app.windows()).toHaveLength(1);
  });

  it("grants no permission but writing to the clipboard", async () => {
    const states = await inPage(
      `Promise.all(['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read']
        .map((name) => navigator.permissions.query({ name }).then((p) => p.state)))`,
    );
    expect(states).toEqual(Array(5).fill("denied"));
  });

  it("cannot reach the network", async () => {
    expect(await inPage("fetch('https://example.com').then(() => 'reached', () => 'refused')")).toBe("refused");
    const reached = await program.host.app.evaluate(({ session }) =>
      session.defaultSession.fetch("https://example.com").then(
        () => "reached",
        () => "refused",
      ),
    );
    expect(reached).toBe("refused");
    expect(program.host.output()).toContain("blocked a request to https://example.com/");
  });
});

describe("the bridge", () => {
  it("answers calls of the contract from the worker", async () => {
    expect(await callInPage("program.info")).toMatchObject({ ok: true, value: { host: "electron" } });
    expect(await callInPage("library.info")).toMatchObject({ ok: true, value: { path: program.libraryPath } });
    expect(existsSync(program.libraryPath)).toBe(true);
  });

  it("refuses what is no call, as every door does", async () => {
    expect(await callInPage("no.such")).toMatchObject({ ok: false, failure: { reason: "not-found" } });
    expect(await inPage("window.core.call(7)")).toMatchObject({ ok: false, failure: { reason: "invalid-input" } });
    expect(await callInPage("portfolio.get", { id: 7 })).toMatchObject({
      ok: false,
      failure: { reason: "invalid-input" },
    });
  });

  it("opens no file that is not among the recent ones", async () => {
    expect(await inPage("window.shell.openRecent('/etc/passwd')")).toMatchObject({
      ok: false,
      failure: { reason: "not-found" },
    });
  });
});

describe("the program", () => {
  it("made no attempt to reach the network of its own", async () => {
    await screenshot(program.host.page, "electron-start");
    const blocked = program.host
      .output()
      .split("\n")
      .filter((line) => line.startsWith("blocked a request"));
    expect(blocked.filter((line) => !line.includes("https://example.com"))).toEqual([]);
  });
});
