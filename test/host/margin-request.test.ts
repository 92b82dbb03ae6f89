import { describe, expect, it } from "vitest";
import { failed } from "../../core/base/index.ts";
import { marginRequest } from "../../core/host/command-line/margin-request.ts";

describe("the flags of marginscope margin", () => {
  it("name a file of rules that does not exist in words", async () => {
    const given = { positions: [], market: [], method: "deribit-portfolio", rules: "none.json", overrides: [] };
    const request = await marginRequest(given, async () => failed("internal", "not asked"));
    expect(request).toEqual(failed("not-found", "none.json cannot be read: there is no such file", "none.json"));
  });

  it("take the prices of a parameter file where no market is given", async () => {
    const given = {
      positions: ["package.json"],
      market: [],
      parameterFile: "id:kept",
      method: "span-array",
      overrides: [],
    };
    const request = await marginRequest(given, async () => failed("internal", "not asked"));
    expect(request.ok && Object.keys(request.value as object).sort()).toEqual([
      ...["methodology", "overrides", "parameterFile", "portfolio"],
    ]);
    expect(request.ok && request.value).toMatchObject({ parameterFile: { id: "kept" }, methodology: "span-array" });
  });

  it("name a parameter file that does not exist in words", async () => {
    const given = {
      positions: ["package.json"],
      market: [],
      parameterFile: "no.spn",
      method: "span-array",
      overrides: [],
    };
    const request = await marginRequest(given, async () => failed("internal", "not asked"));
    expect(request).toEqual(failed("not-found", "no.spn cannot be read: there is no such file", "no.spn"));
  });
});
