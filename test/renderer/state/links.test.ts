import { beforeEach, describe, expect, it } from "vitest";
import type { Client } from "../../../core/api/client.ts";
import { connect } from "../../../renderer/client/index.ts";
import { linkStore, readGroups } from "../../../renderer/state/links.ts";
import { undoStore } from "../../../renderer/state/undo.ts";

const stored: unknown[] = [];

beforeEach(() => {
  stored.length = 0;
  connect({
    call: (_: string, input: unknown) => {
      stored.push(input);
      return Promise.resolve({ ok: true, value: null });
    },
  } as unknown as Client);
  linkStore.setState({ groups: {} });
  undoStore.getState().clear();
});

describe("link groups", () => {
  it("give a panel a letter, keep it, and take it back with undo", () => {
    const { link } = linkStore.getState();
    link("matrix", "A");
    link("positions", "B");
    expect(linkStore.getState().groups).toEqual({ matrix: "A", positions: "B" });
    expect(stored.at(-1)).toEqual({ key: "links", value: { matrix: "A", positions: "B" } });
    link("matrix", undefined);
    expect(linkStore.getState().groups).toEqual({ positions: "B" });
    undoStore.getState().undo();
    expect(linkStore.getState().groups).toEqual({ matrix: "A", positions: "B" });
    expect(undoStore.getState().said).toBe("Undone: link group of matrix");
  });

  it.each([null, [], "A", { matrix: "D" }, { matrix: 1 }])(
    "take nothing from what is no setting of theirs: %j",
    (value) => expect(readGroups(value)).toEqual({}),
  );

  it("take the letters that were stored, and no other", () => {
    expect(readGroups({ matrix: "C", positions: "Z" })).toEqual({ matrix: "C" });
  });
});
