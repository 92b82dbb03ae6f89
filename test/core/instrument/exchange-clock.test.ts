import { describe, expect, it } from "vitest";
import { closeMinutes, isThirdFriday, newYorkMs, openMinutes, tradingDayOf } from "../../../core/instrument/index.ts";

const iso = (day: string, minutes: number) => {
  const ms = newYorkMs(day, minutes);
  return ms === undefined ? undefined : new Date(ms).toISOString();
};

describe("newYorkMs", () => {
  it.each([
    ["2026-01-16", closeMinutes, "2026-01-16T21:00:00.000Z"],
    ["2026-03-06", closeMinutes, "2026-03-06T21:00:00.000Z"],
    ["2026-03-09", closeMinutes, "2026-03-09T20:00:00.000Z"],
    ["2026-07-17", openMinutes, "2026-07-17T13:30:00.000Z"],
    ["2026-10-30", closeMinutes, "2026-10-30T20:00:00.000Z"],
    ["2026-11-02", closeMinutes, "2026-11-02T21:00:00.000Z"],
    // Until 2006 summer time ran from the first Sunday of April to the last of October.
    ["2006-03-31", closeMinutes, "2006-03-31T21:00:00.000Z"],
    ["2006-04-03", closeMinutes, "2006-04-03T20:00:00.000Z"],
    ["2006-10-30", closeMinutes, "2006-10-30T21:00:00.000Z"],
    ["2026-03-08", 119, "2026-03-08T06:59:00.000Z"],
    ["2026-03-08", 180, "2026-03-08T07:00:00.000Z"],
  ])("%s at minute %i is %s", (day, minutes, expected) => expect(iso(day, minutes)).toBe(expected));

  it("agrees with the zone tables of the platform on every day of thirty years", () => {
    const format = new Intl.DateTimeFormat("en-GB", {
      ...{ timeZone: "America/New_York", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    });
    for (let day = Date.UTC(1998, 0, 1); day < Date.UTC(2028, 0, 1); day += 86_400_000) {
      const name = new Date(day).toISOString().slice(0, 10);
      expect([name, format.format(newYorkMs(name, closeMinutes))]).toEqual([name, "16:00"]);
    }
  });

  it("knows no 30 February and no text", () => {
    expect(newYorkMs("2026-02-30", 0)).toBeUndefined();
    expect(newYorkMs("soon", 0)).toBeUndefined();
  });
});

describe("tradingDayOf", () => {
  it.each([
    ["2022-03-19", "2022-03-18"],
    ["2012-01-21", "2012-01-20"],
    // Good Friday was the third Friday of these months: the last day of trading was the Thursday.
    ["2008-03-22", "2008-03-20"],
    ["2014-04-19", "2014-04-17"],
    ["2026-03-20", "2026-03-20"],
    ["2026-03-22", "2026-03-22"],
  ])("%s is %s", (day, expected) => expect(tradingDayOf(day)).toBe(expected));
});

it("third Fridays are told from others", () => {
  expect(["2026-08-21", "2026-08-14", "2026-08-28", "2026-08-20"].map(isThirdFriday)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
