import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { base64Of, bytesOfBase64 } from "../../../core/api/base64.ts";
import { decode, encode, plainOf } from "../../../core/api/codec.ts";
import { DomainError } from "../../../core/base/index.ts";

const roundTrip = (value: unknown): unknown => decode(encode(value));

describe("base64", () => {
  it("agrees with Node for any bytes", () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = Buffer.from(bytes).toString("base64");
        expect(base64Of(bytes)).toBe(text);
        expect(bytesOfBase64(text)).toEqual(bytes);
      }),
    ));
  it("holds for more bytes than one chunk of text", () => {
    const bytes = Uint8Array.from({ length: 100_001 }, (_, index) => (index * 31) % 256);
    expect(bytesOfBase64(base64Of(bytes))).toEqual(bytes);
  });
  it.each(["a", "abc", "ab=c", "ab!=", "é==="])("refuses %j", (text) => {
    expect(() => bytesOfBase64(text)).toThrow(DomainError);
  });
});

describe("encode and decode", () => {
  it("give back any plain JSON value", () =>
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(roundTrip(value)).toEqual({ ok: true, value: plainOf(value) });
      }),
    ));
  it("give back typed arrays of each kind, also from inside a larger buffer", () => {
    const inside = new Float64Array([1, 2.5, -3e300, 0.1]).subarray(1, 3);
    const value = { bytes: new Uint8Array([0, 255]), numbers: inside, points: [new Int16Array([-1, 32_767])] };
    expect(roundTrip(value)).toEqual({ ok: true, value });
  });
  it("keep every bit of a number in an array", () => {
    const numbers = new Float64Array([Number.MIN_VALUE, Number.MAX_VALUE, 0.1 + 0.2, Number.EPSILON]);
    expect(roundTrip(numbers)).toEqual({ ok: true, value: numbers });
  });
  it("leave objects alone that look like a tag", () => {
    for (const value of [{ $bytes: 1 }, { $float64: "x" }, { $plain: { $bytes: "AA==" } }, { $plain: 1 }]) {
      expect(roundTrip(value)).toEqual({ ok: true, value });
    }
  });
  it("drop members that are undefined and the sign of zero", () => {
    expect(encode({ a: undefined, b: -0 })).toBe('{"b":0}');
    expect(Object.is((plainOf({ b: -0 }) as { b: number }).b, 0)).toBe(true);
  });
  it("keep a member named __proto__ as a member", () => {
    const value = JSON.parse('{"__proto__": {"admin": true}}');
    expect(encode(value)).toBe('{"__proto__":{"admin":true}}');
    const decoded = decode('{"__proto__": {"admin": true}}');
    expect(decoded.ok && (decoded.value as { admin?: boolean }).admin).toBeUndefined();
  });
  it.each([
    ["NaN", { a: [Number.NaN] }],
    ["infinity", Number.NEGATIVE_INFINITY],
    ["NaN in an array", new Float64Array([1, Number.NaN])],
    ["a Map", new Map()],
    ["a function", { f: () => 1 }],
    ["a big integer", 1n],
  ])("refuse %s", (_, value) => expect(() => encode(value)).toThrow(DomainError));
  it.each(["", "{", '{"$bytes": 1}', '{"$bytes": "A"}', '{"$float64": "AAAA"}'])("refuse the text %j", (text) => {
    const decoded = decode(text);
    expect(decoded.ok ? undefined : decoded.failure.reason).toBe("parse-error");
  });
});
