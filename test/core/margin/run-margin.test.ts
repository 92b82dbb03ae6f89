import { describe, expect, it } from "vitest";
import { isoDate, unwatched } from "../../../core/base/index.ts";
import { type MarginRun, runMargin } from "../../../core/margin/index.ts";
import { catalog } from "../../../core/methodology/index.ts";
import type { PositionId } from "../../../core/portfolio/index.ts";
import { type Override, resolveRules } from "../../../core/rulebook/index.ts";
import { caseFile, caseInputs } from "../methodology/case-file.ts";
import { amountOf, linesOf } from "../methodology/expected-amount.ts";
import { rulebookOf } from "../methodology/run-case.ts";
import { unwrapped } from "../result-value.ts";

const option = { kind: "option", underlying: "BTC", expiry: "2022-03-29T08:00:00Z", volatility: 0.7 };
const given = caseFile.parse({
  title: "short strangle, a future and a perpetual",
  provenance: "own-computation",
  source: { note: "relations between runs only, no expected figures" },
  date: "2022-03-01",
  market: {
    indices: { BTC: 40_000, ETH: 3000 },
    instruments: {
      "BTC-29MAR22-45000-C": { ...option, strike: 45_000, optionType: "call", mark: 0.031 },
      "BTC-29MAR22-35000-P": { ...option, strike: 35_000, optionType: "put" },
      "BTC-25MAR22": { kind: "future", underlying: "BTC", expiry: "2022-03-25T08:00:00Z", mark: 40_200 },
      "ETH-PERPETUAL": { kind: "perpetual", underlying: "ETH", mark: 3001 },
    },
  },
  portfolio: {
    positions: [
      { symbol: "BTC-29MAR22-45000-C", quantity: -3 },
      { symbol: "BTC-29MAR22-35000-P", quantity: -2 },
      { symbol: "BTC-25MAR22", quantity: 80_400 },
      { symbol: "ETH-PERPETUAL", quantity: -9003 },
    ],
    balances: [{ currency: "BTC", equity: 4, optionsValue: -0.2, marginBalance: 4.2 }],
    components: [{ id: "open-orders", currency: "BTC", amount: 0.05 }],
  },
  expected: {},
  tolerance: 0,
});

function runOf(id: string, changes: Partial<MarginRun> = {}, overrides: readonly Override[] = []): MarginRun {
  const methodology = catalog.get(id);
  if (methodology === undefined) throw new Error(`${id} is not in the catalogue`);
  const rules = unwrapped(resolveRules(rulebookOf(id), { date: given.date }, overrides));
  return { ...caseInputs(given), methodology, rules, ...changes };
}
const margin = async (id: string, changes?: Partial<MarginRun>, overrides?: readonly Override[]) =>
  unwrapped(await runMargin(runOf(id, changes, overrides)));

describe("runMargin", () => {
  it("adds accounts to totals in USD, and funds to what is left of the margin balance", async () => {
    const { accounts, totals } = await margin("deribit-standard");
    const [btc, eth] = accounts;
    expect(accounts.map(({ id, unit, usdPerUnit }) => [id, unit, usdPerUnit])).toEqual([
      ["BTC", "BTC", 40_000],
      ["ETH", "ETH", 3000],
    ]);
    expect(totals.initialUsd).toBeCloseTo((btc?.initial.amount ?? 0) * 40_000 + (eth?.initial.amount ?? 0) * 3000, 6);
    expect(totals.equityUsd).toBe(160_000);
    expect(btc?.availableFunds).toBeCloseTo(4.2 - (btc?.initial.amount ?? 0), 12);
    expect(btc?.maintenanceRatio).toBeCloseTo((btc?.maintenance.amount ?? 0) / 4.2, 12);
    expect(eth?.equity ?? eth?.availableFunds ?? eth?.maintenanceRatio).toBeUndefined();
  });

  it("gives equal results and hashes for equal inputs", async () => {
    const [a, b] = [await margin("deribit-portfolio-legacy"), await margin("deribit-portfolio-legacy")];
    expect(a).toEqual(b);
    const other = await margin("deribit-portfolio-legacy", { edits: [{ positionId: "ETH-PERPETUAL", quantity: 1 }] });
    expect(other.inputs.portfolio).not.toBe(a.inputs.portfolio);
    expect(other.inputs.market).toBe(a.inputs.market);
  });

  it("lists every position with its terms, value, notional, greeks and profit in the binding scenario", async () => {
    const result = await margin("deribit-portfolio-legacy");
    const { positions } = result;
    expect(positions.map(({ symbol, quantityUnit, settlement }) => [symbol, quantityUnit, settlement])).toEqual([
      ["BTC-29MAR22-45000-C", "BTC", "BTC"],
      ["BTC-29MAR22-35000-P", "BTC", "BTC"],
      ["BTC-25MAR22", "USD", "BTC"],
      ["ETH-PERPETUAL", "USD", "ETH"],
    ]);
    const [call, , future, perpetual] = positions;
    expect(call?.value).toBeCloseTo(-0.093, 12);
    expect(call?.notionalUsd).toBe(120_000);
    expect(future).toMatchObject({ value: 0, notionalUsd: 80_000 });
    expect(future?.greeks.delta).toBeCloseTo(2, 12);
    expect(perpetual?.greeks.delta).toBeCloseTo(-3, 12);
    const btc = positions.filter(({ settlement }) => settlement === "BTC");
    const worst = linesOf(result).find(({ id }) => id === "BTC/maintenance/BTC/worst-cell");
    expect(btc.reduce((sum, { bindingPnl }) => sum + (bindingPnl ?? 0), 0)).toBeCloseTo(-(worst?.amount ?? 0), 12);
  });

  it("gives each position's margin alone when asked: what a run of that position alone gives", async () => {
    const plain = await margin("deribit-portfolio-legacy");
    expect(plain.positions.every(({ standAlone }) => standAlone === undefined)).toBe(true);
    const { positions } = await margin("deribit-portfolio-legacy", { standAlone: true });
    for (const { id, standAlone, symbol } of positions) {
      const rest = given.portfolio.positions.filter((position) => position.symbol !== symbol);
      const edits = rest.map((position) => ({ positionId: position.symbol, quantity: 0 }));
      const alone = await margin("deribit-portfolio-legacy", {
        edits,
        components: [{ id: "open-orders", currency: "BTC", amount: 0 }],
      });
      expect(alone.positions.map((position) => position.id)).toEqual([id]);
      const [account] = alone.accounts.filter(({ initial }) => initial.amount > 0);
      expect(standAlone).toBe(account?.initial.amount);
    }
  });

  it("marks overrides and unpublished parameters it used", async () => {
    const path = "/initialFactor";
    const { rules, remarks, accuracy } = await margin("deribit-portfolio-legacy", {}, [{ path, value: 1.3 }]);
    expect(rules.overrides).toEqual([{ path, value: 1.3, replaced: 1.2 }]);
    expect(remarks.map(({ message }) => message).join("\n")).toMatch(
      /set by you: \/initialFactor = 1.3, in the rulebook 1.2/,
    );
    expect(remarks.some(({ message }) => message.startsWith("/options/rolling is a default"))).toBe(true);
    expect(accuracy).toBe("approximate");
  });

  it("is exact for futures alone", async () => {
    const edits = ["BTC-29MAR22-45000-C", "BTC-29MAR22-35000-P"].map((positionId) => ({ positionId, quantity: 0 }));
    const { accuracy, remarks } = await margin("deribit-standard", { edits });
    expect({ accuracy, remarks }).toEqual({ accuracy: "exact", remarks: [] });
    const withOptions = await margin("deribit-standard");
    expect(withOptions.accuracy).toBe("approximate");
    expect(withOptions.remarks.map(({ message }) => message)).toContainEqual(
      "1 mark is a model value: the market has no mark for it",
    );
  });

  it("shows the warnings of the market", async () => {
    const { market } = caseInputs(given);
    const warnings = [{ reason: "conflict" as const, message: "rows are 9 seconds apart" }];
    const { remarks } = await margin("deribit-standard", { market: { ...market, warnings } });
    expect(remarks).toContainEqual({ message: "rows are 9 seconds apart" });
  });

  it("puts a torn market and rejected rows before everything else", async () => {
    const { market, portfolio } = caseInputs(given);
    const torn = { reason: "conflict" as const, message: "torn snapshot: the rows were taken over 5 days" };
    const warnings = [{ reason: "conflict" as const, message: "rows are 9 seconds apart" }, torn];
    const sources = [{ name: "book.csv", sha256: "0", rejected: 2 }];
    const { remarks } = await margin("deribit-standard", {
      market: { ...market, warnings },
      portfolio: { ...portfolio, sources },
    });
    expect(remarks.slice(0, 2)).toEqual([
      { message: torn.message },
      { message: "2 rows of book.csv were rejected when it was imported" },
    ]);
    expect(remarks.filter(({ message }) => message === torn.message)).toHaveLength(1);
  });

  it("says when positions and market are of different moments", async () => {
    const { portfolio } = caseInputs(given);
    const asOfMs = Date.parse("2022-02-27T08:00:00Z");
    const { remarks } = await margin("deribit-standard", { portfolio: { ...portfolio, asOfMs } });
    expect(remarks).toContainEqual({
      message: "positions are of 2022-02-27 08:00:00Z, the market of 2022-03-01 08:00:00Z",
    });
  });

  it("is not exact with values of the user", async () => {
    const edits = ["BTC-29MAR22-45000-C", "BTC-29MAR22-35000-P"].map((positionId) => ({ positionId, quantity: 0 }));
    const path = "/futures/btc-inverse-future/initialBase";
    expect((await margin("deribit-standard", { edits }, [{ path, value: 0.03 }])).accuracy).toBe("approximate");
    const { rules } = runOf("deribit-standard");
    const own = unwrapped(
      resolveRules(rulebookOf("deribit-standard"), { parameters: rules.parameters, label: "mine" }),
    );
    const { accuracy, remarks, totals } = await margin("deribit-standard", { edits, rules: own });
    expect({ accuracy, messages: remarks.map(({ message }) => message) }).toEqual({
      accuracy: "approximate",
      messages: ["all parameters are yours: mine"],
    });
    expect(totals).toEqual((await margin("deribit-standard", { edits })).totals);
  });

  it("stops when cancelled", async () => {
    const work = { ...unwatched, cancelled: () => true };
    const refused = await runMargin(runOf("deribit-portfolio-legacy", { work }));
    expect(refused).toMatchObject({ ok: false, failure: { reason: "cancelled" } });
  });

  it("refuses parameters that break the schema, by pointer", async () => {
    const run = runOf("deribit-standard", {}, [{ path: "/options/highestFactor", value: -1 }]);
    expect(await runMargin(run)).toMatchObject({ ok: false, failure: { at: "/options/highestFactor" } });
  });
});

describe("changes by the user", () => {
  it("replace components and balances, marked as set", async () => {
    const result = await margin("deribit-standard", {
      components: [{ id: "open-orders", currency: "BTC", amount: 0.5 }],
      balances: [{ currency: "ETH", equity: 7 }],
    });
    expect(linesOf(result).find(({ id }) => id === "BTC/initial/open-orders")).toMatchObject({
      amount: 0.5,
      basis: "set",
    });
    expect(linesOf(result).find(({ id }) => id === "ETH/equity")).toMatchObject({ amount: 7, basis: "set" });
    expect(amountOf(result, "BTC/equity")).toBe(4);
  });

  it("trade at mark: equity stays and the stated option value gives way to the computed one", async () => {
    const before = await margin("deribit-standard");
    const after = await margin("deribit-standard", { edits: [{ positionId: "BTC-29MAR22-35000-P", quantity: 0 }] });
    expect(amountOf(before, "BTC/margin-balance")).toBeCloseTo(4.2, 12);
    expect(amountOf(after, "BTC/equity")).toBe(4);
    expect(amountOf(after, "BTC/margin-balance")).toBeCloseTo(4 + 3 * 0.031, 12);
  });

  it.each([
    { changes: { edits: [{ positionId: "nowhere", quantity: 1 }] }, reason: "not-found" },
    { changes: { edits: [{ positionId: "ETH-PERPETUAL", quantity: Number.NaN }] }, reason: "invalid-input" },
    { changes: { components: [{ id: "open-orders", currency: "BTC", amount: -1 } as const] }, reason: "invalid-input" },
    { changes: { balances: [{ currency: "BTC", equity: Number.POSITIVE_INFINITY }] }, reason: "invalid-input" },
  ])("are refused: $reason", async ({ changes, reason }) => {
    expect(await runMargin(runOf("deribit-standard", changes))).toMatchObject({ ok: false, failure: { reason } });
  });
});

describe("what cannot be valued", () => {
  it("stands beside the result with the name of the gap", async () => {
    const { market } = caseInputs(given);
    const indices = market.indices.filter(({ underlying }) => underlying !== "ETH");
    const result = await margin("deribit-standard", { market: { ...market, indices } });
    expect(result.excluded).toMatchObject([
      { symbol: "ETH-PERPETUAL", quantity: -9003, failure: { reason: "missing-data" } },
    ]);
    expect(result.excluded[0]?.failure.message).toContain("index:ETH");
    expect(result.included).toEqual({ positions: 3, of: 4 });
    expect(result.accuracy).toBe("approximate");
  });

  it("is refused by name when nothing else is left", async () => {
    const { market } = caseInputs(given);
    const refused = await runMargin(runOf("deribit-standard", { market: { ...market, indices: [] } }));
    expect(refused).toMatchObject({ ok: false, failure: { reason: "missing-data" } });
    expect(refused.ok ? "" : refused.failure.message).toContain("index:BTC");
  });

  it("expired options are left out and say when they expired", async () => {
    const { market } = caseInputs(given);
    const asOfMs = Date.parse("2022-03-30T08:00:00Z");
    const result = await margin("deribit-standard", { market: { ...market, asOfMs } });
    expect(isoDate(result.asOfMs)).toBe("2022-03-30");
    expect(result.excluded.map(({ symbol }) => symbol)).toEqual([
      "BTC-29MAR22-45000-C",
      "BTC-29MAR22-35000-P",
      "BTC-25MAR22",
    ]);
    expect(result.excluded[0]?.failure.message).toMatch(/expired on 2022-03-29/);
  });

  it("a product without rates is left out with the reason", async () => {
    const inputs = caseInputs(given);
    const positions = inputs.portfolio.positions.map((position) => {
      const { instrument } = position;
      if (instrument.kind !== "perpetual") return position;
      return {
        ...position,
        instrument: { ...instrument, payoff: "linear" as const, quote: "USDC", settlement: "USDC" },
      };
    });
    const { excluded } = await margin("deribit-standard", { portfolio: { ...inputs.portfolio, positions } });
    expect(excluded).toMatchObject([{ failure: { reason: "not-applicable" } }]);
    expect(excluded[0]?.failure.message).toContain("eth-linear-perpetual");
  });

  it("amounts in a coin without an index are left out and said", async () => {
    const inputs = caseInputs(given);
    const balances = [...inputs.portfolio.balances, { currency: "STETH", equity: 5, basis: "imported" as const }];
    const { accounts, remarks } = await margin("deribit-standard", { portfolio: { ...inputs.portfolio, balances } });
    expect(accounts.map(({ id }) => id)).toEqual(["BTC", "ETH"]);
    expect(remarks.map(({ message }) => message)).toContain(
      "amounts in STETH are left out: the market has no index:STETH",
    );
  });

  it("the entry of a whole cross account is not added to its currencies", async () => {
    const inputs = caseInputs(given);
    const whole = { currency: "USD", equity: 160_000, wholeAccount: true as const, basis: "imported" as const };
    const balances = [...inputs.portfolio.balances, whole];
    const { totals } = await margin("deribit-standard", { portfolio: { ...inputs.portfolio, balances } });
    expect(totals.equityUsd).toBe(160_000);
  });
});

describe("a portfolio", () => {
  it("of nothing needs nothing", async () => {
    const inputs = caseInputs(given);
    const portfolio = { ...inputs.portfolio, positions: [], components: [], balances: [] };
    for (const id of ["deribit-standard", "deribit-portfolio-legacy"]) {
      const { totals, accounts, excluded } = await margin(id, { portfolio });
      expect([totals.initialUsd, totals.maintenanceUsd, excluded.length]).toEqual([0, 0, 0]);
      expect(accounts.every(({ initial }) => initial.amount === 0)).toBe(true);
    }
  });

  it("of positions that cancel needs the margin of nothing", async () => {
    const inputs = caseInputs(given);
    const opposite = inputs.portfolio.positions.map((position) => ({
      ...position,
      id: `${position.id} back` as PositionId,
      quantity: -position.quantity,
    }));
    const portfolio = { ...inputs.portfolio, positions: [...inputs.portfolio.positions, ...opposite], components: [] };
    const { totals } = await margin("deribit-standard", { portfolio });
    expect(totals.initialUsd).toBe(0);
  });
});
