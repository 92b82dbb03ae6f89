import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { plotlyPlugin, withoutWaits } from "../../core/host/build/plotly-plugin.ts";

const root = dirname(createRequire(import.meta.url).resolve("plotly.js/package.json"));
const path = join(root, "stackgl_modules/index.js");
const code = readFileSync(path, "utf8");

describe("withoutWaits", () => {
  it("changes the 3D code of the installed Plotly, which still parses", () => {
    const changed = withoutWaits(code);
    expect(changed).not.toBe(code);
    expect(() => new Function(changed)).not.toThrow();
  });

  it("leaves the picture of what can be pointed at to the pointer", () => {
    const draws = /renderPick\(\)\s*\}/g;
    expect(code.match(draws)).toHaveLength(1);
    const changed = withoutWaits(code);
    expect(changed.match(draws)).toHaveLength(1);
    const listener = changed.slice(changed.indexOf("scene.mouseListener = mouseChange("));
    expect(listener.search(draws)).toBeLessThan(listener.indexOf(".query("));
    expect(changed).not.toContain("setTimeout(this._readCallback");
  });

  it("refuses another version of the code", () => {
    expect(() => withoutWaits(withoutWaits(code))).toThrow("not one");
    expect(() => withoutWaits("")).toThrow("0 places");
  });
});

describe("plotlyPlugin", () => {
  it("leaves every other file alone", () => {
    expect(plotlyPlugin().transform("code", "/plotly.js/lib/core.js")).toBeUndefined();
    expect(plotlyPlugin().transform(code, path)).toBe(withoutWaits(code));
  });
});
