import { describe, expect, it } from "vitest";
import { DomainError } from "../../../core/base/index.ts";
import {
  decayedNetDelta,
  deliveryFee,
  deliveryValue,
  fundingProfit,
  futureProfit,
  limitedMarketPrice,
} from "../../../core/pricing/index.ts";
import { goldenCases } from "./golden.ts";

interface SettlementCase {
  readonly title: string;
  readonly model: "option settlement" | "delta decay";
  readonly input: {
    readonly type: "call" | "put";
    readonly strike: number;
    readonly deliveryPrice: number;
    readonly settlement: "inverse" | "linear";
    readonly premium?: number;
    readonly blackDelta: number;
    readonly markPrice: number;
    readonly minutesElapsed: number;
    readonly size: number;
  };
  readonly expected: {
    readonly valueCoin?: number;
    readonly profitCoin?: number;
    readonly netTransactionDelta?: number;
  };
  readonly tolerance: { readonly value: number };
}

interface MarketPriceCase {
  readonly title: string;
  readonly input: { readonly bid: number; readonly ask: number; readonly last: number };
  readonly expected: { readonly marketPrice: number };
  readonly tolerance: { readonly value: number };
}

const cases = goldenCases<SettlementCase>("deribit-settlement.json");

function outcome({ model, input }: SettlementCase): SettlementCase["expected"] {
  if (model === "delta decay")
    return {
      netTransactionDelta: input.size * decayedNetDelta(input.blackDelta, input.markPrice, input.minutesElapsed),
    };
  const valueCoin = deliveryValue(input.settlement, input.type, input.strike, input.deliveryPrice);
  return { valueCoin, profitCoin: valueCoin - (input.premium ?? 0) };
}

describe("settlement", () => {
  it.each(cases)("reproduces the exchange's figures: $title", (c) => {
    const actual = outcome(c);
    for (const [name, expected] of Object.entries(c.expected)) {
      const value = actual[name as keyof SettlementCase["expected"]] ?? Number.NaN;
      expect(Math.abs(value - expected)).toBeLessThanOrEqual(c.tolerance.value);
    }
  });

  it("is worth nothing out of the money", () => expect(deliveryValue("linear", "call", 100, 90)).toBe(0));
  it("pays a linear put in quote currency", () => expect(deliveryValue("linear", "put", 100, 90)).toBe(10));
  it("refuses a delivery price of 0", () => expect(() => deliveryValue("inverse", "put", 100, 0)).toThrow(DomainError));
  it("charges 0.015 % of the notional", () => expect(deliveryFee("inverse", 0.2, 12500)).toBe(0.00015));
  it("charges at most 12.5 % of the value", () => expect(deliveryFee("linear", 4, 12500)).toBe(0.5));
  it("lets delta fade to nothing at expiry", () => expect(decayedNetDelta(1, 0.3, 30)).toBe(0));
});

describe("futures", () => {
  it.each(goldenCases<MarketPriceCase>("deribit-mark-price.json"))("limits the market price: $title", (c) => {
    const price = limitedMarketPrice(c.input.last, c.input.bid, c.input.ask);
    expect(Math.abs(price - c.expected.marketPrice)).toBeLessThanOrEqual(c.tolerance.value);
  });
  it("refuses crossed quotes", () => expect(() => limitedMarketPrice(100, 101, 99)).toThrow(DomainError));
  it("pays linear profit in quote currency", () => expect(futureProfit("linear", 2, 100, 90)).toBe(-20));
  it("pays inverse profit in coin", () => expect(futureProfit("inverse", 1000, 50000, 40000)).toBeCloseTo(-0.005, 16));
  it("lets longs pay funding when the rate is above 0", () => {
    expect(fundingProfit("linear", 2, 100, 0.001)).toBeCloseTo(-0.2, 15);
    expect(fundingProfit("inverse", -1000, 50000, 0.001)).toBeCloseTo(0.00002, 18);
    expect(fundingProfit("inverse", -1000, 50000, 0)).toBe(0);
  });
  it("refuses NaN", () => expect(() => futureProfit("inverse", 1, Number.NaN, 1)).toThrow(DomainError));
});
