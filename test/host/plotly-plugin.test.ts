import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { changed, plotlyChanges, plotlyPlugin } from "../../core/host/build/plotly-plugin.ts";

const root = dirname(createRequire(import.meta.url).resolve("plotly.js/package.json"));
const codeOf = (file: string): string => readFileSync(join(root, file), "utf8");
const { transform } = plotlyPlugin();

describe("plotlyPlugin", () => {
  it.each(Object.entries(plotlyChanges))("changes %s of the installed Plotly, which still parses", (file, changes) => {
    const code = codeOf(file);
    const now = transform(code, join(root, file));
    expect(now).toBe(changed(code, changes));
    expect(now).not.toBe(code);
    expect(() => new Function(now ?? "")).not.toThrow();
  });

  it("leaves every other file alone", () => {
    expect(transform("code", "/node_modules/plotly.js/lib/core.js")).toBeUndefined();
  });

  it("leaves the picture of what can be pointed at to the pointer", () => {
    const file = "stackgl_modules/index.js";
    const now = transform(codeOf(file), join(root, file)) ?? "";
    const draws = /renderPick\(\)\s*\}/g;
    expect(now.match(draws)).toHaveLength(1);
    const listener = now.slice(now.indexOf("scene.mouseListener = mouseChange("));
    expect(listener.search(draws)).toBeLessThan(listener.indexOf(".query("));
    expect(now).not.toContain("setTimeout(this._readCallback");
  });
});

describe("changed", () => {
  it("refuses a code without the place, or with two", () => {
    const change = { from: "wait()", to: "" };
    expect(changed("a; wait(); b", [change])).toBe("a; ; b");
    expect(() => changed("a; b", [change])).toThrow("0 places");
    expect(() => changed("wait(); wait()", [change])).toThrow("2 places");
  });
});
