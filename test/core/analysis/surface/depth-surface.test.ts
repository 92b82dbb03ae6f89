import { describe, expect, it } from "vitest";
import {
  type MarginSurface,
  marginSurface,
  type SurfaceAxes,
  type SurfaceRun,
} from "../../../../core/analysis/index.ts";
import type { Option } from "../../../../core/instrument/index.ts";
import { runMargin } from "../../../../core/margin/index.ts";
import { catalog, type Methodology } from "../../../../core/methodology/index.ts";
import type { Portfolio } from "../../../../core/portfolio/index.ts";
import { threadExecutor } from "../../../../core/revaluation/engine/index.ts";
import { bestEngine } from "../../../../core/revaluation/index.ts";
import type { ResolvedRules } from "../../../../core/rulebook/index.ts";
import { productBook } from "../../../bench/product-book.ts";
import { latestRules } from "../../methodology/run-case.ts";
import { unwrapped } from "../../result-value.ts";
import { market, portfolio } from "../sample-market.ts";
import { tinyMethodology, tinyRules } from "../tiny-methodology.ts";
import { callDelta, type Move, movedInputs } from "./moved-inputs.ts";

const base: SurfaceAxes = {
  price: { from: -0.4, to: 0.4, count: 5 },
  volatility: { from: -0.2, to: 0.2, count: 5 },
  volatilityMode: "relative",
};
const run: SurfaceRun = { portfolio, market, methodology: tinyMethodology, rules: tinyRules, axes: base };

async function surface(axes: Partial<SurfaceAxes>, changes: Partial<SurfaceRun> = {}): Promise<MarginSurface> {
  return unwrapped(await marginSurface({ ...run, axes: { ...base, ...axes }, ...changes }));
}

/** Positive, the same, negative: three points of each surface are run on their own. */
const corners = [
  [0, 1],
  [3, 4],
  [4, 2],
] as const;

interface Axis {
  readonly name: string;
  readonly axes: Partial<SurfaceAxes>;
  readonly move: (price: number, change: number) => Move;
}

const same = (_: Option, before: number): number => before;
const floored = (sigma: number): number => Math.max(0, sigma);
const each: readonly Axis[] = [
  {
    name: "skew",
    axes: { vertical: { kind: "skew" } },
    move: (price, change) => ({
      prices: { BTC: price, SOL: price },
      volatility: (option, before, years) => floored(before + change * (0.5 - callDelta(option, before, years))),
      days: 0,
    }),
  },
  {
    name: "term structure",
    axes: { vertical: { kind: "term" } },
    move: (price, change) => ({
      prices: { BTC: price, SOL: price },
      volatility: (_, before, years) => floored(before + change * Math.sqrt(30 / (365 * years))),
      days: 0,
    }),
  },
  {
    name: "the price of another underlying",
    axes: { vertical: { kind: "price", underlying: "SOL" }, underlying: "BTC" },
    move: (price, change) => ({ prices: { BTC: price, SOL: change }, volatility: same, days: 0 }),
  },
  {
    name: "one underlying alone",
    axes: { underlying: "BTC", volatilityMode: "absolute" },
    move: (price, change) => ({
      prices: { BTC: price },
      volatility: (_, before) => floored(before + change),
      days: 0,
    }),
  },
  {
    name: "time",
    axes: { days: [20] },
    move: (price, change) => ({
      prices: { BTC: price, SOL: price },
      volatility: (_, before) => before * (1 + change),
      days: 20,
    }),
  },
  {
    name: "time beyond the expiry of the options",
    axes: { days: [100] },
    move: (price) => ({ prices: { BTC: price, SOL: price }, volatility: same, days: 100 }),
  },
];

/** Deribit's own methods need nothing but the inputs that move. Portfolio margin does not take the contracts on SOL. */
const methods: readonly [string, Methodology, ResolvedRules, Portfolio][] = [
  ["test-tiny", tinyMethodology, tinyRules, portfolio],
  ...["deribit-portfolio", "deribit-standard"].map((id): [string, Methodology, ResolvedRules, Portfolio] => {
    const methodology = catalog.get(id);
    if (methodology === undefined) throw new Error(`no ${id}`);
    const taken = portfolio.positions.filter(
      ({ instrument: { underlying } }) => id !== "deribit-portfolio" || underlying === "BTC",
    );
    return [id, methodology, latestRules(methodology), { ...portfolio, positions: taken }];
  }),
];

const takes = ({ axes }: Axis, held: Portfolio): boolean =>
  axes.vertical?.kind !== "price" || held.positions.some(({ instrument }) => instrument.underlying === "SOL");

describe.each(methods)("a surface in depth under %s", (_, methodology, rules, held) => {
  const run = { methodology, rules, portfolio: held };
  it.each(each.filter((one) => takes(one, held)))(
    "over $name is the margin run at the moved market",
    async ({ axes, move }) => {
      const found = await surface(axes, run);
      for (const [column, row] of corners) {
        const [price, change] = [found.priceMoves[column] ?? Number.NaN, found.volatilityChanges[row] ?? Number.NaN];
        const moved = movedInputs(move(price, change), held);
        const { totals, accounts } = unwrapped(await runMargin({ ...moved, methodology, rules }));
        const at = row * found.priceMoves.length + column;
        const rooms = (line: "initial" | "maintenance"): number =>
          Math.min(
            ...accounts.flatMap(({ marginBalance, usdPerUnit, ...lines }) =>
              marginBalance === undefined ? [] : [usdPerUnit * (marginBalance.amount - lines[line].amount)],
            ),
          );
        const index = (currency: string): number =>
          currency === "BTC" ? (moved.market.indices.find((one) => one.underlying === "BTC")?.price ?? Number.NaN) : 1;
        const pnl = [...moved.profits].reduce((sum, [currency, profit]) => sum + profit * index(currency), 0);
        const expected = {
          initial: totals.initialUsd,
          maintenance: totals.maintenanceUsd,
          headroom: rooms("maintenance"),
          callRoom: rooms("initial"),
          pnl,
        };
        const scale = Math.max(...Object.values(expected).map(Math.abs));
        for (const [name, value] of Object.entries(expected)) {
          const actual = found.layers[name as keyof typeof expected][at] ?? Number.NaN;
          expect(Math.abs(actual - value) / scale, `${name} at ${price}, ${change}`).toBeLessThan(1e-11);
        }
      }
    },
  );

  it("has the digits of the margin run where nothing moves, whatever the axes", async () => {
    const { totals } = unwrapped(await runMargin({ ...run, market }));
    for (const { axes } of each.filter((one) => one.axes.days === undefined && takes(one, held))) {
      const found = await surface(axes, run);
      const at = 2 * 5 + 2;
      expect([found.priceMoves[2], found.volatilityChanges[2]]).toEqual([0, 0]);
      expect(found.layers.initial[at]).toBe(totals.initialUsd);
      expect(found.layers.maintenance[at]).toBe(totals.maintenanceUsd);
    }
  });
});

describe("surfaces at several dates", () => {
  it("begin with the surface of no time, bit for bit, and keep the order of the dates", async () => {
    const [plain, dated] = [await surface({}), await surface({ days: [0, 7, 100] })];
    expect(dated.layers).toEqual(plain.layers);
    expect([dated, ...(dated.later ?? [])].map(({ days }) => days)).toEqual([0, 7, 100]);
    const alone = await surface({ days: [7] });
    expect(dated.later?.[0]?.layers).toEqual(alone.layers);
    expect(plain.days).toBeUndefined();
  });

  it("come coarse together first, on any number of threads the same", async () => {
    const coarse: MarginSurface[] = [];
    const wide = { days: [0, 7], price: { from: -0.4, to: 0.4, count: 21 } };
    const one = await surface(wide, { onCoarse: (partial) => coarse.push(partial) });
    expect(coarse.map(({ stage, later }) => [stage, later?.[0]?.stage])).toEqual([["coarse", "coarse"]]);
    const methodology = catalog.get("deribit-portfolio");
    if (methodology === undefined) throw new Error("no deribit-portfolio");
    const rules = latestRules(methodology);
    const [here, there] = [
      await surface(wide, { methodology, rules }),
      await surface(wide, { methodology, rules, executor: threadExecutor(bestEngine()) }),
    ];
    expect(there.layers).toEqual(here.layers);
    expect(there.later?.[0]?.layers).toEqual(here.later?.[0]?.layers);
    expect(one.stage).toBe("final");
  });

  it("leave cash where everything is settled", async () => {
    const only = {
      ...portfolio,
      positions: portfolio.positions.filter(({ instrument }) => instrument.kind === "option"),
    };
    const found = await surface({ days: [200] }, { portfolio: only });
    expect([...found.layers.initial].every((value) => value === 0)).toBe(true);
    const at = 2 * 5 + 2;
    const { profits } = movedInputs({ prices: {}, volatility: same, days: 200 }, only);
    const settled = profits.get("BTC") ?? Number.NaN;
    expect(found.layers.headroom[at]).toBeCloseTo((4.2 + settled) * 91_000 + 9000, 6);
    expect(found.layers.gamma[at]).toBe(0);
  });
});

describe("the term structure of a large book", () => {
  it("is added up by expiry and equals the charge of single positions", async () => {
    const methodology = catalog.get("deribit-portfolio");
    if (methodology === undefined) throw new Error("no deribit-portfolio");
    const large: Partial<SurfaceRun> = { ...productBook(300), methodology, rules: latestRules(methodology) };
    const axes: Partial<SurfaceAxes> = { vertical: { kind: "term" } };
    const [merged, plain] = [await surface(axes, large), await surface(axes, { ...large, plain: true })];
    for (const name of ["pnl", "initial", "maintenance", "delta", "vega"] as const) {
      const largest = Math.max(...plain.layers[name].map(Math.abs));
      const worst = Math.max(
        ...merged.layers[name].map((value, at) => Math.abs(value - (plain.layers[name][at] ?? 0))),
      );
      expect(worst / largest, name).toBeLessThan(1e-12);
    }
  });
});

describe("axes", () => {
  it.each([
    [{ vertical: { kind: "price", underlying: "XRP" } }, "XRP does not move this portfolio"],
    [{ vertical: { kind: "price", underlying: "BTC" }, underlying: "BTC" }, "name two underlyings"],
    [{ days: [7, 3] }, "ascend"],
    [{ days: [] }, "1 to 24 dates"],
  ] as const)("%o are refused", async (axes, message) => {
    const result = await marginSurface({ ...run, axes: { ...base, ...axes } });
    expect(result.ok ? "" : result.failure.message).toContain(message);
  });
});
