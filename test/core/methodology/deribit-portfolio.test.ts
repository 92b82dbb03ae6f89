import { describe, expect, it } from "vitest";
import type { MarginResult } from "../../../core/margin/index.ts";
import { catalog, type Methodology, walk } from "../../../core/methodology/index.ts";
import { unwrapped } from "../result-value.ts";
import { caseFile } from "./case-file.ts";
import { linesOf } from "./expected-amount.ts";
import { casesOf, rulebookOf, rulesOf, runCase } from "./run-case.ts";

const methodology = catalogued("deribit-portfolio");
const rulebook = rulebookOf("deribit-portfolio");
const cases = casesOf("deribit-portfolio");

type Content = ReturnType<typeof caseFile.parse>;
type Positions = Content["portfolio"]["positions"];

async function run(content: Content): Promise<MarginResult> {
  return unwrapped(await runCase(methodology, rulesOf(rulebook, content), content));
}

function given(name: string): Content {
  const found = cases.find(({ file }) => file === `${name}.json`);
  if (found === undefined) throw new Error(`no case ${name}`);
  return found.content;
}

function catalogued(id: string): Methodology {
  const found = catalog.get(id);
  if (found === undefined) throw new Error(`no methodology ${id}`);
  return found;
}

const withPositions = (content: Content, positions: Positions): Content => ({
  ...content,
  portfolio: { ...content.portfolio, positions },
});

describe("the documented answer of the exchange", () => {
  it("binds at bucket 1 on the left, the first of its tied columns, and is exact", async () => {
    const result = await run(given("exchange-2024-06-17-margins"));
    const [account] = result.accounts;
    const [matrix] = account?.matrices ?? [];
    expect(matrix?.bindingScenarioId).toBe("bucket-1-down");
    expect(matrix?.cells.length).toBe(35);
    expect(result.accuracy).toBe("exact");
    expect(result.positions.map(({ bindingPnl }) => bindingPnl)).toEqual([
      expect.closeTo(-0.05991206933333334, 15),
      expect.closeTo(0.0002261969523809524, 15),
    ]);
  });
});

/** Worst scenario of the computed cases: table, move and column of deribit-spm-computed.json. */
const worstScenarios = [
  { name: "computed-01", binding: "bucket-1-up" },
  { name: "computed-03", binding: "bucket-5-down" },
  { name: "computed-05", binding: "bucket-9-up" },
  { name: "computed-07", binding: "bucket-1-up" },
  { name: "computed-09", binding: "bucket-1-up" },
  { name: "computed-11", binding: "bucket-1-down" },
  { name: "computed-14", binding: "bucket-1-down" },
  { name: "own-extended", binding: "extended-8" },
];

describe("worst case", () => {
  it.each(worstScenarios)("of $name is $binding", async ({ name, binding }) => {
    const [account] = (await run(given(name))).accounts;
    expect(account?.matrices[0]?.bindingScenarioId).toBe(binding);
  });

  it("opens down to positions whose profits add up to the binding cell", async () => {
    for (const { file, content } of cases) {
      for (const { initial, matrices, id } of (await run(content)).accounts) {
        for (const matrix of matrices) {
          const cell = matrix.cells.find(({ scenarioId }) => scenarioId === matrix.bindingScenarioId);
          if (cell === undefined || cell.group !== "standard") continue;
          const name = matrix.title.split(" ").at(-1);
          const profit = [...walk(initial)].find((line) => line.id.endsWith(`/entry-${name}/profit`));
          const positions = [...walk(initial)].filter((line) => profit?.children.includes(line));
          expect(profit?.amount, `${file} ${id}`).toBe(cell.beforeOffsets);
          expect(positions.every(({ positionId }) => positionId !== undefined)).toBe(true);
        }
      }
    }
  });

  it("names no binding scenario where nothing can be lost", async () => {
    const content = given("exchange-2024-06-17-margins");
    const flat = content.portfolio.positions.flatMap((p) => [
      p,
      { ...p, id: `${p.symbol} back`, coins: -(p.coins ?? 0) },
    ]);
    const [account] = (await run(withPositions(content, flat))).accounts;
    expect(account?.matrices[0]?.bindingScenarioId).toBeUndefined();
    expect(account?.initial.children[0]?.children.find(({ id }) => id === "BTC/initial/matrix")?.amount).toBe(0);
  });

  it("of a long option is at most its value", async () => {
    const content = given("computed-01");
    const [call] = content.portfolio.positions;
    if (call === undefined) throw new Error("the case holds a call");
    const { accounts, positions } = await run(withPositions(content, [{ ...call, quantity: 10 }]));
    const worst = accounts[0]?.matrices[0]?.cells.map(({ amount }) => amount) ?? [];
    expect(-Math.min(...worst)).toBeLessThanOrEqual((positions[0]?.value ?? 0) + 1e-12);
  });

  it("of two books together is at most the sum of both", async () => {
    const content = given("computed-07");
    const matrix = async (positions: Positions) => {
      const [account] = (await run(withPositions(content, positions))).accounts;
      return [...walk(account?.initial ?? fail())].find(({ id }) => id.endsWith("worst-case"))?.amount ?? Number.NaN;
    };
    const all = content.portfolio.positions;
    const whole = await matrix(all);
    for (let split = 1; split < all.length; split++)
      expect(whole).toBeLessThanOrEqual((await matrix(all.slice(0, split))) + (await matrix(all.slice(split))) + 1e-9);
  });
});

describe("delta shock", () => {
  it("takes positions in one instrument together, long and short", async () => {
    const content = given("own-delta-reduced");
    const split = content.portfolio.positions.flatMap((p) =>
      p.quantity === undefined
        ? [p]
        : [
            { ...p, id: `${p.symbol} long`, quantity: 2 * p.quantity },
            { ...p, id: `${p.symbol} short`, quantity: -p.quantity },
          ],
    );
    const [whole, parts] = [await run(content), await run(withPositions(content, split))];
    expect(parts.accounts[0]?.maintenance.amount).toBeCloseTo(whole.accounts[0]?.maintenance.amount ?? Number.NaN, 9);
  });
});

describe("accounts", () => {
  it("stand alone: a position in another currency changes nothing", async () => {
    const content = given("own-order-parts");
    const both = await run(content);
    const btc = await run(withPositions(content, content.portfolio.positions.slice(0, 1)));
    const initial = (result: MarginResult) => result.accounts.find(({ id }) => id === "BTC")?.initial.amount;
    expect(initial(btc)).toBe(initial(both));
  });

  it("have equity as margin balance", async () => {
    const [btc] = (await run(given("own-order-parts"))).accounts;
    expect([btc?.equity?.amount, btc?.marginBalance?.amount]).toEqual([1.25, 1.25]);
  });

  it("grow with the price range", async () => {
    const content = given("computed-01");
    const margins: number[] = [];
    for (const value of [0.1, 0.14, 0.16, 0.2]) {
      const wider = { ...content, overrides: [...content.overrides, { path: "/pairs/btc_usd/priceRange", value }] };
      margins.push((await run(wider)).totals.maintenanceUsd);
    }
    expect(margins).toEqual([...margins].sort((a, b) => a - b));
  });
});

describe("without the lines of single positions", () => {
  it("every other line and every matrix keeps its bits", async () => {
    const coarse: Methodology = {
      ...methodology,
      under: (parameters) => {
        const rules = methodology.under(parameters);
        if (!rules.ok) return rules;
        const { value } = rules;
        return {
          ok: true,
          value: { ...value, charge: (book, more) => value.charge(book, { ...more, detail: false }) },
        };
      },
    };
    for (const { content } of cases) {
      const [whole, plain] = [
        await run(content),
        unwrapped(await runCase(coarse, rulesOf(rulebook, content), content)),
      ];
      const amounts = new Map(linesOf(whole).map(({ id, amount }) => [id, amount]));
      for (const { id, amount } of linesOf(plain)) expect(amounts.get(id), id).toBe(amount);
      expect(plain.accounts.map(({ matrices }) => matrices)).toEqual(whole.accounts.map(({ matrices }) => matrices));
      expect(linesOf(plain).some(({ positionId }) => positionId !== undefined)).toBe(false);
    }
  });
});

describe("positions without parameters", () => {
  const sol = caseFile.parse({
    title: "SOL perpetual beside a BTC perpetual",
    provenance: "own-computation",
    source: {},
    date: "2026-09-23",
    market: {
      indices: { BTC: 98000, SOL: 180 },
      instruments: {
        "BTC-PERPETUAL": { kind: "perpetual", underlying: "BTC", mark: 98000 },
        "SOL_USDC-PERPETUAL": { kind: "perpetual", underlying: "SOL", payoff: "linear", mark: 180.1 },
      },
    },
    portfolio: { positions: [{ symbol: "SOL_USDC-PERPETUAL", quantity: 10 }] },
    expected: {},
    tolerance: 0,
  });

  it("are refused with the pair that is missing", async () => {
    const refused = await runCase(methodology, rulesOf(rulebook, sol), sol);
    expect(refused).toMatchObject({ ok: false, failure: { reason: "not-applicable" } });
    if (!refused.ok) expect(refused.failure.message).toContain("sol_usd");
  });

  it("are listed beside the result of the others", async () => {
    const positions = [...sol.portfolio.positions, { symbol: "BTC-PERPETUAL", coins: 1 }];
    const { excluded, accuracy } = await run(withPositions(sol, positions));
    expect(excluded.map(({ symbol }) => symbol)).toEqual(["SOL_USDC-PERPETUAL"]);
    expect(accuracy).toBe("approximate");
  });

  it("are margined once the user's own set has the pair", async () => {
    const rules = rulesOf(rulebook, sol);
    const { pairs, currencies, ...rest } = rules.parameters as Record<string, Record<string, unknown>>;
    const parameters = {
      ...rest,
      pairs: { ...pairs, sol_usd: { ...(pairs?.eth_usd as object), priceRange: 0.25 } },
      currencies: { ...currencies, sol: currencies?.eth },
    };
    const own: Content = { ...sol, rules: { parameters, label: "with SOL" } };
    const { accounts } = unwrapped(await runCase(methodology, rulesOf(rulebook, own), own));
    // 10 SOL · 180.1 · 25 % and a roll charge of 1 % (USD parameters) at the index.
    expect(accounts[0]?.initial.amount).toBeCloseTo(10 * 180.1 * 0.25 + 10 * 180 * 0.01, 8);
  });
});

function fail(): never {
  throw new Error("the case has no account");
}
