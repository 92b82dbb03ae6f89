import { DomainError } from "../../base/index.ts";
import { splitmix64Words } from "../random.ts";
import { joeKuoDirections } from "./joe-kuo.ts";

/** Dimensions with direction numbers; more are refused. */
export const sobolDimensions = joeKuoDirections.length + 1;

/**
 * How the points are made random, so that they are unbiased and their error can be estimated. digital-shift: one random number a dimension, by
 * exclusive or. owen: every bit is flipped or not by a hash of the bits above it; smaller error for smooth functions.
 */
export const sobolScrambles = ["none", "digital-shift", "owen"] as const;

export type SobolScramble = (typeof sobolScrambles)[number];

/** Points of the sequence, one after the other. */
export interface SobolSequence {
  /** Writes the next point, each coordinate in (0, 1), to `out[from …]`; 0 only without scramble, at the first point. */
  readonly next: (out: Float64Array, from?: number) => void;
}

/**
 * Sobol sequence in Gray-code order, from point 0.
 *
 *     x_i = x_{i−1} ⊕ v_c,   c = position of the lowest zero bit of i − 1;   scrambled coordinates are (x + ½)·2⁻³²
 *
 * @param dimensions 1 to 40
 * @param scramble   kind of scramble
 * @param seed       of the scramble; integer from 0 to 2⁵³ − 1
 * @returns the sequence; 2³² points
 * @throws DomainError if there are no direction numbers for a dimension
 * @source S. Joe, F. Y. Kuo (2008), as `joeKuoDirections`; A. Owen, Scrambled net variance for integrals of smooth functions, Ann. Statist. 25
 *   (1997) 1541–1562; hash after S. Laine, T. Karras, Stratified sampling for stochastic transparency, CGF 30 (2011) 1197–1204
 */
export function sobolSequence(dimensions: number, scramble: SobolScramble = "none", seed = 0): SobolSequence {
  if (!Number.isInteger(dimensions) || dimensions < 1 || dimensions > sobolDimensions) {
    throw new DomainError(`a Sobol sequence has 1 to ${sobolDimensions} dimensions`, dimensions);
  }
  const directions = directionNumbers(dimensions);
  const keys = new Int32Array(splitmix64Words(Math.floor(seed / 2 ** 32), seed % 2 ** 32, dimensions));
  const state = new Int32Array(dimensions);
  const offset = scramble === "none" ? 0 : 0.5;
  let index = 0;
  return {
    next(out, from = 0) {
      for (let j = 0; j < dimensions; j++) {
        const bits = state[j] as number;
        // One key a dimension: the low half of its own output of splitmix64.
        const key = keys[2 * j] as number;
        const mixed = scramble === "none" ? bits : scramble === "owen" ? owen(bits, key) : bits ^ key;
        out[from + j] = ((mixed >>> 0) + offset) * 2 ** -32;
      }
      const zero = 31 - Math.clz32(~index & (index + 1));
      for (let j = 0; j < dimensions; j++) state[j] = (state[j] as number) ^ (directions[j * 32 + zero] as number);
      index = (index + 1) | 0;
    },
  };
}

/** v₁ … v₃₂ of each dimension. */
function directionNumbers(dimensions: number): Int32Array {
  const v = new Int32Array(dimensions * 32);
  for (let i = 0; i < 32; i++) v[i] = 1 << (31 - i);
  for (let j = 1; j < dimensions; j++) {
    const { degree, a, m } = joeKuoDirections[j - 1] ?? { degree: 0, a: 0, m: [] };
    const from = j * 32;
    for (let i = 0; i < 32; i++) {
      if (i < degree) {
        v[from + i] = (m[i] as number) << (31 - i);
        continue;
      }
      const earlier = v[from + i - degree] as number;
      let number = earlier ^ (earlier >>> degree);
      for (let q = 1; q < degree; q++) {
        if (((a >> (degree - 1 - q)) & 1) === 1) number ^= v[from + i - q] as number;
      }
      v[from + i] = number;
    }
  }
  return v;
}

/** A nested uniform scramble: in reversed order each bit depends only on those below it, and multiplying by even numbers keeps that. */
function owen(bits: number, key: number): number {
  let x = reversed(bits);
  x = (x + key) | 0;
  x ^= Math.imul(x, 0x6c50b47c);
  x ^= Math.imul(x, 0xb82f1e52);
  x ^= Math.imul(x, 0xc7afe638);
  x ^= Math.imul(x, 0x8d22f6e6);
  return reversed(x);
}

function reversed(bits: number): number {
  let x = bits;
  x = ((x >>> 1) & 0x55555555) | ((x & 0x55555555) << 1);
  x = ((x >>> 2) & 0x33333333) | ((x & 0x33333333) << 2);
  x = ((x >>> 4) & 0x0f0f0f0f) | ((x & 0x0f0f0f0f) << 4);
  x = ((x >>> 8) & 0x00ff00ff) | ((x & 0x00ff00ff) << 8);
  return (x >>> 16) | (x << 16);
}
