import { beforeEach, describe, expect, it, vi } from "vitest";
import { undoable, undoStore } from "../../../renderer/state/undo.ts";

/** A value whose every change is an edit. */
function counter() {
  let value = 0;
  const change = (next: number, merge?: string): void => {
    const before = value;
    value = next;
    undoable({
      label: `value ${next}`,
      ...(merge !== undefined && { merge }),
      undo: () => {
        value = before;
      },
      redo: () => {
        value = next;
      },
    });
  };
  return { change, value: () => value };
}

const { undo, redo, clear } = undoStore.getState();
const labels = () => undoStore.getState().done.map(({ label }) => label);

beforeEach(() => {
  vi.useRealTimers();
  clear();
});

describe("the history of edits", () => {
  it("takes back and makes again the edits of several stores in the order they were made", () => {
    const [one, other] = [counter(), counter()];
    one.change(1);
    other.change(10);
    one.change(2);
    undo();
    expect([one.value(), other.value()]).toEqual([1, 10]);
    expect(undoStore.getState().said).toBe("Undone: value 2");
    undo();
    expect([one.value(), other.value()]).toEqual([1, 0]);
    redo();
    redo();
    expect([one.value(), other.value()]).toEqual([2, 10]);
    redo();
    expect([one.value(), other.value()]).toEqual([2, 10]);
  });

  it("forgets what was undone when something new is done", () => {
    const one = counter();
    one.change(1);
    undo();
    one.change(5);
    redo();
    expect(one.value()).toBe(5);
    expect(labels()).toEqual(["value 5"]);
  });

  it("does not take for an edit what a store changes while it undoes", () => {
    const one = counter();
    let edited = 0;
    undoable({ label: "outer", undo: () => one.change(++edited), redo: () => one.change(++edited) });
    undo();
    expect(one.value()).toBe(1);
    expect(labels()).toEqual([]);
    expect(undoStore.getState().undone).toHaveLength(1);
    redo();
    expect(labels()).toEqual(["outer"]);
  });

  it("takes back quick edits with one key together, and slow ones apart", () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const one = counter();
    one.change(1, "slider");
    one.change(2, "slider");
    vi.advanceTimersByTime(5000);
    one.change(3, "slider");
    undo();
    expect(one.value()).toBe(2);
    undo();
    expect(one.value()).toBe(0);
    redo();
    expect(one.value()).toBe(2);
  });

  it("keeps its order when a change throws", () => {
    undoable({
      label: "breaks",
      undo: () => {
        throw new Error("broken");
      },
      redo: () => undefined,
    });
    expect(undo).toThrow("broken");
    counter().change(1);
    expect(labels()).toEqual(["value 1"]);
  });

  it("keeps two hundred edits", () => {
    const one = counter();
    for (let value = 1; value <= 250; value++) one.change(value);
    expect(labels()).toHaveLength(200);
    expect(labels().at(-1)).toBe("value 250");
  });
});
