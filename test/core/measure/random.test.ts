import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../../core/base/index.ts";
import { type RandomStream, randomStream, splitmix64Words, xoshiro256 } from "../../../core/measure/index.ts";

const mask = (1n << 64n) - 1n;
const turned = (x: bigint, by: bigint): bigint => ((x << by) | (x >> (64n - by))) & mask;

/** The published algorithms of D. Blackman and S. Vigna on 64-bit integers: splitmix64.c and xoshiro256starstar.c. */
function* splitmix64(seed: bigint): Generator<bigint, never> {
  for (let state = seed; ; ) {
    state = (state + 0x9e3779b97f4a7c15n) & mask;
    let z = state;
    z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & mask;
    z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & mask;
    yield z ^ (z >> 31n);
  }
}

class Reference {
  s: bigint[];
  constructor(state: readonly bigint[]) {
    this.s = [...state];
  }
  next(): bigint {
    let [s0 = 0n, s1 = 0n, s2 = 0n, s3 = 0n] = this.s;
    const result = (turned((s1 * 5n) & mask, 7n) * 9n) & mask;
    const t = (s1 << 17n) & mask;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = turned(s3, 45n);
    this.s = [s0, s1, s2, s3];
    return result;
  }
  jump(): void {
    let sums = [0n, 0n, 0n, 0n];
    for (const word of [0x180ec6d33cfd0aban, 0xd5a61266f0c9392cn, 0xa9582618e03fc9aan, 0x39abdc4529b1661cn]) {
      for (let bit = 0n; bit < 64n; bit++) {
        if ((word >> bit) & 1n) sums = sums.map((total, i) => total ^ (this.s[i] ?? 0n));
        this.next();
      }
    }
    this.s = sums;
  }
}

const words = (state: readonly bigint[]): Uint32Array =>
  Uint32Array.from(state.flatMap((word) => [Number(word & 0xffffffffn), Number(word >> 32n)]));
const bits = (stream: RandomStream): bigint => {
  const [high, low] = stream.nextBits();
  return (BigInt(high) << 32n) | BigInt(low);
};
const taken = (stream: Generator<bigint, never>, count: number): bigint[] =>
  Array.from({ length: count }, () => stream.next().value);

describe("xoshiro256", () => {
  /** First outputs from the state 1, 2, 3, 4, as in the tests of the rand_xoshiro crate, made with the authors' C program. */
  const published = [
    ...[11520n, 0n, 1509978240n, 1215971899390074240n, 1216172134540287360n, 607988272756665600n],
    ...[16172922978634559625n, 8476171486693032832n, 10595114339597558777n, 2904607092377533576n],
  ];
  it("gives the published outputs", () => {
    const stream = xoshiro256(words([1n, 2n, 3n, 4n]));
    expect(published.map(() => bits(stream))).toEqual(published);
  });
  it("equals the 64-bit algorithm from any state, before and after a jump", () => {
    const word = fc.bigInt({ min: 1n, max: mask });
    fc.assert(
      fc.property(fc.tuple(word, word, word, word), (state) => {
        const [stream, reference] = [xoshiro256(words(state)), new Reference(state)];
        for (let i = 0; i < 50; i++) expect(bits(stream)).toBe(reference.next());
        stream.jump();
        reference.jump();
        for (let i = 0; i < 20; i++) expect(bits(stream)).toBe(reference.next());
      }),
      { numRuns: 40 },
    );
  });
  it("refuses a state of zeros", () => expect(() => xoshiro256(new Uint32Array(8))).toThrow(DomainError));
});

describe("randomStream", () => {
  it("is seeded by splitmix64", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (seed) => {
        const state = taken(splitmix64(BigInt(seed)), 4);
        expect(splitmix64Words(Math.floor(seed / 2 ** 32), seed % 2 ** 32, 4)).toEqual(words(state));
        expect(bits(randomStream(seed))).toBe(new Reference(state).next());
      }),
    );
  });
  it("makes numbers of the same bits whatever the face", () => {
    const [whole, open, filled, raw] = [randomStream(42), randomStream(42), randomStream(42), randomStream(42)];
    const out = new Float64Array(100);
    filled.fillOpen(out);
    for (let i = 0; i < 100; i++) {
      const word = bits(raw);
      expect(whole.next()).toBe(Number(word >> 11n) * 2 ** -53);
      expect(open.nextOpen()).toBe(out[i]);
      expect(out[i]).toBe((Number(word >> 12n) + 0.5) * 2 ** -52);
    }
  });
  it("is uniform in the mean, the variance and the order of pairs", () => {
    const stream = randomStream(7);
    let [sum, square, product, last] = [0, 0, 0, stream.next()];
    const count = 200_000;
    for (let i = 0; i < count; i++) {
      const u = stream.next();
      sum += u - 0.5;
      square += (u - 0.5) ** 2 - 1 / 12;
      product += (u - 0.5) * (last - 0.5);
      last = u;
    }
    expect(Math.abs(sum)).toBeLessThan(4 * Math.sqrt(count / 12));
    expect(Math.abs(square)).toBeLessThan(4 * Math.sqrt(count / 180));
    expect(Math.abs(product)).toBeLessThan((4 * Math.sqrt(count)) / 12);
  });
  it("draws integers below a bound, every one of them", () => {
    const stream = randomStream(3);
    const counts = new Float64Array(7);
    for (let i = 0; i < 70_000; i++) {
      const drawn = stream.nextBelow(7);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });
  it.each([-1, 0.5, 2 ** 53, Number.NaN])("refuses the seed %d", (seed) => {
    expect(() => randomStream(seed)).toThrow(DomainError);
  });
});
