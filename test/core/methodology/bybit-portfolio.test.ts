import { describe, expect, it } from "vitest";
import { amountsByTime, hedgedPairs } from "../../../core/methodology/bybit-portfolio/hedged-pairs.ts";
import { catalog } from "../../../core/methodology/index.ts";
import { unwrapped } from "../result-value.ts";
import { casesOf, type NamedCase, rulebookOf, rulesOf, runCase } from "./run-case.ts";

describe("hedgedPairs", () => {
  it("pairs opposite amounts with the latest open one before", () => {
    const pairs = hedgedPairs([
      { years: 0.5, amount: -3 },
      { years: 0.1, amount: 2 },
      { years: 0.2, amount: 2 },
    ]);
    expect(pairs).toEqual([
      { fromYears: 0.2, toYears: 0.5, amount: 2 },
      { fromYears: 0.1, toYears: 0.5, amount: 1 },
    ]);
  });
  it("adds what stands at one time first, and leaves out what finds no partner", () => {
    expect(
      hedgedPairs([
        { years: 1, amount: 2 },
        { years: 1, amount: -2 },
        { years: 2, amount: -1 },
      ]),
    ).toEqual([]);
    expect(
      hedgedPairs([
        { years: 1, amount: 2 },
        { years: 2, amount: 3 },
      ]),
    ).toEqual([]);
  });
});

describe("amountsByTime", () => {
  it("adds groups, and groups that stand at one time", () => {
    const amounts = Float64Array.of(1, 2, 4, 8);
    expect(amountsByTime(Int32Array.of(0, 1, 0, 2), [0.5, 0, 0], amounts)).toEqual([
      { years: 0.5, amount: 5 },
      { years: 0, amount: 10 },
    ]);
  });
});

describe("bybit-portfolio", () => {
  const methodology = catalog.get("bybit-portfolio");
  const margin = async (
    file: string,
    change: (given: NamedCase["content"]) => NamedCase["content"] = (given) => given,
  ) => {
    const given = casesOf("bybit-portfolio").find((found) => found.file === `${file}.json`);
    if (methodology === undefined || given === undefined) throw new Error(`no case ${file}`);
    const content = change(given.content);
    return unwrapped(await runCase(methodology, rulesOf(rulebookOf(methodology.id), content), content));
  };
  const words = (messages: readonly { readonly message: string }[]) =>
    messages.map(({ message }) => message).join("\n");

  it("says what is imported, what is not published and which coin has no parameters of its own", async () => {
    expect(words((await margin("sample-margin")).remarks)).toContain("partly imported: delta-contingency of BTC");
    const sol = words((await margin("own-edges-sol")).remarks);
    expect(sol).toContain("no parameters for SOL");
    expect(sol).toContain("between quote currencies (SOL, USDC, USDT) is not published");
    expect((await margin("sample-perpetual")).accuracy).toBe("approximate");
  });
  it("replaces a computed contingency by the stated one of its own unit only", async () => {
    const state = (underlying: string) => (given: NamedCase["content"]) => ({
      ...given,
      portfolio: {
        ...given.portfolio,
        components: [{ id: "vega-contingency" as const, currency: "USD", underlying, amount: 7 }],
      },
    });
    const vega = async (underlying: string) =>
      (
        await margin("own-interior-btc", state(underlying))
      ).accounts[0]?.maintenance.children[0]?.children[1]?.children.find(({ id }) => id.endsWith("vega-contingency"));
    expect(await vega("BTC")).toMatchObject({ amount: 7, basis: "imported" });
    expect(await vega("ETH")).toMatchObject({ basis: "computed" });
  });
  it("charges a stated contingency of a coin without positions, and says which amounts it has no line for", async () => {
    const result = await margin("own-interior-btc", (given) => {
      const stated = (id: "delta-contingency" | "risk-unit-maintenance", underlying: string) => ({
        ...{ id, underlying, currency: "USD", amount: 50 },
      });
      const components = [stated("delta-contingency", "ETH"), stated("risk-unit-maintenance", "BTC")];
      return { ...given, portfolio: { ...given.portfolio, components } };
    });
    expect(
      result.accounts[0]?.maintenance.children.map(({ id, amount }) => [id, id.endsWith("ETH") ? amount : 0]),
    ).toEqual([
      ["cross/maintenance/BTC", 0],
      ["cross/maintenance/ETH", 50],
    ]);
    expect(words(result.remarks)).toContain("no line for Maintenance of the risk unit of BTC");
  });
  it("takes USDT at its index, and refuses a currency without one by name", async () => {
    const settle = (given: NamedCase["content"]) => {
      const [symbol] = given.portfolio.positions.map((position) => position.symbol);
      const terms = given.market.instruments[symbol ?? ""];
      if (symbol === undefined || terms === undefined) throw new Error("no position");
      const instruments = { [symbol]: { ...terms, quote: "EURR" } };
      const portfolio = { ...given.portfolio, positions: given.portfolio.positions.slice(0, 1) };
      return { ...given, portfolio, market: { ...given.market, instruments } };
    };
    await expect(margin("sample-perpetual", settle)).rejects.toThrow("index:EURR");
  });
});
