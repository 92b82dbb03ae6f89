import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { follower } from "../../../renderer/state/follow.ts";

/** Work whose runs end when the test says so; each notes what it was asked for. */
function scene() {
  const asked: number[] = [];
  const ends: (() => void)[] = [];
  const scene = { value: 0, asked, ends };
  const changed = follower(() => {
    asked.push(scene.value);
    return new Promise<void>((resolve) => ends.push(resolve));
  });
  const change = (value: number): void => {
    scene.value = value;
    changed();
  };
  return { ...scene, change };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a follower", () => {
  it("answers the first change at once, and those that come meanwhile together when that answer stands", async () => {
    const { asked, ends, change } = scene();
    change(1);
    expect(asked).toEqual([1]);
    for (const value of [2, 3, 4]) {
      vi.advanceTimersByTime(16);
      change(value);
    }
    expect(asked).toEqual([1]);
    ends[0]?.();
    await Promise.resolve();
    expect(asked).toEqual([1, 4]);
    ends[1]?.();
    await Promise.resolve();
    vi.advanceTimersByTime(1_000);
    expect(asked).toEqual([1, 4]);
  });
  it("gives a long run up for what changed since, however late its end", async () => {
    const { asked, ends, change } = scene();
    change(1);
    vi.advanceTimersByTime(20);
    change(2);
    vi.advanceTimersByTime(129);
    expect(asked).toEqual([1]);
    vi.advanceTimersByTime(1);
    expect(asked).toEqual([1, 2]);
    ends[0]?.();
    await Promise.resolve();
    change(3);
    expect(asked).toEqual([1, 2]);
    ends[1]?.();
    await Promise.resolve();
    expect(asked).toEqual([1, 2, 3]);
  });
  it("goes on after a run that failed", async () => {
    const failing = vi.fn(() => Promise.reject(new Error("no")));
    const changed = follower(failing);
    changed();
    await Promise.resolve();
    await Promise.resolve();
    changed();
    expect(failing).toHaveBeenCalledTimes(2);
  });
});
