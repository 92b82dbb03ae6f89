import { describe, expect, it } from "vitest";
import { parseDeriveSymbol } from "../../../core/instrument/index.ts";

const shared = { venue: "derive", quote: "USDC", payoff: "linear", settlement: "USDC" };

describe("parseDeriveSymbol", () => {
  it("reads an option: year first, 08:00 UTC, linear in USDC", () => {
    expect(parseDeriveSymbol("ETH-20260627-3500-C")).toEqual({
      ok: true,
      value: {
        ...shared,
        ...{ id: "derive:ETH-20260627-3500-C", symbol: "ETH-20260627-3500-C", underlying: "ETH", kind: "option" },
        ...{ expiryMs: Date.UTC(2026, 5, 27, 8), strike: 3500, optionType: "call" },
      },
    });
  });
  it.each([
    ["ADA-20260627-0_85-P", 0.85],
    ["ADA-20260627-0.85-P", 0.85],
    ["HYPE-20260101-27_5-P", 27.5],
  ])("reads the strike of %s as %d", (symbol, strike) => {
    expect(parseDeriveSymbol(symbol)).toMatchObject({ ok: true, value: { strike, optionType: "put" } });
  });
  it("reads a perpetual", () => {
    expect(parseDeriveSymbol(" BTC-PERP ")).toMatchObject({
      ok: true,
      value: { ...shared, kind: "perpetual", symbol: "BTC-PERP", underlying: "BTC" },
    });
  });
  it.each([
    ["ETH-20260231-3500-C", "no such day"],
    ["ETH-20260627-0-C", "strike of 0"],
    ["ETH-27JUN26-3500-C", "not a Derive instrument name"],
    ["ETH-PERPETUAL", "not a Derive instrument name"],
    ["", "not a Derive instrument name"],
  ])("refuses %s", (symbol, words) => {
    const refused = parseDeriveSymbol(symbol);
    expect(refused.ok ? "read" : refused.failure.message).toContain(words);
  });
});
