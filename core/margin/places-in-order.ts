/** Places looked at beyond those that were passed over, at most. */
const farthest = 16;

/**
 * Finds the members of a list in one that mostly holds the same in the same order, without a look-up: a what-if replaces, adds or leaves out a
 * few of many positions, and a methodology excludes some.
 *
 * @param list members without repetition
 * @returns asked for one member after the other: its place in `list`; −1 of one that does not stand among the next few there, which may yet be
 *   in it
 */
export function placesInOrder<Member extends object>(list: readonly Member[]): (member: Member) => number {
  let next = 0;
  // Members asked for since the last one that was found: each may be new, or stand for one of the list.
  let missed = 0;
  return (member) => {
    if (list[next] === member) {
      missed = 0;
      next += 1;
      return next - 1;
    }
    const last = next + Math.min(farthest, 2 * missed + 1);
    for (let place = next + 1; place <= last; place++)
      if (list[place] === member) {
        missed = 0;
        next = place + 1;
        return place;
      }
    missed += 1;
    return -1;
  };
}
