import { describe, expect, it } from "vitest";
import {
  futureMultiplier,
  type OsiTerms,
  osiOption,
  osiSymbol,
  parseFutureSymbol,
  parseOsiSymbol,
} from "../../../core/instrument/index.ts";

const terms = (text: string): OsiTerms | string => {
  const found = parseOsiSymbol(text);
  return found.ok ? found.value : found.failure.message;
};

describe("parseOsiSymbol", () => {
  it.each([
    ["SPX   220319P04025000", { root: "SPX", day: "2022-03-19", right: "put", strike: 4025 }],
    ["AAPL270115C00200000", { root: "AAPL", day: "2027-01-15", right: "call", strike: 200 }],
    ["O:SPXW260330P06345000", { root: "SPXW", day: "2026-03-30", right: "put", strike: 6345 }],
    [".SPXW260407C5700", { root: "SPXW", day: "2026-04-07", right: "call", strike: 5700 }],
    ["BAC   270115C00012500", { root: "BAC", day: "2027-01-15", right: "call", strike: 12.5 }],
    // A root that ends in a digit: the last fifteen characters are fixed.
    ["AAPL1 150117C00090000", { root: "AAPL1", day: "2015-01-17", right: "call", strike: 90 }],
    ["AAPL1150117C00090000", { root: "AAPL1", day: "2015-01-17", right: "call", strike: 90 }],
  ])("reads %s", (text, expected) => expect(terms(text)).toEqual(expected));

  it.each(["AAPL", "BTC-27MAR26-70000-C", "SPX   221332P04025000", "SPX   220319P00000000", "SPX 220319X04025000", ""])(
    "refuses %j with the text quoted",
    (text) => expect(terms(text)).toContain(JSON.stringify(text)),
  );

  it("is written back without blanks", () => {
    const found = parseOsiSymbol("SPX   220319P04025000");
    expect(found.ok && osiSymbol(found.value)).toBe("SPX220319P04025000");
  });
});

const option = (text: string, size?: number) => {
  const read = parseOsiSymbol(text);
  const found = read.ok ? osiOption(read.value, size) : read;
  if (!found.ok) return found.failure.message;
  const { underlying, expiryMs, contractSize, exercise, symbol } = found.value;
  return { underlying, expires: new Date(expiryMs).toISOString(), contractSize, exercise, symbol };
};

describe("osiOption", () => {
  it("settles SPX at the opening of the Friday before a Saturday, SPXW at the close", () => {
    expect(option("SPX   220319P04025000")).toEqual({
      ...{ underlying: "SPX", expires: "2022-03-18T13:30:00.000Z", contractSize: 100, exercise: "european" },
      symbol: "SPX220318P04025000",
    });
    expect(option("SPXW  220318P04025000")).toMatchObject({ underlying: "SPX", expires: "2022-03-18T20:00:00.000Z" });
  });
  it("takes stock options as American", () =>
    expect(option("AAPL270115C00200000")).toMatchObject({ underlying: "AAPL", exercise: "american" }));
  it("refuses an adjusted series without its multiplier, and takes it with one", () => {
    expect(option("AAPL1150117C00090000")).toContain("adjusted series");
    expect(option("AAPL1150117C00090000", 10)).toMatchObject({ underlying: "AAPL", contractSize: 10 });
  });
});

describe("parseFutureSymbol", () => {
  it.each([
    ["ESH6", 2026, "ES", "202603"],
    ["ESH6", 2027, "ES", "203603"],
    ["/MESH2", 2021, "MES", "202203"],
    ["ESZ26", 2021, "ES", "202612"],
    ["6EU5", 2025, "6E", "202509"],
    ["NQZ25", 2025, "NQ", "202512"],
    ["EW3F2", 2021, "EW3", "202201"],
  ])("%s of %i is %s %s", (text, year, product, month) =>
    expect(parseFutureSymbol(text, year)).toEqual({ ok: true, value: { product, month } }),
  );
  it("refuses what is no futures symbol", () => expect(parseFutureSymbol("SPY", 2026).ok).toBe(false));
  it("knows the size of known products only", () =>
    expect([futureMultiplier("MES"), futureMultiplier("constructor")]).toEqual([5, undefined]));
});
