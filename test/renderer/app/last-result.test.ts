import { describe, expect, it } from "vitest";
import { lastResultMarks } from "../../../renderer/app/margin-frame.ts";

describe("numbers that outlive their inputs", () => {
  it("say so when the inputs changed", () => {
    expect(lastResultMarks("stale", undefined)).toMatchObject([{ kind: "stale", text: "stale" }]);
  });

  it("say so when the new inputs have no result, and why", () => {
    const failure = { reason: "not-applicable", message: "cannot value any of 66 positions" } as const;
    const [mark] = lastResultMarks("error", failure);
    expect(mark).toMatchObject({ kind: "stale", text: "last result" });
    expect(mark?.detail).toContain("cannot value any of 66 positions");
  });

  it.each(["ready", "loading", "empty"] as const)("have no such mark when %s", (state) =>
    expect(lastResultMarks(state, undefined)).toEqual([]),
  );
});
