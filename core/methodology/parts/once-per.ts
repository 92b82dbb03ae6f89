/**
 * A function of one object that remembers its answers, each as long as its object is kept.
 *
 * @param make computes the answer from nothing but the object, which never changes; a pure function
 */
export function oncePer<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const answers = new WeakMap<Key, { readonly value: Value }>();
  return (key) => {
    const known = answers.get(key) ?? { value: make(key) };
    answers.set(key, known);
    return known.value;
  };
}
