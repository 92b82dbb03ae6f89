import { afterEach, describe, expect, it } from "vitest";
import {
  csvCell,
  csvText,
  formatBytes,
  formatDay,
  formatDuration,
  formatGreek,
  formatInstant,
  formatMoney,
  formatNumber,
  formatPercent,
  formatQuantity,
  formatTime,
  formatVolatility,
  isMissing,
  moneyDecimals,
  rawNumber,
  setNumberFormat,
  setTimeZone,
} from "../../../core/base/format.ts";

afterEach(() => setNumberFormat({ locale: "en-US", negative: "minus" }));

describe("formatNumber", () => {
  it.each([
    { value: 1234.5, options: {}, expected: "1,234.50" },
    { value: -1234.5, options: {}, expected: "−1,234.50" },
    { value: 12.5, options: { signed: true }, expected: "+12.50" },
    { value: -12.5, options: { signed: true }, expected: "−12.50" },
    { value: 0, options: { signed: true }, expected: "0.00" },
    { value: 0.125, options: {}, expected: "0.13" },
    { value: -0.125, options: {}, expected: "−0.13" },
    { value: 0.004, options: {}, expected: "~0.00" },
    { value: -0.004, options: {}, expected: "~0.00" },
    { value: -0, options: {}, expected: "0.00" },
    { value: 1234.5, options: { decimals: 0 }, expected: "1,235" },
    { value: 0.000123456, options: { significant: 4 }, expected: "0.0001235" },
    { value: 1234567, options: { compact: true, decimals: 1 }, expected: "1.2M" },
    { value: 3, options: { decimals: 0, unit: "BTC" }, expected: "3 BTC" },
  ])("shows $value as $expected", ({ value, options, expected }) => {
    expect(formatNumber(value, options)).toBe(expected);
  });

  it.each([undefined, null, Number.NaN, Number.POSITIVE_INFINITY, 1.797e308, -Number.MAX_VALUE])(
    "shows %s as missing, never as a number",
    (value) => {
      expect(formatNumber(value, { unit: "USD" })).toBe("—");
      expect(isMissing(value)).toBe(true);
    },
  );

  it("follows the chosen separators and the look of negatives", () => {
    setNumberFormat({ locale: "de-DE", negative: "parentheses" });
    expect(formatNumber(-1234.5)).toBe("(1.234,50)");
    expect(formatNumber(1234.5)).toBe("1.234,50");
  });

  it("refuses a locale that is none", () => {
    expect(() => setNumberFormat({ locale: "no such locale", negative: "minus" })).toThrow(RangeError);
    expect(formatNumber(1.5)).toBe("1.50");
  });
});

describe("formats of quantities", () => {
  it("shows money with the decimals of its currency", () => {
    expect(formatMoney(1234.5, "USD")).toBe("1,234.50 USD");
    expect(formatMoney(0.5, "BTC")).toBe("0.50000000 BTC");
    expect(["USDC", "EUR", "BTC", "ETH", "SOL"].map(moneyDecimals)).toEqual([2, 2, 8, 6, 6]);
  });
  it("shows fractions as percent and volatilities in points", () => {
    expect(formatPercent(0.1534)).toBe("15.34 %");
    expect(formatPercent(-0.15, { decimals: 0, signed: true })).toBe("−15 %");
    expect(formatVolatility(0.6125)).toBe("61.25");
    expect(formatVolatility(undefined)).toBe("—");
  });
  it("shows greeks with four significant digits", () => {
    expect(formatGreek(12345.678)).toBe("12,350");
    expect(formatGreek(-0.00012345)).toBe("−0.0001235");
  });
  it("shows quantities with the decimals they have, at most eight", () => {
    expect(formatQuantity(20000)).toBe("20,000");
    expect(formatQuantity(-0.1)).toBe("−0.1");
    expect(formatQuantity(1e-7)).toBe("0.0000001");
    expect(formatQuantity(1 / 3)).toBe("0.33333333");
    expect(formatQuantity(7.140000000000001)).toBe("7.14");
    expect(formatQuantity(-349_491.876487123)).toBe("−349,491.87648712");
  });
  it("shows bytes", () => {
    expect([12, 1500, 2_500_000].map((bytes) => formatBytes(bytes))).toEqual(["12 B", "1.5 KB", "2.5 MB"]);
  });
});

describe("times", () => {
  const ms = Date.UTC(2026, 10, 22, 14, 5, 9, 999);
  it("are ISO and UTC", () => {
    expect([formatInstant(ms), formatDay(ms), formatTime(ms)]).toEqual([
      "2026-11-22 14:05:09Z",
      "2026-11-22",
      "14:05:09Z",
    ]);
  });
  it("that cannot be are missing", () => {
    expect([formatInstant(undefined), formatInstant(Number.NaN), formatInstant(9e15), formatDay(null)]).toEqual(
      Array(4).fill("—"),
    );
  });
  it.each([
    [42_999, "42 s"],
    [119_000, "119 s"],
    [120_000, "2 min"],
    [3 * 3_600_000, "3 h"],
    [12 * 86_400_000, "12 days"],
    [-42_000, "in 42 s"],
  ])("%d ms is %s", (length, expected) => expect(formatDuration(length)).toBe(expected));
});

describe("files", () => {
  it("keep full precision without grouping, and leave missing numbers empty", () => {
    expect([0.1 + 0.2, -1234567.891, 1e-9, -0, Number.NaN].map(rawNumber)).toEqual([
      "0.30000000000000004",
      "-1234567.891",
      "1e-9",
      "0",
      "",
    ]);
  });
  it.each([
    ["=1+1", "'=1+1"],
    ["+SUM(A1)", "'+SUM(A1)"],
    ["-2", "'-2"],
    ["@x", "'@x"],
    ["\tx", "'\tx"],
    ["plain", "plain"],
    ['a "b", c', '"a ""b"", c"'],
    ["two\nlines", '"two\nlines"'],
    ["=a,b", '"\'=a,b"'],
  ])("write the text %j as %j", (text, expected) => expect(csvCell(text)).toBe(expected));
  it("leave negative numbers alone", () => expect(csvCell(-2)).toBe("-2"));
  it("end every row with CR and LF", () =>
    expect(
      csvText([
        ["a", 1],
        [undefined, true],
      ]),
    ).toBe("a,1\r\n,true\r\n"));
});

describe("a zone of the user's", () => {
  afterEach(() => setTimeZone(undefined));
  const ms = Date.UTC(2026, 10, 22, 23, 5, 9);

  it("shows instants and times of day with the offset, and days in UTC", () => {
    setTimeZone(() => 330);
    expect([formatInstant(ms), formatTime(ms), formatDay(ms)]).toEqual([
      "2026-11-23 04:35:09+05:30",
      "04:35:09+05:30",
      "2026-11-22",
    ]);
    setTimeZone((at) => (at < ms ? 0 : -60));
    expect([formatInstant(ms), formatInstant(ms - 1000)]).toEqual([
      "2026-11-22 22:05:09-01:00",
      "2026-11-22 23:05:08+00:00",
    ]);
  });
  it("is UTC again when it is taken back", () => {
    setTimeZone(() => 60);
    setTimeZone(undefined);
    expect(formatInstant(ms)).toBe("2026-11-22 23:05:09Z");
  });
});
