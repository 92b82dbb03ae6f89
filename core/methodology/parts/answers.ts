/** The last answer of a function. */
export interface Slot<Answer> {
  answer: Answer | undefined;
}

/**
 * A slot by context, first member and size of a list (to a power of two), kept as long as both are: methods that share a function do not displace
 * each other's, and a book whose options are added up does not displace the book it came from.
 *
 * Answers are written into the slot, not into the map: what a weak map is given outlives the collections of young memory until the next full one,
 * and books at many markets would be kept by the hundred.
 */
export function slotsOf<Context extends object, First extends object, Answer>(): (
  context: Context,
  first: First,
  length: number,
) => Slot<Answer> {
  const byContext = new WeakMap<Context, WeakMap<First, Slot<Answer>[]>>();
  return (context, first, length) => {
    const own = kept(byContext, context, () => new WeakMap<First, Slot<Answer>[]>());
    const bySize = kept(own, first, (): Slot<Answer>[] => []);
    const size = Math.clz32(length);
    const slot = bySize[size] ?? { answer: undefined };
    bySize[size] = slot;
    return slot;
  };
}

function kept<Key extends object, Value>(map: WeakMap<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
