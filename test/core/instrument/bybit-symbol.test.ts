import { describe, expect, it } from "vitest";
import { parseBybitSymbol } from "../../../core/instrument/index.ts";

const at8 = (day: string) => Date.parse(`${day}T08:00:00Z`);

describe("parseBybitSymbol", () => {
  it.each([
    [
      "BTC-27DEC24-100000-C",
      { kind: "option", payoff: "linear", settlement: "USDC", strike: 100_000, optionType: "call" },
    ],
    ["BTC-27MAR26-70000-P-USDT", { kind: "option", settlement: "USDT", strike: 70_000, optionType: "put" }],
    ["XRP-6FEB26-0.55-P", { kind: "option", underlying: "XRP", strike: 0.55, expiryMs: at8("2026-02-06") }],
    ["BTCUSDT", { kind: "perpetual", payoff: "linear", underlying: "BTC", settlement: "USDT" }],
    ["1000PEPEUSDT", { kind: "perpetual", underlying: "1000PEPE" }],
    ["BTCPERP", { kind: "perpetual", payoff: "linear", settlement: "USDC" }],
    ["BTCUSD", { kind: "perpetual", payoff: "inverse", quote: "USD", settlement: "BTC" }],
    ["BTC-27DEC24", { kind: "future", payoff: "linear", settlement: "USDC", expiryMs: at8("2024-12-27") }],
    ["BTCUSDT-26SEP25", { kind: "future", underlying: "BTC", settlement: "USDT", expiryMs: at8("2025-09-26") }],
    ["BTCUSDH24", { kind: "future", payoff: "inverse", settlement: "BTC", expiryMs: at8("2024-03-29") }],
    ["ETHUSDM26", { kind: "future", underlying: "ETH", expiryMs: at8("2026-06-26") }],
    ["BTCUSDZ27", { kind: "future", expiryMs: at8("2027-12-31") }],
  ])("reads %s", (symbol, terms) => {
    const parsed = parseBybitSymbol(symbol);
    expect(parsed.ok && parsed.value).toMatchObject({ ...terms, symbol, id: `bybit:${symbol}` });
  });
  it.each([
    ["BTC-31FEB26-70000-P", "no such day"],
    ["BTC-27MAR26-0-P", "a strike of 0"],
    ["BTC-PERPETUAL", "not a Bybit symbol"],
    ["BTC-27MAR26-7E4-P", "not a Bybit symbol"],
    ["", "not a Bybit symbol"],
  ])("refuses %s", (symbol, words) => {
    const parsed = parseBybitSymbol(symbol);
    expect(parsed.ok ? "" : parsed.failure.message).toContain(words);
  });
});
