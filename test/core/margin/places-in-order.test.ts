import { expect, it } from "vitest";
import { placesInOrder } from "../../../core/margin/places-in-order.ts";

const list: readonly object[] = Array.from({ length: 6 }, (_, at) => ({ at }));
const [a, b, c, d, e, f] = list as [object, object, object, object, object, object];
const places = (members: readonly object[]) => members.map(placesInOrder(list));

it("finds members that stand in their order, past one that is replaced or gone", () => {
  expect(places(list)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(places([a, {}, c, d, e, f])).toEqual([0, -1, 2, 3, 4, 5]);
  expect(places([a, c, d, f])).toEqual([0, 2, 3, 5]);
  expect(places([...list, {}, {}])).toEqual([0, 1, 2, 3, 4, 5, -1, -1]);
});

it("finds its way again after members that are not in the list, and after some of the list that are not asked for", () => {
  expect(places([{}, {}, ...list])).toEqual([-1, -1, 0, 1, 2, 3, 4, 5]);
  expect(places([a, {}, {}, {}, b, c])).toEqual([0, -1, -1, -1, 1, 2]);
  expect(places([{}, {}, {}, d, e, f])).toEqual([-1, -1, -1, 3, 4, 5]);
  expect(places([a, d, e, f])).toEqual([0, -1, 4, 5]);
});

it("never names another member, whatever the order", () => {
  for (const members of [
    [f, e, d, c, b, a],
    [{}, a, b, c],
    [a, a, b, b],
    [d, e, f, a, b, c],
  ]) {
    const placeOf = placesInOrder(list);
    for (const member of members) {
      const place = placeOf(member);
      if (place >= 0) expect(list[place]).toBe(member);
    }
  }
  expect(places([])).toEqual([]);
  expect([a, b].map(placesInOrder<object>([]))).toEqual([-1, -1]);
});
