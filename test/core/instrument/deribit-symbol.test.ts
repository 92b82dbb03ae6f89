import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deribitSymbol, type Instrument, parseDeribitSymbol } from "../../../core/instrument/index.ts";

function parsed(symbol: string): Instrument {
  const result = parseDeribitSymbol(symbol);
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

function refusal(symbol: string): string {
  const result = parseDeribitSymbol(symbol);
  return result.ok ? "not refused" : result.failure.message;
}

/** The examples that the venue and its exports write. */
const examples = [
  ["BTC-PERPETUAL", { kind: "perpetual", underlying: "BTC", quote: "USD", payoff: "inverse", settlement: "BTC" }],
  ["ETH_USDC-PERPETUAL", { kind: "perpetual", underlying: "ETH", quote: "USDC", payoff: "linear", settlement: "USDC" }],
  ["BTC-27DEC24", { kind: "future", expiryMs: Date.UTC(2024, 11, 27, 8), payoff: "inverse", settlement: "BTC" }],
  ["BTC-1NOV24", { kind: "future", expiryMs: Date.UTC(2024, 10, 1, 8), payoff: "inverse" }],
  ["BTC_USDC-27DEC24", { kind: "future", quote: "USDC", payoff: "linear", settlement: "USDC" }],
  ["BTC-27DEC24-100000-C", { kind: "option", strike: 100000, optionType: "call", quote: "USD", settlement: "BTC" }],
  ["BTC-6FEB26-78000-P", { kind: "option", strike: 78000, optionType: "put", expiryMs: Date.UTC(2026, 1, 6, 8) }],
  ["XRP_USDC-30JUN23-0d625-C", { kind: "option", underlying: "XRP", strike: 0.625, settlement: "USDC" }],
  ["BTC_USDT", { kind: "spot", underlying: "BTC", quote: "USDT", settlement: "USDT", payoff: "linear" }],
] as const;

const combos = [
  ["BTC-FS-29APR22_PERP", "future combo FS, future spread"],
  ["BTC-FS-31DEC21-PERP", "future combo FS, future spread"],
  ["BTC-CS-8NOV24-70000_72000", "option combo CS, call spread"],
  ["BTC-STRG-19MAY26-74000_79000", "option combo STRG, strangle"],
  ["BTC-STRD-29MAY26-77000", "option combo STRD, straddle"],
  ["BTC-REV-29APR22-37500", "option combo REV, reversal"],
] as const;

describe("parseDeribitSymbol", () => {
  it.each(examples)("reads %s", (symbol, expected) => {
    expect(parsed(symbol)).toMatchObject({ ...expected, id: `deribit:${symbol}`, symbol, venue: "deribit" });
  });
  it.each(combos)("refuses the combo %s and names its type", (symbol, type) => {
    expect(refusal(symbol)).toContain(type);
  });
  it("accepts a day with a leading zero as the same instrument", () => {
    expect(parsed("BTC-07JAN26")).toEqual(parsed("BTC-7JAN26"));
    expect(parsed("BTC-07JAN26-90000-C").symbol).toBe("BTC-7JAN26-90000-C");
  });
  it.each([
    "BTC-31FEB26",
    "BTC-0JAN26",
    "BTC-1ABC26",
    "BTC-27DEC24-0-C",
    "BTC-27DEC24-100-X",
    "",
    "BTC",
    "btc-perpetual",
  ])("refuses %j", (symbol) => expect(parseDeribitSymbol(symbol).ok).toBe(false));
  it("quotes the name it refuses", () => expect(refusal("NOPE!")).toContain('"NOPE!"'));
});

describe("deribitSymbol", () => {
  it.each(examples)("writes %s", (symbol) => expect(deribitSymbol(parsed(symbol))).toBe(symbol));
  it("is the reverse of parsing for any strike and day", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("BTC", "SOL", "XRP_USDC", "ETH_USDT"),
        fc.integer({ min: 0, max: 36_000 }),
        fc.integer({ min: 1, max: 10_000_000 }),
        fc.integer({ min: 0, max: 5 }),
        (base, day, digits, decimals) => {
          const [underlying = "", quote] = base.split("_");
          const terms = {
            kind: "option",
            underlying,
            quote: quote ?? "USD",
            payoff: quote === undefined ? "inverse" : "linear",
            expiryMs: Date.UTC(2000, 0, 1 + day, 8),
            strike: Number(`${digits}e-${decimals}`),
            optionType: day % 2 === 0 ? "call" : "put",
          } as const;
          expect(parsed(deribitSymbol(terms))).toMatchObject(terms);
        },
      ),
    );
  });
});
