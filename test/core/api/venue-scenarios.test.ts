import { describe, expect, it } from "vitest";
import { catalog } from "../../../core/methodology/index.ts";
import { stressSetProblems } from "../../../core/scenario/index.ts";
import { memoryCore } from "./memory-core.ts";

const book = { portfolio: { sample: true }, market: { sample: true } } as const;
const core = memoryCore();

/** Methods whose scenarios are moves of prices and volatilities, and each as a set for the sample book. */
const sets = await Promise.all(
  [...catalog.keys()].map(async (methodology) => ({
    methodology,
    answer: await core.answer("stress-set.of-methodology", { ...book, methodology, map: false }),
  })),
);
const venues = sets.flatMap(({ methodology, answer }) =>
  answer.ok ? [{ methodology, set: answer.value.set, omitted: answer.value.omitted }] : [],
);

describe("scenarios of methods as sets", () => {
  it("exist for every method that has a list of moves", () => {
    expect(venues.map(({ methodology }) => methodology)).toEqual(
      expect.arrayContaining(["deribit-portfolio", "okx-portfolio", "bybit-portfolio"]),
    );
    const refusals = sets.flatMap(({ answer }) => (answer.ok ? [] : [answer.failure.reason]));
    expect(refusals.filter((reason) => reason === "internal")).toEqual([]);
  });

  it.each(venues)("of $methodology are sound", ({ set }) => expect(stressSetProblems(set.content)).toEqual([]));

  it("hold the same list of joint scenarios for every underlying", () => {
    const joint = venues.find(({ methodology }) => methodology === "var-es-margin")?.set;
    const kinds = joint?.content.scenarios[0]?.shocks.map(
      (shock) => `${shock.kind} ${"factor" in shock ? shock.factor : ""}`,
    );
    expect(kinds).toEqual(expect.arrayContaining(["price BTC", "price ETH"]));
  });
});

describe("a book of another venue", () => {
  it("is held in the instruments of the method's venue, unless it is asked as it is", async () => {
    const asked = { ...book, methodology: "derive-portfolio-2" };
    const { set } = await core.call("stress-set.of-methodology", asked);
    expect(set.content.scenarios.length).toBeGreaterThan(10);
    expect((await core.refusal("stress-set.of-methodology", { ...asked, map: false }))?.message).toContain(
      "pays in coin",
    );
  });
});

describe("a stress run of a method's own scenario", () => {
  const cases = [
    "deribit-portfolio",
    "bybit-portfolio",
    "okx-portfolio",
    "paradex-portfolio",
    "gate-portfolio",
    "thalex-portfolio",
    "var-es-margin",
    "deribit-portfolio-legacy",
  ].flatMap((methodology) => {
    const scenarios = venues.find((venue) => venue.methodology === methodology)?.set.content.scenarios ?? [];
    return [0, Math.floor(scenarios.length / 3), scenarios.length - 1].flatMap((place) => {
      const scenario = scenarios[place];
      return scenario === undefined ? [] : [{ methodology, id: scenario.id }];
    });
  });

  it.each(cases)("gives the profits of the cell: $methodology, $id", async ({ methodology, id }) => {
    const content = venues.find((venue) => venue.methodology === methodology)?.set.content;
    if (content === undefined) throw new Error(`no scenarios of ${methodology}`);
    const slash = id.indexOf("/");
    const cell = await core.call("margin.cell", {
      ...{ ...book, methodology, setId: id.slice(0, slash), scenarioId: id.slice(slash + 1) },
    });
    const drill = await core.call("stress.positions", {
      ...book,
      column: { methodology },
      map: false,
      set: { set: content },
      scenario: id,
    });
    const stressed = new Map(drill.positions.map((position) => [position.id, position.pnl]));
    const far = cell.positions.filter(({ id: position, profit }) => {
      const pnl = stressed.get(position) ?? Number.NaN;
      return !(Math.abs(pnl - profit) <= 1e-9 * Math.max(1, Math.abs(profit)));
    });
    expect(far.map(({ symbol, profit, id: position }) => [symbol, profit, stressed.get(position)])).toEqual([]);
  });
});
