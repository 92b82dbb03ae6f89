import { describe, expect, it } from "vitest";
import { defaultLayouts, serializedLayout } from "../../../renderer/app/layout/default-layouts.ts";
import { layoutSchema, panelsOfLayout, readLayouts } from "../../../renderer/app/layout/stored-layouts.ts";

const every = [
  ...["positions", "statement", "parameters", "summary", "matrix", "surface", "library", "jobs"],
  ...["break-report", "comparison", "rule-effect"],
  ...["backtest", "backtest-series", "backtest-days", "validation", "tail", "calibration", "attribution"],
];
const titles = new Map(every.map((id) => [id, id.toUpperCase()]));

describe("default layouts", () => {
  it.each(defaultLayouts)("$name holds each of its panels once, with its title", (layout) => {
    const stored = serializedLayout(layout, titles);
    const ids = Object.keys(stored.panels);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(2);
    for (const id of ids) expect(stored.panels[id]).toEqual({ id, contentComponent: "panel", title: titles.get(id) });
    expect(panelsOfLayout(stored)).toEqual(ids);
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
