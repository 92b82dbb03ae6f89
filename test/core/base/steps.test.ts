import { describe, expect, it } from "vitest";
import { finish, finishWithPauses, type Steps, unwatched } from "../../../core/base/index.ts";

function* counted(log: number[]): Steps<string> {
  for (let i = 0; i < 3; i += 1) {
    log.push(i);
    yield;
  }
  return "done";
}

describe("steps", () => {
  it("are done at once by finish", () => {
    const log: number[] = [];
    expect([finish(counted(log)), log]).toEqual(["done", [0, 1, 2]]);
  });
  it("are done with a pause after each", async () => {
    let pauses = 0;
    const pause = async () => {
      pauses += 1;
    };
    const work = { ...unwatched, pause };
    expect(await finishWithPauses(counted([]), work)).toEqual({ ok: true, value: "done" });
    expect(pauses).toBe(3);
  });
  it("stop between two steps when cancelled", async () => {
    const log: number[] = [];
    const result = await finishWithPauses(counted(log), { ...unwatched, cancelled: () => log.length === 2 });
    expect(result).toMatchObject({ ok: false, failure: { reason: "cancelled" } });
    expect(log).toEqual([0, 1]);
  });
});
