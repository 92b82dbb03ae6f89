import { describe, expect, it } from "vitest";
import { derivedBook, resolveShocks } from "../../../../core/analysis/index.ts";
import { bachelierValue, blackValue, inverseValue, normalVolatility } from "../../../../core/pricing/index.ts";
import {
  bookOf,
  equityOf,
  future,
  inverseBtc,
  oil,
  option,
  perpetual,
  shocksOf,
  stressed,
  tetherBtc,
} from "./small-book.ts";

const close = (found: number, expected: number, tolerance = 1e-12): void => {
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(expected)));
};

describe("stressedBook by hand", () => {
  it("moves a linear future and puts its profit into equity", () => {
    const at = stressed(bookOf([future(oil, 1000, 50, 30)], { USD: 100_000 }), [
      { kind: "price", factor: "WTI", mode: "relative", amount: -0.2 },
    ]);
    expect(at.pnlUsd).toBe(-10_000);
    expect(equityOf(at, "USD")).toBe(90_000);
    expect(at.terms[0]).toMatchObject({ forward: 40, index: 40, mark: 40 });
  });

  it("moves the basis of a perpetual and not its index; funding is paid by longs", () => {
    const book = bookOf([perpetual(tetherBtc, 2, 100_500, 100_000)], { USDT: 50_000 });
    const at = stressed(book, [
      { kind: "price", factor: "BTC", mode: "relative", amount: -0.1 },
      { kind: "basis", factor: "BTC", amount: -0.05 },
      { kind: "funding", factor: "BTC", amount: 0.001, days: 3 },
    ]);
    const price = 100_500 * 0.9 * 0.95;
    close(at.terms[0]?.forward ?? 0, price);
    close(at.terms[0]?.index ?? 0, 90_000);
    // Nine fundings of 0.1 % on two coins at the new price.
    close(at.pnlUsd, 2 * (price - 100_500) - 2 * price * 0.001 * 9);
    expect(at.book.indices.get("BTC")).toBe(90_000);
  });

  it("moves basis of perpetuals alone where it is for them", () => {
    const held = [perpetual(tetherBtc, 1, 100), future(tetherBtc, 1, 100, 30)];
    const at = stressed(bookOf(held, {}), [{ kind: "basis", factor: "BTC", amount: 0.1, contracts: "perpetual" }]);
    expect([...at.unitProfits]).toEqual([100 * 1.1 - 100, 0]);
  });

  it("values an inverse option and the coins behind it at the new price", () => {
    const held = option(inverseBtc, "put", -10, 90_000, 100_000, 30, 0.6);
    const book = bookOf([held, perpetual(inverseBtc, 200_000, 100_000)], { BTC: 5 });
    const at = stressed(book, [
      { kind: "price", factor: "BTC", mode: "relative", amount: -0.3 },
      { kind: "volatility", factor: "BTC", mode: "relative", amount: 0.5 },
    ]);
    const years = 30 / 365;
    const change = inverseValue(70_000, 90_000, years, 0.9, false) - inverseValue(100_000, 90_000, years, 0.6, false);
    const coins = -10 * change + 200_000 * (1 / 100_000 - 1 / 70_000);
    close(equityOf(at, "BTC"), 5 + coins);
    close(at.pnlUsd, coins * 70_000);
    // The five coins lose 30,000 dollars each.
    close(at.collateralUsd, -150_000);
  });

  it("breaks a peg: collateral falls, and prices in the coin rise against it", () => {
    const book = bookOf([perpetual(tetherBtc, -1, 100_000)], { USDT: 30_000 });
    const at = stressed(book, [{ kind: "stablecoin", factor: "USDT", mode: "level", amount: 0.8 }]);
    // One bitcoin is worth 100,000 dollars as before: 125,000 USDT.
    close(at.terms[0]?.forward ?? 0, 125_000);
    close(equityOf(at, "USDT"), 5_000);
    close(at.pnlUsd, -25_000 * 0.8);
    close(at.collateralUsd, -6_000);
    expect(at.book.indices.get("USDT")).toBe(0.8);
    expect(at.book.indices.get("BTC")).toBe(100_000);
  });

  it("takes prices through zero: futures by their price, options by the normal model, none of them margined there", () => {
    const held = [
      future(oil, 10, 17.73, 30),
      option(oil, "call", -10, 20, 17.73, 30, 1.2),
      option(oil, "put", 10, 15, 17.73, 30, 1.2),
    ];
    const at = stressed(bookOf(held, { USD: 10_000 }), [
      { kind: "price", factor: "WTI", mode: "absolute", amount: -55.36 },
    ]);
    const to = 17.73 - 55.36;
    const years = 30 / 365;
    const worth = (strike: number, isCall: boolean): number =>
      bachelierValue(to, strike, years, normalVolatility(17.73, strike, years, 1.2), isCall) -
      blackValue(17.73, strike, years, 1.2, isCall);
    close(at.unitProfits[0] ?? 0, -55.36, 1e-14);
    close(at.unitProfits[1] ?? 0, worth(20, true));
    close(at.unitProfits[2] ?? 0, worth(15, false));
    expect(at.normalRows).toEqual([0, 1, 2]);
    expect(at.book.positions).toEqual([]);
    expect(at.remarks.join()).toMatch(/normal model.*profit counts, no margin/);
    expect(at.book.balances.every(({ equity }) => Number.isFinite(equity))).toBe(true);
  });

  it("leaves out a coin-settled contract where its coin has no price", () => {
    const at = stressed(bookOf([perpetual(inverseBtc, 1000, 100), future(oil, 1, 10, 5)], { BTC: 1, USD: 5 }), [
      { kind: "price", factor: "BTC", mode: "absolute", amount: -150 },
    ]);
    expect(at.refusedRows.map(({ row }) => row)).toEqual([0]);
    expect(at.book.positions.map(({ position }) => position.id)).toEqual(["p1"]);
    expect(Number.isFinite(at.pnlUsd)).toBe(true);
    expect(equityOf(at, "BTC")).toBe(1);
  });

  it("shocks by tenor and delta: the narrowest bucket counts", () => {
    const held = [
      option(tetherBtc, "call", 1, 100, 100, 7, 0.5),
      option(tetherBtc, "call", 1, 100, 100, 60, 0.5),
      option(tetherBtc, "put", 1, 60, 100, 7, 0.5),
    ];
    const at = stressed(bookOf(held, {}), [
      { kind: "volatility", factor: "BTC", mode: "relative", amount: 0.1 },
      { kind: "volatility", factor: "BTC", mode: "absolute", amount: 0.3, tenor: { fromDays: 0, toDays: 7 } },
      {
        kind: "volatility",
        factor: "BTC",
        mode: "level",
        amount: 1.4,
        tenor: { fromDays: 0, toDays: 30 },
        delta: { from: 0.9, to: 1 },
      },
    ]);
    close(at.terms[0]?.volatility ?? 0, 0.8);
    close(at.terms[1]?.volatility ?? 0, 0.55);
    close(at.terms[2]?.volatility ?? 0, 1.4);
  });

  it("tilts the skew and the term structure", () => {
    const held = [option(tetherBtc, "put", 1, 60, 100, 30, 0.5), option(tetherBtc, "call", 1, 100, 100, 7.5, 0.5)];
    const skew = stressed(bookOf(held, {}), [{ kind: "skew", factor: "BTC", amount: 0.2 }]);
    // The call of the low strike has a delta near one: the put loses nearly ten points.
    expect(skew.terms[0]?.volatility).toBeCloseTo(0.5 - 0.1, 2);
    const term = stressed(bookOf(held, {}), [{ kind: "term", factor: "BTC", amount: 0.1 }]);
    close(term.terms[0]?.volatility ?? 0, 0.6);
    close(term.terms[1]?.volatility ?? 0, 0.7);
  });

  it("moves forwards of one tenor without the index, and all by a rate", () => {
    const held = [future(tetherBtc, 1, 100, 30), future(tetherBtc, 1, 100, 365)];
    const at = stressed(bookOf(held, {}), [
      { kind: "price", factor: "BTC", mode: "relative", amount: -0.1, tenor: { fromDays: 0, toDays: 31 } },
    ]);
    expect(at.terms.map(({ forward, index }) => [forward, index])).toEqual([
      [90, 100],
      [100, 100],
    ]);
    const rates = stressed(bookOf(held, {}), [{ kind: "rate", factor: "USDT", amount: 0.02 }]);
    close(rates.terms[1]?.forward ?? 0, 100 * Math.exp(0.02));
    expect(rates.terms[1]?.index).toBe(100);
  });

  it("lets time pass: an expired option is settled, its value is cash", () => {
    const held = option(tetherBtc, "call", 2, 90, 100, 3, 0.5);
    const at = stressed(bookOf([held, future(tetherBtc, 1, 100, 30)], { USDT: 100 }), [{ kind: "time", days: 3 }]);
    expect(at.book.positions.map(({ position }) => position.id)).toEqual(["p1"]);
    close(equityOf(at, "USDT"), 100 + 2 * (10 - held.terms.mark));
    expect(at.book.asOfMs).toBe(bookOf([], {}).asOfMs + 3 * 86_400_000);
  });

  it("names haircuts of positive balances and leaves the balances alone", () => {
    const shocks = ["BTC", "USDT"].map((factor) => ({ kind: "haircut", factor, amount: 0.3 }));
    const book = bookOf([], { BTC: 10, USDT: -5 }, { BTC: 100 });
    const at = stressed(book, shocks, { scale: 2 });
    expect(at.haircuts).toEqual([{ currency: "BTC", points: 0.6 }]);
    expect(equityOf(at, "BTC")).toBe(10);
    expect(at.collateralUsd).toBe(0);
  });

  it("scales a shock, and holds a price above nothing", () => {
    const book = bookOf([future(oil, 1, 100, 30)], {});
    const at = (scale: number, shock: object) =>
      stressed(book, [{ kind: "price", factor: "WTI", ...shock }], { scale }).terms[0]?.forward ?? 0;
    close(at(0.5, { mode: "relative", amount: -0.2 }), 90);
    close(at(2, { mode: "absolute", amount: -60 }), -20);
    close(at(0.5, { mode: "level", amount: 40 }), 70);
    close(at(3, { mode: "relative", amount: -0.5 }), 1);
  });
});

describe("resolveShocks", () => {
  it("says what stays and why", () => {
    const book = bookOf([option(tetherBtc, "call", 1, 100, 100, 30, 0.5)], { USDT: 1 });
    const { notMoved, moved } = resolveShocks(
      {
        shocks: shocksOf(
          { kind: "price", factor: "BTC", mode: "relative", amount: -0.3 },
          { kind: "price", factor: "SPX", mode: "relative", amount: -0.1 },
          { kind: "correlation", amount: 0.5 },
          { kind: "liquidity", spreadTimes: 5, depthTimes: 0.1 },
        ),
      },
      book,
      { scale: 1, days: 0 },
    );
    expect(moved.map(({ factor }) => factor)).toEqual(["price:BTC", "liquidity:spread"]);
    expect(notMoved.map(({ factor }) => factor)).toEqual(["volatility:BTC", "correlation", "liquidity:depth", "SPX"]);
  });

  it("moves nothing where the book holds nothing of the kind, and says so where it was named", () => {
    const book = bookOf([perpetual(tetherBtc, 1, 100), future(oil, 1, 50, 30)], { USDT: 1, BTC: -1 }, { BTC: 100 });
    const shocks = shocksOf(
      { kind: "basis", factor: "*", amount: 0.1 },
      { kind: "funding", factor: "WTI", amount: 0.01, days: 1 },
      { kind: "skew", factor: "*", amount: 0.1 },
      { kind: "haircut", factor: "BTC", amount: 0.1 },
      { kind: "stablecoin", factor: "USDT", mode: "level", amount: 0.9 },
    );
    const { moved, notMoved } = resolveShocks({ shocks }, book, { scale: 1, days: 0 });
    expect(moved.map(({ factor }) => factor)).toEqual(["basis:BTC", "stablecoin:USDT", "basis:WTI"]);
    expect(notMoved.map(({ factor }) => factor)).toEqual([
      ...["price:BTC", "funding:BTC", "haircut:BTC", "haircut:USDT", "price:WTI", "funding:WTI"],
    ]);
  });
});

describe("stressedBook", () => {
  const held = [
    perpetual(tetherBtc, 3, 100_500, 100_000),
    option(tetherBtc, "put", -4, 90_000, 100_000, 20, 0.6),
    option(inverseBtc, "call", 7, 110_000, 100_000, 90, 0.5),
  ];
  const crash = [
    { kind: "price", factor: "BTC", mode: "relative", amount: -0.4 },
    { kind: "volatility", factor: "*", mode: "relative", amount: 1 },
    { kind: "basis", factor: "BTC", amount: -0.1 },
    { kind: "skew", factor: "BTC", amount: 0.3 },
  ];

  it("changes nothing where nothing moves, to the last bit", () => {
    const book = derivedBook(bookOf(held, { BTC: 2, USDT: 9 }));
    for (const shocks of [
      [],
      [{ kind: "price", factor: "*", mode: "relative", amount: 0 }],
      [{ kind: "basis", factor: "BTC", amount: 0 }],
    ]) {
      const at = stressed(book, shocks);
      expect(at.pnlUsd).toBe(0);
      expect(at.collateralUsd).toBe(0);
      expect(at.book.balances.map(({ equity }) => equity)).toEqual([2, 9]);
      expect(at.terms).toEqual(held.map(({ terms }) => terms));
    }
  });

  it("does not depend on how a position is split", () => {
    const split = held.flatMap((one) => [
      { ...one, quantity: one.quantity / 4 },
      { ...one, quantity: (3 * one.quantity) / 4 },
    ]);
    const [one, other] = [stressed(bookOf(held, { USDT: 1 }), crash), stressed(bookOf(split, { USDT: 1 }), crash)];
    close(other.pnlUsd, one.pnlUsd);
    close(equityOf(other, "USDT"), equityOf(one, "USDT"));
  });

  it("adds up by underlying", () => {
    const at = stressed(bookOf([...held, future(oil, 5, 70, 10)], {}), [
      ...crash,
      { kind: "price", factor: "WTI", mode: "absolute", amount: -20 },
    ]);
    close(
      at.byUnderlying.reduce((total, { pnlUsd }) => total + pnlUsd, 0),
      at.pnlUsd,
    );
    expect(at.byUnderlying.map(({ underlying }) => underlying)).toEqual(["BTC", "WTI"]);
  });
});
