import { describe, expect, it } from "vitest";
import {
  coveringPointer,
  differenceOf,
  leavesOf,
  parseRulebook,
  type Rulebook,
  resolveRules,
  valueAt,
  versionOn,
  withValueAt,
} from "../../../core/rulebook/index.ts";
import { unwrapped } from "../result-value.ts";

const version = (name: string, effectiveFrom: string, range: number, more: object = {}) => ({
  name,
  effectiveFrom,
  source: { title: "a page", url: "https://example.org", retrieved: "2026-01-01" },
  parameters: { pairs: { btc_usd: { range, table: [1, 2] } }, mode: "plain", offsets: false },
  cites: { "/pairs": "1", "/mode": "2", "/offsets": "3" },
  ...more,
});
const json = {
  methodology: "example-linear",
  versions: [
    version("first", "2020-01-01", 0.1),
    version("second", "2022-01-11", 0.2, { note: "read twice" }),
    version("test", "2022-06-01", 0.9, { byNameOnly: true }),
  ],
};
const rulebook: Rulebook = unwrapped(parseRulebook(json));

describe("parseRulebook", () => {
  it("keeps versions as they are", () => expect(rulebook).toEqual(json));
  it("refuses versions that do not ascend by day", () => {
    const parsed = parseRulebook({ ...json, versions: [...json.versions].reverse() });
    expect(parsed).toMatchObject({ ok: false, failure: { reason: "conflict", at: "/versions/1" } });
  });
  it("refuses a name used twice", () => {
    const twice = { ...json, versions: [version("first", "2020-01-01", 1), version("first", "2021-01-01", 1)] };
    expect(parseRulebook(twice)).toMatchObject({ ok: false, failure: { reason: "conflict" } });
  });
  it("refuses a wrong shape and names the pointer", () => {
    const parsed = parseRulebook({ ...json, versions: [{ ...version("x", "2020-01-01", 1), effectiveFrom: "2020" }] });
    expect(parsed).toMatchObject({ ok: false, failure: { reason: "parse-error", at: "/versions/0/effectiveFrom" } });
  });
  it("refuses what is not a rulebook", () => {
    for (const other of [null, 3, "text", [], {}]) expect(parseRulebook(other).ok).toBe(false);
  });
});

describe("versionOn", () => {
  it.each([
    { date: "2020-01-01", name: "first" },
    { date: "2022-01-10", name: "first" },
    { date: "2022-01-11", name: "second" },
    { date: "2030-01-01", name: "second" },
  ])("$date: $name", ({ date, name }) => expect(versionOn(rulebook, date)?.name).toBe(name));
  it("has none before the first", () => expect(versionOn(rulebook, "2019-12-31")).toBeUndefined());
});

describe("resolveRules", () => {
  it("finds a version that is chosen by name only", () => {
    expect(unwrapped(resolveRules(rulebook, { name: "test" }))).toMatchObject({ version: "test", overrides: [] });
  });
  it("keeps where the parameters come from", () => {
    const rules = unwrapped(resolveRules(rulebook, { date: "2023-01-01" }));
    expect(rules).toMatchObject({ version: "second", effectiveFrom: "2022-01-11", note: "read twice", uncertain: {} });
  });
  it("says so when a rulebook was given up before the chosen day, and uses its last version", () => {
    const heldUntil = { date: "2024-02-01", because: "replaced by another method" };
    const ended = { ...json, versions: [version("only", "2020-01-01", 0.1, { heldUntil })] };
    const given = unwrapped(parseRulebook(ended));
    const lapsedOn = (date: string) => unwrapped(resolveRules(given, { date })).lapsed;
    expect(lapsedOn("2024-01-31")).toBeUndefined();
    expect(lapsedOn("2024-02-01")).toBe(
      "example-linear held until 2024-02-01: replaced by another method; version only is used for 2024-02-01",
    );
    expect(unwrapped(resolveRules(given, { name: "only" })).lapsed).toBeUndefined();
  });
  it("replaces single values, records what they replaced and hashes the outcome", () => {
    const path = "/pairs/btc_usd/table/1";
    const plain = unwrapped(resolveRules(rulebook, { name: "first" }));
    const rules = unwrapped(resolveRules(rulebook, { name: "first" }, [{ path, value: 5 }]));
    expect(rules.overrides).toEqual([{ path, value: 5, replaced: 2 }]);
    expect(rules.parameters).toEqual({
      pairs: { btc_usd: { range: 0.1, table: [1, 5] } },
      mode: "plain",
      offsets: false,
    });
    expect(rules.parametersHash).not.toBe(plain.parametersHash);
    expect(valueAt(rulebook.versions[0]?.parameters, path)).toBe(2);
    const back = unwrapped(resolveRules(rulebook, { name: "first" }, [{ path, value: 2 }]));
    expect(back.parametersHash).toBe(plain.parametersHash);
  });
  it.each([
    { path: "/pairs/eth_usd/range", value: 1, why: "a path that does not exist" },
    { path: "/pairs/btc_usd", value: 1, why: "a path that holds more than one value" },
    { path: "/pairs/btc_usd/range", value: "0.2", why: "another type" },
    { path: "/offsets", value: 1, why: "a number for a truth value" },
    { path: "/pairs/btc_usd/range", value: Number.NaN, why: "NaN" },
    { path: "/pairs/btc_usd/table/length", value: 1, why: "a property that is not data" },
    { path: "/__proto__/polluted", value: 1, why: "a prototype" },
  ])("refuses $why", ({ path, value }) => {
    const refused = resolveRules(rulebook, { name: "first" }, [{ path, value }]);
    expect(refused).toMatchObject({ ok: false, failure: { reason: "invalid-input", at: path } });
  });
  it("names the known versions when a name is unknown", () => {
    const refused = resolveRules(rulebook, { name: "third" });
    expect(refused).toMatchObject({ ok: false, failure: { reason: "not-found" } });
    expect(refused.ok ? "" : refused.failure.message).toContain("first, second, test");
  });
  it("says when the rules begin for an earlier day", () => {
    const refused = resolveRules(rulebook, { date: "2019-01-01" });
    expect(refused.ok ? "" : refused.failure.message).toContain("2020-01-01");
  });
  it.each(["2026-13-45", "2026-02-30", "20-1-1", "2026-11-22T00:00:00Z"])("refuses %s: it is no day", (date) => {
    expect(resolveRules(rulebook, { date })).toMatchObject({
      ok: false,
      failure: { reason: "invalid-input", at: date },
    });
  });
  it("takes a whole parameter set of the user", () => {
    const rules = unwrapped(
      resolveRules(rulebook, { parameters: { a: 1 }, label: "mine" }, [{ path: "/a", value: 2 }]),
    );
    expect(rules).toMatchObject({ version: "mine", parameters: { a: 2 }, cites: {}, uncertain: {} });
  });
});

describe("differenceOf", () => {
  it("lists changed, new and vanished leaves by pointer", () => {
    expect(differenceOf({ a: 1, b: { c: 2, d: 3 }, e: [1] }, { a: 1, b: { c: 4 }, e: [1, 2] })).toEqual([
      { path: "/b/c", from: 2, to: 4 },
      { path: "/b/d", from: 3 },
      { path: "/e/1", to: 2 },
    ]);
  });
  it("is empty for equal sets", () => expect(differenceOf({ a: [1, {}] }, { a: [1, {}] })).toEqual([]));
});

describe("pointers", () => {
  it("escape / and ~ in names", () => {
    const data = { "a/b": { "~c": 1 } };
    const [leaf] = [...leavesOf(data)];
    expect(leaf).toEqual({ path: "/a~1b/~0c", value: 1 });
    expect(valueAt(data, "/a~1b/~0c")).toBe(1);
    expect(withValueAt(data, "/a~1b/~0c", 2)).toEqual({ "a/b": { "~c": 2 } });
  });
  it("are covered by themselves and by what stands above, the nearest first", () => {
    expect(coveringPointer(["/a", "/a/b", "/ab"], "/a/b/c")).toBe("/a/b");
    expect(coveringPointer(["/a/b"], "/a/bc")).toBeUndefined();
    expect(coveringPointer(["/a/b"], "/a/b")).toBe("/a/b");
  });
});
