import { describe, expect, it } from "vitest";
import {
  baseState,
  executionSteps,
  rankCandidates,
  ticketSize,
  type WhatIfLimit,
  whatIfColumn,
} from "../../../../core/analysis/index.ts";
import { unwatched } from "../../../../core/base/index.ts";
import { type AskedLeg, marginTotals, resolveLegs } from "../../../../core/margin/index.ts";
import { catalog } from "../../../../core/methodology/index.ts";
import type { Portfolio } from "../../../../core/portfolio/index.ts";
import type { Scenario } from "../../../../core/scenario/index.ts";
import { productBook, shippedRules } from "../../../bench/product-book.ts";
import { call, linearPerpetual, market, perpetual, portfolio, put } from "../sample-market.ts";
import { tinyMethodology, tinyRules } from "../tiny-methodology.ts";

const scenarios: readonly Scenario[] = [
  { id: "down", label: "20 % down", priceMove: -0.2 },
  { id: "up", label: "20 % up", priceMove: 0.2 },
];
const run = { portfolio, market, methodology: tinyMethodology, rules: tinyRules, scenarios };
const empty: Portfolio = { ...portfolio, positions: [], balances: [] };

function legsOf(asked: readonly AskedLeg[], held = portfolio) {
  const legs = resolveLegs(asked, { portfolio: held, market });
  if (!legs.ok) throw new Error(legs.failure.message);
  return legs.value;
}

function column(asked: readonly AskedLeg[], limits: readonly WhatIfLimit[] = [], held = portfolio) {
  const made = whatIfColumn({ ...run, portfolio: held }, legsOf(asked, held), { label: "tiny", limits });
  if (!made.ok) throw new Error(made.failure.message);
  return made.value;
}

function base(held = portfolio) {
  const made = baseState({ ...run, portfolio: held });
  if (!made.ok) throw new Error(made.failure.message);
  return made.value;
}

const ofCall = { symbol: call.symbol };
const ofSol = { symbol: linearPerpetual.symbol };
const sol = 140.2;

describe("whatIfColumn", () => {
  it("of nothing changes nothing, to the last bit", () => {
    for (const legs of [[], [{ instrument: ofCall, quantity: 0 }]]) {
      const { before, after, change, worst } = column(legs);
      expect(after).toEqual(before);
      expect(Object.values(change).every((value) => value === 0)).toBe(true);
      expect(worst).toMatchObject({ differenceOfWorstUsd: 0, worstOfDifference: { profitUsd: 0 } });
    }
  });
  it("of legs that cancel is the book before, to the last bit", () => {
    const { before, after } = column([
      { instrument: { symbol: put.symbol }, quantity: 3.7 },
      { instrument: { symbol: put.symbol }, quantity: -3.7 },
    ]);
    expect(after).toEqual(before);
  });
  it("has the requirements of a run with the legs", () => {
    const legs = legsOf([{ instrument: ofCall, quantity: 4 }]);
    const totals = marginTotals({ ...run, legs });
    const { after } = column([{ instrument: ofCall, quantity: 4 }]);
    if (!totals.ok) throw new Error("can be margined");
    expect(after.initialUsd).toBe(totals.value.totals.initialUsd);
    expect(after.maintenanceUsd).toBe(totals.value.totals.maintenanceUsd);
    expect(after.equityUsd).toBe(totals.value.totals.equityUsd);
  });
  it("of a linear future alone is checked by hand", () => {
    // The rules of the tiny method move prices by at most 16 %; a long future of 100 SOL at 140.2 loses 16 % of its value.
    const { before, after, change } = column([{ instrument: ofSol, quantity: 100 }], [], empty);
    const down = Math.min(...(tinyRules.parameters as { moves: number[] }).moves);
    expect(before).toMatchObject({ initialUsd: 0, maintenanceUsd: 0, grossNotionalUsd: 0, positions: 0 });
    expect(after.initialUsd).toBeCloseTo(-down * 100 * sol, 6);
    expect(after.maintenanceUsd).toBeCloseTo(0.8 * -down * 100 * sol, 6);
    expect(change.deltaUsd).toBe(100 * 140);
    expect(after.stress.map(({ profitUsd }) => profitUsd)).toEqual([
      expect.closeTo(-0.2 * 100 * sol, 6),
      expect.closeTo(0.2 * 100 * sol, 6),
    ]);
    expect(after.worstStress?.label).toBe("20 % down");
    expect(after.worstInside.profitUsd).toBeCloseTo(down * 100 * sol, 6);
    expect(after.worstWide.profitUsd).toBeCloseTo(2 * down * 100 * sol, 6);
  });
  it("tells the worst point of the difference and the difference of the worst points", () => {
    // Long 100 before, short 200 added: the change loses most upwards, and so does the book after; before it was downwards.
    const long: Portfolio = { ...empty, positions: portfolio.positions.slice(4).map((p) => ({ ...p, quantity: 100 })) };
    const { worst, before, after } = column([{ instrument: ofSol, quantity: -200 }], [], long);
    const wide = 2 * Math.max(...(tinyRules.parameters as { moves: number[] }).moves);
    expect(worst.worstOfDifference.priceMove).toBeCloseTo(wide, 12);
    expect(worst.worstOfDifference.profitUsd).toBeCloseTo(-200 * sol * wide, 6);
    expect(worst.differenceOfWorstUsd).toBeCloseTo(after.worstWide.profitUsd - before.worstWide.profitUsd, 9);
    expect(Math.abs(worst.differenceOfWorstUsd)).toBeLessThan(1e-6);
  });
  it("takes the spread out of equity, and says what is paid", () => {
    const mark = market.quotes.find(({ instrument }) => instrument === call)?.mark ?? Number.NaN;
    const price = { basis: "stated", price: mark + 0.001 } as const;
    const { change } = column([{ instrument: ofCall, quantity: 10, price }]);
    expect(change.marginBalanceUsd).toBeCloseTo(-10 * 0.001 * 91_000, 6);
  });
  it("of two orders of the same legs is the same after", () => {
    const legs = [
      { instrument: ofCall, quantity: 2 },
      { instrument: ofSol, quantity: 50 },
      { instrument: { symbol: perpetual.symbol }, quantity: -1_000 },
    ];
    const [one, other] = [column(legs), column([...legs].reverse())];
    expect(other.after.initialUsd).toBe(one.after.initialUsd);
    expect(other.after.exposure).toEqual(one.after.exposure);
  });
});

describe("limits", () => {
  it("are judged before and after, with the room that is left", () => {
    const limits: readonly WhatIfLimit[] = [
      { measure: "delta", bound: 20_000, underlying: "SOL" },
      { measure: "stress-loss", bound: 10_000 },
      { measure: "notional-share", bound: 0.6 },
      { measure: "available", bound: 0 },
      { measure: "initial", bound: 1, methodology: "another" },
    ];
    const { limits: verdicts } = column([{ instrument: ofSol, quantity: 200 }], limits, empty);
    expect(verdicts).toEqual([
      {
        limit: limits[0],
        before: { value: 0, room: 20_000, passes: true },
        after: { value: 28_000, room: -8_000, passes: false },
      },
      {
        limit: limits[1],
        before: { value: 0, room: 10_000, passes: true, where: "20 % down" },
        after: {
          value: expect.closeTo(5_608, 6),
          room: expect.closeTo(4_392, 6),
          passes: true,
          where: "20 % down",
        },
      },
      {
        limit: limits[2],
        before: { value: 0, room: 0.6, passes: true },
        after: { value: 1, room: -0.4, passes: false, where: linearPerpetual.symbol },
      },
      { limit: limits[3] },
    ]);
  });
});

describe("ticketSize", () => {
  const lot = (quantity: number) => legsOf([{ instrument: ofSol, quantity }], empty);
  const sized = async (limits: readonly WhatIfLimit[], mostLots: number, held = empty) => {
    const tickets = { asStated: lot(1), reversed: lot(-1) };
    const found = await ticketSize([base(held)], tickets, limits, mostLots, unwatched);
    if (!found.ok) throw new Error(found.failure.message);
    return found.value;
  };
  it("is exact to the lot in both directions", async () => {
    const worst = (tinyRules.parameters as { moves: number[] }).moves;
    const budget = 12_345;
    const { directions } = await sized([{ measure: "initial", bound: budget }], 100_000);
    const most = (move: number) => Math.floor(budget / (move * sol));
    expect(directions.map(({ lots }) => lots)).toEqual([most(-Math.min(...worst)), most(Math.max(...worst))]);
    expect(directions[0]).toMatchObject({ open: false, stopped: [{ limit: { measure: "initial" } }] });
    expect(directions[0]?.quantities).toEqual([directions[0]?.lots]);
  });
  it("tells of every run of sizes that fits where the margin is not monotone", async () => {
    // Short 300 SOL: buying lowers the margin to none at 300 and raises it again.
    const short: Portfolio = { ...empty, positions: portfolio.positions.slice(4) };
    const { directions, brokenBefore } = await sized([{ measure: "delta", bound: 14_000 }], 1_000, short);
    expect(brokenBefore).toHaveLength(1);
    expect(directions[0]).toMatchObject({ lots: 400, intervals: [{ fromLots: 200, toLots: 400 }] });
    expect(directions[1]).toMatchObject({ intervals: [], quantities: [0] });
    expect(directions[1]).not.toHaveProperty("lots");
  });
  it("says that it is open where the largest size asked fits", async () => {
    const { directions } = await sized([{ measure: "initial", bound: 1e9 }], 10);
    expect(directions[0]).toMatchObject({ lots: 10, open: true, stopped: [] });
  });
});

describe("executionSteps", () => {
  const hedge = legsOf([
    { instrument: { symbol: perpetual.symbol }, quantity: 2_000_000 },
    { instrument: { symbol: perpetual.symbol }, quantity: -2_000_000, account: "second" },
    { instrument: ofSol, quantity: 300 },
  ]);
  it("end at the whole ticket, peak in between, and know the best and the worst order", async () => {
    const steps = await executionSteps(base(), hedge, { order: [0, 1, 2], slices: 3 }, unwatched);
    if (!steps.ok) throw new Error(steps.failure.message);
    const { asked, best, worst } = steps.value;
    const whole = marginTotals({ ...run, legs: hedge });
    expect(asked.steps).toHaveLength(1 + 3 * 3);
    expect(asked.steps[0]?.initialUsd).toBe(base().figures.initialUsd);
    for (const path of [asked, best, worst])
      expect(path?.endUsd).toBe(whole.ok ? whole.value.totals.initialUsd : Number.NaN);
    expect(asked.peakUsd).toBeGreaterThan(asked.endUsd);
    expect(best?.peakUsd).toBeLessThanOrEqual(asked.peakUsd);
    expect(worst?.peakUsd).toBeGreaterThanOrEqual(asked.peakUsd);
  });
  it("of the best order have the lowest peak of all orders", async () => {
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];
    const peaks: number[] = [];
    let found: readonly [number, number] = [0, 0];
    for (const order of orders) {
      const steps = await executionSteps(base(), hedge, { order, slices: 1 }, unwatched);
      if (!steps.ok) throw new Error(steps.failure.message);
      peaks.push(steps.value.asked.peakUsd);
      found = [steps.value.best?.peakUsd ?? 0, steps.value.worst?.peakUsd ?? 0];
    }
    expect(found).toEqual([Math.min(...peaks), Math.max(...peaks)]);
  });
});

describe("rankCandidates", () => {
  it("stand by relief, the same whatever the order of the request", async () => {
    const tickets = [-1, 1, -0.5, 0.5].map((size) => ({
      label: `SOL ${size}`,
      legs: legsOf([{ instrument: ofSol, quantity: 300 * size }]),
    }));
    const rank = async (list: typeof tickets) => {
      const options = { measure: "margin-relief" as const, most: 10, costs: { feeBps: 3, halfSpreadBps: 5 } };
      const found = await rankCandidates(base(), list, options, { portfolio, market }, unwatched);
      if (!found.ok) throw new Error(found.failure.message);
      return found.value.ranked.map(({ label, score }) => [label, score]);
    };
    const ranked = await rank(tickets);
    expect(ranked.map(([label]) => label)).toEqual(["SOL 1", "SOL 0.5", "SOL -0.5", "SOL -1"]);
    expect(await rank([...tickets].reverse())).toEqual(ranked);
  });
});

describe("whatIfColumn of every method", () => {
  const book = productBook(120);
  const held = book.portfolio.positions[7];
  it.each([...catalog.keys()])("%s: adding and taking away is the run without", (id) => {
    const plain = { ...book, ...shippedRules(id) };
    if (!marginTotals(plain).ok || held === undefined) return;
    const legs = [{ instrument: held.instrument, quantity: 12.5 }];
    const moved: Portfolio = {
      ...book.portfolio,
      positions: book.portfolio.positions.map((p) => (p === held ? { ...p, quantity: p.quantity + 12.5 } : p)),
    };
    const made = whatIfColumn(plain, legs, { label: id, limits: [] });
    const direct = marginTotals({ ...plain, portfolio: moved, edits: [] });
    if (!made.ok || !direct.ok) throw new Error("both can be margined");
    expect(made.value.after.initialUsd).toBe(direct.value.totals.initialUsd);
    expect(made.value.after.maintenanceUsd).toBe(direct.value.totals.maintenanceUsd);
  });
});
