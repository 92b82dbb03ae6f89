import { DomainError } from "../base/index.ts";

/** Name stored with every result drawn from this generator. */
export const generatorName = "xoshiro256** (seed by splitmix64), 52-bit open uniforms, inverse distribution functions";

/**
 * A stream of random numbers: same seed, same bits, on every machine.
 * The only mutable object of this stage; it belongs to the function that made it.
 */
export interface RandomStream {
  /** Next 64 bits as two words, 0 to 2³² − 1 each. */
  readonly nextBits: () => readonly [high: number, low: number];
  /** Next multiple of 2⁻⁵³ in [0, 1). */
  readonly next: () => number;
  /** Next odd multiple of 2⁻⁵³ strictly between 0 and 1: safe in any quantile function, and 1 − u is exact. */
  readonly nextOpen: () => number;
  /** Next integer in [0, below), below ≤ 2³²; the same probability each up to 2⁻²⁰. */
  readonly nextBelow: (below: number) => number;
  /** Fills an array with `nextOpen`. */
  readonly fillOpen: (out: Float64Array) => void;
  /** Advances by 2¹²⁸ numbers: streams jumped a different number of times never overlap. */
  readonly jump: () => void;
}

/** Words of the jump polynomial, low half first. */
const jumpWords = [
  0x3cfd0aba, 0x180ec6d3, 0xf0c9392c, 0xd5a61266, 0xe03fc9aa, 0xa9582618, 0x29b1661c, 0x39abdc45,
] as const;

/**
 * Random stream of a seed.
 *
 * @param seed integer from 0 to 2⁵³ − 1
 * @returns a xoshiro256** stream whose state is four outputs of splitmix64
 * @throws DomainError for any other seed
 * @source D. Blackman, S. Vigna, Scrambled linear pseudorandom number generators, ACM TOMS 47 (2021) 36
 */
export function randomStream(seed: number): RandomStream {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new DomainError("a seed must be an integer from 0 to 9007199254740991", seed);
  }
  return xoshiro256(splitmix64Words(Math.floor(seed / 2 ** 32), seed % 2 ** 32, 4));
}

/**
 * Outputs of splitmix64.
 *
 * @param high  upper word of the seed
 * @param low   lower word of the seed
 * @param count number of 64-bit outputs
 * @returns two words an output, low half first
 * @source S. Vigna, splitmix64.c (2015)
 */
export function splitmix64Words(high: number, low: number, count: number): Uint32Array {
  const words = new Uint32Array(2 * count);
  const state = new Uint32Array([low, high]);
  for (let i = 0; i < count; i++) {
    add64(state, 0x7f4a7c15, 0x9e3779b9);
    const z = state.slice();
    xorShiftRight(z, 30);
    multiply64(z, 0x1ce4e5b9, 0xbf58476d);
    xorShiftRight(z, 27);
    multiply64(z, 0x133111eb, 0x94d049bb);
    xorShiftRight(z, 31);
    words.set(z, 2 * i);
  }
  return words;
}

/**
 * The xoshiro256** generator from its state.
 *
 * @param state eight words, low half of each 64-bit word first; not all zero
 * @returns the stream
 * @throws DomainError if the state is all zero or not of eight words
 * @source D. Blackman, S. Vigna, xoshiro256starstar.c (2018), in 32-bit halves
 */
export function xoshiro256(state: Uint32Array): RandomStream {
  if (state.length !== 8 || state.every((word) => word === 0)) {
    throw new DomainError("a state must be eight words, not all zero", state.join(" "));
  }
  const words = new Int32Array(state);
  const one = new Uint32Array(2);
  const block = new Uint32Array(2 * blockTurns);
  const nextOpen = (): number => {
    turns(words, one, 1);
    return openUniform(one[0] as number, one[1] as number);
  };
  return {
    nextBits() {
      turns(words, one, 1);
      return [one[0] as number, one[1] as number];
    },
    next() {
      turns(words, one, 1);
      return ((one[0] as number) * 2097152 + ((one[1] as number) >>> 11)) * 2 ** -53;
    },
    nextOpen,
    nextBelow(below) {
      turns(words, one, 1);
      return Math.floor(((one[0] as number) * 1048576 + ((one[1] as number) >>> 12)) * 2 ** -52 * below);
    },
    fillOpen(out) {
      for (let from = 0; from < out.length; from += blockTurns) {
        const count = Math.min(blockTurns, out.length - from);
        turns(words, block, count);
        for (let i = 0; i < count; i++) out[from + i] = openUniform(block[2 * i] as number, block[2 * i + 1] as number);
      }
    },
    jump() {
      const sums = new Int32Array(8);
      for (const word of jumpWords) {
        for (let bit = 0; bit < 32; bit++) {
          if ((word & (1 << bit)) !== 0)
            for (let i = 0; i < 8; i++) sums[i] = (sums[i] as number) ^ (words[i] as number);
          turns(words, one, 1);
        }
      }
      words.set(sums);
    },
  };
}

/** Numbers made at a time by `fillOpen`. */
const blockTurns = 64;

/** The upper 52 bits and a half: an odd multiple of 2⁻⁵³. */
function openUniform(high: number, low: number): number {
  return (high * 1048576 + (low >>> 12) + 0.5) * 2 ** -52;
}

/** Turns of the generator: the state moves on, each output goes to `out` as high and low word. */
function turns(state: Int32Array, out: Uint32Array, count: number): void {
  let l0 = state[0] as number;
  let h0 = state[1] as number;
  let l1 = state[2] as number;
  let h1 = state[3] as number;
  let l2 = state[4] as number;
  let h2 = state[5] as number;
  let l3 = state[6] as number;
  let h3 = state[7] as number;
  for (let i = 0; i < count; i++) {
    // s1 × 5, rotated left by 7, × 9; carries by unsigned comparison of the low halves.
    const fourLow = l1 << 2;
    const fiveLow = (fourLow + l1) | 0;
    const carryFive = fiveLow >>> 0 < fourLow >>> 0 ? 1 : 0;
    const fiveHigh = (((h1 << 2) | (l1 >>> 30)) + h1 + carryFive) | 0;
    const turnedLow = (fiveLow << 7) | (fiveHigh >>> 25);
    const turnedHigh = (fiveHigh << 7) | (fiveLow >>> 25);
    const eightLow = turnedLow << 3;
    const low = (eightLow + turnedLow) | 0;
    const carryNine = low >>> 0 < eightLow >>> 0 ? 1 : 0;
    out[2 * i] = ((turnedHigh << 3) | (turnedLow >>> 29)) + turnedHigh + carryNine;
    out[2 * i + 1] = low;

    const shiftedLow = l1 << 17;
    const shiftedHigh = (h1 << 17) | (l1 >>> 15);
    l2 ^= l0;
    h2 ^= h0;
    l3 ^= l1;
    h3 ^= h1;
    l1 ^= l2;
    h1 ^= h2;
    l0 ^= l3;
    h0 ^= h3;
    l2 ^= shiftedLow;
    h2 ^= shiftedHigh;
    const oldLow = l3;
    // Left by 45 is the halves swapped, then left by 13.
    l3 = (h3 << 13) | (oldLow >>> 19);
    h3 = (oldLow << 13) | (h3 >>> 19);
  }
  state[0] = l0;
  state[1] = h0;
  state[2] = l1;
  state[3] = h1;
  state[4] = l2;
  state[5] = h2;
  state[6] = l3;
  state[7] = h3;
}

/** Sum modulo 2⁶⁴, in place. */
function add64(value: Uint32Array, low: number, high: number): void {
  const lowSum = (value[0] as number) + low;
  value[0] = lowSum;
  value[1] = (value[1] as number) + high + (lowSum >= 2 ** 32 ? 1 : 0);
}

/** value ^= value >>> shift, shift below 32, in place. */
function xorShiftRight(value: Uint32Array, shift: number): void {
  const [low = 0, high = 0] = value;
  value[0] = low ^ ((low >>> shift) | (high << (32 - shift)));
  value[1] = high ^ (high >>> shift);
}

/** Product modulo 2⁶⁴, in place. */
function multiply64(value: Uint32Array, low: number, high: number): void {
  const [a = 0, b = 0] = value;
  const cross = (Math.imul(a, high) + Math.imul(b, low)) | 0;
  // a × low in full, by 16-bit halves of a: both partial products are exact.
  const small = (a & 0xffff) * low;
  const large = (a >>> 16) * low;
  const partial = large + Math.floor(small / 65536);
  value[0] = (partial % 65536) * 65536 + (small % 65536);
  value[1] = Math.floor(partial / 65536) + cross;
}
