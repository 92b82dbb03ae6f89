import { describe, expect, it } from "vitest";
import { failed } from "../../core/base/index.ts";
import { marginRequest } from "../../core/host/command-line/margin-request.ts";

describe("the flags of marginscope margin", () => {
  it("name a file of rules that does not exist in words", async () => {
    const given = { positions: [], market: [], method: "deribit-portfolio", rules: "none.json", overrides: [] };
    const request = await marginRequest(given, async () => failed("internal", "not asked"));
    expect(request).toEqual(failed("not-found", "none.json cannot be read: there is no such file", "none.json"));
  });
});
