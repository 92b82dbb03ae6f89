import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { MarginResult } from "../../../core/margin/index.ts";
import { catalog, type Methodology } from "../../../core/methodology/index.ts";
import { describeWithSharedData } from "../../shared-data.ts";
import { unwrapped } from "../result-value.ts";
import { type CaseFile, caseFile } from "./case-file.ts";
import { casesOf, rulebookOf, rulesOf, runCase } from "./run-case.ts";

const id = "deribit-cross-portfolio";
const methodology: Methodology = catalog.get(id) ?? missing(id);
const rulebook = rulebookOf(id);

async function run(content: CaseFile): Promise<MarginResult> {
  return unwrapped(await runCase(methodology, rulesOf(rulebook, content), content));
}

const given = (name: string): CaseFile =>
  casesOf(id).find(({ file }) => file === `${name}.json`)?.content ?? missing(name);

const amountOf = (result: MarginResult, line: "initial" | "maintenance"): number =>
  result.accounts[0]?.[line].amount ?? Number.NaN;

const bothPerpetuals = (inverse: number, linear: number, bitcoin: number): CaseFile =>
  caseFile.parse({
    title: "BTC perpetuals and equity",
    provenance: "own-computation",
    source: {},
    date: "2026-02-15",
    market: {
      indices: { BTC: 70000 },
      instruments: {
        "BTC-PERPETUAL": { kind: "perpetual", underlying: "BTC", mark: 70000 },
        "BTC_USDC-PERPETUAL": { kind: "perpetual", underlying: "BTC", payoff: "linear", mark: 70000 },
      },
    },
    portfolio: {
      positions: [
        ...(inverse === 0 ? [] : [{ symbol: "BTC-PERPETUAL", coins: inverse }]),
        ...(linear === 0 ? [] : [{ symbol: "BTC_USDC-PERPETUAL", quantity: linear }]),
      ],
      balances: bitcoin === 0 ? [] : [{ currency: "BTC", equity: bitcoin }],
    },
    expected: {},
    tolerance: 0,
  });

describe("netting of one base currency", () => {
  const roll = 70000 * 0.01;
  it.each([
    { name: "a coin held costs its range", inverse: 0, linear: 0, bitcoin: 1, matrix: 0.16 * 70000 },
    { name: "a coin hedged by a linear short costs its roll only", inverse: 0, linear: -1, bitcoin: 1, matrix: roll },
    { name: "a coin hedged by an inverse short costs its roll only", inverse: -1, linear: 0, bitcoin: 1, matrix: roll },
    { name: "inverse against linear nets but rolls twice", inverse: 1, linear: -1, bitcoin: 0, matrix: 2 * roll },
  ])("$name", async ({ inverse, linear, bitcoin, matrix }) => {
    const result = await run(bothPerpetuals(inverse, linear, bitcoin));
    expect(amountOf(result, "maintenance")).toBeCloseTo(0.8 * matrix, 7);
    expect(result.accounts.map((account) => account.id)).toEqual(["cross"]);
  });

  it("nets completely when a coin, an inverse and a linear position add up to nothing", async () => {
    const [account] = (await run(bothPerpetuals(0.5, -1.5, 1))).accounts;
    const amounts = account?.matrices[0]?.cells.map(({ beforeOffsets }) => Math.abs(beforeOffsets)) ?? [];
    expect(Math.max(...amounts)).toBeLessThan(1e-9);
  });
});

describe("collateral", () => {
  it("haircuts raise the initial margin and leave maintenance alone", async () => {
    const content = given("own-haircuts-2026");
    const wider = { ...content, overrides: [{ path: "/collateral/usyc/haircut", value: 0.12 }] };
    const [now, then] = [await run(content), await run(wider)];
    expect(amountOf(then, "initial") - amountOf(now, "initial")).toBeCloseTo(0.1 * 4000 * 1.09, 8);
    expect(amountOf(then, "maintenance")).toBe(amountOf(now, "maintenance"));
  });

  it("stETH offsets ETH only from 2026-01-13", async () => {
    const matrixUnderlyings = async (name: string) => {
      const result = await run(given(name));
      return result.accounts[0]?.matrices.map(({ cells }) => cells[0]?.beforeOffsets ?? 0);
    };
    // Short 8 ETH: at −18 % a gain of about 2,800 USD; ten stETH turn it into a loss.
    expect((await matrixUnderlyings("own-haircuts-2025"))?.[0]).toBeGreaterThan(0);
    expect((await matrixUnderlyings("own-haircuts-2026"))?.[0]).toBeLessThan(0);
  });

  it("that joins a coin without an index counts without price risk and is named in a remark", async () => {
    const content = bothPerpetuals(1, 0, 0);
    const staked = {
      ...content,
      market: { ...content.market, indices: { ...content.market.indices, STETH: 1950 } },
      portfolio: { ...content.portfolio, balances: [{ currency: "STETH", equity: 2 }] },
    };
    const [plain, result] = [await run(content), await run(staked)];
    expect(result.remarks.some(({ message }) => message.includes("index:ETH"))).toBe(true);
    expect(amountOf(result, "maintenance")).toBe(amountOf(plain, "maintenance"));
    expect(amountOf(result, "initial") - amountOf(plain, "initial")).toBeCloseTo(0.075 * 2 * 1950, 8);
  });

  it("without parameters counts and is named in a remark", async () => {
    const content = bothPerpetuals(1, 0, 0);
    const odd = { ...content, market: { ...content.market, indices: { ...content.market.indices, SOL: 180 } } };
    const result = await run({ ...odd, portfolio: { ...odd.portfolio, balances: [{ currency: "SOL", equity: 10 }] } });
    expect(result.remarks.some(({ message }) => message.includes("/collateral/sol"))).toBe(true);
    expect(result.totals.equityUsd).toBe(1800);
  });
});

const summaries = z.object({
  result: z.object({
    summaries: z.array(
      z.object({
        currency: z.string(),
        equity: z.number(),
        margin_balance: z.number(),
        total_margin_balance_usd: z.number(),
        total_maintenance_margin_usd: z.number(),
      }),
    ),
  }),
});

describeWithSharedData("a recorded cross account of 2026-05-06 without positions", (path) => {
  it("has the venue's maintenance margin, to the digits of its printed amounts", async () => {
    const file = path("exchange-api-fixtures", "deribit", "http_get_account_summaries_cross_margin.json");
    const { result } = summaries.parse(JSON.parse(readFileSync(file, "utf8")));
    const [first] = result.summaries;
    // The venue prints the whole account in every currency, so its index follows: dollars ÷ coins.
    const indices = Object.fromEntries(
      result.summaries.map((row) => [row.currency, row.total_margin_balance_usd / row.margin_balance]),
    );
    const content = caseFile.parse({
      title: "recorded account",
      provenance: "published",
      source: {},
      date: "2026-05-06",
      market: { indices, instruments: {} },
      portfolio: {
        positions: [],
        balances: result.summaries.map(({ currency, equity }) => ({ currency, equity })),
      },
      expected: {},
      tolerance: 0,
    });
    const computed = await run(content);
    // ETH equity is printed as 0.000086 ± 0.0000005 and its index follows from four digits: 18 % of 0.6 % of 0.2 USD.
    expect(Math.abs(amountOf(computed, "maintenance") - (first?.total_maintenance_margin_usd ?? 0))).toBeLessThan(4e-4);
  });
});

function missing(what: string): never {
  throw new Error(`there is no ${what}`);
}
