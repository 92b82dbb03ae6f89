import { describe, expect, it } from "vitest";
import {
  classesOf,
  defaultBetas,
  factorClasses,
  resolveFactors,
  type StressShock,
  unusedFactors,
  withMembers,
  withShares,
} from "../../../core/scenario/index.ts";

const price = (factor: string, amount: number): StressShock => ({
  ...{ kind: "price", factor, mode: "relative", amount, quality: "set" },
});
const volatility = (factor: string, amount: number): StressShock => ({
  ...{ kind: "volatility", factor, mode: "relative", amount, quality: "set" },
});
const scenario = (...shocks: StressShock[]) => ({ shocks });

function one(shocks: ReturnType<typeof scenario>, factor: string, betas = false) {
  const [found] = resolveFactors(shocks, [factor], betas ? defaultBetas : undefined);
  const [shock] = found?.shocks ?? [];
  return {
    how: found?.how,
    reason: found?.reason,
    amount: shock !== undefined && "amount" in shock ? shock.amount : undefined,
    kinds: found?.kinds.map(({ kind, how }) => `${kind} ${how}`),
  };
}

describe("classes of factors", () => {
  it.each([
    ["BTC", ["MAJOR"]],
    ["usdc", ["STABLE"]],
    ["UST", ["STABLE_ALGO", "STABLE"]],
    ["SOL", ["LARGE_ALT", "ALT"]],
    ["PEPE", ["SMALL_ALT", "ALT"]],
    ["FTT", ["EXCHANGE_TOKEN", "SMALL_ALT", "ALT"]],
    ["USD", ["CASH"]],
    ["SPX", ["INDEX"]],
    ["WTI_FRONT", ["OTHER"]],
  ])("%s", (factor, classes) => expect(classesOf(factor)).toEqual(classes));

  it("take shares out of the coins", () => {
    const classes = withShares(factorClasses, ["AAPL", "LINK"]);
    expect([classesOf("AAPL", classes), classesOf("LINK", classes)]).toEqual([["STOCK"], ["STOCK"]]);
    expect(classesOf("LINK")).toEqual(["LARGE_ALT", "ALT"]);
    expect(withShares(factorClasses, [])).toBe(factorClasses);
  });

  it("can be given members", () => {
    expect(classesOf("USDC", withMembers(factorClasses, "LOCAL_STABLE", ["USDC"]))).toEqual(["LOCAL_STABLE", "STABLE"]);
  });
});

describe("resolveFactors", () => {
  const all = scenario(price("*", -0.1), price("ALT", -0.5), price("SOL", -0.4));

  it("takes the nearest name: own, class, all", () => {
    expect(one(all, "SOL")).toMatchObject({ how: "own", amount: -0.4 });
    expect(one(all, "PEPE")).toMatchObject({ how: "class", reason: "class ALT", amount: -0.5 });
    expect(one(all, "BTC")).toMatchObject({ how: "all", amount: -0.1 });
    expect(one(scenario(price("ALT", -0.5), price("LARGE_ALT", -0.3)), "XRP")).toMatchObject({ amount: -0.3 });
  });

  it("names each shock after the factor it moves", () => {
    const [found] = resolveFactors(all, ["PEPE"]);
    expect(found?.shocks.map((shock) => shock.factor)).toEqual(["PEPE"]);
  });

  it("resolves each kind on its own", () => {
    const mixed = scenario(price("ETH", -0.2), volatility("BTC", 0.5), volatility("*", 0.1));
    expect(one(mixed, "ETH").kinds).toEqual(["price own", "volatility all"]);
    expect(one(mixed, "BTC").kinds).toEqual(["price not-moved", "volatility own"]);
  });

  it("leaves what nothing names, and says so", () => {
    expect(one(scenario(price("BTC", -0.5)), "ETH")).toEqual({
      ...{ how: "not-moved", amount: undefined, kinds: ["price not-moved", "volatility not-moved"] },
      reason: "no entry for ETH, MAJOR or all",
    });
  });

  it("never moves pegs and currencies with the market", () => {
    for (const factor of ["USDT", "USD"]) {
      expect(one(all, factor)).toMatchObject({ how: "not-moved" });
      expect(one(scenario(price("BTC", -0.5)), factor, true)).toMatchObject({ how: "not-moved" });
    }
    expect(one(scenario(price("EUR", -0.05)), "EUR")).toMatchObject({ how: "own", amount: -0.05 });
  });

  it("breaks pegs by a shock of stablecoins, which reaches nothing else", () => {
    const peg = scenario({ kind: "stablecoin", factor: "*", mode: "level", amount: 0.9, quality: "set" });
    expect(one(peg, "USDC")).toMatchObject({ how: "all", amount: 0.9 });
    expect(one(peg, "BTC")).toMatchObject({ how: "not-moved", amount: undefined });
    const algorithmic = scenario({
      ...{ kind: "stablecoin", factor: "STABLE_ALGO" },
      mode: "relative",
      amount: -0.78,
      quality: "published",
    });
    expect(one(algorithmic, "USTC")).toMatchObject({ how: "class", amount: -0.78 });
    expect(one(algorithmic, "USDT")).toMatchObject({ how: "not-moved" });
  });

  it("follows a driver by beta only where betas are on, as a choice of this program", () => {
    const fall = scenario(price("BTC", -0.2), volatility("ETH", 0.7));
    expect(one(fall, "ETH")).toMatchObject({ how: "not-moved" });
    expect(one(fall, "ETH", true)).toMatchObject({ how: "beta", amount: -0.25, reason: "1.25 × BTC" });
    expect(one(fall, "SOL", true)).toMatchObject({ how: "beta", kinds: ["price beta", "volatility beta"] });
    expect(one(fall, "SOL", true).amount).toBeCloseTo(-0.28, 15);
    expect(one(fall, "PEPE", true).amount).toBeCloseTo(-0.36, 15);
    const [found] = resolveFactors(fall, ["ETH"], defaultBetas);
    expect(found?.shocks[0]).toMatchObject({
      factor: "ETH",
      quality: "product-choice",
      note: "1.25 × the -0.2 of BTC",
    });
  });

  it("follows no other beta, holds a move above -1, and scales relative moves only", () => {
    const chained = [{ factor: "SOL", kind: "price", driver: "ETH", beta: 1 } as const, ...defaultBetas];
    expect(resolveFactors(scenario(price("BTC", -0.2)), ["SOL"], chained)[0]).toMatchObject({
      how: "not-moved",
      reason: "no entry, and its driver ETH has none either",
    });
    expect(one(scenario(price("BTC", -0.7)), "PEPE", true)).toMatchObject({ amount: -0.99 });
    const absolute = scenario({ kind: "price", factor: "BTC", mode: "absolute", amount: -5000, quality: "set" });
    expect(one(absolute, "ETH", true)).toMatchObject({
      how: "not-moved",
      reason: expect.stringContaining("not relative"),
    });
  });

  it("keeps a beta at its least", () => {
    const betas = [{ factor: "AAPL", kind: "price", driver: "SPX", beta: 0.2, least: 0.5 } as const];
    const classes = withShares(factorClasses, ["AAPL"]);
    expect(resolveFactors(scenario(price("SPX", -0.1)), ["AAPL"], betas, classes)[0]?.shocks).toMatchObject([
      { amount: -0.05 },
    ]);
  });

  it("moves no share by the entry of coins", () => {
    const classes = withShares(factorClasses, ["AAPL"]);
    const [share] = resolveFactors(scenario(price("ALT", -0.6)), ["AAPL"], defaultBetas, classes);
    expect(share).toMatchObject({ how: "not-moved", shocks: [] });
  });
});

describe("unusedFactors", () => {
  it("are those that no factor of the book belongs to", () => {
    const wide = scenario(price("*", -0.1), price("ALT", -0.5), price("NICKEL", 2.74), {
      kind: "time",
      days: 1,
      quality: "set",
    });
    expect(unusedFactors(wide, ["BTC"])).toEqual(["ALT", "NICKEL"]);
    expect(unusedFactors(wide, ["SOL"])).toEqual(["NICKEL"]);
  });
});
