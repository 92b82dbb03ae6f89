import { describe, expect, it } from "vitest";
import { groupsBy, noGroup, placesBy } from "../../../../core/methodology/parts/groups.ts";

const even = (value: number) => (value % 2 === 0 ? "even" : value > 6 ? undefined : "odd");

describe("groups of a list", () => {
  it("stand in order of first appearance, and what has no key in none", () => {
    const { of, first } = groupsBy([3, 2, 5, 7, 4], even);
    expect([...of]).toEqual([0, 1, 0, noGroup, 1]);
    expect(first).toEqual([0, 1]);
    expect(groupsBy([], even)).toEqual({ of: new Int32Array(), first: [] });
  });

  it("name the places of their members", () => {
    expect([...placesBy([3, 2, 5, 7, 4], even)]).toEqual([
      ["odd", [0, 2]],
      ["even", [1, 4]],
      [undefined, [3]],
    ]);
  });
});
