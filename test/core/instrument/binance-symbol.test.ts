import { describe, expect, it } from "vitest";
import { knownBinanceContractSize, parseBinanceSymbol } from "../../../core/instrument/index.ts";

const at8 = (day: string) => Date.parse(`${day}T08:00:00Z`);

describe("parseBinanceSymbol", () => {
  it.each([
    [
      "BTC-241227-100000-C",
      { kind: "option", payoff: "linear", settlement: "USDT", strike: 100_000, expiryMs: at8("2024-12-27") },
    ],
    ["XRP-251219-2.05-P", { kind: "option", underlying: "XRP", strike: 2.05, optionType: "put" }],
    ["BTCUSDT", { kind: "perpetual", payoff: "linear", underlying: "BTC", settlement: "USDT" }],
    ["ETHUSDC", { kind: "perpetual", settlement: "USDC" }],
    ["BTCUSDT_250926", { kind: "future", payoff: "linear", expiryMs: at8("2025-09-26") }],
    ["BTCUSD_PERP", { kind: "perpetual", payoff: "inverse", settlement: "BTC" }],
    ["ETHUSD_250926", { kind: "future", payoff: "inverse", settlement: "ETH" }],
  ])("reads %s", (symbol, terms) => {
    const parsed = parseBinanceSymbol(symbol);
    expect(parsed.ok && parsed.value).toMatchObject({ ...terms, symbol, id: `binance:${symbol}` });
  });
  it.each([
    ["BTC-240230-100000-C", "no such day"],
    ["BTC-241227-0-C", "a strike of 0"],
    ["BTC-27DEC24-100000-C", "not a Binance symbol"],
    ["BTCUSD_251301", "no such day"],
  ])("refuses %s", (symbol, words) => {
    const parsed = parseBinanceSymbol(symbol);
    expect(parsed.ok ? "" : parsed.failure.message).toContain(words);
  });
  it.each([
    ["XRP-251219-2.05-P", 100],
    ["BTC-241227-100000-C", 1],
    ["BTCUSDT", 1],
    ["BTCUSD_PERP", 100],
    ["ETHUSD_PERP", 10],
    ["DOGE-251219-0.2-C", undefined],
  ])("knows the contract size of %s: %s", (symbol, size) => {
    const parsed = parseBinanceSymbol(symbol);
    expect(parsed.ok ? knownBinanceContractSize(parsed.value) : "refused").toBe(size);
  });
});
