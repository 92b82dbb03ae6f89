/**
 * A number of each member of a list, in its order: `Float64Array.from` with a mapping goes by the list's iterator and takes ten times as long.
 *
 * @returns as many numbers as the list has members
 */
export function numbersOf<Member>(
  list: ArrayLike<Member>,
  of: (member: Member, place: number) => number,
): Float64Array<ArrayBuffer> {
  const numbers = new Float64Array(list.length);
  for (let place = 0; place < numbers.length; place++) numbers[place] = of(list[place] as Member, place);
  return numbers;
}
