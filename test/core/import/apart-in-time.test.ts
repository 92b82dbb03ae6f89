import { describe, expect, it } from "vitest";
import { imported, jsonFile } from "./files.ts";

/** A book summary of one perpetual at an instant. */
function summary(name: string, instant: string, instrument = "BTC-PERPETUAL") {
  const creation_timestamp = Date.parse(instant);
  const row = { instrument_name: instrument, mark_price: 94_000, volume: 1, creation_timestamp };
  return jsonFile(name, { jsonrpc: "2.0", result: [{ ...row, base_currency: "BTC", quote_currency: "USD" }] });
}

async function warningsOf(...files: Parameters<typeof imported>[0][]) {
  const { report } = await imported(files.flat() as Parameters<typeof imported>[0]);
  return report.problems.filter(({ rule }) => rule === "market files are of one time");
}

describe("market files of one import", () => {
  const march = summary("march.json", "2026-03-01T00:00:00Z");
  it("months apart are named first, with how far", async () => {
    const { report } = await imported([summary("august.json", "2026-08-12T00:00:00Z"), march]);
    expect(report.problems[0]).toMatchObject({ severity: "warning", file: "march.json" });
    expect(report.problems[0]?.message).toBe(
      "the market files are 164 days apart: march.json of 2026-03-01 00:00:00Z and august.json of 2026-08-12 00:00:00Z; together they are the market of no one moment",
    );
  });
  it("are so too when they hold different instruments, with those between counted", async () => {
    const others = ["a", "b"].map((name, i) => summary(`${name}.json`, `2026-03-0${i + 2}T00:00:00Z`, "ETH-PERPETUAL"));
    const [warning] = await warningsOf(march, ...others);
    expect(warning?.message).toContain("48 h apart: march.json");
    expect(warning?.message).toContain(", with 1 more between them;");
  });
  it("a few minutes apart, or alone, are not warned about", async () => {
    expect(await warningsOf(march)).toEqual([]);
    expect(await warningsOf(march, summary("next.json", "2026-03-01T00:05:00Z", "ETH-PERPETUAL"))).toEqual([]);
  });
});
