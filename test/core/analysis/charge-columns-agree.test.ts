import { describe, expect, it } from "vitest";
import type { MarginRun } from "../../../core/margin/index.ts";
import { randomStream } from "../../../core/measure/index.ts";
import { type AccountColumns, type Charge, catalog, type Methodology } from "../../../core/methodology/index.ts";
import { componentIds, type Portfolio } from "../../../core/portfolio/index.ts";
import { resolveRules } from "../../../core/rulebook/index.ts";
import { type CaseFile, caseFile, caseInputs } from "../methodology/case-file.ts";
import { casesOf, rulebookOf, rulesOf } from "../methodology/run-case.ts";
import { unwrapped } from "../result-value.ts";
import { bookAtMarkets } from "./charge-columns-markets.ts";
import { randomBook } from "./random-book.ts";

const inColumns = [...catalog.values()].filter((methodology) => {
  const rules = unwrapped(resolveRules(rulebookOf(methodology.id), { date: "2026-10-01" }));
  return unwrapped(methodology.under(rules.parameters)).chargeColumns !== undefined;
});

/** The run of what the methodology margins of a made book; `undefined` where that is nothing of something. */
function runOf(methodology: Methodology, given: CaseFile): MarginRun | undefined {
  const rules = rulesOf(rulebookOf(methodology.id), given);
  const { excludes } = unwrapped(methodology.under(rules.parameters));
  const { portfolio, market } = caseInputs(given);
  const positions = portfolio.positions.filter((position) => excludes(position) === undefined);
  if (positions.length === 0 && portfolio.positions.length > 0) return undefined;
  return { portfolio: { ...portfolio, positions }, market, methodology, rules };
}

const words = ["index", "mark", "net", "black", "base", "quote", "held", "offsetting", "gains-only", "both", "rising"];

/** Rules with every number moved and every switch thrown, as far as their schema lets them. */
function drawnRules(run: MarginRun, next: () => number): MarginRun {
  const parameters = structuredClone(run.rules.parameters) as Record<string, unknown>;
  const isAllowed = (): boolean => run.methodology.under(parameters).ok;
  const drawnFrom = (value: unknown): unknown => {
    if (typeof value === "number") return value === 0 ? 0.02 * next() : value * (0.7 + 0.6 * next());
    if (typeof value === "boolean") return next() < 0.5;
    return typeof value === "string" ? words[Math.floor(words.length * next())] : value;
  };
  const visit = (record: Record<string, unknown>): void => {
    for (const [key, value] of Object.entries(record)) {
      // A list of coins stays: what is margined is not drawn.
      if (Array.isArray(value) && typeof value[0] === "string") continue;
      if (typeof value === "object" && value !== null) visit(value as Record<string, unknown>);
      // Of the words a switch may not know most; a switch is thrown in about half of the draws.
      for (let attempt = 0; attempt < (typeof value === "string" ? 4 : 1); attempt++) {
        record[key] = drawnFrom(value);
        if (isAllowed()) break;
        record[key] = value;
      }
    }
  };
  visit(parameters);
  return { ...run, rules: { ...run.rules, parameters } as MarginRun["rules"] };
}

/** A random book that also holds spot, amounts a venue states, and balances below zero, twice in one currency and of the whole account. */
function drawnBook(seed: number, venue: string): CaseFile {
  const { nextOpen } = randomStream(1_000 + seed);
  const book = randomBook(seed, venue);
  const spot = { kind: "spot", payoff: "linear", quote: "USDT" };
  const coins = ["BTC", "ETH"] as const;
  const indices: Readonly<Record<string, number>> = book.market.indices;
  return caseFile.parse({
    ...book,
    market: {
      ...book.market,
      instruments: {
        ...book.market.instruments,
        "BTC-SPOT": { ...spot, underlying: "BTC", mark: indices.BTC },
        "ETH-SPOT": { ...spot, underlying: "ETH", mark: indices.ETH },
      },
    },
    portfolio: {
      positions: [
        ...book.portfolio.positions,
        { id: "s1", symbol: "BTC-SPOT", quantity: 20 * (nextOpen() - 0.5) },
        { id: "s2", symbol: "ETH-SPOT", quantity: 2_000 * (nextOpen() - 0.5) },
      ],
      balances: [
        ...book.portfolio.balances,
        { currency: "BTC", equity: 60 * (nextOpen() - 0.5) },
        { currency: "USDC", equity: 1e6 * (nextOpen() - 0.5) },
      ],
      components: componentIds.flatMap((id) =>
        nextOpen() < 0.6
          ? []
          : {
              ...{ id, amount: 1 + 9 * nextOpen(), currency: nextOpen() < 0.5 ? "BTC" : "USDC" },
              ...(nextOpen() < 0.6 ? { underlying: coins[Math.floor(2 * nextOpen())] } : {}),
            },
      ),
    },
  });
}

const amounts = ["initial", "maintenance", "marginBalance"] as const;

/** Where the columns of an account differ from its charges by more than rounding. */
function differences(columns: readonly AccountColumns[], charges: readonly Charge[]): readonly string[] {
  return charges.flatMap(({ accounts }, market) => {
    const [ids, own] = [accounts.map(({ id }) => id).join(), columns.map(({ id }) => id).join()];
    if (ids !== own) return [`accounts ${own} instead of ${ids}`];
    return accounts.flatMap((account, at) => {
      const column = columns[at] as AccountColumns;
      const largest = Math.max(
        ...charges.flatMap((one) => amounts.map((name) => Math.abs(one.accounts[at]?.[name]?.amount ?? 0))),
      );
      const off = amounts.flatMap((name) => {
        const [one, other] = [column[name]?.[market], account[name]?.amount];
        const distance = Math.abs((one ?? Number.NaN) - (other ?? Number.NaN));
        return one === other || distance <= 1e-12 * largest ? [] : [`${name}: ${one} instead of ${other}`];
      });
      const bindings = account.matrices.map(({ title, cells, bindingScenarioId }) => {
        const cell = cells.find(({ scenarioId }) => scenarioId === bindingScenarioId);
        return `${title}: ${cell?.label}`;
      });
      const texts = column.matrices.map(({ title, labels, binding }) => `${title}: ${labels[binding[market] ?? -1]}`);
      if (column.usdPerUnit[market] !== account.usdPerUnit) off.push("USD per unit");
      if (texts.join() !== bindings.join()) off.push(`${texts.join()} instead of ${bindings.join()}`);
      return off.map((text) => `${account.id} at market ${market}, ${text}`);
    });
  });
}

function agrees(run: MarginRun): void {
  const { under, columns, charges } = bookAtMarkets(run);
  expect(differences(under.chargeColumns?.(columns) ?? [], charges), run.portfolio.name).toEqual([]);
}

const seeds = Array.from({ length: 25 }, (_, at) => at + 1);

it("hold for several methodologies", () => expect(inColumns.length).toBeGreaterThan(5));

describe.each(inColumns)("columns of $id", (methodology) => {
  const runs = seeds.flatMap((seed) => runOf(methodology, randomBook(seed, methodology.venue)) ?? []);

  it("hold the amounts of random books at each market", () => {
    expect(runs.length).toBeGreaterThan(20);
    for (const run of runs) agrees(run);
  });

  it("hold them with spot, stated amounts and other balances, whatever the rules", () => {
    const whole = { currency: "USD", equity: 250_000, wholeAccount: true, basis: "imported" } as const;
    for (const venue of new Set([methodology.venue, "deribit"]))
      for (const seed of seeds) {
        const run = runOf(methodology, drawnBook(seed, venue));
        if (run === undefined) continue;
        agrees(run);
        agrees(drawnRules(run, randomStream(seed).nextOpen));
        agrees({ ...run, portfolio: { ...run.portfolio, balances: [...run.portfolio.balances, whole] } });
        agrees({ ...run, portfolio: { ...run.portfolio, balances: [whole] } });
      }
  });

  it("hold them for a single leg, for futures alone, for what expires first and for balances alone", () => {
    const kept = (portfolio: Portfolio, keep: (kind: string, at: number) => boolean) => ({
      ...portfolio,
      positions: portfolio.positions.filter(({ instrument }, at) => keep(instrument.kind, at)),
    });
    for (const run of runs) {
      agrees({ ...run, portfolio: kept(run.portfolio, (_, at) => at === 0) });
      agrees({ ...run, portfolio: kept(run.portfolio, (kind) => kind !== "option") });
      agrees({ ...run, portfolio: kept(run.portfolio, () => false) });
      agrees({ ...run, portfolio: { ...kept(run.portfolio, () => false), balances: [] } });
      agrees({ ...run, portfolio: { ...run.portfolio, balances: [] } });
      const twice = run.portfolio.positions.flatMap((one, at) => [one, { ...one, id: `t${at}` as typeof one.id }]);
      agrees({ ...run, portfolio: { ...run.portfolio, positions: twice } });
    }
  });

  it.each(casesOf(methodology.id))("hold the amounts of $file moved to other markets", ({ content }) => {
    const run = runOf(methodology, content);
    if (run !== undefined) agrees(run);
  });
});
