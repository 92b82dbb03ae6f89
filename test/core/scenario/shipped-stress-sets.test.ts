import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createResources } from "../../../core/host/resources.ts";
import type { ObservedFigure, StressScenario, StressShock } from "../../../core/scenario/index.ts";
import { stressSetProblems } from "../../../core/scenario/index.ts";
import { sharedReference } from "../../shared-data.ts";

const [historical, hypothetical] = createResources()
  .stressSets()
  .map(({ content }) => content);
const events = historical?.scenarios ?? [];
const event = (id: string): StressScenario => {
  const found = events.find((scenario) => scenario.id === id);
  if (found === undefined) throw new Error(`no event ${id}`);
  return found;
};
const figures = events.flatMap((scenario) => scenario.figures);
const shocks = events.flatMap((scenario) => scenario.shocks);
const total = (values: readonly (number | undefined)[]): number =>
  values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
const tally = (words: readonly string[]): Record<string, number> =>
  Object.fromEntries([...new Set(words)].sort().map((word) => [word, words.filter((other) => other === word).length]));
const amountOf = (shock: StressShock | undefined): number | undefined =>
  shock !== undefined && "amount" in shock ? shock.amount : undefined;

describe("historical events", () => {
  it("are 19, sound, in the order of their list", () => {
    expect(events).toHaveLength(19);
    expect(historical === undefined ? ["missing"] : stressSetProblems(historical)).toEqual([]);
    expect(
      events.every(({ kind, start, end, tags }) => kind === "historical" && start && end && tags?.length === 1),
    ).toBe(true);
  });

  /** Pinned on 22 November 2026, when every figure was compared with the list the events were compiled in. */
  it("keep their figures", () => {
    expect(tally(figures.map(({ topic }) => topic ?? ""))).toEqual({
      ...{ dependence: 12, "funding-and-basis": 10, liquidity: 15, price: 76, volatility: 35 },
    });
    expect(tally(figures.map(({ quality }) => quality))).toEqual({ dataset: 88, published: 50, uncertain: 10 });
    expect(total(figures.map(({ change }) => change))).toBeCloseTo(10.4669, 9);
    expect(total(figures.map(({ from }) => from))).toBeCloseTo(1_262_623.052, 6);
    expect(total(figures.map(({ to }) => to))).toBeCloseTo(1_166_356.291, 6);
    expect(tally(shocks.map(({ kind }) => kind))).toEqual({
      ...{ basis: 4, correlation: 1, funding: 1, price: 52, stablecoin: 2, volatility: 31 },
    });
    expect(tally(shocks.map(({ quality }) => quality))).toEqual({
      dataset: 36,
      "product-choice": 24,
      published: 12,
      uncertain: 19,
    });
    expect(total(shocks.map(amountOf))).toBeCloseTo(-40.81919, 9);
  });

  it("state changes that follow from their levels", () => {
    const wrong = figures.filter(({ from, to, change, points }) => {
      if (from === undefined || to === undefined) return false;
      if (change !== undefined && Math.abs(to / from - 1 - change) > 0.00006) return true;
      return points !== undefined && Math.abs(to - from - points) > 0.006;
    });
    expect(wrong).toEqual([]);
  });

  it("name a source for every figure and for every shock that is measured or published", () => {
    const known = new Set(historical?.sources.map(({ id }) => id));
    const measured = [...shocks, ...events.flatMap(({ path = [] }) => path.flatMap((step) => step.shocks))].filter(
      ({ quality }) => quality === "dataset" || quality === "published",
    );
    expect(measured.filter(({ source = "" }) => !known.has(source))).toEqual([]);
    expect(figures.filter(({ source = "" }) => !known.has(source))).toEqual([]);
    expect(shocks.filter(({ quality }) => quality === "set")).toEqual([]);
  });

  it("hold measured price shocks at a figure of the event, rounded to a tenth of a percent", () => {
    const elsewhere = new Set(["multi-2020-03-covid BTC"]);
    const far = events.flatMap(({ id, shocks: moved, figures: own }) =>
      moved.flatMap((shock) => {
        if (shock.kind !== "price" || shock.quality !== "dataset" || elsewhere.has(`${id} ${shock.factor}`)) return [];
        const near = own.some(({ change = Number.NaN }) => Math.abs(change - shock.amount) < 0.0051);
        return near ? [] : [`${id} ${shock.factor}`];
      }),
    );
    expect(far).toEqual([]);
  });

  it("go through zero, up beyond doubling, and move volatility without price", () => {
    expect(event("tradfi-2020-04-20-wti").shocks[1]).toMatchObject({
      factor: "WTI_FRONT",
      mode: "absolute",
      amount: -55.9,
    });
    expect(event("tradfi-2022-03-08-nickel").shocks[0]).toMatchObject({ amount: 2.74 });
    const volmageddon = event("tradfi-2018-02-05").shocks;
    expect(volmageddon.map(amountOf)).toEqual([-0.041, 1.156, 1.126, 0.868]);
  });

  it("carry basis, funding, pegs and correlation", () => {
    expect(event("crypto-2020-03-black-thursday").shocks.filter(({ kind }) => kind === "basis")).toMatchObject([
      { factor: "BTC", contracts: "perpetual", amount: -0.1, quality: "published" },
      { factor: "*", contracts: "perpetual", amount: -0.1, quality: "product-choice" },
    ]);
    expect(event("crypto-2022-11-ftx").shocks.find(({ kind }) => kind === "funding")).toMatchObject({
      amount: -0.00119,
    });
    expect(event("crypto-2025-10-10").shocks.find(({ kind }) => kind === "stablecoin")).toMatchObject({
      factor: "LOCAL_STABLE",
      amount: -0.35,
    });
    expect(event("tradfi-1998-ltcm").shocks.find(({ kind }) => kind === "correlation")).toMatchObject({ amount: 0.5 });
  });

  it("keep the order of days and lows in their paths, each step with a figure of the event", () => {
    const black = event("crypto-2020-03-black-thursday").path ?? [];
    expect(black.map(({ label, days, shocks: [first] }) => [label, days, amountOf(first)])).toEqual([
      ["2020-03-12 close", 1, -0.3881],
      ["2020-03-13 low", 2, -0.514],
    ]);
    for (const { id, path = [], figures: own } of events)
      for (const { label } of path) {
        const dated = own.some(
          ({ fromWhen, toWhen }: ObservedFigure) =>
            [fromWhen, toWhen].some((when) => when?.includes(label.slice(0, 10))) || label.includes("same morning"),
        );
        expect(dated || id === "tradfi-2015-01-15-snb", `${id} ${label}`).toBe(true);
      }
  });
});

describe("hypothetical shocks", () => {
  const scenarios = hypothetical?.scenarios ?? [];
  it("are the grid of price and volatility, and the shocks of liquidity, funding, pegs, collateral and correlation", () => {
    expect(tally(scenarios.map(({ tags }) => tags?.[0] ?? ""))).toEqual({
      ...{ collateral: 2, correlation: 2, funding: 4, grid: 126, liquidity: 9, stablecoin: 3 },
    });
    expect(hypothetical === undefined ? ["missing"] : stressSetProblems(hypothetical)).toEqual([]);
  });
  it("have the unmoved point and the ends of the grid", () => {
    const shape = (id: string) => scenarios.find((scenario) => scenario.id === id)?.shocks.map(amountOf);
    expect([shape("grid/0/0"), shape("grid/-0.5/1"), shape("grid/0.5/-0.4")]).toEqual([[], [-0.5, 1], [0.5, -0.4]]);
  });
  it("say that each is a choice of this program", () =>
    expect(
      scenarios.flatMap(({ shocks: moved }) => moved).filter(({ quality }) => quality !== "product-choice"),
    ).toEqual([]));
});

/** An entry of the list the events were compiled in. */
type Listed = Readonly<Record<string, string | number | undefined>>;
interface ListedEvent {
  readonly id: string;
  readonly name: string;
  readonly asset_class: string;
  readonly start: string;
  readonly end: string;
  readonly horizon_days: number;
  readonly template: Readonly<Record<string, unknown>>;
  readonly moves: readonly Listed[];
  readonly vol: readonly Listed[];
  readonly dependence: readonly Listed[];
  readonly funding_basis: readonly Listed[];
  readonly liquidity: readonly Listed[];
}
interface EventList {
  readonly events: readonly ListedEvent[];
  readonly sources: Readonly<Record<string, { title: string; url: string | null; version: string | null }>>;
}

const list = sharedReference("rulebooks", "stress-events.json");
const lists: readonly EventList[] = list === undefined ? [] : [JSON.parse(readFileSync(list, "utf8")) as EventList];

/** Beside a checkout without the specification only the pinned totals above hold. */
it("is compared with its list where that is at hand", () => expect(lists).toHaveLength(list === undefined ? 0 : 1));

describe.each(lists)("the list the events were compiled in", (compiled) => {
  const percent = (value: string | number | undefined) => (value === undefined ? undefined : Number(value) / 100);
  const expected = (topic: string) => (entry: Listed) => ({
    ...{ topic, factor: entry.factor ?? "*", quality: entry.quality, source: entry.source },
    ...{
      from: entry.from,
      fromWhen: entry.from_when,
      to: entry.to ?? entry.level,
      toWhen: entry.to_when ?? entry.when,
    },
    ...{ nextDay: entry.level_next_day, points: entry.change_points ?? entry.change_abs },
    ...{ kind: entry.kind, text: entry.text, note: entry.note },
  });

  it("has the same events, days, sources and notes", () => {
    expect(
      events.map(({ id, label, start, end, horizonDays, tags, note }) => [
        id,
        label,
        start,
        end,
        horizonDays,
        tags,
        note,
      ]),
    ).toEqual(
      compiled.events.map(({ id, name, start, end, horizon_days: days, asset_class: kind, template }) => [
        ...[id, name, start, end, days, [kind], template.note || undefined],
      ]),
    );
    expect(historical?.sources).toEqual(
      Object.entries(compiled.sources).map(([id, { title, url, version }]) => ({
        ...{ id, title, url: url ?? "" },
        ...(version !== null && { version }),
      })),
    );
  });

  it("has every figure, and no other", () => {
    for (const source of compiled.events) {
      const listed = [
        ...source.moves.map(expected("price")),
        ...source.vol.map(expected("volatility")),
        ...source.dependence.map(expected("dependence")),
        ...source.funding_basis.map(expected("funding-and-basis")),
        ...source.liquidity.map(expected("liquidity")),
      ];
      const own = event(source.id).figures;
      expect(own.map(({ change: _change, ...figure }) => figure)).toEqual(listed);
      const changes = [...source.moves, ...source.vol].map(({ change_pct: change }) => percent(change));
      expect(own.slice(0, changes.length).map(({ change }) => change ?? Number.NaN)).toEqual(
        changes.map((change) => (change === undefined ? Number.NaN : expect.closeTo(change, 12))),
      );
    }
  });

  it("has every entry of the templates as a shock, in their order", () => {
    for (const { id, template } of compiled.events) {
      const numbers = (name: string) => Object.entries((template[name] ?? {}) as Readonly<Record<string, number>>);
      const own = event(id).shocks;
      const moved = (kinds: readonly string[], mode: string) =>
        own.flatMap((shock) =>
          kinds.includes(shock.kind) && "mode" in shock && shock.mode === mode && !shock.factor.startsWith("VIX_")
            ? [[shock.factor, shock.amount]]
            : [],
        );
      expect(moved(["price", "stablecoin"], "relative"), id).toEqual(numbers("spot_rel"));
      expect(moved(["price"], "absolute"), id).toEqual(numbers("spot_abs"));
      expect(moved(["volatility"], "relative"), id).toEqual(numbers("vol_rel"));
      const futures = own.flatMap((shock) =>
        shock.kind === "price" && shock.factor.startsWith("VIX_") ? [shock.amount] : [],
      );
      expect(futures, id).toEqual(numbers("vol_future_rel").map(([, amount]) => amount));
      const basis = own.flatMap((shock) => (shock.kind === "basis" ? [shock.amount * 100] : []));
      const stated = template.perp_vs_spot_pct ?? template.futures_vs_spot_pct;
      expect(new Set(basis), id).toEqual(new Set(stated === undefined ? [] : [stated]));
      const funding = own.flatMap((shock) => (shock.kind === "funding" ? [shock.amount * 100] : []));
      expect(funding, id).toEqual(
        template.funding_8h_pct === undefined ? [] : [expect.closeTo(Number(template.funding_8h_pct), 12)],
      );
      expect(
        own.some(({ kind }) => kind === "correlation"),
        id,
      ).toBe(template.correlation !== undefined);
    }
  });
});
