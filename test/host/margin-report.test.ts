import { describe, expect, it } from "vitest";
import { marginReport } from "../../core/host/command-line/margin-report.ts";
import { localCore } from "../../core/host/local-core.ts";
import type { MarginResult } from "../../core/margin/index.ts";

/** The report of a book of one perpetual, with the rows given after its header. */
async function reportOf(...rows: readonly string[]): Promise<string> {
  const text = ["symbol,quantity,mark_price,index_price", ...rows].join("\n");
  const source = { files: [{ name: "book.csv", text }] };
  const core = localCore({ libraryPath: ":unused:", host: "test" });
  const answer = await core.call({
    operation: "margin.run",
    input: { portfolio: source, market: source, methodology: "deribit-portfolio", rules: { date: "2026-11-20" } },
  });
  await core.close();
  if (!answer.ok) throw new Error(answer.failure.message);
  return marginReport(answer.value as MarginResult);
}

describe("the printed margin report", () => {
  const good = "BTC-PERPETUAL,1000,94270.34,94250.55";

  it("says above the totals that rows were rejected, and names each below", async () => {
    const report = await reportOf(good, "BTC-25DEC26,abc,94900,94250.55");
    expect(report.indexOf("were rejected and are not in these totals")).toBeGreaterThan(0);
    expect(report.indexOf("were rejected")).toBeLessThan(report.indexOf("All accounts, USD"));
    expect(report).toContain("- 1 row of book.csv was rejected when it was imported");
    expect(report.match(/- rejected book\.csv:3: quantity is "abc"/g)).toHaveLength(1);
  });
  it("says nothing of rejected rows where there are none", async () => {
    expect(await reportOf(good)).not.toContain("rejected");
  });
});
