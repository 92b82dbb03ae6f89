import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainOf } from "../../../core/api/codec.ts";
import { answerLines, answerReader } from "../../../core/api/parts.ts";

/** The result that lines stand for, read as a page reads them. */
function read(lines: readonly string[]): unknown {
  const next = answerReader();
  const messages = lines.map((line) => {
    const message = next(line);
    if (!message.ok) throw new Error(message.failure.message);
    return message.value;
  });
  const last = messages.at(-1);
  expect(messages.slice(0, -1).every((message) => message === undefined)).toBe(true);
  return last !== undefined && "result" in last ? last.result : undefined;
}

/** A tree of statement lines, wide and deep. */
function tree(width: number, depth: number): unknown {
  const children = depth === 0 ? [] : Array.from({ length: width }, () => tree(width, depth - 1));
  return { id: `line ${depth}`, amount: 0.1 * depth, inputs: [{ label: "a", value: 1 }, { label: "b" }], children };
}

describe("answerLines", () => {
  it("are one line for a small answer", () => {
    expect(answerLines({ ok: true, value: [1, 2] })).toEqual(['{"result":{"ok":true,"value":[1,2]}}']);
  });

  it.each([
    ["a deep and wide tree", { ok: true, value: tree(7, 5) }],
    ["a long list of objects", Array.from({ length: 9_000 }, (_, i) => ({ id: i, greeks: { delta: 0.5 * i } }))],
    ["a long list of lists", Array.from({ length: 4_000 }, (_, i) => [i, [i, [i]]])],
    ["an object of very many members", Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, i]))],
    ["nothing but numbers", Array.from({ length: 50_000 }, (_, i) => i)],
    ["typed arrays among much else", { list: Array.from({ length: 9_000 }, () => "x"), bytes: new Uint8Array(10) }],
  ])("of %s are several, and are read back equal", (_, value) => {
    const lines = answerLines(value);
    expect(lines.length).toBeGreaterThan(1);
    expect(read(lines)).toEqual(value);
  });

  it("are short for a wide tree and for a long list: none takes a page long to read", () => {
    for (const value of [tree(7, 5), Array.from({ length: 90_000 }, (_, i) => ({ id: i, name: `n${i}` }))]) {
      expect(Math.max(...answerLines(value).map((line) => line.length))).toBeLessThan(100_000);
    }
  });

  it("keep objects that look like references apart from references", () => {
    const lookalikes = [{ $part: 0 }, { $joined: [0] }, { $plain: { $part: 1 } }, JSON.parse('{"__proto__":{"a":1}}')];
    const value = { long: Array.from({ length: 9_000 }, (_, i) => i), lookalikes };
    expect(read(answerLines(value))).toEqual(value);
    expect(Object.keys((read(answerLines(value)) as typeof value).lookalikes[3])).toEqual(["__proto__"]);
  });

  it("give back any JSON value, however often it is repeated", () =>
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const many = Array.from({ length: 4_001 }, () => value);
        expect(read(answerLines(many))).toEqual(plainOf(many));
      }),
      { numRuns: 30 },
    ));

  it("refuse a number that is not finite", () => {
    expect(() => answerLines(Array.from({ length: 9_000 }, () => Number.NaN))).toThrow("finite");
  });
});

describe("answerReader", () => {
  it.each([
    ['{"result":{"$part":3}}', "a reference names an earlier part"],
    ["7", "a line of an answer is an object"],
    ['{"result":', "not JSON"],
  ])("refuses %j", (line, message) => {
    const next = answerReader();
    next('{"part":[1]}');
    expect(next(line)).toMatchObject({ ok: false, failure: { message: expect.stringContaining(message) } });
  });
  it("hands over events", () => {
    expect(answerReader()('{"event":{"kind":"progress"}}')).toEqual({
      ok: true,
      value: { event: { kind: "progress" } },
    });
  });
});
