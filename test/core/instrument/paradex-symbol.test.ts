import { describe, expect, it } from "vitest";
import { parseParadexSymbol } from "../../../core/instrument/index.ts";

describe("a Paradex market name", () => {
  it.each([
    ["BTC-USD-PERP", { kind: "perpetual", underlying: "BTC", quote: "USD", payoff: "linear", settlement: "USDC" }],
    [
      "HYPE-USD-26JUN26-42.5-P",
      { kind: "option", strike: 42.5, optionType: "put", expiryMs: Date.UTC(2026, 5, 26, 8) },
    ],
    ["ETH-USD", { kind: "spot", settlement: "USDC" }],
  ])("%s is read", (name, terms) => {
    expect(parseParadexSymbol(name)).toMatchObject({ ok: true, value: { venue: "paradex", symbol: name, ...terms } });
  });
  it.each([
    ["BTC-USD-96000-C", "perpetual option"],
    ["BTC-USD-31JUN26-96000-C", "no such day"],
    ["BTC-USD-26JUN26-0-C", "strike of 0"],
    ["BTCUSDT", "not a Paradex market"],
  ])("%s is refused", (name, words) => {
    const parsed = parseParadexSymbol(name);
    expect(parsed.ok ? "read" : parsed.failure.message).toContain(words);
  });
});
