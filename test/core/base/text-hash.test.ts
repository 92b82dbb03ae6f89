import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { canonicalJson, hashOf, textHash } from "../../../core/base/index.ts";

const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

describe("hashOf", () => {
  it.each([
    ["plain members", { b: [1, -0, 2.5e-300], a: { z: null, y: undefined, x: true }, "": {}, list: [] }],
    ["texts beyond ASCII", { ключ: "Größe € 𝄞", quote: '"\\\n' }],
    ["typed arrays", new Float64Array([1, 2, 3.5])],
    ["a text longer than a piece", Array.from({ length: 20_000 }, (_, at) => ({ id: `p${at}`, name: "𝄞é€" }))],
  ])("is the SHA-256 of the canonical JSON of %s", (_, value) => {
    expect(hashOf(value)).toBe(sha256(canonicalJson(value)));
  });

  it("refuses what canonical JSON refuses", () => {
    expect(() => hashOf({ a: Number.NaN })).toThrow("finite");
    expect(() => hashOf({ a: () => 1 })).toThrow("plain data");
  });
});

describe("textHash", () => {
  it("does not depend on how the text is cut", () => {
    const text = "margin € 𝄞 ".repeat(9_000);
    const hash = textHash();
    for (const piece of text.split(/(?<= )/)) hash.add(piece);
    expect(hash.digest()).toBe(sha256(text));
  });
});
