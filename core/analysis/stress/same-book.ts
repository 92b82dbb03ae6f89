import type { Book } from "../../methodology/index.ts";

/** Whether two books say the same: their positions, terms, balances and indices, value by value. Found once for two books. */
export function isSameBook(one: Book, other: Book): boolean {
  if (one === other) return true;
  const answers = known.get(one) ?? new WeakMap<Book, boolean>();
  known.set(one, answers);
  const answer = answers.get(other) ?? isSame(one, other);
  answers.set(other, answer);
  return answer;
}

/** Whether columns hold the same numbers, NaN as NaN. */
export function isSameColumn(one: Float64Array, other: Float64Array): boolean {
  return one.length === other.length && one.every((value, at) => Object.is(value, other[at]));
}

const known = new WeakMap<Book, WeakMap<Book, boolean>>();

function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false;
  if (one instanceof Float64Array && other instanceof Float64Array) return isSameColumn(one, other);
  if (one instanceof Map && other instanceof Map) return isSame([...one], [...other]);
  if (one instanceof Set && other instanceof Set) return isSame([...one], [...other]);
  const [names, others] = [Object.keys(one), Object.keys(other)];
  return (
    names.length === others.length &&
    names.every(
      (name) => Object.hasOwn(other, name) && isSame(one[name as keyof typeof one], other[name as keyof typeof other]),
    )
  );
}
