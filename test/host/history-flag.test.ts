import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { failed } from "../../core/base/index.ts";
import { root } from "../../core/host/bin/built.mjs";
import { readArguments } from "../../core/host/command-line/arguments.ts";
import { compareRequest, marginRequest } from "../../core/host/command-line/margin-request.ts";

const notAsked = async () => failed("internal", "not asked");
const path = join(root, "resources/sample/history/synthetic-history-btc.csv");

async function historyOf(...flags: readonly string[]): Promise<unknown> {
  const given = readArguments(["margin", "--sample", "--method", "deribit-portfolio", ...flags]);
  if (given.ask !== "margin") throw new Error(JSON.stringify(given));
  const request = await marginRequest(given.margin, notAsked);
  if (!request.ok) throw new Error(request.failure.message);
  return (request.value as { history?: unknown }).history;
}

describe("--history", () => {
  it("is files, the sample, or a stored history", async () => {
    expect(await historyOf()).toBeUndefined();
    expect(await historyOf("--history", "sample")).toEqual({ sample: true });
    expect(await historyOf("--history", "id:abc")).toEqual({ id: "abc" });
    const file = { name: "synthetic-history-btc.csv", bytes: expect.any(Uint8Array) };
    expect(await historyOf("--history", path, "--history", path)).toEqual({ files: [file, file] });
  });

  it("goes with compare too, and a file that is not there is named", async () => {
    const given = readArguments(["compare", "--sample", "--method", "a", "--history", "none.csv"]);
    if (given.ask !== "compare") throw new Error(JSON.stringify(given));
    const request = await compareRequest(given.compare, notAsked);
    expect(request).toEqual(failed("not-found", "none.csv cannot be read: there is no such file", "none.csv"));
  });

  it("belongs to no other command", () => {
    expect(readArguments(["operations", "--history", "a.csv"])).toMatchObject({ ask: "usage" });
  });
});
