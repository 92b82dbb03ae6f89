import { describe, expect, it } from "vitest";
import { type Dependence, type DependenceRun, runDependence } from "../../../../core/analysis/index.ts";
import type { History, Series } from "../../../../core/history/index.ts";
import { runMargin } from "../../../../core/margin/index.ts";
import { normalQuantile, randomStream } from "../../../../core/measure/index.ts";
import { manyUnderlyings, statedCovariance } from "../reverse-stress/many-underlyings.ts";
import { tinyMethodology, tinyRules } from "../tiny-methodology.ts";

const names = ["U0", "U1", "U2", "U3"];
const msPerDay = 86_400_000;

/** Prices and volatilities that follow one factor and their own; in the last forty days only the common one. */
function history(): History {
  const stream = randomStream(3);
  const days = 400;
  const { market } = manyUnderlyings(names);
  const common = Array.from({ length: days }, () => normalQuantile(stream.nextOpen()));
  const series = names.flatMap((name) =>
    (["price", "volatility"] as const).map((kind): Series => {
      let level = kind === "price" ? 100 : 0.5;
      const values = common.map((shared, day) => {
        const own = day >= days - 40 ? 0.02 : 0.8;
        const sign = kind === "price" ? 1 : -0.6;
        level *= Math.exp(0.03 * (0.6 * sign * shared + own * normalQuantile(stream.nextOpen())));
        return level;
      });
      return {
        ...{ factor: kind === "price" ? `price:${name}` : `volatility:${name}:30d`, kind, underlying: name },
        ...(kind === "price" ? {} : { tenorDays: 30 }),
        ...{ unit: "USD", change: "relative", calendar: "every-day", source: "test", values },
        timesMs: values.map((_, day) => market.asOfMs - (days - day) * msPerDay),
      };
    }),
  );
  return { name: "test history", series, warnings: [], sources: [] };
}

function runOf(changes: Partial<DependenceRun> = {}): DependenceRun {
  return {
    ...{ ...manyUnderlyings(names), methodology: tinyMethodology, rules: tinyRules, history: history() },
    covariance: { from: "history", horizonDays: 1, estimator: { kind: "equal", mean: "zero" } },
    ...{ shares: [0.5, 1], windows: [], worstDays: 10, confidence: 0.99, clusterCorrelation: 0.6, mostPairs: 100 },
    ...changes,
  };
}

async function dependence(changes: Partial<DependenceRun> = {}): Promise<Dependence> {
  const found = await runDependence(runOf(changes));
  if (!found.ok) throw new Error(found.failure.message);
  return found.value;
}

describe("runDependence", () => {
  it("states the method's own margins: of the book and of each underlying, as runs of their own", async () => {
    const found = await dependence();
    const run = runOf();
    const alone = { ...run.portfolio, balances: [] };
    const whole = await runMargin({ ...run, portfolio: alone });
    if (!whole.ok) throw new Error(whole.failure.message);
    expect(found.relief.jointUsd).toBe(whole.value.totals.initialUsd);
    for (const { underlying, marginUsd } of found.standAlone) {
      const positions = alone.positions.filter(({ instrument }) => instrument.underlying === underlying);
      const own = await runMargin({ ...run, portfolio: { ...alone, positions } });
      expect(own.ok && own.value.totals.initialUsd).toBe(marginUsd);
    }
    expect(found.relief.reliefUsd).toBeGreaterThan(0);
    expect(found.offsets[0]?.marginUsd).toBe(found.relief.jointUsd);
    expect(found.offsets.at(-1)?.marginUsd).toBe(found.relief.standAloneUsd);
  });

  it("has nothing lost today, and measures no more than the sum of all alone when all moves as one", async () => {
    const { rows } = await dependence();
    expect(rows[0]).toMatchObject({ kind: "today", reliefLost: 0 });
    for (const row of rows) {
      expect(row.smallestEigenvalue).toBeGreaterThanOrEqual(-1e-9);
      // Expected shortfall is coherent: whatever the correlation, the whole is no more than its parts.
      expect(row.expectedShortfall).toBeLessThanOrEqual(row.standAloneShortfall * (1 + 1e-9));
      expect(row.reliefLost).toBeLessThanOrEqual(1 + 1e-9);
      expect(row.diversification).toBeCloseTo(1 - row.expectedShortfall / row.standAloneShortfall, 12);
      expect(Number.isFinite(row.emulatedMarginUsd)).toBe(true);
    }
  });

  it("loses all relief of a book that is long everywhere when prices move as one", async () => {
    const run = runOf();
    const positions = run.portfolio.positions
      .filter(({ instrument }) => instrument.kind === "perpetual")
      .map((position) => ({ ...position, quantity: Math.abs(position.quantity) }));
    const found = await dependence({ portfolio: { ...run.portfolio, positions } });
    const one = found.rows.find(({ kind, share }) => kind === "one-factor" && share === 1);
    const half = found.rows.find(({ kind, share }) => kind === "one-factor" && share === 0.5);
    const apart = found.rows.find(({ kind, share }) => kind === "independent" && share === 1);
    // The P&L of a perpetual in logarithmic moves bends a little: expected shortfalls of bent parts add up where they are comonotone.
    expect(Math.abs((one?.reliefLost ?? 0) - 1)).toBeLessThan(0.01);
    expect(half?.reliefLost).toBeGreaterThan(0);
    expect(half?.reliefLost).toBeLessThan(one?.reliefLost ?? 0);
    expect(apart?.reliefLost).toBeLessThan(0);
    expect(Math.abs((one?.emulatedMarginUsd ?? 0) / found.relief.standAloneUsd - 1)).toBeLessThan(0.01);
  });

  it("takes the correlation of a window in which all moved as one", async () => {
    const { market } = manyUnderlyings(names);
    const windows = [{ label: "last forty days", fromMs: market.asOfMs - 39 * msPerDay, toMs: market.asOfMs }];
    const found = await dependence({ windows });
    const row = found.rows.find(({ kind }) => kind === "window");
    const one = found.rows.find(({ kind, share }) => kind === "one-factor" && share === 1);
    expect(row?.label).toBe("last forty days");
    expect(Math.abs((row?.expectedShortfall ?? 0) / (one?.expectedShortfall ?? 1) - 1)).toBeLessThan(0.1);
    expect(found.rows.some(({ kind }) => kind === "worst-days")).toBe(true);
  });

  it("says which window it leaves out", async () => {
    const found = await dependence({ windows: [{ label: "before all", fromMs: 0, toMs: 1 }] });
    expect(found.remarks.some((remark) => remark.startsWith("before all: left out"))).toBe(true);
  });

  it("splits the relief by pair and by cluster", async () => {
    const found = await dependence({ clusterCorrelation: 0.2 });
    expect(found.pairs.length).toBe(6);
    expect(found.pairsLeftOut).toBe(0);
    for (const { underlyings, standAloneUsd, jointUsd, reliefUsd } of found.pairs) {
      expect(underlyings[0] < underlyings[1]).toBe(true);
      expect(reliefUsd).toBe(standAloneUsd - jointUsd);
    }
    expect(found.clusters.flatMap(({ underlyings }) => underlyings).sort()).toEqual(names);
    const within = found.clusters.reduce((total, { reliefUsd }) => total + reliefUsd, 0);
    expect(within + found.acrossClusters.reliefUsd).toBeCloseTo(found.relief.reliefUsd, 6);
  });

  it("works on stated deviations, without windows", async () => {
    const found = await dependence({ covariance: statedCovariance(names) });
    expect(found.rows.every(({ kind }) => kind !== "worst-days")).toBe(true);
    expect(found.rows.length).toBe(7);
  });

  it("answers the same bits twice", async () => expect(await dependence()).toEqual(await dependence()));

  it("refuses a book on one underlying, and a covariance without a history", async () => {
    const run = runOf();
    const positions = run.portfolio.positions.filter(({ instrument }) => instrument.underlying === "U0");
    expect(await runDependence({ ...run, portfolio: { ...run.portfolio, positions } })).toMatchObject({
      failure: { reason: "not-applicable" },
    });
    const { history: _, ...without } = run;
    expect(await runDependence(without)).toMatchObject({ ok: false, failure: { reason: "missing-data" } });
  });
});
