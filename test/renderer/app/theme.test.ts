import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { validPreferences } from "../../../renderer/app/theme/apply.ts";
import { divergingStep, palettes, textOn } from "../../../renderer/app/theme/palettes.ts";

const text = readFileSync(resolve(import.meta.dirname, "../../../renderer/app/theme/tokens.css"), "utf8");

function tokensOf(theme: string): ReadonlyMap<string, string> {
  const [, block = ""] = new RegExp(`data-theme="${theme}"\\] \\{([^}]*)\\}`).exec(text) ?? [];
  return new Map(
    [...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name = "", value = ""]) => [name, value]),
  );
}

function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(color.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

describe.each(["light", "dark", "contrast"])("the %s theme", (theme) => {
  const tokens = tokensOf(theme);
  const token = (name: string): string => {
    const value = tokens.get(name);
    if (value === undefined) throw new Error(`${theme} has no ${name}`);
    return value;
  };

  it.each([
    ...["text", "muted", "loss", "gain", "accent", "warning", "danger", "override"].map(
      (name) => [name, "panel"] as const,
    ),
    ...([
      ["muted-on-canvas", "canvas"],
      ["muted-on-canvas", "raised"],
      ["muted-on-canvas", "what-if-soft"],
      ["what-if", "what-if-soft"],
      ["text", "selected"],
      ["text", "hover"],
    ] as const),
    ...([
      ["warning", "warning-soft"],
      ["danger", "danger-soft"],
      ["override", "override-soft"],
      ["accent", "accent-soft"],
    ] as const),
    ["on-accent", "accent"] as const,
  ])("has text of %s on %s at 4.5 : 1 or more", (foreground, background) => {
    expect(contrast(token(foreground), token(background))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(["control-border", "focus", "chart-axis", "binding"])("has %s at 3 : 1 or more on panels", (name) => {
    expect(contrast(token(name), token("panel"))).toBeGreaterThanOrEqual(3);
  });
});

describe("the tokens of ui-conventions C2", () => {
  it.each([
    ["light", { panel: "#ffffff", loss: "#b35806", gain: "#2166ac", muted: "#6b7280" }],
    ["dark", { panel: "#14181f", loss: "#fdb863", gain: "#92c5de", muted: "#9aa4b2", text: "#e6e9ef" }],
  ])("are the stated ones in %s", (theme, expected) => {
    expect(Object.fromEntries(tokensOf(theme))).toMatchObject(expected);
  });
});

describe("palettes", () => {
  it.each(Object.values(palettes))("$id can be read on every step", ({ steps }) => {
    expect(steps).toHaveLength(11);
    for (const step of steps) expect(contrast(step, textOn(step))).toBeGreaterThanOrEqual(4.5);
  });
  it.each(["puor", "rdbu"] as const)("%s has white text on steps 1, 2, 10 and 11 only", (id) => {
    const white = palettes[id].steps.flatMap((step, place) => (textOn(step) === "#ffffff" ? [place + 1] : []));
    expect(white).toEqual([1, 2, 10, 11]);
  });
  it("are symmetric about exactly zero with a neutral band", () => {
    expect([-100, -50, -0.4, 0, 0.4, 50, 100].map((value) => divergingStep(value, 100))).toEqual([
      0, 2, 5, 5, 5, 8, 10,
    ]);
    for (let value = 1; value <= 100; value++) {
      expect(divergingStep(value, 100) - 5).toBe(5 - divergingStep(-value, 100));
    }
  });
  it("stay at their ends beyond the range, and neutral without one", () => {
    expect([divergingStep(-500, 100), divergingStep(500, 100), divergingStep(5, 0)]).toEqual([0, 10, 5]);
  });
});

describe("stored preferences", () => {
  it("are taken where they make sense", () => {
    const stored = {
      theme: "dark",
      density: "tiny",
      palette: "rdbu",
      locale: "xx",
      bindings: { import: "Mod+I" },
      automatic: "yes",
    };
    expect(validPreferences(stored)).toEqual({ theme: "dark", palette: "rdbu", bindings: { import: "Mod+I" } });
  });
  it.each([null, 3, "dark", []])("are ignored when they are %j", (value) =>
    expect(validPreferences(value)).toEqual({}),
  );
});
