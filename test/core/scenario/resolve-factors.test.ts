import { describe, expect, it } from "vitest";
import {
  classesOf,
  defaultBetas,
  resolveFactors,
  type StressShock,
  stressShock,
  unusedFactors,
} from "../../../core/scenario/index.ts";

const shocks = (...given: readonly unknown[]): { readonly shocks: readonly StressShock[] } => ({
  shocks: given.map((one) => stressShock.parse(one)),
});
const price = (factor: string, amount: number, mode = "relative") => ({ kind: "price", factor, mode, amount });
const volatility = (factor: string, amount: number) => ({ kind: "volatility", factor, mode: "relative", amount });

/** `BTC own -0.5`, one a factor. */
function priceWords(scenario: ReturnType<typeof shocks>, factors: readonly string[], betas?: typeof defaultBetas) {
  return resolveFactors(scenario, factors, betas).map(({ factor, how, shocks: found }) => {
    const amounts = found.flatMap((shock) => (shock.kind === "price" ? [shock.amount] : []));
    return [factor, how, ...amounts.map((amount) => Number(amount.toFixed(6)))].join(" ");
  });
}

describe("resolveFactors", () => {
  const fall = shocks(price("BTC", -0.5), price("ALT", -0.7), price("*", -0.1));

  it("takes the nearest name alone: the factor, its narrowest class, then the entry for all", () => {
    expect(priceWords(fall, ["BTC", "SOL", "ETH", "SPX"])).toEqual([
      "BTC own -0.5",
      "SOL class -0.7",
      "ETH all -0.1",
      "SPX all -0.1",
    ]);
  });

  it("does not move what nothing names, and says so", () => {
    const [ether] = resolveFactors(shocks(price("BTC", -0.5)), ["ETH"]);
    expect(ether).toMatchObject({ how: "not-moved", shocks: [] });
    expect(ether?.reason).toContain("no entry for ETH");
  });

  it("follows a driver by beta only when betas are on, and names the beta", () => {
    const only = shocks(price("BTC", -0.4), volatility("ETH", 0.5));
    expect(priceWords(only, ["ETH", "SOL", "PEPE"])).toEqual(["ETH not-moved", "SOL not-moved", "PEPE not-moved"]);
    expect(priceWords(only, ["ETH", "SOL", "PEPE"], defaultBetas)).toEqual([
      "ETH beta -0.5",
      "SOL beta -0.56",
      "PEPE beta -0.72",
    ]);
    const [ether] = resolveFactors(only, ["ETH"], defaultBetas);
    expect(ether?.reason).toBe("1.25 × BTC");
    expect(ether?.shocks[0]?.quality).toBe("product-choice");
  });

  it("holds a move by beta above the loss of everything", () => {
    expect(priceWords(shocks(price("BTC", -0.7)), ["PEPE"], defaultBetas)).toEqual(["PEPE beta -0.99"]);
  });

  it("does not scale an absolute move by a beta", () => {
    const [ether] = resolveFactors(shocks(price("BTC", -20_000, "absolute")), ["ETH"], defaultBetas);
    expect(ether).toMatchObject({ how: "not-moved" });
    expect(ether?.reason).toContain("not relative");
  });

  it("leaves pegs and currencies where they are unless a shock names them", () => {
    expect(priceWords(fall, ["USDT", "EUR"])).toEqual(["USDT not-moved", "EUR not-moved"]);
    const depeg = shocks({ kind: "stablecoin", factor: "STABLE", mode: "level", amount: 0.9 });
    expect(resolveFactors(depeg, ["USDT", "BTC"]).map(({ how }) => how)).toEqual(["class", "not-moved"]);
  });

  it("counts volatility and price apart", () => {
    const [bitcoin] = resolveFactors(shocks(price("BTC", -0.1), volatility("*", 1)), ["BTC"]);
    expect(bitcoin?.kinds.map(({ kind, how }) => `${kind} ${how}`)).toEqual(["price own", "volatility all"]);
  });
});

describe("unusedFactors", () => {
  it("names what a scenario says that a book cannot use", () => {
    const scenario = shocks(price("BTC", -0.1), price("NKY", -0.1), price("ALT", -0.2));
    expect(unusedFactors(scenario, ["BTC"])).toEqual(["NKY", "ALT"]);
    expect(unusedFactors(scenario, ["BTC", "SOL"])).toEqual(["NKY"]);
  });
});

describe("classesOf", () => {
  it("gives the narrowest class first; an unknown name is a small coin", () => {
    expect(classesOf("UST")).toEqual(["STABLE_ALGO", "STABLE"]);
    expect(classesOf("SOL")).toEqual(["LARGE_ALT", "ALT"]);
    expect(classesOf("PEPE")).toEqual(["SMALL_ALT", "ALT"]);
    expect(classesOf("SPX")).toEqual(["INDEX"]);
  });
});
