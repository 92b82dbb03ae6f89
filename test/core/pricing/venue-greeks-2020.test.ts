import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { expect, it } from "vitest";
import { yearsBetween } from "../../../core/base/index.ts";
import { instrumentId, type Option } from "../../../core/instrument/index.ts";
import type { PricingTerms } from "../../../core/market/index.ts";
import { type VenueGreeks, venueGreeks } from "../../../core/pricing/index.ts";
import { describeWithSharedData } from "../../shared-data.ts";

/** README of the folder, table "Greeks convention confirmed on this file": largest error of each greek over its 326 rows. */
const largestError: VenueGreeks = { delta: 1e-4, gamma: 5.1e-6, vega: 1.6e-3, theta: 2.4e-2, rho: 6.7e-4 };

function optionOf(row: Record<string, string>): Option {
  const symbol = row.instrument_name ?? "";
  return {
    ...{ venue: "deribit", underlying: "BTC", quote: "USD", payoff: "inverse", settlement: "BTC" },
    ...{ id: instrumentId("deribit", symbol), symbol, kind: "option" },
    expiryMs: Number(row.expiration_timestamp),
    strike: Number(row.strike),
    optionType: row.option_type === "call" ? "call" : "put",
  };
}

function termsOf(row: Record<string, string>): PricingTerms {
  return {
    index: Number(row.index_price),
    forward: Number(row.underlying_price),
    years: yearsBetween(Number(row.timestamp), Number(row.expiration_timestamp)),
    volatility: Number(row.mark_iv) / 100,
    mark: Number(row.mark_price),
    sources: { forward: "reported", volatility: "mark", mark: "quoted" },
  };
}

describeWithSharedData("venueGreeks on the chain of 2020-05-21", (path) => {
  const text = gunzipSync(readFileSync(path("deribit-chains-2020", "options_data.csv.gz"))).toString("utf8");
  const rows = parse(text, { columns: true }) as Record<string, string>[];

  it.each(Object.keys(largestError) as (keyof VenueGreeks)[])("reproduces the exchange's %s of 326 options", (name) => {
    const errors = rows.map((row) => {
      const stated = Number(new RegExp(`'${name}': ([-+.\\de]+)`).exec(row.greeks ?? "")?.[1]);
      return Math.abs(venueGreeks(optionOf(row), termsOf(row))[name] - stated);
    });
    expect(errors.length).toBe(326);
    // The README states two digits: its own rounding is the slack.
    expect(Math.max(...errors)).toBeLessThanOrEqual(largestError[name] * 1.05);
  });
});
