import { describe, expect, it } from "vitest";
import { isDay } from "../../../renderer/app/day.ts";

describe("isDay", () => {
  it.each(["2026-11-20", "2024-02-29"])("takes %s", (text) => expect(isDay(text)).toBe(true));
  it.each(["", "2026-11", "20.11.2026", "2026-13-01", "2025-02-29", "2026-11-31", "2026-11-20T00:00"])(
    "refuses %s",
    (text) => expect(isDay(text)).toBe(false),
  );
});
