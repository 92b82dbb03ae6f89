import { describe, expect, it } from "vitest";
import { DomainError, type Result, success, sum, unwatched } from "../../../../core/base/index.ts";
import {
  type CoalitionValue,
  closedTo,
  exactShapley,
  type ShapleyValues,
  sampledShapley,
} from "../../../../core/explain/index.ts";
import { randomStream } from "../../../../core/measure/index.ts";
import { unwrapped } from "../../result-value.ts";

type Game = (coalition: readonly number[]) => number;

const worthOf =
  (game: Game): CoalitionValue =>
  (members) =>
    success(game([...members.keys()].filter((player) => members[player] === 1)));
const exact = async (players: number, game: Game): Promise<ShapleyValues> =>
  unwrapped(await exactShapley(players, worthOf(game), unwatched));
const sampled = async (players: number, game: Game, seed = 7, mostPermutations = 2000): Promise<ShapleyValues> =>
  unwrapped(await sampledShapley(players, worthOf(game), { seed, mostPermutations, tolerance: 0 }, unwatched));

/** A runway must be as long as the largest landing needs: cost of the coalition is that of its largest player. */
const airport: Game = (coalition) => Math.max(0, ...coalition.map((player) => [1, 3, 3, 6, 10][player] ?? 0));
/** S. C. Littlechild, G. Owen (1973): the cost of each further stretch is shared by all who need it. */
const airportShares = [1 / 5, 1 / 5 + 2 / 4, 1 / 5 + 2 / 4, 1 / 5 + 2 / 4 + 3 / 2, 1 / 5 + 2 / 4 + 3 / 2 + 4];

/** max(0, worst scenario of the sum of profits): what a scenario method charges. */
function worstLoss(profits: readonly (readonly number[])[]): Game {
  return (coalition) => {
    const columns = profits[0]?.length ?? 0;
    let worst = 0;
    for (let j = 0; j < columns; j++)
      worst = Math.max(worst, -sum(coalition.map((player) => profits[player]?.[j] ?? 0)));
    return worst;
  };
}

function drawnProfits(players: number, scenarios: number, seed: number): number[][] {
  const random = randomStream(seed);
  return Array.from({ length: players }, () => Array.from({ length: scenarios }, () => 200 * random.next() - 100));
}

/** Mean of marginal amounts over all n! orders, spelled out. */
function byOrders(players: number, game: Game): number[] {
  const amounts = new Array<number>(players).fill(0);
  let orders = 0;
  const visit = (order: readonly number[]): void => {
    if (order.length === players) {
      orders += 1;
      order.forEach((player, at) => {
        amounts[player] = (amounts[player] ?? 0) + game(order.slice(0, at + 1)) - game(order.slice(0, at));
      });
      return;
    }
    for (let next = 0; next < players; next++) if (!order.includes(next)) visit([...order, next]);
  };
  visit([]);
  return amounts.map((amount) => amount / orders);
}

describe("exactShapley", () => {
  it("shares the airport game as its closed form", async () => {
    const { values, evaluations } = await exact(5, airport);
    for (const [player, share] of airportShares.entries()) expect(values[player]).toBeCloseTo(share, 12);
    expect(evaluations).toBe(32);
  });

  it("gives the glove game its known shares", async () => {
    // Two left gloves, one right: 1/6, 1/6, 2/3.
    const game: Game = (coalition) => (coalition.includes(2) && coalition.length > 1 ? 1 : 0);
    const { values } = await exact(3, game);
    for (const [player, share] of [1 / 6, 1 / 6, 2 / 3].entries()) expect(values[player]).toBeCloseTo(share, 12);
  });

  it.each([1, 2, 3, 4])("is the mean over all orders of a worst-loss game, seed %d", async (seed) => {
    const game = worstLoss(drawnProfits(6, 9, seed));
    const { values } = await exact(6, game);
    for (const [player, amount] of byOrders(6, game).entries()) expect(values[player]).toBeCloseTo(amount, 9);
  });

  it("adds up to the whole to the last bit", async () => {
    for (const seed of [1, 2, 3]) {
      const game = worstLoss(drawnProfits(9, 33, seed));
      expect(sum((await exact(9, game)).values)).toBe(game([0, 1, 2, 3, 4, 5, 6, 7, 8]));
    }
  });

  it("gives equal players the same, players without effect 0, and adds up games", async () => {
    const profits = drawnProfits(5, 12, 5);
    const [first, second] = [profits[0] ?? [], profits[1] ?? []];
    const twins = worstLoss([first, first, second, first.map(() => 0), profits[4] ?? []]);
    const { values } = await exact(5, twins);
    expect(values[0]).toBeCloseTo(values[1] ?? Number.NaN, 9);
    expect(values[3]).toBe(0);
    const other = worstLoss(drawnProfits(5, 12, 6));
    const [one, two, both] = [
      await exact(5, twins),
      await exact(5, other),
      await exact(5, (coalition) => twins(coalition) + other(coalition)),
    ];
    for (const [player, amount] of one.values.entries())
      expect(both.values[player]).toBeCloseTo(amount + (two.values[player] ?? Number.NaN), 9);
  });

  it("is each player's own amount where nothing is shared, and empty without players", async () => {
    const own = [5, -2, 0, 11.5];
    const { values } = await exact(4, (coalition) => sum(coalition.map((player) => own[player] ?? 0)));
    expect([...values]).toEqual(own);
    expect((await exact(0, () => 3)).values).toHaveLength(0);
  });

  it("leaves out what no player brings", async () => {
    const { values } = await exact(3, (coalition) => 100 + coalition.length);
    expect([...values]).toEqual([1, 1, 1]);
  });

  it("passes a refused coalition and a cancel on, and refuses too many players", async () => {
    const refuse = (): Result<number> => ({ ok: false, failure: { reason: "missing-data", message: "no" } });
    expect(await exactShapley(2, refuse, unwatched)).toMatchObject({ failure: { reason: "missing-data" } });
    const stopped = { ...unwatched, cancelled: () => true };
    expect(await exactShapley(2, worthOf(airport), stopped)).toMatchObject({ failure: { reason: "cancelled" } });
    await expect(exactShapley(21, worthOf(airport), unwatched)).rejects.toThrow(DomainError);
  });
});

describe("sampledShapley", () => {
  it.each([1, 2, 3, 4, 5])("is within 4 of its own errors of the exact values, seed %d", async (seed) => {
    const game = worstLoss(drawnProfits(9, 25, seed));
    const [known, drawn] = [await exact(9, game), await sampled(9, game, seed)];
    expect(drawn.permutations).toBe(2000);
    known.values.forEach((amount, player) => {
      const error = drawn.errors?.[player] ?? Number.NaN;
      expect(error).toBeGreaterThan(0);
      expect(Math.abs((drawn.values[player] ?? Number.NaN) - amount)).toBeLessThanOrEqual(4 * error);
    });
  });

  it("has errors that fall with the root of the number of orders", async () => {
    const game = worstLoss(drawnProfits(12, 25, 8));
    const [few, many] = [await sampled(12, game, 1, 100), await sampled(12, game, 1, 6400)];
    const mean = ({ errors = new Float64Array() }: ShapleyValues): number => sum(errors) / errors.length;
    expect(mean(few) / mean(many)).toBeGreaterThan(6);
    expect(mean(few) / mean(many)).toBeLessThan(10.5);
  });

  it("adds up to the whole to the last bit, whatever was drawn", async () => {
    const profits = drawnProfits(30, 40, 3);
    const game = worstLoss(profits);
    const { values } = await sampled(30, game, 5, 20);
    expect(sum(values)).toBe(game(profits.map((_, player) => player)));
  });

  it("has the same bits for the same seed and others for another", async () => {
    const game = worstLoss(drawnProfits(14, 20, 9));
    const [one, again, other] = [
      await sampled(14, game, 1, 20),
      await sampled(14, game, 1, 20),
      await sampled(14, game, 2, 20),
    ];
    expect(again).toEqual(one);
    expect(other.values).not.toEqual(one.values);
  });

  it("has no error where every order says the same, and stops early there", async () => {
    const drawn = unwrapped(
      await sampledShapley(
        8,
        worthOf((coalition) => 3 * coalition.length),
        { seed: 1, mostPermutations: 500, tolerance: 0.001 },
        unwatched,
      ),
    );
    expect(drawn.permutations).toBe(16);
    expect([...drawn.values]).toEqual(new Array(8).fill(3));
    expect([...(drawn.errors ?? [])]).toEqual(new Array(8).fill(0));
  });

  it("refuses a single order: it has no error", async () => {
    const sampling = { seed: 1, mostPermutations: 1, tolerance: 0 };
    await expect(sampledShapley(3, worthOf(airport), sampling, unwatched)).rejects.toThrow(DomainError);
  });
});

describe("closedTo", () => {
  it("moves parts by rounding only, and leaves those of 0 alone", () => {
    const parts = Float64Array.from([0.1, 0.2, 0, 0.30000000000000004]);
    const closed = closedTo(parts, 0.6);
    expect(sum(closed)).toBe(0.6);
    expect(closed[2]).toBe(0);
    for (const [at, part] of closed.entries()) expect(part).toBeCloseTo(parts[at] ?? Number.NaN, 15);
  });

  it("finds a part with digits so small where the largest has none", () => {
    const closed = closedTo(Float64Array.from([1e12, -1e12, 0.3]), 0.3 + 2 ** -53);
    expect(sum(closed)).toBe(0.3 + 2 ** -53);
  });

  it("refuses to hide more than rounding", () => {
    expect(() => closedTo(Float64Array.from([1, 2]), 3.1)).toThrow(DomainError);
  });
});
