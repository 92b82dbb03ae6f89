/** Answers by context and by first member of a list, kept as long as both are: methods that share a function do not displace each other's. */
export interface Answers<Context extends object, First extends object, Answer> {
  readonly get: (context: Context, first: First) => Answer | undefined;
  readonly set: (context: Context, first: First, answer: Answer) => void;
}

export function answersOf<Context extends object, First extends object, Answer>(): Answers<Context, First, Answer> {
  const byContext = new WeakMap<Context, WeakMap<First, Answer>>();
  return {
    get: (context, first) => byContext.get(context)?.get(first),
    set(context, first, answer) {
      const own = byContext.get(context) ?? new WeakMap<First, Answer>();
      byContext.set(context, own);
      own.set(first, answer);
    },
  };
}
