import { describe, expect, it } from "vitest";
import { type MarginSurface, marginSurface, type SurfaceRun } from "../../../core/analysis/index.ts";
import { runMargin } from "../../../core/margin/index.ts";
import { catalog } from "../../../core/methodology/index.ts";
import { threadExecutor } from "../../../core/revaluation/engine/index.ts";
import { bestEngine } from "../../../core/revaluation/index.ts";
import { productBook } from "../../bench/product-book.ts";
import { latestRules } from "../methodology/run-case.ts";
import { venueBook } from "./venue-book.ts";

const merging = [...catalog.values()].filter((methodology) => {
  const under = methodology.under(latestRules(methodology).parameters);
  return under.ok && under.value.mergesOptions !== undefined;
});

async function surface(run: SurfaceRun): Promise<MarginSurface> {
  const found = await marginSurface(run);
  if (!found.ok) throw new Error(found.failure.message);
  return found.value;
}

/** Largest distance of a layer, relative to its largest value. */
function distance(one: Float64Array, other: Float64Array): number {
  expect(one.length).toBe(other.length);
  const largest = other.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const worst = one.reduce((most, value, at) => Math.max(most, Math.abs(value - (other[at] ?? Number.NaN))), 0);
  return largest === 0 ? worst : worst / largest;
}

const axes = {
  price: { from: -0.6, to: 0.9, count: 7 },
  volatility: { from: -0.5, to: 0.5, count: 5 },
  volatilityMode: "relative" as const,
};

describe("a surface whose options are added up first", () => {
  it("is used by the methodologies that depend on sums only", () =>
    expect(merging.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["deribit-portfolio", "deribit-cross-portfolio"]),
    ));

  it.each(merging)("is that of the single positions under $id, in every layer", async (methodology) => {
    const book = venueBook(400, methodology);
    for (const volatilityMode of ["relative", "absolute"] as const) {
      const run: SurfaceRun = {
        ...book,
        methodology,
        rules: latestRules(methodology),
        axes: { ...axes, volatilityMode },
      };
      const [merged, plain] = [await surface(run), await surface({ ...run, plain: true })];
      for (const name of ["pnl", "initial", "maintenance", "headroom", "delta", "gamma", "vega", "theta"] as const) {
        const found = { name, distance: distance(merged.layers[name], plain.layers[name]) };
        expect(found.distance, JSON.stringify(found)).toBeLessThan(1e-12);
      }
      const bindingOf = ({ bindings, binding }: MarginSurface) => Array.from(binding, (at) => bindings[at]);
      expect(bindingOf(merged)).toEqual(bindingOf(plain));
      expect([merged.accuracy, merged.excluded]).toEqual([plain.accuracy, plain.excluded]);
      expect(merged.excluded).toBeLessThan(40);
    }
  });

  it.each(merging)(
    "takes stated marks, repeated instruments and positions of nothing as they are under $id",
    async (methodology) => {
      const { portfolio, market } = venueBook(300, methodology);
      const positions = portfolio.positions.flatMap((one, at) => {
        if (at % 10 === 3) return [one, { ...one, id: `${one.id}b` as typeof one.id, quantity: -one.quantity }];
        if (at % 10 === 5) return [one, { ...one, id: `${one.id}c` as typeof one.id, quantity: 1.5 }];
        if (at % 10 === 7) return [{ ...one, quantity: 0 }];
        return at % 10 === 9 ? [{ ...one, stated: { markPrice: 0.0005 } }] : [one];
      });
      const run: SurfaceRun = {
        ...{ portfolio: { ...portfolio, positions }, market, methodology },
        ...{ rules: latestRules(methodology), axes },
      };
      const [merged, plain] = [await surface(run), await surface({ ...run, plain: true })];
      for (const name of ["pnl", "initial", "headroom", "delta"] as const)
        expect(distance(merged.layers[name], plain.layers[name]), name).toBeLessThan(1e-12);
    },
  );
});

describe("the unshocked point of a surface whose options are added up", () => {
  const unshocked = { ...axes, price: { from: -0.6, to: 0.6, count: 7 } };

  it.each(merging)(
    "shows the digits of the margin run under $id, on any thread, what-if included",
    async (methodology) => {
      const book = venueBook(400, methodology);
      for (const edits of [[], [{ positionId: "p77", quantity: 31.7 }]]) {
        const run: SurfaceRun = { ...book, methodology, rules: latestRules(methodology), axes: unshocked, edits };
        const margin = await runMargin({ ...book, methodology, rules: run.rules, edits });
        if (!margin.ok) throw new Error(margin.failure.message);
        const { accounts, totals } = margin.value;
        const headrooms = accounts.flatMap(({ marginBalance, maintenance, usdPerUnit }) =>
          marginBalance === undefined ? [] : [usdPerUnit * (marginBalance.amount - maintenance.amount)],
        );
        const plain = await surface({ ...run, plain: true });
        const one = await surface(run);
        const many = await surface({ ...run, executor: threadExecutor(bestEngine()) });
        const at = 2 * 7 + 3;
        expect([one.priceMoves[3], one.volatilityChanges[2]]).toEqual([0, 0]);
        for (const { layers } of [one, many]) {
          expect(layers.initial[at]).toBe(totals.initialUsd);
          expect(layers.maintenance[at]).toBe(totals.maintenanceUsd);
          expect(layers.headroom[at]).toBe(headrooms.length === 0 ? undefined : Math.min(...headrooms));
          for (const name of ["pnl", "delta", "gamma", "vega", "theta"] as const)
            expect(layers[name][at], name).toBe(plain.layers[name][at]);
        }
        expect(many.layers).toEqual(one.layers);
      }
    },
  );
});

describe("the surface of a what-if", () => {
  const edits = [
    ["a changed quantity", [{ positionId: "p77", quantity: 31 }]],
    ["a leg that changes sides", [{ positionId: "p78", quantity: -44 }]],
    ["a leg left out", [{ positionId: "p79", quantity: 0 }]],
    [
      "changed options and a perpetual",
      [
        { positionId: "p0", quantity: -5_000 },
        { positionId: "p80", quantity: 3 },
        { positionId: "p81", quantity: -3 },
      ],
    ],
  ] as const;

  it.each(edits)("with %s is that of the single positions", async (_, changes) => {
    for (const methodology of merging) {
      const book = venueBook(400, methodology);
      const run: SurfaceRun = { ...book, methodology, rules: latestRules(methodology), axes };
      // The first surface keeps its sums; the what-if takes them.
      await surface(run);
      const executor = threadExecutor(bestEngine());
      const what = await surface({ ...run, edits: changes });
      const again = await surface({ ...run, edits: changes, executor });
      const plain = await surface({ ...run, edits: changes, plain: true });
      expect(again.layers).toEqual(what.layers);
      for (const name of ["pnl", "initial", "maintenance", "headroom", "delta", "gamma", "vega", "theta"] as const)
        expect(distance(what.layers[name], plain.layers[name]), `${methodology.id} ${name}`).toBeLessThan(1e-12);
      expect([what.accuracy, what.excluded]).toEqual([plain.accuracy, plain.excluded]);
    }
  });

  it("of a class with one leg left has no trace of the legs that stand apart", async () => {
    const { portfolio, market } = productBook(300);
    const methodology = merging[0];
    if (methodology === undefined) throw new Error("no methodology adds options up");
    const expiry = portfolio.positions.find(({ instrument }) => instrument.kind === "option")?.instrument;
    if (expiry?.kind !== "option") throw new Error("the book holds options");
    const run: SurfaceRun = { portfolio, market, methodology, rules: latestRules(methodology), axes };
    await surface(run);
    const same = portfolio.positions.filter(
      ({ instrument }) =>
        instrument.kind === "option" &&
        instrument.expiryMs === expiry.expiryMs &&
        instrument.underlying === expiry.underlying,
    );
    const changes = same.slice(1).map(({ id }) => ({ positionId: id, quantity: 0 }));
    const what = await surface({ ...run, edits: changes });
    const plain = await surface({ ...run, edits: changes, plain: true });
    for (const name of ["pnl", "initial", "delta", "vega"] as const)
      expect(distance(what.layers[name], plain.layers[name]), name).toBeLessThan(1e-12);
  });
});

describe("a surface with added legs", () => {
  const book = productBook(240);
  const [away] = book.portfolio.positions.slice(-1);
  const without = { ...book.portfolio, positions: book.portfolio.positions.slice(0, -1) };

  it.each(merging.map(({ id }) => id))("of %s is that of the book which holds them", async (id) => {
    const methodology = merging.find((one) => one.id === id);
    if (methodology === undefined || away === undefined || methodology.venue !== "deribit") return;
    const run = { market: book.market, methodology, rules: latestRules(methodology), axes };
    // The surface of the book alone first, so that the one with the leg is made from its sums.
    await surface({ ...run, portfolio: without });
    const added = await surface({
      ...{ ...run, portfolio: without },
      legs: [{ instrument: away.instrument, quantity: away.quantity }],
    });
    const held = await surface({ ...run, portfolio: book.portfolio });
    for (const layer of ["pnl", "initial", "maintenance", "delta", "vega"] as const)
      expect(distance(added.layers[layer], held.layers[layer])).toBeLessThan(1e-11);
  });
});
