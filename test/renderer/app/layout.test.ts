import { describe, expect, it } from "vitest";
import { inOneWindow, structureOf, viewsOf } from "../../../renderer/app/layout/arrangement.ts";
import { defaultLayouts, type LayoutNode, serializedLayout } from "../../../renderer/app/layout/default-layouts.ts";
import {
  freeName,
  layoutFile,
  layoutSchema,
  panelsOfLayout,
  readLayoutFile,
  readLayouts,
} from "../../../renderer/app/layout/stored-layouts.ts";

const every = [
  ...["positions", "statement", "parameters", "summary", "inputs", "insurance", "matrix", "surface", "library", "jobs"],
  ...["break-report", "comparison", "rule-effect"],
  ...[
    "scenarios",
    "stress",
    "reverse-stress",
    "dependence",
    "kinks",
    "what-if",
    "what-if-result",
    "hedges",
    "slices",
    "change",
  ],
  ...["backtest", "backtest-series", "backtest-days", "validation", "tail", "calibration", "attribution"],
];
const titles = new Map(every.map((id) => [id, id.toUpperCase()]));

const leavesOf = (node: LayoutNode): readonly (readonly string[])[] =>
  "tabs" in node ? [node.tabs] : node.parts.flatMap(leavesOf);

describe("default layouts", () => {
  it.each(defaultLayouts)("$name holds each of its panels once, with its title", (layout) => {
    const stored = serializedLayout(layout, titles);
    const ids = Object.keys(stored.panels);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(2);
    for (const id of ids) expect(stored.panels[id]).toEqual({ id, contentComponent: "panel", title: titles.get(id) });
    expect(panelsOfLayout(stored)).toEqual(ids);
  });

  it.each([
    ["What-if", "hedges", "insurance"],
    ["Monitor", "statement", "attribution"],
    ["Audit", "rule-effect", "change"],
  ])("%s has %s and %s in one group, the first in front", (name, front, behind) => {
    const layout = defaultLayouts.find((one) => one.name === name);
    const leaf = layout && leavesOf(layout.root).find((tabs) => tabs.includes(behind));
    expect(leaf).toContain(front);
    expect(leaf?.indexOf(front)).toBeLessThan(leaf?.indexOf(behind) ?? 0);
  });

  it.each(defaultLayouts)("$name leaves out panels that the program has not", (layout) => {
    const stored = serializedLayout(
      layout,
      new Map([
        ["positions", "Positions"],
        ["statement", "Statement"],
      ]),
    );
    expect(Object.keys(stored.panels).every((id) => ["positions", "statement"].includes(id))).toBe(true);
    expect(JSON.stringify(stored.grid)).not.toMatch(/matrix|surface/);
  });

  it("gives every part its share of the space", () => {
    const layout = {
      name: "Two",
      root: {
        split: "columns",
        share: 1,
        parts: [
          { tabs: ["matrix"], share: 3 },
          { tabs: ["surface"], share: 1 },
        ],
      },
    } as const;
    expect(serializedLayout(layout, titles).grid.root.data).toMatchObject([{ size: 750 }, { size: 250 }]);
  });
});

describe("stored layouts", () => {
  it("are empty when nothing was stored", () => {
    expect(readLayouts(null)).toEqual({ ok: true, stored: { schema: layoutSchema, active: "", layouts: {} } });
  });
  it("are taken as they were", () => {
    const stored = { schema: layoutSchema, active: "Mine", layouts: { Mine: { grid: {} } } };
    expect(readLayouts(stored)).toEqual({ ok: true, stored });
  });
  it.each(["text", 7, [], { schema: "1" }, { schema: 1, layouts: [] }])("are not taken when damaged: %j", (value) => {
    expect(readLayouts(value)).toMatchObject({ ok: false, message: expect.stringContaining("damaged") });
  });
  it("of a newer program are not taken", () => {
    expect(readLayouts({ schema: layoutSchema + 1, active: "", layouts: {} })).toMatchObject({
      ok: false,
      message: expect.stringContaining("newer"),
    });
  });
  it("have no panels when they have not the shape of a layout", () => {
    expect([null, {}, { panels: {} }, { panels: {}, grid: {} }].map(panelsOfLayout)).toEqual(Array(4).fill(undefined));
  });
});

describe("a layout as a file", () => {
  const layout = serializedLayout(defaultLayouts[0] ?? { name: "none", root: { tabs: [], share: 1 } }, titles);
  const known = new Set(every);

  it("comes back as it was", () => {
    expect(readLayoutFile(layoutFile("Desk", layout), known)).toEqual({ ok: true, name: "Desk", layout });
  });
  it("of a newer program is refused with both numbers", () => {
    const newer = JSON.stringify({ ...JSON.parse(layoutFile("Desk", layout)), schema: layoutSchema + 1 });
    expect(readLayoutFile(newer, known)).toEqual({
      ok: false,
      message: `The layout has schema ${layoutSchema + 1}; this version reads up to ${layoutSchema}.`,
    });
  });
  it("names the panels this program has not", () => {
    const fewer = new Set(every.filter((id) => id !== "matrix"));
    expect(readLayoutFile(layoutFile("Desk", layout), fewer)).toEqual({
      ok: false,
      message: "The layout has panels that this version has not: matrix.",
    });
  });
  it.each(["", "{", "[]", "7", '{"format":"other","schema":1}'])("is refused when it is none: %s", (text) => {
    expect(readLayoutFile(text, known)).toMatchObject({ ok: false, message: expect.stringContaining("no layout") });
  });
  it("is refused without a name or panels", () => {
    const damaged = JSON.stringify({ ...JSON.parse(layoutFile("Desk", layout)), name: " " });
    expect(readLayoutFile(damaged, known)).toMatchObject({ ok: false, message: expect.stringContaining("damaged") });
  });
});

describe("names of layouts", () => {
  it("are numbered until one is free", () => {
    expect(freeName("Desk", ["Monitor"])).toBe("Desk");
    expect(freeName("Desk", ["Desk", "Desk 2"])).toBe("Desk 3");
  });
});

describe("an arrangement", () => {
  const leaf = (id: string, ...views: string[]) => ({
    type: "leaf",
    size: 1,
    data: { id, views, activeView: views[0] ?? "" },
  });
  const layout = (...data: unknown[]) => ({ grid: { root: { type: "branch", size: 1, data } }, panels: {} });

  it("is the same whatever the sizes and the tab in front", () => {
    const one = layout(leaf("1", "a", "b"), leaf("2", "c"));
    const other = layout(
      { ...leaf("9", "a", "b"), size: 7, data: { id: "9", views: ["a", "b"], activeView: "b" } },
      leaf("2", "c"),
    );
    expect(structureOf(one)).toBe(structureOf(other));
    expect(structureOf(one)).not.toBe(structureOf(layout(leaf("1", "b", "a"), leaf("2", "c"))));
  });
  it("without further windows has what was popped out where it returns to", () => {
    const hidden = { ...leaf("1"), visible: false };
    const popped = {
      ...layout(hidden, leaf("2", "c")),
      popoutGroups: [
        { data: { id: "3", views: ["a"], activeView: "a" }, gridReferenceGroup: "1", position: null },
        { data: { id: "4", views: ["b"], activeView: "b" }, gridReferenceGroup: "gone", position: null },
      ],
    };
    const back = inOneWindow(popped);
    expect(structureOf(back)).toBe(JSON.stringify([["a", "b"], ["c"]]));
    expect(JSON.stringify(back)).not.toMatch(/popoutGroups|visible/);
    expect(viewsOf(popped)).toEqual(["c", "a", "b"]);
  });
  it("drops groups that hold nothing", () => {
    const popped = {
      ...layout(leaf("1"), leaf("2", "c")),
      popoutGroups: [{ data: { views: ["a"] }, gridReferenceGroup: "2" }],
    };
    expect(structureOf(inOneWindow(popped))).toBe(JSON.stringify([["c", "a"]]));
  });
});
