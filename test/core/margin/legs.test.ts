import { describe, expect, it } from "vitest";
import {
  type AskedLeg,
  effectivePortfolio,
  legInstrument,
  marginTotals,
  resolveLegs,
  runMargin,
} from "../../../core/margin/index.ts";
import type { Portfolio } from "../../../core/portfolio/index.ts";
import { call, market, perpetual, portfolio, put } from "../analysis/sample-market.ts";
import { tinyMethodology, tinyRules } from "../analysis/tiny-methodology.ts";

const run = { portfolio, market, methodology: tinyMethodology, rules: tinyRules };
const ofCall = { symbol: call.symbol };

function legsOf(asked: readonly AskedLeg[], held: Portfolio = portfolio) {
  const legs = resolveLegs(asked, { portfolio: held, market });
  if (!legs.ok) throw new Error(`${legs.failure.at}: ${legs.failure.message}`);
  return legs.value;
}

function effective(asked: readonly AskedLeg[], held: Portfolio = portfolio) {
  const found = effectivePortfolio(held, { legs: legsOf(asked, held) });
  if (!found.ok) throw new Error(found.failure.message);
  return found.value;
}

describe("legs", () => {
  it("in an instrument that is held are added to its first position", () => {
    const { positions } = effective([{ instrument: { symbol: put.symbol }, quantity: 2.5 }]);
    expect(positions.map(({ quantity }) => quantity)).toEqual([100_000, -10, 7.5, -12, -300]);
    expect(positions[0]).toBe(portfolio.positions[0]);
  });
  it("leave out a position that they close", () => {
    const { positions } = effective([{ instrument: ofCall, quantity: 10 }]);
    expect(positions.map(({ instrument }) => instrument.symbol)).not.toContain(call.symbol);
  });
  it("in an instrument that is not held stand behind the others, one position for all legs in it", () => {
    const symbol = "BTC-27MAR26-90000-C";
    const { positions } = effective([
      { instrument: { symbol }, quantity: 3 },
      { instrument: { symbol }, quantity: -1 },
    ]);
    expect(positions.length).toBe(6);
    expect(positions[5]).toMatchObject({ instrument: { symbol, strike: 90_000, payoff: "inverse" }, quantity: 2 });
  });
  it("of nothing, or that cancel, change nothing, not the margin balance the venue stated either", () => {
    const none = effective([
      { instrument: ofCall, quantity: 0 },
      { instrument: { symbol: put.symbol }, quantity: 4 },
      { instrument: { symbol: put.symbol }, quantity: -4 },
    ]);
    expect(none.positions).toBe(portfolio.positions);
    expect(none.balances).toEqual(portfolio.balances);
  });
  it("in an account of their own do not touch the positions of others", () => {
    const { positions } = effective([{ instrument: ofCall, quantity: 1, account: "second" }]);
    expect(positions[1]).toBe(portfolio.positions[1]);
    expect(positions[5]).toMatchObject({ quantity: 1, account: "second" });
  });
  it("give the totals of a book that holds the sums, bit for bit", async () => {
    const legs = legsOf([
      { instrument: ofCall, quantity: 3.25 },
      { instrument: { symbol: "BTC-27MAR26-90000-C" }, quantity: -7 },
      { instrument: { symbol: perpetual.symbol }, quantity: -1_234 },
    ]);
    const same = await runMargin({ ...run, legs });
    const { positions, balances } = effective([
      { instrument: ofCall, quantity: 3.25 },
      { instrument: { symbol: "BTC-27MAR26-90000-C" }, quantity: -7 },
      { instrument: { symbol: perpetual.symbol }, quantity: -1_234 },
    ]);
    const made = await runMargin({ ...run, portfolio: { ...portfolio, positions, balances } });
    if (!same.ok || !made.ok) throw new Error("both can be margined");
    expect(same.value.totals).toEqual(made.value.totals);
    expect(same.value.inputs.portfolio).toBe(made.value.inputs.portfolio);
    expect(marginTotals({ ...run, legs })).toMatchObject({ ok: true, value: { totals: same.value.totals } });
  });
});

describe("prices of legs", () => {
  const mark = market.quotes.find(({ instrument }) => instrument === call)?.mark ?? Number.NaN;
  const perpetualMark = 91_020;
  const equityOf = (asked: readonly AskedLeg[], held = portfolio) =>
    Object.fromEntries(effective(asked, held).balances.map(({ currency, equity }) => [currency, equity]));

  it("at the mark leave equity as it is", () => {
    expect(equityOf([{ instrument: ofCall, quantity: 5 }])).toEqual({ BTC: 4.2, USDC: 9000 });
  });
  it("that are stated change equity by quantity × (mark − price) in the settlement currency", () => {
    const price = { basis: "stated", price: mark - 0.001 } as const;
    expect(equityOf([{ instrument: ofCall, quantity: 5, price }]).BTC).toBeCloseTo(4.2 + 5 * 0.001, 12);
    expect(equityOf([{ instrument: ofCall, quantity: -5, price }]).BTC).toBeCloseTo(4.2 - 5 * 0.001, 12);
  });
  it("of inverse futures change it by quantity × (1/price − 1/mark)", () => {
    const price = { basis: "stated", price: 90_000 } as const;
    const after = equityOf([{ instrument: { symbol: perpetual.symbol }, quantity: 20_000, price }]);
    expect(after.BTC).toBeCloseTo(4.2 + 20_000 * (1 / 90_000 - 1 / perpetualMark), 12);
  });
  it("go into the whole account in USD where that is all the portfolio states", () => {
    const whole: Portfolio = {
      ...portfolio,
      balances: [{ currency: "USD", equity: 500_000, wholeAccount: true, basis: "imported" }],
    };
    const price = { basis: "stated", price: mark + 0.002 } as const;
    const after = equityOf([{ instrument: ofCall, quantity: 10, price }], whole);
    expect(after.USD).toBeCloseTo(500_000 - 10 * 0.002 * 91_000, 6);
  });
  it("go into a balance of their own where the portfolio states others only", () => {
    const other: Portfolio = { ...portfolio, balances: portfolio.balances.slice(1) };
    const price = { basis: "stated", price: mark + 0.002 } as const;
    expect(equityOf([{ instrument: ofCall, quantity: 10, price }], other).BTC).toBeCloseTo(-0.02, 12);
    expect(equityOf([{ instrument: ofCall, quantity: 10, price }], { ...portfolio, balances: [] })).toEqual({});
  });
  it("of bid and ask buy at the one and sell at the other", () => {
    const quotes = market.quotes.map((quote) =>
      quote.instrument === call ? { ...quote, bid: mark - 0.0005, ask: mark + 0.0015 } : quote,
    );
    const gainOf = (quantity: number) => {
      const leg = { instrument: ofCall, quantity, price: { basis: "bid-ask" as const } };
      const legs = resolveLegs([leg], { portfolio, market: { ...market, quotes } });
      return legs.ok ? legs.value[0]?.gain?.amount : undefined;
    };
    expect(gainOf(2)).toBeCloseTo(-2 * 0.0015, 12);
    expect(gainOf(-2)).toBeCloseTo(-2 * 0.0005, 12);
  });
});

describe("units of legs", () => {
  const quantityOf = (leg: AskedLeg) => legsOf([leg])[0]?.quantity;
  it("turn coins into the quote currency of inverse futures at the mark", () => {
    expect(quantityOf({ instrument: { symbol: perpetual.symbol }, quantity: 2, unit: "underlying" })).toBe(2 * 91_020);
    expect(quantityOf({ instrument: { symbol: perpetual.symbol }, quantity: 500, unit: "quote" })).toBe(500);
  });
  it("turn quote currency into coins of an option at the index", () => {
    expect(quantityOf({ instrument: ofCall, quantity: 45_500, unit: "quote" })).toBe(0.5);
  });
  it("count contracts of listed terms at their size", () => {
    const terms = { kind: "option", venue: "deribit", underlying: "BTC", strike: 90_000, optionType: "put" } as const;
    const listed = { ...terms, expiryMs: call.expiryMs, contractSize: 5 };
    expect(quantityOf({ instrument: { terms: listed }, quantity: -3, unit: "contracts" })).toBe(-15);
  });
});

describe("a leg's instrument", () => {
  it("is the market's own object, whether named or described", () => {
    const { expiryMs, strike } = call;
    const terms = { kind: "option", venue: "deribit", underlying: "BTC", payoff: "inverse", expiryMs, strike } as const;
    expect(legInstrument(ofCall, market)).toEqual({ ok: true, value: call });
    const described = legInstrument({ terms: { ...terms, optionType: "call" } }, market);
    expect(described.ok && described.value).toBe(call);
  });
  it("that the market does not quote is one object for one market", () => {
    const [one, other] = [1, 2].map(() => legInstrument({ symbol: "BTC-27MAR26-95000-C" }, market));
    expect(one?.ok === true && other?.ok === true && one.value === other.value).toBe(true);
  });
});

describe("legs are refused", () => {
  const refusal = (leg: AskedLeg) => {
    const legs = resolveLegs([{ instrument: ofCall, quantity: 1 }, leg], { portfolio, market });
    return legs.ok ? undefined : legs.failure;
  };
  it.each([
    ["of a name that is none", { instrument: { symbol: "BTC-CALL" }, quantity: 1 }, "parse-error", "BTC-CALL"],
    [
      "of a venue without a grammar",
      { instrument: { symbol: "X", venue: "gate" }, quantity: 1 },
      "unsupported",
      "state the terms of X",
    ],
    [
      "of an expiry without a forward",
      { instrument: { symbol: "BTC-26JUN26-90000-C" }, quantity: 1 },
      "missing-data",
      "forward of BTC for 2026-06-26",
    ],
    [
      "at a side without a quote",
      { instrument: ofCall, quantity: -1, price: { basis: "bid-ask" } },
      "missing-data",
      `no bid of ${call.symbol}`,
    ],
    [
      "at a price below 0",
      { instrument: ofCall, quantity: 1, price: { basis: "stated", price: -0.01 } },
      "invalid-input",
      "-0.01",
    ],
    ["of no quantity", { instrument: ofCall, quantity: Number.NaN }, "invalid-input", "not finite"],
    ["in contracts of no known size", { instrument: ofCall, quantity: 1, unit: "contracts" }, "missing-data", "BTC"],
    [
      "of an option without a strike",
      { instrument: { terms: { kind: "option", venue: "deribit", underlying: "BTC" } }, quantity: 1 },
      "invalid-input",
      "expiryMs, strike, optionType",
    ],
    [
      "under the name of another contract",
      {
        instrument: { terms: { kind: "perpetual", venue: "deribit", underlying: "BTC", symbol: "BTC-PERPETUAL" } },
        quantity: 1,
      },
      "conflict",
      "other terms",
    ],
  ] as const)("%s", (_, leg, reason, words) => {
    expect(refusal(leg)).toMatchObject({ reason, at: "/legs/1", message: expect.stringContaining(words) });
  });
});
