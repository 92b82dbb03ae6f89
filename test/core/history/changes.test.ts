import { describe, expect, it } from "vitest";
import { isoDate } from "../../../core/base/index.ts";
import { type Changes, changesOf, jointChangesOf } from "../../../core/history/index.ts";
import { at, daily } from "./series.ts";

function changes(...given: Parameters<typeof changesOf>): Changes {
  const result = changesOf(...given);
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

const windows = ({ fromMs, toMs }: Pick<Changes, "fromMs" | "toMs">) =>
  fromMs.map((from, place) => `${isoDate(from).slice(5)}/${isoDate(toMs[place] ?? 0).slice(5)}`);

describe("changesOf", () => {
  const series = daily("price:BTC", "2026-01-01", [100, 110, 99, 99]);

  it.each([
    ["relative", [0.1, -0.1, 0]],
    ["log", [Math.log(1.1), Math.log(0.9), 0]],
    ["absolute", [10, -11, 0]],
  ] as const)("takes %s changes", (change, expected) => {
    const { values } = changes(series, { change });
    expect(values).toHaveLength(3);
    for (const [place, value] of expected.entries()) expect(values[place]).toBeCloseTo(value, 15);
  });

  it("takes the change the series states by default", () => {
    expect([...changes(daily("funding:BTC", "2026-01-01", [-0.5, 0.25], { change: "absolute" })).values]).toEqual([
      0.75,
    ]);
  });

  it("overlaps windows of several days, or lays them end to end", () => {
    const six = daily("price:BTC", "2026-01-01", [1, 2, 4, 8, 16, 32]);
    expect(windows(changes(six, { horizonDays: 2 }))).toEqual([
      "01-01/01-03",
      "01-02/01-04",
      "01-03/01-05",
      "01-04/01-06",
    ]);
    const apart = changes(six, { horizonDays: 2, windows: "nonoverlapping" });
    expect(windows(apart)).toEqual(["01-01/01-03", "01-03/01-05"]);
    expect([...apart.values]).toEqual([3, 3]);
  });

  it("drops a window that ends on a missing day and says which, instead of stretching it", () => {
    const { values, droppedWindows, fromMs } = changes(daily("price:BTC", "2026-01-01", [100, undefined, 120, 126]));
    expect([...values].map((value) => Math.round(value * 1e9) / 1e9)).toEqual([0.05]);
    expect(fromMs.map(isoDate)).toEqual(["2026-01-03"]);
    expect(droppedWindows).toEqual([{ fromMs: at("2026-01-01"), toMs: at("2026-01-02"), reason: "no observation" }]);
  });

  it("goes from Friday to Monday and over a holiday of a weekday series, and not over a hole of five weekdays", () => {
    // Friday 2026-01-02; Monday the 5th; Wednesday the 7th after a holiday; Thursday the 15th after five weekdays without a value
    const days = ["2026-01-02", "2026-01-05", "2026-01-07", "2026-01-15"].map(at);
    const weekdays = daily("price:SPX", "2026-01-02", [], {
      calendar: "weekdays",
      timesMs: days,
      values: [100, 101, 102, 103],
    });
    const { droppedWindows, ...rest } = changes(weekdays, { change: "absolute" });
    expect(windows(rest)).toEqual(["01-02/01-05", "01-05/01-07"]);
    expect(droppedWindows.map(({ reason }) => reason)).toEqual(["hole"]);
  });

  it("takes no change across a join of two sources", () => {
    const joined = daily("price:BTC", "2026-01-01", [100, 101, 90, 91], { breaksMs: [at("2026-01-03")] });
    const { droppedWindows, ...rest } = changes(joined);
    expect(windows(rest)).toEqual(["01-01/01-02", "01-03/01-04"]);
    expect(droppedWindows.map(({ reason }) => reason)).toEqual(["break"]);
  });

  it("takes the last observation of a day, or the one nearest to a time of day", () => {
    const times = ["2026-01-01T04:00Z", "2026-01-01T09:00Z", "2026-01-01T21:00Z", "2026-01-02T09:30Z"].map(at);
    const panel = daily("price:BTC", "2026-01-01", [], { timesMs: times, values: [1, 2, 4, 8] });
    expect([...changes(panel).values]).toEqual([1]);
    expect([...changes(panel, { timeOfDayMs: 9 * 3_600_000 }).values]).toEqual([3]);
  });

  it("keeps to the bounds: no window begins before or ends after them", () => {
    const five = daily("price:BTC", "2026-01-01", [1, 2, 3, 4, 5]);
    expect(windows(changes(five, { fromMs: at("2026-01-02"), toMs: at("2026-01-04") }))).toEqual([
      "01-02/01-03",
      "01-03/01-04",
    ]);
  });

  it("refuses relative and log changes of a value not above 0 with its date; absolute ones are legal", () => {
    const oil = daily("price:CL", "2020-04-17", [18.27, undefined, undefined, -37.63, 10.01], { calendar: "weekdays" });
    for (const change of ["relative", "log"] as const) {
      const result = changesOf(oil, { change });
      expect(result).toMatchObject({ ok: false, failure: { reason: "invalid-input", at: "price:CL 2020-04-20" } });
      expect(!result.ok && result.failure.message).toMatch(/-37.63 on 2020-04-20.*absolute/);
    }
    expect([...changes(oil, { change: "absolute" }).values].map((value) => Number(value.toFixed(2)))).toEqual([
      -55.9, 47.64,
    ]);
  });

  it("has no window when the series is shorter than the horizon", () => {
    expect(changes(series, { horizonDays: 4 }).values).toHaveLength(0);
    expect(changes(daily("price:BTC", "2026-01-01", [])).values).toHaveLength(0);
  });

  it("throws for a horizon that is no whole number of days above 0", () => {
    expect(() => changesOf(series, { horizonDays: 0 })).toThrow("whole number of days");
    expect(() => changesOf(series, { horizonDays: 1.5 })).toThrow("whole number of days");
  });
});

describe("jointChangesOf", () => {
  it("drops a day that one factor lacks for all of them, and names it", () => {
    const bitcoin = daily("price:BTC", "2026-01-01", [100, 101, 102, 103, 104]);
    const ether = daily("price:ETH", "2026-01-02", [10, undefined, 12, 13]);
    const result = jointChangesOf([bitcoin, ether], { change: "absolute" });
    if (!result.ok) throw new Error(result.failure.message);
    const { values, droppedDays, droppedWindows, factors } = result.value;
    expect(factors).toEqual(["price:BTC", "price:ETH"]);
    expect(windows(result.value)).toEqual(["01-04/01-05"]);
    expect([...values]).toEqual([1, 1]);
    expect(droppedDays).toEqual([{ dayMs: at("2026-01-03"), missing: ["price:ETH"] }]);
    expect(droppedWindows.map(({ reason }) => reason)).toEqual(["no observation"]);
  });

  it("lets a crypto price run over the weekend beside a weekday series, without calling the weekend a gap", () => {
    const bitcoin = daily("price:BTC", "2026-01-01", [100, 101, 102, 103, 110]);
    const index = daily("price:SPX", "2026-01-01", [50, 51, undefined, undefined, 52], { calendar: "weekdays" });
    const result = jointChangesOf([bitcoin, index], { changes: { "price:BTC": "absolute", "price:SPX": "absolute" } });
    if (!result.ok) throw new Error(result.failure.message);
    expect(windows(result.value)).toEqual(["01-01/01-02", "01-02/01-05"]);
    expect([...result.value.values]).toEqual([1, 9, 1, 1]);
    expect(result.value.droppedDays).toEqual([]);
  });

  it("throws without a series", () => expect(() => jointChangesOf([])).toThrow("at least one series"));
});
