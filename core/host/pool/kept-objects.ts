import type { InputMember } from "./pool-message.ts";
import { sharedInput } from "./shared-input.ts";

/**
 * Objects a thread keeps: books and their neighbours of the last jobs, three for each of some eight methods that are run together.
 * Both sides forget the same ones.
 */
const capacity = 24;

/** Objects by number, those that were used longest ago forgotten. */
export class KeptObjects {
  readonly #values = new Map<number, unknown>();

  has(id: number): boolean {
    return this.#values.has(id);
  }

  /** What is kept under a number, which counts as used. */
  use(id: number): unknown {
    const value = this.#values.get(id);
    this.keep(id, value);
    return value;
  }

  keep(id: number, value: unknown): void {
    this.#values.delete(id);
    this.#values.set(id, value);
    const [oldest] = this.#values.keys();
    if (this.#values.size > capacity && oldest !== undefined) this.#values.delete(oldest);
  }
}

/** An input ready to be sent to any thread: long arrays in shared memory, objects numbered by identity. */
export interface SentInput {
  readonly members: readonly { readonly name: string; readonly value: unknown; readonly id: number | undefined }[];
}

const numbers = new WeakMap<object, number>();
let lastNumber = 0;

/** Prepares the input of a job; done once, however many threads get it. */
export function sentInput(input: unknown): SentInput {
  return {
    members: Object.entries(input as object).map(([name, value]) => ({
      name,
      value: sharedInput(value),
      id: typeof value === "object" && value !== null && !ArrayBuffer.isView(value) ? numberOf(value) : undefined,
    })),
  };
}

/** What has to be sent to a thread that keeps `kept`. */
export function membersFor({ members }: SentInput, kept: KeptObjects): readonly InputMember[] {
  return members.map(({ name, value, id }) => {
    if (id === undefined) return { name, value };
    if (kept.has(id)) {
      kept.use(id);
      return { name, keep: id };
    }
    kept.keep(id, true);
    return { name, value, keep: id };
  });
}

/** The input again, on the thread. */
export function receivedInput(members: readonly InputMember[], kept: KeptObjects): unknown {
  return Object.fromEntries(
    members.map(({ name, value, keep }) => {
      if (keep === undefined) return [name, value];
      if (value !== undefined) kept.keep(keep, value);
      return [name, kept.use(keep)];
    }),
  );
}

function numberOf(value: object): number {
  const known = numbers.get(value);
  if (known !== undefined) return known;
  lastNumber += 1;
  numbers.set(value, lastNumber);
  return lastNumber;
}
