import { afterEach, describe, expect, it, vi } from "vitest";
import { openFilesNatively, pathOfFile } from "../../../renderer/client/shell.ts";

afterEach(() => vi.unstubAllGlobals());

const withShell = (answer: unknown): void => {
  vi.stubGlobal("window", { shell: { openFiles: async () => answer, pathOf: () => "" } });
};

describe("openFilesNatively", () => {
  it("gives the chosen files with their paths", async () => {
    withShell({ ok: true, value: [{ name: "a.csv", path: "/home/a.csv", bytes: new Uint8Array([1]) }] });
    const [file] = (await openFilesNatively()) as readonly File[];
    expect(file?.name).toBe("a.csv");
    expect(file && pathOfFile(file)).toBe("/home/a.csv");
  });
  it("says why files could not be read", async () => {
    withShell({ ok: false, failure: { reason: "not-found", message: "a.csv is gone" } });
    expect(await openFilesNatively()).toBe("a.csv is gone");
  });
  it("is nothing in a browser", async () => {
    vi.stubGlobal("window", {});
    expect(await openFilesNatively()).toBeUndefined();
  });
});
