import { describe, expect, it } from "vitest";
import { describeWithSharedData } from "../../../shared-data.ts";
import { diskFile, imported, jsonFile, problemLines } from "../files.ts";

const row = (strikePrice: number, optionType: string, bidPrice: number, askPrice: number, more: object = {}) => ({
  ...{ strikePrice, optionType, bidPrice, askPrice, lastPrice: 1, volatility: 0.2, delta: 0.5, gamma: 0.01 },
  ...{ openInterest: 10, volume: 5, daysToExpiration: 2, expirationDate: "2026-03-20", ...more },
});
const chain = (rows: readonly object[]) =>
  jsonFile("2026-03-18.json", {
    ...{ date: "2026-03-18", spot: 6400.5, timestamp: "2026-03-18T20:30:00.25", expiries: { "2026-03-20": rows } },
  });

describe("a chain of index options", () => {
  it("takes forwards from parity of middle prices, not from the spot", async () => {
    const { market, report } = await imported(
      chain([row(6400, "Call", 40, 41), row(6400, "Put", 42, 43), row(6410, "Call", 35, 36), row(6410, "Put", 47, 48)]),
    );
    expect(market?.forwards).toMatchObject([{ value: 6398, method: "parity", pairs: 2 }]);
    expect(market?.indices).toEqual([{ underlying: "SPX", price: 6400.5, source: "quoted" }]);
    expect(market?.quotes[0]).toMatchObject({ mark: 40.5, markVolatility: 0.2, bid: 40, ask: 41 });
    expect(market?.quotes[0]?.instrument).toMatchObject({ symbol: "SPXW260320C06400000", contractSize: 100 });
    const decided = Object.fromEntries(report.decisions.map(({ what, decided }) => [what, decided]));
    expect(decided).toMatchObject({
      ...{ underlying: "SPX, series SPXW", "zone of timestamp": "UTC", mark: "middle of bid and ask" },
      "series of 2026-03-20": "SPXW, settled at the close",
    });
    expect(market?.asOfMs).toBe(Date.parse("2026-03-18T20:30:00.250Z"));
  });

  it("has no volatility where none was computed, and no mark without an ask", async () => {
    const none = { volatility: 0, delta: 0, gamma: 0, theta: 0, vega: 0, rho: 0 };
    const { market, report } = await imported(
      chain([row(6400, "Call", 40, 41, none), row(6500, "Call", 1, 0), row(6600, "Call", 0, 0.05)]),
    );
    expect(market?.quotes.map(({ mark, markVolatility }) => [mark, markVolatility])).toEqual([
      [40.5, undefined],
      [undefined, 0.2],
      [0.025, 0.2],
    ]);
    expect(report.decisions.find(({ what }) => what === "volatility of 1 rows")?.decided).toBe("none");
  });

  it("rejects rows of another day, another right, without strike or with a negative price", async () => {
    const result = await imported(
      chain([
        row(6400, "Call", 40, 41),
        row(6400, "Put", 40, 41, { expirationDate: "2026-03-27" }),
        row(6400, "Straddle", 40, 41),
        row(0, "Call", 40, 41),
        row(6410, "Call", -1, 41),
        "text",
      ] as readonly object[]),
    );
    expect(result.market?.quotes).toHaveLength(1);
    expect(problemLines(result).filter((line) => line.startsWith("error"))).toEqual([
      "error 2 expirationDate: expirationDate is 2026-03-27, the row stands under 2026-03-20",
      'error 3 optionType: optionType is "Straddle"',
      "error 4 strikePrice: strikePrice is 0; it must be above 0",
      "error 5 bidPrice: bidPrice is -1; it must be at least 0",
      "error 6 strikePrice: strikePrice is empty",
    ]);
  });
});

describeWithSharedData("the shared SPX chains", (path) => {
  it.each([
    ["2026-03-30.json.gz", 3800, 655, "2026-04-01", -8.55],
    ["2026-08-21.json.gz", 3932, 94, "2026-08-24", -0.6],
  ])("%s: %i rows, %i without volatility, forward of %s %f from the spot", async (name, rows, unknown, day, basis) => {
    const { market, report } = await imported(diskFile(path("spx-chains-2026", name)));
    expect(report.files[0]).toMatchObject({ rows, rejected: 0 });
    expect(report.decisions.some(({ what }) => what === `volatility of ${unknown} rows`)).toBe(true);
    const forward = market?.forwards.find(({ expiryMs }) => new Date(expiryMs).toISOString().startsWith(day));
    expect(forward?.method).toBe("parity");
    expect((forward?.value ?? 0) - (market?.indices[0]?.price ?? 0)).toBeCloseTo(basis, 6);
  });
});
