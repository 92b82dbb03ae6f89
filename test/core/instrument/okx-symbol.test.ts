import { describe, expect, it } from "vitest";
import { type Instrument, knownOkxContractSize, parseOkxSymbol } from "../../../core/instrument/index.ts";

function read(name: string): Instrument {
  const parsed = parseOkxSymbol(name);
  if (!parsed.ok) throw new Error(parsed.failure.message);
  return parsed.value;
}

function refusal(name: string): string {
  const parsed = parseOkxSymbol(name);
  return parsed.ok ? "read" : parsed.failure.message;
}

describe("an OKX instrument id", () => {
  it("of an option has the day as YYMMDD, 08:00 UTC, and settles in the coin", () => {
    expect(read("BTC-USD-241227-100000-C")).toEqual({
      ...{ kind: "option", id: "okx:BTC-USD-241227-100000-C", venue: "okx", symbol: "BTC-USD-241227-100000-C" },
      ...{ underlying: "BTC", quote: "USD", payoff: "inverse", settlement: "BTC" },
      ...{ expiryMs: Date.UTC(2024, 11, 27, 8), strike: 100_000, optionType: "call" },
    });
  });
  it("against USD is inverse, against USDT and USDC linear", () => {
    expect(read("BTC-USD-SWAP")).toMatchObject({ kind: "perpetual", payoff: "inverse", settlement: "BTC" });
    expect(read("BTC-USDT-SWAP")).toMatchObject({ kind: "perpetual", payoff: "linear", settlement: "USDT" });
    expect(read("ETH-USD-210430")).toMatchObject({
      kind: "future",
      payoff: "inverse",
      expiryMs: Date.UTC(2021, 3, 30, 8),
    });
    expect(read("ETH-USDC-260327")).toMatchObject({ kind: "future", payoff: "linear", settlement: "USDC" });
    expect(read("BTC-USDT")).toMatchObject({ kind: "spot", payoff: "linear", settlement: "USDT" });
  });
  it.each([
    ["BTC-USD-241327-100000-C", "no such day"],
    ["BTC-USD-240230", "no such day"],
    ["BTC-USD-241227-0-C", "strike of 0"],
    ["BTC-USD_UM-241227-100000-C", "instrument list"],
    ["BTC-27DEC24-100000-C", "not an OKX instrument id"],
    ["btc-usdt-swap", "not an OKX instrument id"],
    ["BTC-ABOVE-DAILY-260225-1600-65000", "not an OKX instrument id"],
    ["BTC-USDT_BTC-USDT-SWAP", "suffix"],
    ["", "not an OKX instrument id"],
  ])("%s is refused", (name, words) => {
    expect(refusal(name)).toContain(words);
  });
});

it("knows the usual contract sizes and no others", () => {
  const sizes = ["BTC-USD-241227-100000-C", "ETH-USD-SWAP", "ETH-USDT-SWAP", "BTC-USDT", "DOGE-USDT-SWAP"].map((name) =>
    knownOkxContractSize(read(name)),
  );
  expect(sizes).toEqual([0.01, 10, 0.1, 1, undefined]);
});
