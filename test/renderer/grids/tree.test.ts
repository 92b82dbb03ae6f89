import { describe, expect, it } from "vitest";
import { flattened, matching, pathTo, type TreeNode, textMatch, treeOrder } from "../../../renderer/grids/tree.ts";

const node = (id: string, children: readonly TreeNode<number>[] = []): TreeNode<number> => ({
  id,
  label: id,
  value: id.length,
  children,
});
const nodes = [node("a", [node("a1", [node("a1x")]), node("a2")]), node("b")];

describe("flattened", () => {
  it("lists open rows with level, parent and state; a closed row hides what is below it", () => {
    const rows = flattened(nodes, ({ id }) => id === "a");
    expect(rows.map(({ id, level, parent, expanded }) => [id, level, parent, expanded])).toEqual([
      ["a", 1, undefined, true],
      ["a1", 2, "a", false],
      ["a2", 2, "a", undefined],
      ["b", 1, undefined, undefined],
    ]);
  });
  it("opens by level", () => expect(flattened(nodes, (_, level) => level < 9)).toHaveLength(5));
});

describe("matching", () => {
  it("keeps what is above a match and everything below it", () => {
    const ids = (list: readonly TreeNode<number>[]): string[] =>
      list.flatMap(({ id, children }) => [id, ...ids(children)]);
    expect(ids(matching(nodes, ({ id }) => id === "a1"))).toEqual(["a", "a1", "a1x"]);
    expect(ids(matching(nodes, ({ id }) => id === "none"))).toEqual([]);
  });
});

describe("pathTo", () => {
  it("names everything above a node from the top", () => {
    expect(pathTo(nodes, "a1x")).toEqual(["a", "a1"]);
    expect(pathTo(nodes, "b")).toEqual([]);
    expect(pathTo(nodes, "absent")).toBeUndefined();
  });
});

describe("treeOrder", () => {
  it("sorts siblings and keeps children under their parents", () => {
    const rows = flattened(nodes, () => true);
    const descending = [...rows].sort((x, y) => (x.id < y.id ? 1 : -1));
    expect(treeOrder(descending).map(({ id }) => id)).toEqual(["b", "a", "a2", "a1", "a1x"]);
  });
  it("keeps a row whose parent is not in the list", () => {
    const row = { id: "x", label: "x", level: 2, parent: "absent" };
    expect(treeOrder([row])).toEqual([row]);
  });
});

describe("textMatch", () => {
  it("looks for every word, anywhere, in any case", () => {
    expect(textMatch("btc  PUT")("BTC-27NOV26-90000-P option put")).toBe(true);
    expect(textMatch("btc call")("BTC-27NOV26-90000-P option put")).toBe(false);
    expect(textMatch("")("anything")).toBe(true);
  });
});
