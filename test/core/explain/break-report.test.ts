import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { decimalNumber, decimalUnits } from "../../../core/explain/decimal.ts";
import { type BreakReport, breakReport, statementInputs } from "../../../core/explain/index.ts";
import { readOracles, type VenueStatement } from "../../../core/import/index.ts";
import { parseDeribitSymbol } from "../../../core/instrument/index.ts";
import type { MarginRun } from "../../../core/margin/index.ts";
import { catalog } from "../../../core/methodology/index.ts";
import type { PositionId } from "../../../core/portfolio/index.ts";
import { resolveRules } from "../../../core/rulebook/index.ts";
import { describeWithSharedData } from "../../shared-data.ts";
import { caseInputs } from "../methodology/case-file.ts";
import { casesOf, rulebookOf } from "../methodology/run-case.ts";
import { unwrapped } from "../result-value.ts";

const golden = resolve(import.meta.dirname, "..", "..", "golden", "oracle");

function statementOf(file: string): VenueStatement {
  return unwrapped(readOracles([{ name: file, bytes: new Uint8Array(readFileSync(join(golden, file))) }]));
}

function runOf(id: string, file: string): MarginRun {
  const methodology = catalog.get(id);
  const given = casesOf(id).find((one) => one.file === file)?.content;
  if (methodology === undefined || given === undefined) throw new Error(`no case ${id}/${file}`);
  const rules = unwrapped(resolveRules(rulebookOf(id), given.rules ?? { date: given.date }, given.overrides));
  return { ...caseInputs(given), methodology, rules };
}

async function reportOf(run: MarginRun, statement: VenueStatement): Promise<BreakReport> {
  return unwrapped(await breakReport({ run, statement, rulebook: rulebookOf(run.methodology.id) }));
}

const btc = () => runOf("deribit-portfolio", "exchange-2024-06-17-margins.json");
const btcReply = () => statementOf("deribit-pme-simulate-btc.json");

function withIndex(run: MarginRun, price: number): MarginRun {
  return { ...run, market: { ...run.market, indices: run.market.indices.map((index) => ({ ...index, price })) } };
}

function withMark(run: MarginRun, symbol: string, mark: number): MarginRun {
  const quotes = run.market.quotes.map((quote) => (quote.instrument.symbol === symbol ? { ...quote, mark } : quote));
  return { ...run, market: { ...run.market, quotes } };
}

function withComponent(run: MarginRun, id: string, amount: number): MarginRun {
  const components = run.portfolio.components.map((one) => (one.id === id ? { ...one, amount } : one));
  return { ...run, portfolio: { ...run.portfolio, components } };
}

function withOverride(run: MarginRun, path: string, value: number): MarginRun {
  const rules = unwrapped(resolveRules(rulebookOf(run.methodology.id), { name: run.rules.version }, [{ path, value }]));
  return { ...run, rules };
}

/** The swaps that explain the line of the initial margin. */
function explanationOf(report: BreakReport, statedId = "margins.btc.initial_margin"): readonly string[] {
  return report.lines.find((line) => line.statedId === statedId)?.explainedBy.map(({ swap }) => swap) ?? [];
}

function expectBridgesToAddUp(report: BreakReport): void {
  for (const { own, steps, charged, difference, decimals } of report.bridges) {
    const units = (amount: number) => decimalUnits(amount, decimals);
    const total = steps.reduce((sum, { amount }) => sum + units(amount), 0n);
    expect(units(own) + total).toBe(units(charged));
    expect(units(difference)).toBe(total);
    for (const { amount } of steps) expect(decimalNumber(units(amount), decimals)).toBe(amount);
  }
}

describe("breakReport against the exchange's documented answer", () => {
  it("matches every component and every comparable scenario cell", async () => {
    const report = await reportOf(btc(), btcReply());
    expect(report.counts).toEqual({ matched: 10, "within-rounding": 0, explained: 0, unexplained: 0 });
    expect(report.verdict).toBe("matched");
    expect(report.lines.every(({ lineId }) => lineId !== undefined)).toBe(true);
    expect(report.cells).toMatchObject({ compared: 89, matched: 89, openCount: 0, notComparable: 0 });
    expect(report.parameters).toEqual({ overrides: [], same: 24, refused: [] });
    expect(report.swaps).toEqual([]);
    expectBridgesToAddUp(report);
  });

  it("matches a production reply with a profit offset of 0.6, in the reply's own positions, prices and rules", async () => {
    const statement = statementOf("deribit-pme-simulate-eth.json");
    const { portfolio, market } = unwrapped(statementInputs(statement));
    const methodology = catalog.get("deribit-portfolio");
    if (methodology === undefined) throw new Error("no methodology");
    const rules = unwrapped(resolveRules(rulebookOf("deribit-portfolio"), { date: "2026-02-15" }));
    const report = await reportOf({ portfolio, market, methodology, rules }, statement);
    expect(report.counts).toMatchObject({ explained: 0, unexplained: 0 });
    expect(report.cells?.openCount).toBe(0);
    expect(report.parameters.overrides).toEqual([]);
  });

  const planted = [
    {
      input: "mark",
      change: (run: MarginRun) => withMark(run, "BTC-PERPETUAL", 60_000),
      swap: "marks",
      cause: "price-basis",
    },
    {
      input: "parameter",
      change: (run: MarginRun) => withOverride(run, "/pairs/btc_usd/priceRange", 0.2),
      swap: "parameters",
      cause: "parameter-version",
    },
    {
      input: "open orders",
      change: (run: MarginRun) => withComponent(run, "open-orders", 0.01),
      swap: "open-orders",
      cause: "open-orders",
    },
    {
      input: "component",
      change: (run: MarginRun) => withComponent(run, "correlation-contingency", 0.01),
      swap: "components",
      cause: "imported-component",
    },
    {
      input: "quantity",
      change: (run: MarginRun) => ({ ...run, edits: [{ positionId: "BTC-28JUN24", quantity: -500 }] }),
      swap: "positions",
      cause: "position-set",
    },
  ];

  it.each(planted)("finds the planted difference in the $input and nothing else", async ({ change, swap, cause }) => {
    const report = await reportOf(change(btc()), btcReply());
    expect(report.verdict).toBe("explained");
    expect(report.counts.unexplained).toBe(0);
    const explained = report.lines.filter(({ verdict }) => verdict === "explained");
    expect(explained.length).toBeGreaterThan(0);
    for (const { explainedBy } of explained) expect(explainedBy).toMatchObject([{ cause, swap }]);
    expect(
      report.bridges.flatMap(({ steps }) => steps.map(({ id }) => id)).filter((id) => id !== "rounding"),
    ).toContain(swap);
    expectBridgesToAddUp(report);
  });

  it("does not name an input that differs without effect", async () => {
    const run = withComponent(withIndex(btc(), 60_000), "open-orders", 0.01);
    const report = await reportOf(run, btcReply());
    expect(explanationOf(report)).toEqual(["open-orders"]);
    expect(report.swaps.find(({ id }) => id === "index")?.outcome).toBe("no-effect");
    expect(report.swaps.find(({ id }) => id === "marks")?.outcome).toBe("same");
  });

  it("finds a wrong version of the rules when the reply states no parameters", async () => {
    const run = {
      ...btc(),
      rules: unwrapped(resolveRules(rulebookOf("deribit-portfolio"), { name: "erm-2026-09-23" })),
    };
    const report = await reportOf(run, { ...btcReply(), parameters: [] });
    expect(explanationOf(report)).toEqual(["rules:erm-2024-02-01"]);
    expectBridgesToAddUp(report);
  });

  it("names every input that moved a line when it takes two to close it", async () => {
    const run = withComponent(withMark(btc(), "BTC-PERPETUAL", 60_000), "open-orders", 0.25);
    const report = await reportOf(run, btcReply());
    expect(explanationOf(report)).toEqual(["marks", "open-orders"]);
    expect(report.bridges[0]?.steps.map(({ id }) => id)).toEqual(["marks", "open-orders"]);
    expectBridgesToAddUp(report);
  });

  it("leaves a gap no input closes unexplained, to the last digit", async () => {
    const reply = btcReply();
    const amounts = reply.amounts.map((one) =>
      one.id === "margins.btc.initial_margin" ? { ...one, amount: 0.122961343 } : one,
    );
    const report = await reportOf(btc(), { ...reply, amounts });
    expect(report.verdict).toBe("unexplained");
    expect(report.counts.unexplained).toBe(1);
    expect(report.bridges[0]?.steps).toEqual([{ id: "unexplained", label: "unexplained", amount: 0.0001 }]);
    expectBridgesToAddUp(report);
  });

  it("lists a position of ours that the market lacks, and one only the venue has", async () => {
    const run = btc();
    const [first] = run.portfolio.positions;
    if (first === undefined || first.instrument.kind !== "perpetual") throw new Error("expected a perpetual");
    const symbol = "BTC-27SEP24";
    const instrument = unwrapped(parseDeribitSymbol(symbol));
    const extra = { ...first, id: symbol as PositionId, instrument, quantity: 1_000 };
    const positions = [extra, ...run.portfolio.positions.slice(1)];
    const report = await reportOf({ ...run, portfolio: { ...run.portfolio, positions } }, btcReply());
    expect(report.excluded.map(({ symbol: left }) => left)).toEqual([symbol]);
    expect(report.positions.map((one) => one.symbol).sort()).toEqual(["BTC-27SEP24", "BTC-PERPETUAL"]);
    expect(explanationOf(report)).toEqual(["positions"]);
  });

  it("says when reply and method are of different kinds", async () => {
    const reply = { ...btcReply(), venue: "okx", methodologies: ["okx-portfolio"], testnet: true };
    const { remarks } = await reportOf(btc(), reply);
    expect(remarks.slice(0, 4)).toEqual([
      "the reply is of okx; deribit-portfolio is a method of deribit",
      "the positions are of deribit, the reply is of okx",
      "the reply states margin of okx-portfolio; it is compared with deribit-portfolio",
      "the reply is of the venue's test network",
    ]);
  });

  it("marks a parameter outside its documented range and does not use it", async () => {
    const reply = btcReply();
    const parameters = reply.parameters.map((one) => (one.path.endsWith("/priceRange") ? { ...one, value: 1.5 } : one));
    const report = await reportOf(withMark(btc(), "BTC-PERPETUAL", 60_000), { ...reply, parameters });
    expect(report.parameters.refused).toMatchObject([
      {
        parameter: { path: "/pairs/btc_usd/priceRange" },
        reason: expect.stringContaining("outside its documented range"),
      },
    ]);
    expect(explanationOf(report)).toEqual(["marks"]);
  });

  it("refuses a reply that holds parameters only", async () => {
    const run = btc();
    const refused = await breakReport({
      run,
      statement: { ...btcReply(), amounts: [] },
      rulebook: rulebookOf(run.methodology.id),
    });
    expect(refused).toMatchObject({ ok: false, failure: { reason: "not-applicable" } });
  });

  it("stops when it is cancelled", async () => {
    const run = withMark(btc(), "BTC-PERPETUAL", 60_000);
    let paused = 0;
    const pause = async () => {
      paused += 1;
    };
    const work = { progress: () => {}, cancelled: () => paused > 3, pause };
    const report = await breakReport({ run, statement: btcReply(), rulebook: rulebookOf(run.methodology.id), work });
    expect(report).toMatchObject({ ok: false, failure: { reason: "cancelled" } });
  });
});

describeWithSharedData("breakReport against the margins of real positions", (path) => {
  it("matches every future of a subaccount at standard margin, to the digit", async () => {
    const name = "subaccount_btc_futures_2024-10-31.json";
    const statement = unwrapped(
      readOracles([{ name, bytes: new Uint8Array(readFileSync(path("deribit-real-positions", name))) }]),
    );
    // the file states no time; its README places it on this day
    const { portfolio, market } = unwrapped(statementInputs({ ...statement, asOfMs: Date.UTC(2024, 9, 30, 20) }));
    const methodology = catalog.get("deribit-standard");
    if (methodology === undefined) throw new Error("no methodology");
    const rules = unwrapped(resolveRules(rulebookOf("deribit-standard"), { date: "2024-10-30" }));
    const report = await reportOf({ portfolio, market, methodology, rules }, statement);
    expect(report.counts).toEqual({ matched: 8, "within-rounding": 0, explained: 0, unexplained: 0 });
    expect(report.lines.every(({ lineId }) => lineId !== undefined)).toBe(true);
  });
});

describe("decimal arithmetic of bridges", () => {
  it.each([
    [0.1, 1, 1n],
    [-0.000018212, 9, -18212n],
    [1.005, 2, 100n],
    [1e25, 2, 10n ** 27n],
    [0, 5, 0n],
  ])("counts %s in units of %s decimals", (amount, decimals, units) => {
    const counted = decimalUnits(amount, decimals);
    expect(counted === units || (amount === 1e25 && counted > 9n * 10n ** 26n)).toBe(true);
  });

  it("gives numbers whose text has no further digits", () => {
    expect(decimalNumber(-18212n, 9)).toBe(-0.000018212);
    expect(decimalNumber(3n, 1)).toBe(0.3);
    expect(decimalNumber(5n, 0)).toBe(5);
  });
});

const okx = () => runOf("okx-portfolio", "published-position-builder.json");
const okxReply = () => statementOf("okx-position-builder.json");

describe("breakReport against OKX's position builder", () => {
  it("matches every component of both units, of the account, and every scenario cell", async () => {
    const report = await reportOf(okx(), okxReply());
    expect(report.counts).toEqual({ matched: 25, "within-rounding": 0, explained: 0, unexplained: 0 });
    expect(report.cells).toMatchObject({ compared: 42, matched: 42, openCount: 0, notComparable: 0 });
    expect(report.positions).toEqual([]);
    expect(report.remarks).toEqual([]);
  });

  it("adds up our lines where only the venue has a line of its own", async () => {
    const { lines } = await reportOf(okx(), okxReply());
    const derivatives = lines.find(({ statedId }) => statedId === "derivMmr");
    expect(derivatives).toMatchObject({ verdict: "matched", charged: 1375.4837063088003 });
    expect(derivatives?.lineId).toBeUndefined();
  });

  it("finds a planted index: it moves the stress but not what follows the mark", async () => {
    const stated = okx().market.indices;
    const run = {
      ...okx(),
      market: { ...okx().market, indices: stated.map((one) => ({ ...one, price: one.price * 1.01 })) },
    };
    const report = await reportOf(run, { ...okxReply(), indices: stated });
    expect(report.counts.unexplained).toBe(0);
    expect(explanationOf(report, "BTC.mr1")).toEqual(["index"]);
    expect(explanationOf(report, "totalMmr")).toEqual(["index"]);
    expect(report.lines.find(({ statedId }) => statedId === "BTC.mr4")?.verdict).not.toBe("matched");
    expectBridgesToAddUp(report);
  });

  it("finds planted marks in the lines that follow them", async () => {
    const report = await reportOf(withMark(okx(), "BTC-USDT-SWAP", 90_000), okxReply());
    const explained = report.lines.filter(({ verdict }) => verdict === "explained").map(({ statedId }) => statedId);
    expect(explained).toContain("BTC.mr4");
    expect(explained).toContain("BTC.mr7");
    expect(explained).not.toContain("BTC.mr1");
    expect(explanationOf(report, "BTC.mr4")).toEqual(["marks"]);
    expect(report.counts.unexplained).toBe(0);
    expectBridgesToAddUp(report);
  });
});

describe("breakReport against Bybit's portfolio margin info", () => {
  const report = async () =>
    reportOf(runOf("bybit-portfolio", "sample-margin.json"), statementOf("bybit-portfolio-margin.json"));

  it("leaves no line unexplained; what the notes call exact matches", async () => {
    const { lines, counts, cells, bridges } = await report();
    expect(counts.unexplained).toBe(0);
    const verdicts = new Map(lines.map(({ statedId, verdict }) => [statedId, verdict]));
    expect(verdicts.get("BTC.futureContingency")).toBe("matched");
    expect(verdicts.get("wallet.equity")).toBe("matched");
    // printed parts are rounded, so is their sum
    expect(verdicts.get("BTC.contingencyComponents")).toBe("within-rounding");
    const open = cells?.open.filter(({ vector }) => vector === "BTC.BTCUSDT");
    expect(open).toEqual([]);
    expect(cells?.compared).toBe(55);
    expect(bridges.length).toBe(2);
  });

  it("explains the maximum loss by the venue's own scenario profits", async () => {
    expect(explanationOf(await report(), "BTC.maxLoss")).toEqual(["profits"]);
  });

  it("sees that the venue's total is not the sum of its own parts", async () => {
    const { lines } = await report();
    const maintenance = lines.find(({ statedId }) => statedId === "BTC.assetMM");
    expect(maintenance?.explainedBy).toMatchObject([{ cause: "venue-moment", swap: "parts" }]);
    expect(maintenance?.difference).toBeCloseTo(0.0931, 4);
    expect(explanationOf(await report(), "wallet.accountMM")).toEqual(["parts"]);
  });

  it("states a loss as a requirement and keeps the printed figure", async () => {
    const { lines } = await report();
    expect(lines.find(({ statedId }) => statedId === "BTC.maxLoss")).toMatchObject({
      charged: 1004.7471,
      asPrinted: -1004.7471,
    });
  });
});
