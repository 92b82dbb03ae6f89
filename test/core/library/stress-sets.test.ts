import Sqlite from "better-sqlite3";
import { describe, expect, it } from "vitest";
import type { NewStressSetVersion } from "../../../core/api/ports.ts";
import { openLibrary } from "../../../core/library/index.ts";
import { type StressSet, stressSet } from "../../../core/scenario/index.ts";
import { freshPath } from "./fixture.ts";

function content(amount: number, name = "Mine"): StressSet {
  const shock = { kind: "price", factor: "BTC", mode: "relative", amount };
  return stressSet.parse({ name, owner: "Risk", tags: ["a;b"], scenarios: [{ id: "a", label: "A", shocks: [shock] }] });
}

function state(expected: number, amount: number, changes: Partial<NewStressSetVersion> = {}): NewStressSetVersion {
  return {
    ...{ id: "set", change: "saved", content: content(amount), note: "1 scenario", why: `to ${amount}` },
    ...{ atMs: 1_000 + expected, expected, ...(expected > 0 && { before: expected }), ...changes },
  };
}

const contents = (path: string): number => {
  const raw = new Sqlite(path, { readonly: true });
  const count = Number(raw.prepare("SELECT count(*) FROM content").pluck().get());
  raw.close();
  return count;
};

describe("stored stress sets", () => {
  it("are there with their history when the library is opened again", () => {
    const path = freshPath();
    const first = openLibrary(path);
    first.stressSets.append(state(0, -0.1));
    first.stressSets.append(state(1, -0.2));
    first.close();

    const library = openLibrary(path);
    expect(library.stressSets.get("set")).toMatchObject({
      ...{ name: "Mine", version: 2, scenarios: 1, owner: "Risk", tags: ["a;b"], approval: "draft" },
      ...{ place: "library", readOnly: false, savedAtMs: 1_001, content: content(-0.2) },
    });
    const versions = library.stressSets.versions("set");
    expect(versions.map(({ number, note, before, current }) => [number, note, before, current])).toEqual([
      [2, "to -0.2", 1, true],
      [1, "to -0.1", undefined, false],
    ]);
    expect(library.stressSets.content(versions[1]?.sha256 ?? "")).toEqual(content(-0.1));
    expect(library.info().counts.stressSets).toBe(1);
    library.close();
  });

  it("are not changed from a state that is no longer the current one", () => {
    const path = freshPath();
    const [one, other] = [openLibrary(path), openLibrary(path)];
    one.stressSets.append(state(0, -0.1));
    other.stressSets.append(state(1, -0.2));
    expect(one.stressSets.append(state(1, -0.3))).toBeUndefined();
    expect(one.stressSets.get("set")?.content).toEqual(content(-0.2));
    expect(one.stressSets.versions("set")).toHaveLength(2);
    one.close();
    other.close();
  });

  it("stay when deleted, and leave nothing behind when removed", () => {
    const path = freshPath();
    const library = openLibrary(path);
    library.stressSets.append(state(0, -0.1));
    library.stressSets.append(state(1, -0.2));
    library.stressSets.append(state(2, -0.2, { change: "deleted" }));
    expect(library.stressSets.list()).toMatchObject([{ id: "set", deleted: true, version: 3 }]);
    expect(library.stressSets.remove("set")).toBe(true);
    expect(library.stressSets.remove("set")).toBe(false);
    expect([library.stressSets.list(), library.stressSets.versions("set")]).toEqual([[], []]);
    library.close();
    expect(contents(path)).toBe(0);
  });

  it("keep content that another set's history still holds", () => {
    const library = openLibrary(freshPath());
    library.stressSets.append(state(0, -0.1));
    library.stressSets.append(state(1, -0.2));
    library.stressSets.append({ ...state(0, -0.1), id: "other" });
    library.stressSets.remove("other");
    const [, first] = library.stressSets.versions("set");
    expect(library.stressSets.content(first?.sha256 ?? "")).toEqual(content(-0.1));
    library.close();
  });
});

describe("libraries put together", () => {
  it("bring sets with their history, and once only", () => {
    const [source, target] = [openLibrary(freshPath()), openLibrary(freshPath())];
    source.stressSets.append(state(0, -0.1));
    source.stressSets.append(state(1, -0.2));
    const bytes = source.export();
    expect(target.import(bytes)).toEqual({ added: 1, alreadyHere: 0 });
    expect(target.stressSets.versions("set")).toEqual(source.stressSets.versions("set"));
    expect(target.import(bytes)).toEqual({ added: 0, alreadyHere: 1 });
    expect(target.stressSets.versions("set")).toHaveLength(2);
    source.close();
    target.close();
  });

  it("keep both where a set went two ways, each with its own history", () => {
    const [source, target] = [openLibrary(freshPath()), openLibrary(freshPath())];
    source.stressSets.append(state(0, -0.1));
    target.import(source.export());
    source.stressSets.append(state(1, -0.2));
    target.stressSets.append(state(1, -0.3));
    target.import(source.export());

    expect(target.stressSets.get("set")?.content).toEqual(content(-0.3));
    const other = target.stressSets.list().find(({ id }) => id !== "set");
    expect(other).toMatchObject({ name: "Mine (imported)", version: 2 });
    const id = other?.id ?? "";
    expect(target.stressSets.get(id)?.content).toEqual({ ...content(-0.2), name: "Mine (imported)" });
    const [latest] = target.stressSets.versions(id);
    expect(target.stressSets.content(latest?.sha256 ?? "")).toEqual(content(-0.2));
    expect(target.stressSets.append({ ...state(2, -0.4), id })).toMatchObject({ version: 3 });
    source.close();
    target.close();
  });
});
