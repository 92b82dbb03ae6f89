import { describe, expect, it } from "vitest";
import { isoDate, msPerDay } from "../../../core/base/index.ts";
import { buildSeries, type SeriesHead } from "../../../core/history/index.ts";
import { at } from "./series.ts";

const head: SeriesHead = {
  ...{ factor: "price:BTC", kind: "price", underlying: "BTC", unit: "USD", change: "relative", source: "test" },
};

const stated = (rows: readonly (readonly [string, number])[]) =>
  rows.map(([day, value], place) => ({ timeMs: at(day), value, at: `a.csv:${place + 2}` }));

/** Rows of consecutive days. */
const daysFrom = (from: string, values: readonly number[]) =>
  stated(values.map((value, place) => [isoDate(at(from) + place * msPerDay), value]));

const messages = (built: ReturnType<typeof buildSeries>) => built.warnings.map(({ message }) => message);

describe("buildSeries", () => {
  it("puts rows in order of time", () => {
    const { series } = buildSeries(
      head,
      stated([
        ["2026-01-02", 2],
        ["2026-01-01", 1],
        ["2026-01-03", 3],
      ]),
    );
    expect(series.values).toEqual([1, 2, 3]);
    expect(series.timesMs.map(isoDate)).toEqual(["2026-01-01", "2026-01-02", "2026-01-03"]);
  });

  it("counts a repeated row once and lets the later of two values stand, with both named", () => {
    const built = buildSeries(
      head,
      stated([
        ["2026-01-01", 1],
        ["2026-01-01", 1],
        ["2026-01-02", 2],
        ["2026-01-02", 3],
      ]),
    );
    expect(built.series.values).toEqual([1, 3]);
    expect(messages(built)).toEqual([
      "price:BTC: 1 repeated observation is counted once, first at 2026-01-01 00:00:00Z (a.csv:3)",
      "price:BTC: two values at 2026-01-02 00:00:00Z: 2 and 3; the later row stands",
    ]);
    expect(built.warnings[1]?.at).toBe("a.csv:5");
  });

  it("finds the calendar and lists gaps of it", () => {
    const every = daysFrom(
      "2026-01-01",
      Array.from({ length: 40 }, (_, place) => 100 + place),
    );
    const gappy = buildSeries(head, [...every.slice(0, 9), ...every.slice(11, 20), ...every.slice(21)]);
    expect(gappy.series.calendar).toBe("every-day");
    expect(messages(gappy)).toEqual(["price:BTC: 3 days missing: 2026-01-10 to 2026-01-11, 2026-01-21"]);
    const weekdays = buildSeries(
      head,
      every.filter(({ timeMs }) => ![0, 6].includes(new Date(timeMs).getUTCDay())),
    );
    expect([weekdays.series.calendar, messages(weekdays)]).toEqual(["weekdays", []]);
    const weekly = buildSeries(
      head,
      every.filter((_, place) => place % 7 === 0),
    );
    expect([weekly.series.calendar, messages(weekly)]).toEqual(["as-observed", []]);
  });

  it("leaves out weekends and holidays on which a price is only carried", () => {
    // 2026-01-01 is a Thursday and a holiday here: its value is Wednesday's
    const values = daysFrom(
      "2025-12-29",
      Array.from({ length: 60 }, (_, place) => place),
    );
    let close = 0;
    const carried = values.map((row) => {
      const day = new Date(row.timeMs).getUTCDay();
      if (day !== 0 && day !== 6 && isoDate(row.timeMs) !== "2026-01-01") close += 1;
      return { ...row, value: close };
    });
    const built = buildSeries(head, carried);
    expect(built.series.calendar).toBe("weekdays");
    expect(built.series.values).toEqual(Array.from({ length: built.series.values.length }, (_, place) => place + 1));
    expect(built.series.timesMs.map(isoDate)).not.toContain("2026-01-01");
    expect(messages(built)[0]).toMatch(
      /^price:BTC: 17 values are carried over weekends and holidays left out, 2026-01-01 to/,
    );
  });

  it("keeps weekends of a price that moves on them, and its days without a move", () => {
    const values = Array.from({ length: 60 }, (_, place) => (place === 30 ? 129 : 100 + place));
    expect(buildSeries(head, daysFrom("2026-01-01", values)).series.values).toHaveLength(60);
  });

  it("keeps the days of a price that rests by itself, as a pegged coin's", () => {
    const values = Array.from({ length: 60 }, (_, place) => (place % 10 === 4 ? 1.0001 : 1));
    const pegged = buildSeries({ ...head, factor: "price:USDC" }, daysFrom("2026-01-01", values));
    expect(pegged.series.values).toHaveLength(60);
  });

  it("keeps values not above 0 and says which changes they allow", () => {
    const built = buildSeries(
      head,
      stated([
        ["2020-04-17", 18.27],
        ["2020-04-20", -37.63],
      ]),
    );
    expect(built.series.values).toEqual([18.27, -37.63]);
    expect(messages(built)[0]).toMatch(
      /1 value is not above 0, first -37.63 .*\(a.csv:3\); relative changes need values above 0/,
    );
    expect(messages(buildSeries({ ...head, change: "absolute" }, stated([["2020-04-20", -1]])))).toEqual([]);
  });
});
