import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import { parseOkxSymbol } from "../../../core/instrument/index.ts";
import { okxGreeks } from "../../../core/pricing/index.ts";

const recorded = z.object({
  asOf: z.string(),
  market: z.object({ forward: z.number(), spotUsd: z.number(), markVol: z.number(), expiry: z.string() }),
  expected: z.record(z.string(), z.number()),
  tolerance: z.object({ rel: z.number() }),
});

it("gives the greeks of a recorded option summary in both conventions", () => {
  const path = resolve(import.meta.dirname, "../../golden/okx/opt-summary-greeks.json");
  const { asOf, market, expected, tolerance } = recorded.parse(JSON.parse(readFileSync(path, "utf8")));
  const option = parseOkxSymbol("BTC-USD-251226-100000-C");
  if (!option.ok || option.value.kind !== "option") throw new Error("the name is an option");
  const years = (Date.parse(market.expiry) - Date.parse(asOf)) / (365 * 86_400_000);
  const { forward, spotUsd: index, markVol: volatility } = market;
  const sources = { forward: "reported", mark: "model" } as const;
  const greeks = okxGreeks(option.value, { index, forward, years, volatility, mark: 0, sources });
  const wrong = Object.entries(expected).filter(([name, value]) => {
    const found = Object.entries(greeks).find(([key]) => key === name)?.[1] ?? Number.NaN;
    return !(Math.abs(found - value) <= tolerance.rel * Math.abs(value));
  });
  expect(wrong).toEqual([]);
});
