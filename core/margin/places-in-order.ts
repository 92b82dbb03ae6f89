/**
 * Finds the members of a list in one that mostly holds the same in the same order, without a look-up: a what-if replaces or leaves out a few of
 * many positions.
 *
 * @param list members without repetition
 * @returns asked for one member after the other: its place in `list`; −1 of one that does not stand there next or next but one, which may yet be
 *   in it
 */
export function placesInOrder<Member extends object>(list: readonly Member[]): (member: Member) => number {
  let next = 0;
  return (member) => {
    const place = list[next] === member ? next : next + 1;
    const found = list[place] === member;
    next = found ? place + 1 : next + 1;
    return found ? place : -1;
  };
}
