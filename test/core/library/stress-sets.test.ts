import { describe, expect, it } from "vitest";
import type { NewStressSetVersion } from "../../../core/api/ports.ts";
import { openLibrary } from "../../../core/library/index.ts";
import { type StressSet, stressSet } from "../../../core/scenario/index.ts";
import { freshPath } from "./fixture.ts";

const setOf = (name: string, amount: number): StressSet =>
  stressSet.parse({
    ...{ name, owner: "desk", tags: ["a", "b"] },
    scenarios: [{ id: "fall", label: "Fall", shocks: [{ kind: "price", factor: "BTC", mode: "relative", amount }] }],
  });

const version = (expected: number, amount: number, rest: Partial<NewStressSetVersion> = {}): NewStressSetVersion => ({
  ...{
    id: "s",
    change: "saved",
    content: setOf("Falls", amount),
    why: "",
    note: "1 scenario",
    expected,
    atMs: expected,
  },
  ...rest,
});

describe("stress sets in the library", () => {
  it("keep every state, and come back after closing", () => {
    const path = freshPath();
    const first = openLibrary(path);
    first.stressSets.append(version(0, -0.1));
    first.stressSets.append(version(1, -0.2, { before: 1, why: "deeper" }));
    first.close();
    const second = openLibrary(path);
    expect(second.stressSets.get("s")).toMatchObject({ name: "Falls", version: 2, tags: ["a", "b"], owner: "desk" });
    const versions = second.stressSets.versions("s");
    expect(versions.map(({ number, current, before }) => [number, current, before])).toEqual([
      [2, true, 1],
      [1, false, undefined],
    ]);
    const earliest = versions.at(-1);
    expect(earliest && second.stressSets.content(earliest.sha256)).toEqual(setOf("Falls", -0.1));
    expect(second.info().counts).toMatchObject({ stressSets: 1 });
    second.close();
  });

  it("are not overwritten by who looked at an older state", () => {
    const library = openLibrary(freshPath());
    library.stressSets.append(version(0, -0.1));
    library.stressSets.append(version(1, -0.2));
    expect(library.stressSets.append(version(1, -0.9))).toBeUndefined();
    expect(library.stressSets.get("s")?.content).toEqual(setOf("Falls", -0.2));
    library.close();
  });

  it("say when they are deleted, and leave nothing behind when they go for ever", () => {
    const library = openLibrary(freshPath());
    library.stressSets.append(version(0, -0.1));
    library.stressSets.append(version(1, -0.1, { change: "deleted" }));
    expect(library.stressSets.list()).toMatchObject([{ id: "s", deleted: true }]);
    expect(library.stressSets.remove("s")).toBe(true);
    expect(library.stressSets.list()).toEqual([]);
    expect(library.stressSets.versions("s")).toEqual([]);
    expect(library.stressSets.remove("s")).toBe(false);
    library.close();
  });

  it("travel with an exported library, versions and all", () => {
    const from = openLibrary(freshPath());
    from.stressSets.append(version(0, -0.1));
    from.stressSets.append(version(1, -0.2, { before: 1 }));
    const to = openLibrary(freshPath());
    to.import(from.export());
    expect(to.stressSets.get("s")?.content).toEqual(setOf("Falls", -0.2));
    expect(to.stressSets.versions("s")).toHaveLength(2);
    for (const library of [from, to]) library.close();
  });
});
