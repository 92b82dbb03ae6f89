import { describe, expect, it } from "vitest";
import { parseStressSet, problemWords } from "../../../core/scenario/index.ts";

const price = { kind: "price", factor: "BTC", mode: "relative", amount: -0.1 };
const withShocks = (...shocks: readonly object[]) => ({ name: "S", scenarios: [{ id: "a", label: "A", shocks }] });
const scenario = (id: string, more: object = {}) => ({ id, label: id, shocks: [price], ...more });

/** What is wrong with a set, in words. */
const wrong = (value: unknown) => parseStressSet(value, "file.json").problems.map(problemWords);
/** The rule that one shock breaks. */
const rule = (shock: object) => {
  const given = Object.entries({ ...price, ...shock }).filter(([, value]) => value !== undefined);
  return parseStressSet(withShocks(Object.fromEntries(given))).problems.map((found) => found.rule);
};

describe("parseStressSet", () => {
  it("fills in what is left out", () => {
    const { set, problems } = parseStressSet(withShocks(price));
    expect(problems).toEqual([]);
    expect(set).toMatchObject({
      approval: "draft",
      owner: "",
      scenarios: [{ kind: "hypothetical", shocks: [{ quality: "set" }] }],
    });
  });

  it.each([
    ["a price that a relative move would leave at 0", { amount: -1 }, "a relative move is above -1"],
    ["a volatility of 0", { kind: "volatility", mode: "level", amount: 0 }, "a level of volatility is above 0"],
    ["a volatility gone", { kind: "volatility", amount: -1 }, "a relative change of volatility is above -1"],
    ["a coin below 0", { kind: "stablecoin", mode: "level", amount: -0.1 }, "the price of a stablecoin is 0 or more"],
    ["a source nobody names", { source: "x" }, "a source is one of the set's list"],
    ["a tenor backwards", { tenor: { fromDays: 9, toDays: 3 } }, "`toDays` must not be below `fromDays`"],
    ["a haircut above one", { kind: "haircut", mode: undefined, amount: 2 }, "expected at most 1 of `amount`"],
    ["a kind nobody knows", { kind: "weather" }, "expected a kind of shock"],
    ["a member too many", { kind: "haircut", mode: "relative", amount: 0.1 }, "no member `mode` is known here"],
    ["a number that is a text", { amount: "-10%" }, "expected a number of `amount`"],
  ])("refuses %s", (_what, shock, message) => {
    expect(rule(shock)).toEqual([expect.stringContaining(message)]);
  });

  it.each([
    ["absolute moves through zero", { mode: "absolute", amount: -55.9, factor: "WTI_FRONT" }],
    ["negative price levels", { mode: "level", amount: -37.63 }],
    ["falls of volatility by points", { kind: "volatility", mode: "absolute", amount: -2 }],
    ["moves up beyond doubling", { amount: 2.74 }],
    ["a coin at nothing", { kind: "stablecoin", mode: "level", amount: 0 }],
  ])("allows %s", (_what, shock) => expect(rule(shock)).toEqual([]));

  it("refuses the same shock twice, and takes another tenor, delta or mode as another shock", () => {
    expect(wrong(withShocks(price, { ...price, amount: -0.2 }))).toEqual([
      "S, scenario a, shock 2 (price of BTC): the same kind, factor, tenor and mode is said once; found price",
    ]);
    const front = { ...price, tenor: { fromDays: 0, toDays: 30 } };
    const volatility = { ...price, kind: "volatility" };
    const wing = { ...volatility, delta: { from: 0, to: 0.1 } };
    expect(wrong(withShocks(price, front, volatility, wing, { ...volatility, mode: "absolute" }))).toEqual([]);
  });

  it("refuses ids used twice and ends before starts", () => {
    const twice = { name: "S", scenarios: [scenario("a"), scenario("a", { start: "2020-03-13", end: "2020-03-12" })] };
    expect(wrong(twice)).toEqual([
      "S, scenario a: a scenario id is used once in its set; found a",
      "S, scenario a: the end is not before the start, 2020-03-13; found 2020-03-12",
    ]);
  });

  it("refuses paths that go back in time, and takes low and close of one day", () => {
    const path = (...days: readonly number[]) => ({
      name: "S",
      scenarios: [scenario("a", { path: days.map((day, at) => ({ label: `${at}`, days: day, shocks: [price] })) })],
    });
    expect(wrong(path(0, 1, 1, 2.5))).toEqual([]);
    expect(wrong(path(2, 1))).toEqual([
      "S, scenario a, step 1: a path does not go back in time; the step before is at 2; found 1",
    ]);
    expect(parseStressSet(path(2, 1)).problems).toMatchObject([{ step: "1", pointer: "/scenarios/0/path/1/days" }]);
    const bad = {
      name: "S",
      scenarios: [scenario("a", { path: [{ label: "low", days: 1, shocks: [{ ...price, amount: -3 }] }] })],
    };
    expect(wrong(bad)[0]).toMatch(/^S, scenario a, step low, shock 1 \(price of BTC\): a relative move/);
  });

  it("names the step of a wrong member, and refuses two steps of one label", () => {
    const steps = (...path: readonly object[]) => ({ name: "S", scenarios: [scenario("a", { path })] });
    const low = { label: "low", days: 1, shocks: [price] };
    expect(wrong(steps(low, low))).toEqual(["S, scenario a, step low: a label is used once in its path; found low"]);
    expect(wrong(steps({ ...low, days: -1 }))).toEqual([
      "S, scenario a, step low: expected at least 0 of `days`; found -1",
    ]);
    expect(wrong(steps({ ...low, label: "" }))[0]).toMatch(/^S, scenario a, step number 1: /);
  });

  it("refuses volatility rules that say two things or whose days do not ascend", () => {
    const volatility = (more: object) => ({
      kind: "volatility",
      factor: "BTC",
      mode: "relative",
      amount: 0.5,
      rule: more,
    });
    const tenor = { referenceDays: 30, shortPower: 0.3, longPower: 0.5, minimumDays: 1 };
    expect(rule(volatility({ tenor }))).toEqual([]);
    expect(rule(volatility({ tenor, byDays: [{ days: 1, factor: 1 }] }))).toEqual([
      "a volatility rule has one of `tenor`, `byDays` and `byDelta`",
    ]);
    expect(
      rule(
        volatility({
          byDays: [
            { days: 7, factor: 1 },
            { days: 7, factor: 2 },
          ],
        }),
      ),
    ).toEqual(["the days of a table ascend"]);
    expect(rule({ ...volatility({ tenor }), mode: "level" })).toEqual(["a level of volatility has no rule"]);
  });

  it("says where, with a pointer, for members that are no set at all", () => {
    expect(parseStressSet({ name: "S", scenarios: [] }).problems).toMatchObject([{ at: "S", pointer: "/scenarios" }]);
    expect(wrong(7)).toEqual(["file.json: expected an object; found 7"]);
    expect(parseStressSet(withShocks(price, { ...price, amount: null })).problems).toEqual([
      {
        ...{ at: "S, scenario a, shock 2 (price of BTC)", scenario: "a", shock: 2, found: "null" },
        ...{ pointer: "/scenarios/0/shocks/1/amount", rule: "expected a number of `amount`" },
      },
    ]);
  });
});
