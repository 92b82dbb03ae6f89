import { describe, expect, it } from "vitest";
import { readInstant } from "../../../core/import/read-instant.ts";

const noon = Date.UTC(2026, 7, 12, 2, 46, 43);

/** resources/docs/formats.md, section 3: the size of a count tells its unit. */
const counts = [
  [noon / 1000, "seconds"],
  [noon, "milliseconds"],
  [noon * 1000, "microseconds"],
  [`${noon}000000`, "nanoseconds"],
  [String(noon), "milliseconds as text"],
] as const;

const texts = [
  ["2026-08-12T02:46:43Z", noon, true],
  ["2026-08-12T02:46:43+00:00", noon, true],
  ["2026-08-12T04:46:43+02:00", noon, true],
  ["2026-08-12T02:46:43.098573+00:00", noon + 98, true],
  ["2026-08-12 02:46:43 UTC", noon, true],
  ["2026-08-12 02:46:43", noon, false],
] as const;

const days = ["2026-08-12", "20260812", "12AUG26"];
const malformed = [
  "8/12/2026",
  "2026-13-01",
  "2026-02-30",
  "yesterday",
  "2026-08-12T25:00:00Z",
  "2026-08-12T24:30:00Z",
  -5,
  0,
  true,
  "31FEB26",
];

describe("readInstant", () => {
  it.each(counts)("reads %s as %s", (raw) => {
    expect(readInstant(raw)).toEqual({ kind: "instant", ms: noon, zoned: true, dateOnly: false });
  });
  it.each(texts)("reads %s and knows whether it has a zone", (raw, ms, zoned) => {
    expect(readInstant(raw)).toEqual({ kind: "instant", ms, zoned, dateOnly: false });
  });
  it.each(days)("reads the day %s", (raw) => {
    expect(readInstant(raw)).toEqual({ kind: "instant", ms: Date.UTC(2026, 7, 12), zoned: false, dateOnly: true });
  });
  it.each(malformed)("does not take %j for a time", (raw) => expect(readInstant(raw).kind).toBe("malformed"));
  it.each(["", null, undefined, "N/A"])("takes %j as no value", (raw) => expect(readInstant(raw).kind).toBe("absent"));
});
