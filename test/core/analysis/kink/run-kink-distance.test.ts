import { describe, expect, it } from "vitest";
import {
  type Kink,
  type KinkAxis,
  type KinkDistance,
  type KinkDistanceRun,
  movedRun,
  runKinkDistance,
} from "../../../../core/analysis/index.ts";
import { runMargin } from "../../../../core/margin/index.ts";
import { catalog, type Methodology } from "../../../../core/methodology/index.ts";
import { latestRules } from "../../methodology/run-case.ts";
import { unwrapped } from "../../result-value.ts";
import { market, portfolio } from "../sample-market.ts";
import { tinyMethodology, tinyRules } from "../tiny-methodology.ts";

const settings = { steps: 40, tolerance: 1e-9, mostKinks: 8 };

function runOf(changes: Partial<KinkDistanceRun> = {}): KinkDistanceRun {
  return { portfolio, market, methodology: tinyMethodology, rules: tinyRules, settings, ...changes };
}

async function distance(changes: Partial<KinkDistanceRun> = {}): Promise<KinkDistance> {
  return unwrapped(await runKinkDistance(runOf(changes)));
}

/** Kinks along one axis, both directions joined. */
async function along(axis: KinkAxis, changes: Partial<KinkDistanceRun> = {}): Promise<readonly Kink[]> {
  return (await distance({ axes: [axis], ...changes })).directions.flatMap(({ kinks }) => kinks);
}

const size: KinkAxis = { kind: "size", from: -0.9, to: 6 };
const price: KinkAxis = { kind: "price", from: -0.6, to: 0.6 };

/** Whatever margins the sample book without a history. */
const charging = [...catalog.values()].filter((methodology) => {
  const rules = latestRules(methodology);
  return movedRun(runOf({ methodology, rules })).ok;
});

describe("runKinkDistance", () => {
  it("is tested over at least nine methodologies", () => expect(charging.length).toBeGreaterThanOrEqual(9));

  it.each(charging)(
    "finds places of $id where the old state holds just before and the new one at them",
    async (methodology) => {
      const run = runOf({ methodology, rules: latestRules(methodology) });
      const found = unwrapped(await runKinkDistance(run));
      const { mover } = unwrapped(movedRun(run));
      expect(found.directions.some(({ kinks }) => kinks.length > 0)).toBe(methodology.id !== "gate-portfolio");
      for (const { axis, direction, kinks, searchedTo } of found.directions) {
        for (const kink of kinks) {
          expect(Math.sign(kink.move)).toBe(direction === "down" ? -1 : 1);
          expect(Math.abs(kink.move)).toBeLessThanOrEqual(Math.abs(searchedTo));
          expect(kink.width).toBeLessThanOrEqual(settings.tolerance);
          expect(kink.before).not.toBe(kink.after);
          if (axis.kind !== "price" || !["call", "liquidation", "equity"].includes(kink.kind)) continue;
          const shock = { price: kink.move, volatility: 0 };
          const named = mover.underlyings.filter(({ underlying }) => (axis.underlying ?? underlying) === underlying);
          const moved = mover.moved({ shocks: new Map(named.map(({ underlying }) => [underlying, shock])) });
          const account = mover.charge(moved, true).accounts.find(({ id }) => id === kink.account);
          const against = { call: account?.initial.amount, liquidation: account?.maintenance.amount, equity: 0 };
          const balance = kink.kind === "equity" ? account?.equity?.amount : account?.marginBalance?.amount;
          const left = (balance ?? Number.NaN) - (against[kink.kind as keyof typeof against] ?? Number.NaN);
          // The margin balance where the book is bounds how steeply it moves: the place is known to 1e-9.
          const now = mover.charge(mover.moved({}), true).accounts.find(({ id }) => id === kink.account);
          const scale = Math.abs(now?.initial.amount ?? 0) + Math.abs(now?.marginBalance?.amount ?? 0);
          expect(Math.abs(left)).toBeLessThanOrEqual(1e-7 * scale);
        }
        expect([...kinks].sort((a, b) => Math.abs(a.move) - Math.abs(b.move))).toEqual(kinks);
      }
    },
  );

  it("agrees with a margin run of the book made larger by edits", async () => {
    const balances = [
      { currency: "BTC", equity: 4.2 },
      { currency: "USDC", equity: 9000 },
    ];
    const methodology = unwrappedMethod("deribit-standard");
    const run = { methodology, rules: latestRules(methodology), balances };
    const calls = (await along(size, run)).filter(({ kind }) => kind === "call");
    expect(calls.length).toBeGreaterThan(0);
    for (const { move, account } of calls) {
      const edits = portfolio.positions.map(({ id, quantity }) => ({
        positionId: id,
        quantity: quantity * (1 + move),
      }));
      const margin = unwrapped(await runMargin({ portfolio, market, ...run, edits }));
      const found = margin.accounts.find(({ id }) => id === account);
      expect(Math.abs(found?.availableFunds ?? Number.NaN)).toBeLessThan(1e-5 * (found?.initial.amount ?? 0));
    }
  });

  it("names the scenario that binds before and after, as a margin run does", async () => {
    const [first] = (await along(price)).filter(({ kind }) => kind === "scenario");
    expect(first).toBeDefined();
    expect(first?.before).toMatch(/^grid: .* binds$/);
    const { mover } = unwrapped(movedRun(runOf()));
    const bindingAt = (move: number): string => {
      const shocks = new Map(mover.underlyings.map(({ underlying }) => [underlying, { price: move, volatility: 0 }]));
      const { accounts } = mover.charge(mover.moved({ shocks }), true);
      const matrix = accounts.find(({ id }) => id === first?.account)?.matrices[0];
      return `grid: ${matrix?.cells.find(({ scenarioId }) => scenarioId === matrix.bindingScenarioId)?.label} binds`;
    };
    const move = first?.move ?? Number.NaN;
    expect(bindingAt(move)).toBe(first?.after);
    expect(bindingAt(move - Math.sign(move) * 2e-9)).toBe(first?.before);
  });

  it("is the same call for the mirrored move of a mirrored book of perpetuals", async () => {
    const perpetuals = portfolio.positions.filter(({ instrument }) => instrument.symbol === "SOL_USDC-PERPETUAL");
    const mirrored = [1, -1].map((sign) => ({
      ...portfolio,
      positions: perpetuals.map((position) => ({ ...position, quantity: sign * position.quantity })),
    }));
    const [short, long] = await Promise.all(
      mirrored.map((book) =>
        along({ ...price, underlying: "SOL" }, { portfolio: book, balances: [{ currency: "USDC", equity: 15_000 }] }),
      ),
    );
    const callOf = (kinks: readonly Kink[] | undefined) =>
      kinks?.find(({ kind }) => kind === "call")?.move ?? Number.NaN;
    // Worst loss 16 % of notional N at the moved mark; E ∓ N·m = 0.16·N·(1 + m), N = 300 × 140.2.
    const notional = 300 * 140.2;
    expect(callOf(short)).toBeCloseTo((15_000 / notional - 0.16) / 1.16, 7);
    expect(callOf(long)).toBeCloseTo(-(15_000 / notional - 0.16) / 0.84, 7);
  });

  it("settles contracts that expire, and says so", async () => {
    const kinks = await along({ kind: "time", from: 0, to: 120 });
    const expiry = kinks.find(({ kind }) => kind === "expiry");
    const days = (Date.UTC(2026, 2, 27, 8) - market.asOfMs) / 86_400_000;
    expect(expiry?.move).toBeCloseTo(days, 6);
    expect(expiry?.before).toBe("5 positions");
    expect(expiry?.after).toBe("2 positions");
  });

  it("finds nothing where nothing changes", async () => {
    const [down, up] = (
      await distance({ axes: [{ kind: "price", from: -1e-4, to: 1e-4 }], balances: [{ currency: "BTC", equity: 1e6 }] })
    ).directions;
    expect(down?.kinks).toEqual([]);
    expect(up?.kinks).toEqual([]);
  });

  it("says where the underlyings stand: index, and the volatility at the money of those with options", async () => {
    const [bitcoin, solana] = (await distance()).levels;
    expect(bitcoin).toMatchObject({ underlying: "BTC", price: 91000, volatility: { tenorDays: 90 } });
    expect(bitcoin?.volatility?.level).toBeGreaterThan(0.43);
    expect(bitcoin?.volatility?.level).toBeLessThan(0.48);
    expect(solana).toEqual({ underlying: "SOL", price: 140 });
  });

  it("answers the same bits twice", async () => expect(await distance()).toEqual(await distance()));

  it.each([
    [{ kind: "price", from: 0.1, to: 0.2 }, "must hold 0"],
    [{ kind: "price", from: -1, to: 0.2 }, "above -1"],
    [{ kind: "price", underlying: "DOGE", from: -0.1, to: 0.2 }, "DOGE does not move"],
    [{ kind: "size", underlying: "BTC", from: -0.1, to: 0.2 }, "no underlying of its own"],
    [{ kind: "time", from: -1, to: 2 }, "time runs forwards"],
  ] as const)("refuses the axis %o", async (axis, message) => {
    const refused = await runKinkDistance(runOf({ axes: [axis] }));
    expect(refused).toMatchObject({ ok: false, failure: { reason: "invalid-input" } });
    if (!refused.ok) expect(refused.failure.message).toContain(message);
  });
});

function unwrappedMethod(id: string): Methodology {
  const methodology = catalog.get(id);
  if (methodology === undefined) throw new Error(`no method ${id}`);
  return methodology;
}
