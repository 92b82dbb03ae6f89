/** A list split by key, groups in order of first appearance. */
export interface Groups {
  /** Group of each member; `noGroup` of those without key. */
  readonly of: Int32Array;
  /** Place of the first member of each group. */
  readonly first: readonly number[];
}

export const noGroup = -1;

/** @param keyOf key of a member; `undefined` where it belongs to no group */
export function groupsBy<Member>(
  list: readonly Member[],
  keyOf: (member: Member) => string | number | undefined,
): Groups {
  const known = new Map<string | number, number>();
  const first: number[] = [];
  const of = new Int32Array(list.length);
  list.forEach((member, at) => {
    const key = keyOf(member);
    if (key === undefined) {
      of[at] = noGroup;
      return;
    }
    const group = known.get(key) ?? first.push(at) - 1;
    known.set(key, group);
    of[at] = group;
  });
  return { of, first };
}

/** Places of the members of a list by key, keys in order of first appearance. */
export function placesBy<Member, Key>(
  list: readonly Member[],
  keyOf: (member: Member) => Key,
): ReadonlyMap<Key, readonly number[]> {
  const places = new Map<Key, number[]>();
  list.forEach((member, place) => {
    const key = keyOf(member);
    const own = places.get(key);
    if (own === undefined) places.set(key, [place]);
    else own.push(place);
  });
  return places;
}
