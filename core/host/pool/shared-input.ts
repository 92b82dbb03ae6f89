/** Smaller arrays are copied to each thread: that costs less than sharing them. */
const leastShared = 256;
/** Inputs of the engine are records of arrays in records of arrays; deeper things are copied as they are. */
const depthLimit = 3;

/**
 * The input of a job with its long typed arrays in shared memory: copied once, however many threads read them.
 * Arrays that are shared already stay as they are.
 */
export function sharedInput(value: unknown, depth = 0): unknown {
  if (value instanceof Float64Array) return sharedArray(value);
  if (depth === depthLimit || typeof value !== "object" || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, sharedInput(member, depth + 1)]));
}

function sharedArray(values: Float64Array): Float64Array {
  if (values.length < leastShared || values.buffer instanceof SharedArrayBuffer) return values;
  const shared = new Float64Array(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  return shared;
}
