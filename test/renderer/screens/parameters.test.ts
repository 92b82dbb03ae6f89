import { describe, expect, it } from "vitest";
import { keysOf, schemaAt } from "../../../renderer/screens/parameters/json-schema.ts";
import { covering, parameterTree, parsedValue } from "../../../renderer/screens/parameters/parameter-rows.ts";
import { smallResult } from "./small-result.ts";

const schema = {
  type: "object",
  $defs: { factor: { type: "number", description: "share kept, fraction" } },
  properties: {
    general: {
      properties: {
        factor: { $ref: "#/$defs/factor" },
        words: { type: "array", description: "order of columns", items: { enum: ["up", "down"] } },
      },
    },
    pairs: {
      description: "by pair",
      additionalProperties: { anyOf: [{ properties: { range: { description: "R: price move" } } }, { type: "null" }] },
    },
  },
};

describe("schemaAt", () => {
  it("goes through properties, references, items, records and unions", () => {
    expect(schemaAt(schema, "/general/factor").description).toBe("share kept, fraction");
    expect(schemaAt(schema, "/pairs/btc_usd/range").description).toBe("R: price move");
    expect(schemaAt(schema, "/general/words/1")).toEqual({ description: "order of columns", choices: ["up", "down"] });
  });
  it("knows nothing of what is not there", () => {
    expect(schemaAt(schema, "/general/absent/deep")).toEqual({});
    expect(schemaAt(undefined, "/general")).toEqual({});
  });
  it("reads escaped keys", () => expect(keysOf("/a~1b/c~0d")).toEqual(["a/b", "c~d"]));
});

describe("parameterTree", () => {
  const [general, pairs] = parameterTree(smallResult().rules, schema);
  it("gives every value its pointer, section and why it is uncertain", () => {
    const [factor, words] = general?.children ?? [];
    expect(factor?.value).toMatchObject({
      pointer: "/general/factor",
      value: 0.8,
      cite: "page, general",
      uncertain: "not published",
    });
    expect(words?.children.map(({ id, value }) => [id, value.value])).toEqual([
      ["/general/words/0", "up"],
      ["/general/words/1", "down"],
    ]);
  });
  it("shows the published value beside an override, and counts both marks in groups", () => {
    expect(pairs?.children[0]?.children[0]?.value).toMatchObject({
      value: 0.2,
      published: 0.16,
      cite: "page, table 1",
    });
    expect(pairs?.value).toMatchObject({ overrides: 1, uncertains: 0 });
    expect(general?.value).toMatchObject({ overrides: 0, uncertains: 1 });
  });
});

describe("covering", () => {
  it("takes the nearest pointer above", () => {
    const words = { "/a": "outer", "/a/b": "inner", "/ab": "other" };
    expect(covering(words, "/a/b/c")).toBe("inner");
    expect(covering(words, "/a/x")).toBe("outer");
    expect(covering(words, "/b")).toBeUndefined();
  });
});

describe("parsedValue", () => {
  it.each([
    ["0.25", 1, 0.25],
    ["−0.25", 1, -0.25],
    ["abc", 1, undefined],
    ["", 1, undefined],
    [null, 1, undefined],
    ["true", false, true],
    ["yes", false, undefined],
    ["net", "black", "net"],
  ])("%o where %o stands: %o", (text, current, value) => expect(parsedValue(text, current)).toBe(value));
});
