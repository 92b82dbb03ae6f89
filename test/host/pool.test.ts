import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MarginSurface, marginSurface, surfaceBorders } from "../../core/analysis/index.ts";
import { failed, success, unwatched } from "../../core/base/index.ts";
import { root } from "../../core/host/bin/built.mjs";
import { type Pool, startPool } from "../../core/host/pool/start-pool.ts";
import { threadCount } from "../../core/host/pool/thread-count.ts";
import { catalog } from "../../core/methodology/index.ts";
import {
  bookSurfaceKind,
  type JointProfitsInput,
  jointProfitsKind,
  type NestedSurfaceInput,
  nestedSurfaceKind,
  type OptionBook,
  pathProfitsKind,
  scenarioProfitsKind,
  threadExecutor,
  unitCellsKind,
  type WorkKind,
} from "../../core/revaluation/engine/index.ts";
import { bestEngine, profitsBySet, profitsBySetOn, resolveTerms } from "../../core/revaluation/index.ts";
import { parseRulebook, resolveRules } from "../../core/rulebook/index.ts";
import { productBook } from "../bench/product-book.ts";
import { columnsOf, run as stressRun } from "../bench/stress-trial.ts";
import { market, portfolio } from "../core/analysis/sample-market.ts";
import { buildCore, bundles } from "./built.ts";

const counts = [1, 2, 8] as const;
const pools = new Map<number, Pool>();

beforeAll(() => {
  buildCore();
  for (const threads of counts) pools.set(threads, startPool({ threads, workerPath: bundles.poolWorker }));
}, 180_000);

afterAll(() => Promise.all([...pools.values()].map((pool) => pool.close())));

function poolOf(threads: number): Pool {
  const pool = pools.get(threads);
  if (pool === undefined) throw new Error(`no pool of ${threads} threads`);
  return pool;
}

/** Numbers of a low-discrepancy sequence: a varied book that needs no seed. */
function weyl(count: number, from: number, to: number, step: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => from + (to - from) * ((i * step) % 1));
}

function bookOf(count: number): OptionBook {
  return {
    forward: weyl(count, 50, 200, 0.618034),
    strike: weyl(count, 40, 260, 0.414214),
    years: weyl(count, 0.003, 2, 0.732051),
    volatility: weyl(count, 0.1, 1.2, 0.236068),
    discount: weyl(count, 0.95, 1, 0.645751),
    quantity: weyl(count, -20, 20, 0.162278),
    weight: Float64Array.from({ length: count }, (_, i) => (i % 3 === 0 ? -1 : 1)),
    underlying: Float64Array.from({ length: count }, (_, i) => i % 4),
  };
}

const book = bookOf(1_500);
const priceMoves = weyl(21, -0.5, 0.5, 0.05);
const volatilityChanges = weyl(21, -0.5, 0.5, 0.05);
const surfaceInput = { book, priceMoves, volatilityChanges, volatilityAxis: "exact" as const };
const risk = { priceMoves: weyl(9, -0.15, 0.15, 0.125), volatilityChanges: weyl(9, -0.25, 0.5, 0.375) };
const nested: NestedSurfaceInput = {
  book,
  market: { priceMoves: priceMoves.slice(0, 9), volatilityChanges: volatilityChanges.slice(0, 7) },
  risk,
  volatilityAxis: "exact",
};
const scenarios = {
  count: 501,
  priceMoves: weyl(4 * 501, -0.4, 0.4, 0.317),
  volatilityChanges: weyl(4 * 501, -0.4, 0.8, 0.711),
};
const moves = { paths: 3_001, logMoves: weyl(4 * 3_001, -0.3, 0.3, 0.5741) };

const joint: JointProfitsInput = {
  book,
  scenarios: 501,
  lists: {
    priceMoves: weyl(4 * 501, -0.3, 0.3, 0.317),
    starts: weyl(4 * 501, 0, 0.4, 0.5741),
    factors: weyl(4 * 501, 0.6, 1.8, 0.711),
    additions: weyl(4 * 501, -0.1, 0.2, 0.236068),
    floors: new Float64Array(4 * 501).fill(0.05),
    decays: weyl(4 * 501, 0, 0.01, 0.645751),
  },
  group: Float64Array.from(book.underlying, (underlying) => (underlying < 2 ? 0 : 1)),
  groups: 2,
};

const works: readonly (readonly [name: string, kind: WorkKind<never>, input: unknown])[] = [
  ["a surface", bookSurfaceKind, surfaceInput],
  ["a surface on volatility nodes", bookSurfaceKind, { ...surfaceInput, volatilityAxis: "nodes" }],
  ["a scenario list", scenarioProfitsKind, { book, scenarios }],
  ["unit cells", unitCellsKind, { book, ...risk }],
  ["a nested surface", nestedSurfaceKind, nested],
  ["joint scenarios with their own volatilities", jointProfitsKind, joint],
  ["a nested surface on volatility nodes", nestedSurfaceKind, { ...nested, volatilityAxis: "nodes" }],
  ["paths by profile", pathProfitsKind, { book, moves, method: "profile" }],
  ["paths by full revaluation", pathProfitsKind, { book, moves, method: "exact" }],
];

async function valuesOf(pool: Pool | ReturnType<typeof threadExecutor>, kind: WorkKind<never>, input: unknown) {
  const results = await pool.run(kind, input as never);
  if (!results.ok) throw new Error(results.failure.message);
  return results.value.values;
}

describe("startPool", () => {
  it.each(works)("makes the same bits of %s on 1, 2 and 8 threads as without threads", async (_, kind, input) => {
    const here = await valuesOf(threadExecutor(bestEngine()), kind, input);
    expect(here.some((value) => value !== 0)).toBe(true);
    for (const threads of counts) expect(await valuesOf(poolOf(threads), kind, input)).toEqual(here);
  });

  it("makes the same bits of a margin surface on 1, 2 and 8 threads as without threads", async () => {
    const run = surfaceRun();
    const plain = await surfaceOf(run);
    for (const threads of counts) {
      const coarse: MarginSurface[] = [];
      const pooled = await surfaceOf({
        ...run,
        executor: poolOf(threads),
        onCoarse: (one: MarginSurface) => coarse.push(one),
      });
      const words = threads === 1 ? "1 thread" : `${threads} threads`;
      expect(pooled).toEqual({ ...plain, kernel: `wasm-simd, ${words}` });
      expect(coarse.map(({ stage }) => stage)).toEqual(["coarse"]);
    }
  });

  it("makes the same bits of a surface whose options are added up, and of its what-if, on 1, 2 and 8 threads", async () => {
    const { methodology, rules, axes } = surfaceRun();
    // A book for each: none takes the sums of another.
    const runOf = () => ({ ...productBook(400), methodology, rules, axes });
    const edits = [{ positionId: "p77", quantity: -12 }];
    const alone = runOf();
    const [plain, plainWhat] = [await surfaceOf(alone), await surfaceOf({ ...alone, edits })];
    expect(plainWhat.layers.initial).not.toEqual(plain.layers.initial);
    for (const threads of counts) {
      const run = { ...runOf(), executor: poolOf(threads) };
      expect((await surfaceOf(run)).layers).toEqual(plain.layers);
      expect((await surfaceOf({ ...run, edits })).layers).toEqual(plainWhat.layers);
      expect((await surfaceOf({ ...runOf(), edits, executor: run.executor })).layers).toEqual(plainWhat.layers);
    }
  });

  it("makes the same bits of surfaces at several dates on 1, 2 and 8 threads as without threads", async () => {
    const run = surfaceRun();
    const dated = { ...run, axes: { ...run.axes, days: [0, 7] } };
    const plain = await surfaceOf(dated);
    expect(plain.later?.[0]?.layers).not.toEqual(plain.layers);
    for (const threads of counts) {
      const pooled = await surfaceOf({ ...dated, executor: poolOf(threads) });
      expect([pooled.layers, pooled.later?.[0]?.layers]).toEqual([plain.layers, plain.later?.[0]?.layers]);
    }
  });

  it("finds the same borders on 1, 2 and 8 threads as without threads", async () => {
    const run = { ...borderRun(), tolerance: 0.05 };
    const plain = await surfaceBorders(run);
    expect(plain.ok).toBe(true);
    for (const threads of counts) expect(await surfaceBorders({ ...run, executor: poolOf(threads) })).toEqual(plain);
  });

  it("makes the same bits of a stress run of several methods on 1, 2 and 8 threads as without threads", async () => {
    const columns = () =>
      columnsOf(productBook(150), ["deribit-portfolio", "deribit-cross-portfolio", "okx-portfolio"]);
    const plain = await stressRun(columns());
    expect(new Set(plain.scenarios.map(({ outcomes: [one] }) => one?.after.initialUsd)).size).toBeGreaterThan(100);
    for (const threads of counts)
      expect((await stressRun(columns(), poolOf(threads))).scenarios).toEqual(plain.scenarios);
  });

  it("sums a book along joint scenarios to the same bits on 1, 2 and 8 threads as without threads", async () => {
    const { portfolio: held, market: at } = productBook(300);
    const set = { id: "days", repricer: "model", scenarios: days } as const;
    const instruments = held.positions.flatMap(({ instrument, quantity }) => {
      const resolved = resolveTerms(at, instrument);
      return resolved.ok ? [{ instrument, quantity, terms: resolved.value }] : [];
    });
    expect(instruments.length).toBeGreaterThan(200);
    const plain = profitsBySet([set], instruments);
    for (const threads of counts) {
      const pooled = await profitsBySetOn(poolOf(threads), [set], instruments, { priority: "interactive" });
      expect(pooled).toEqual(success(plain));
    }
  });

  it("answers cancelled at once, long before the work would be done", async () => {
    const pool = poolOf(2);
    await warm(pool);
    let stop = false;
    let seen = 0;
    const job = pool.run(bookSurfaceKind, large, {
      priority: "interactive",
      work: { ...unwatched, cancelled: () => stop, progress: () => seen++ },
    });
    while (seen < 2) await setImmediate();
    const begin = performance.now();
    stop = true;
    expect(await job).toEqual(failed("cancelled", "cancelled"));
    /** The target is 200 ms on a quiet machine; a busy one may take longer. */
    expect(performance.now() - begin).toBeLessThan(1_000);
  });

  it("lets the newest job of a key take the place of the others", async () => {
    const pool = poolOf(2);
    const options = { priority: "interactive", key: "surface" } as const;
    const old = pool.run(bookSurfaceKind, large, options);
    const other = pool.run(bookSurfaceKind, surfaceInput, { priority: "interactive", key: "another" });
    const newest = pool.run(bookSurfaceKind, surfaceInput, options);
    expect(await old).toMatchObject({ ok: false, failure: { reason: "cancelled" } });
    expect(await newest).toMatchObject({ ok: true });
    expect(await other).toMatchObject({ ok: true });
  });

  it("does what the user looks at before background work", async () => {
    const pool = poolOf(2);
    await warm(pool);
    const order: string[] = [];
    const background = pool
      .run(bookSurfaceKind, large, { priority: "background" })
      .then(() => order.push("background"));
    await pool.run(bookSurfaceKind, surfaceInput, { priority: "interactive" }).then(() => order.push("interactive"));
    await background;
    expect(order).toEqual(["interactive", "background"]);
  });

  it("takes back what background work is in the middle of, and finishes it afterwards", async () => {
    const pool = poolOf(2);
    await warm(pool);
    const run = borderRun();
    let isDone = false;
    const background = surfaceBorders({ ...run, executor: pool }).then((result) => {
      isDone = true;
      return result;
    });
    for (let i = 0; i < 5; i++) {
      await pool.run(bookSurfaceKind, surfaceInput, { priority: "interactive" });
      expect(isDone).toBe(false);
    }
    const alone = await surfaceBorders(run);
    expect(await background).toEqual(alone);
  });

  it("reports progress block by block", async () => {
    const seen: string[] = [];
    const work = {
      ...unwatched,
      progress: (done: number, of: number, label: string) => seen.push(`${done}/${of} ${label}`),
    };
    await poolOf(2).run(unitCellsKind, { book, ...risk }, { priority: "interactive", work, label: "instruments" });
    expect(seen.at(-1)).toBe("6/6 instruments");
  });

  it("hands on what a block refuses", async () => {
    const wrong = { ...book, forward: book.forward.map((value, i) => (i === 700 ? Number.NaN : value)) };
    await expect(async () => valuesOf(poolOf(2), bookSurfaceKind, { ...surfaceInput, book: wrong })).rejects.toThrow(
      "a forward must be above 0",
    );
  });

  it("computes in the calling thread when threads cannot be had", async () => {
    const pool = startPool({ threads: 2, workerPath: join(root, "no-such-worker.cjs") });
    const here = await valuesOf(threadExecutor(bestEngine()), bookSurfaceKind, surfaceInput);
    expect(await valuesOf(pool, bookSurfaceKind, surfaceInput)).toEqual(here);
    expect(await valuesOf(pool, bookSurfaceKind, surfaceInput)).toEqual(here);
    await expect.poll(() => pool.name).toBe("1 thread");
    await pool.close();
  });

  it("answers cancelled when it closes, and afterwards", async () => {
    const pool = startPool({ threads: 2, workerPath: bundles.poolWorker });
    const job = pool.run(bookSurfaceKind, large);
    await pool.close();
    expect(await job).toMatchObject({ ok: false, failure: { reason: "cancelled" } });
    expect(await pool.run(bookSurfaceKind, surfaceInput)).toMatchObject({ ok: false });
  });
});

describe("threadCount", () => {
  it("is what the environment says", () => expect(threadCount({ MARGINSCOPE_THREADS: "3" })).toBe(3));
  it("is otherwise the number of cores", () => expect(threadCount({})).toBeGreaterThanOrEqual(1));
  it.each(["0", "1.5", "65", "many"])("refuses %s", (given) =>
    expect(() => threadCount({ MARGINSCOPE_THREADS: given })).toThrow("expected a whole number from 1 to 64"),
  );
});

const fine = weyl(161, -0.5, 0.5, 1 / 160);
const large = { book: bookOf(6_000), priceMoves: fine, volatilityChanges: fine, volatilityAxis: "exact" as const };

/** Threads start with the first job; after a job that needs them they are up. */
async function warm(pool: Pool): Promise<void> {
  for (let i = 0; i < 20; i++) await pool.run(bookSurfaceKind, surfaceInput);
}

function surfaceRun() {
  const methodology = catalog.get("deribit-portfolio");
  const path = join(root, "resources/rulebooks/deribit-portfolio.json");
  const rulebook = parseRulebook(JSON.parse(readFileSync(path, "utf8")));
  if (methodology === undefined || !rulebook.ok) throw new Error("the portfolio margin of the catalogue is missing");
  const rules = resolveRules(rulebook.value, { name: rulebook.value.versions.at(-1)?.name ?? "" });
  if (!rules.ok) throw new Error(rules.failure.message);
  const axes = {
    price: { from: -0.3, to: 0.3, count: 21 },
    volatility: { from: -0.4, to: 0.6, count: 21 },
    volatilityMode: "relative" as const,
  };
  return { portfolio, market, methodology, rules: rules.value, axes };
}

/** Days of price moves with a volatility shock each. */
const days = Array.from({ length: 400 }, (_, day) => ({
  ...{ id: `${day}`, label: "", priceMove: priceMoves[day % 21] ?? 0 },
  volatility: { change: (volatilityChanges[(day * 5) % 21] ?? 0) / 2, mode: "relative" as const },
}));

/** Long enough to be met in the middle. */
function borderRun() {
  const { methodology, rules, axes } = surfaceRun();
  return { ...productBook(120), methodology, rules, axes, by: "binding" as const, tolerance: 0.02 };
}

async function surfaceOf(run: Parameters<typeof marginSurface>[0]): Promise<MarginSurface> {
  const result = await marginSurface(run);
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}
