import { describe, expect, it } from "vitest";
import { positionsCsv } from "../../../renderer/screens/positions/position-csv.ts";
import { accountOf, expiryLabel, positionTree, subtotal } from "../../../renderer/screens/positions/position-rows.ts";
import { ether, position, smallResult } from "./small-result.ts";

const result = smallResult();
const tree = positionTree(result, "usd");
const figures = (id: string) => {
  const all = tree.flatMap((node) => [node, ...node.children, ...node.children.flatMap(({ children }) => children)]);
  const found = all.find((node) => node.id === id);
  if (!found) throw new Error(`no ${id}`);
  return found.value;
};

describe("positionTree", () => {
  it("groups by underlying, then expiry with what has none first, then instrument", () => {
    expect(tree.map(({ label, children }) => [label, children.map((group) => group.label)])).toEqual([
      ["BTC", ["No expiry", "2026-12-25 08:00Z · 35.00 d"]],
      ["ETH", ["2026-12-25 08:00Z · 35.00 d"]],
    ]);
  });
  it("has an id for every row, also where a stock is called like its underlying", () => {
    const stock = position("XYZ", { underlying: "XYZ", kind: "stock" });
    const option = position("XYZ260320C00050000", { underlying: "XYZ", kind: "option", strike: 50 });
    const all = positionTree(smallResult({ positions: [stock, option] }), "usd").flatMap((node) => [
      ...[node, ...node.children, ...node.children.flatMap(({ children }) => children)],
    ]);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });
  it("orders a group by strike, calls before puts of the same strike", () => {
    const strikes = smallResult({
      positions: [position("B-P", { strike: 90 }), position("C", { strike: 100 }), position("B-C", { strike: 90 })],
    });
    expect(positionTree(strikes, "usd")[0]?.children[0]?.children.map(({ label }) => label)).toEqual([
      "B-C",
      "B-P",
      "C",
    ]);
  });

  it("gives greeks in money: delta and gamma per 1 % of price", () => {
    const call = figures("call");
    expect(call.deltaMoney).toBeCloseTo(1100, 9);
    expect(call.gammaMoney).toBeCloseTo(101, 9);
    expect(call.vega).toBe(200);
    expect(call.theta).toBe(-100);
  });
  it("shows volatility for options only", () => {
    expect(figures("call").volatility).toBe(0.6125);
    expect(figures("perpetual").volatility).toBeUndefined();
  });
  it("converts value, stand-alone margin and binding profit to USD", () => {
    expect(figures("call")).toMatchObject({ value: 10_000, standAlone: 30_000, bindingPnl: -200_000, currency: "USD" });
    expect(figures("put")).toMatchObject({ value: -1600, standAlone: 40_000, bindingPnl: -36_000 });
  });

  it("adds up subtotals; units of different underlyings do not", () => {
    const bitcoin = figures("underlying:BTC");
    expect(bitcoin.count).toBe(2);
    expect(bitcoin.delta).toBeCloseTo(0.6, 12);
    expect(bitcoin.deltaMoney).toBeCloseTo(600, 9);
    expect(bitcoin.notional).toBe(250_000);
    expect(bitcoin.quantity).toBeUndefined();
    const everything = subtotal(["call", "perpetual", "put"].map(figures));
    expect(everything.delta).toBeUndefined();
    expect(everything.deltaMoney).toBeCloseTo(600 + 120, 9);
    expect(everything.standAlone).toBeCloseTo(72_000, 9);
  });
  it("keeps account currencies apart: a subtotal over two of them has no margin", () => {
    const own = positionTree(result, "account");
    expect(own[0]?.value).toMatchObject({ currency: "BTC", standAlone: 0.32, bindingPnl: -1.95 });
    expect(subtotal(own.map(({ value }) => value)).standAlone).toBeUndefined();
  });
  it("misses a subtotal when a part is missing", () => {
    const { standAlone: _, ...without } = position("call", {});
    const [group] = positionTree(smallResult({ positions: [without, position("other", {})] }), "usd");
    expect(group?.value.standAlone).toBeUndefined();
    expect(group?.value.bindingPnl).toBe(-400_000);
  });
});

describe("accountOf", () => {
  it("is the account of the settlement currency, else the cross account, else the only one", () => {
    const call = position("call", {});
    expect(accountOf(result, call)?.id).toBe("BTC");
    const cross = { ...ether, id: "cross" };
    expect(accountOf(smallResult({ accounts: [ether, cross] }), call)?.id).toBe("cross");
    expect(accountOf(smallResult({ accounts: [ether] }), call)?.id).toBe("ETH");
    expect(accountOf(smallResult({ accounts: [] }), call)).toBeUndefined();
  });
});

describe("expiryLabel", () => {
  it("shows day, time, zone and days left", () =>
    expect(expiryLabel(Date.UTC(2026, 11, 25, 8), Date.UTC(2026, 11, 24, 2))).toBe("2026-12-25 08:00Z · 1.25 d"));
});

describe("positionsCsv", () => {
  it("has one row a position with as many cells as the header", () => {
    const { header, rows } = positionsCsv(result);
    expect(rows).toHaveLength(3);
    for (const row of rows) expect(row).toHaveLength(header.length);
    expect(rows[0]?.[header.indexOf("implied volatility (fraction)")]).toBe(0.6125);
    expect(rows[2]?.[header.indexOf("stand-alone margin (account unit)")]).toBe(10);
  });
});
