import { describe, expect, it } from "vitest";
import type { Work } from "../../../core/base/index.ts";
import { importFiles } from "../../../core/import/index.ts";
import { imported, textFile } from "./files.ts";

const rowCount = 200_000;

/** 200,000 market rows of 23 columns, each of another contract, in the layout of the chain files. */
function largeChain(): string {
  const header =
    "timestamp,instrument_name,underlying,underlying_name,option_type,strike,expiry_datetime,time_to_maturity,bid_price,ask_price,mark_price,mid_price,futures_price,futures_instrument_name,implied_volatility,delta,vega,open_interest,volume,bid_ask_spread,currency,index_price,volume_usd";
  const lines = [header];
  for (let i = 0; i < rowCount; i += 1) {
    const strike = 10_000 + (i >> 1);
    const [type, right] = i % 2 === 0 ? ["call", "C"] : ["put", "P"];
    lines.push(
      `2026-01-04T09:13:50.098573+00:00,BTC-27MAR26-${strike}-${right},92331.48,BTC-27MAR26,${type},${strike}.0,2026-03-27T08:00:00+00:00,0.2245,0.105,0.1115,0.10766106,0.10825,92331.48,BTC-27MAR26,0.4903,0.8984,29.37301,2.3,0.0,0.0065,BTC,91250.03,0.0`,
    );
  }
  return `${lines.join("\n")}\n`;
}

const file = textFile("large.csv", largeChain());

describe("a file of 200,000 rows", () => {
  it("is imported with progress, in steps short enough for a cancel to arrive", async () => {
    const progress: (readonly [number, number])[] = [];
    const rowsAtOnce: number[] = [];
    let rows = 0;
    let rowsPaused = 0;
    const work: Work = {
      progress: (done, total) => {
        progress.push([done, total]);
        rows = done;
      },
      cancelled: () => false,
      pause: async () => {
        rowsAtOnce.push(rows - rowsPaused);
        rowsPaused = rows;
      },
    };
    const { market, report } = await imported(file, { work });
    expect(report.files[0]).toMatchObject({ rows: rowCount, kept: rowCount, rejected: 0 });
    expect(market?.quotes).toHaveLength(rowCount);
    expect(progress.length).toBeGreaterThan(rowCount / 1000);
    expect(progress.every(([done, total]) => done <= total)).toBe(true);
    expect(progress.every(([, total]) => Math.abs(total / rowCount - 1) < 0.1)).toBe(true);
    expect(progress.at(-1)).toEqual([rowCount, rowCount]);
    expect(Math.max(...rowsAtOnce)).toBeLessThanOrEqual(500);
  });

  it("stops when cancelled, at any moment", async () => {
    for (const after of [0, 3, 60, 250]) {
      let pauses = 0;
      let rows = 0;
      const work: Work = {
        progress: (done) => {
          rows = done;
        },
        cancelled: () => pauses >= after,
        pause: async () => {
          pauses += 1;
        },
      };
      const result = await importFiles([file], { mappings: {}, name: "large", work });
      expect(result).toMatchObject({ ok: false, failure: { reason: "cancelled" } });
      expect(pauses).toBe(after);
      expect(rows).toBeLessThan(rowCount);
    }
  });
});
