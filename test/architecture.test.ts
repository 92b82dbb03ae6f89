import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

/** Stages of core in order of dependency: a file imports its own stage and stages above it, never below. */
const stages = [
  ...["base", "instrument", "portfolio", "market", "history", "parameter-file", "import", "pricing", "scenario"],
  ...["measure", "revaluation", "rulebook", "methodology", "margin", "explain", "validation", "analysis", "report"],
  ...["api", "library", "host"],
];
const pure = new Set(stages.slice(0, stages.indexOf("library")));
/** Excel files are bytes made of bytes: the package is asked for nothing of the machine (core/base/workbook.ts). */
const purePackages = new Set(["zod", "csv-parse", "@noble/hashes", "fflate", "@cj-tech-master/excelts"]);
const rendererMayImport = ["core/api/client.ts", "core/base/format.ts"];
const rendererMayImportTypes = ["core/api/contract.ts"];

const root = resolve(import.meta.dirname, "..");

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

function sourceFiles(folder: string): string[] {
  return filesOf(folder).filter((name) => /\.(ts|tsx|mjs)$/.test(name) && !name.endsWith(".d.ts"));
}

function filesOf(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => join(folder, name));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), "utf8");
  const statements = text.matchAll(
    /^(?:import|export)\s+(type\s+)?(?:[^;"']*?\sfrom\s+)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/gm,
  );
  return [...statements].map(([, typeOnly, fixed, dynamic]) => {
    const specifier = fixed ?? dynamic ?? "";
    const target = specifier.startsWith(".") ? normalize(join(dirname(file), specifier)) : specifier;
    return { file, target: target.replace(/\?.*$/, ""), typeOnly: typeOnly !== undefined };
  });
}

const stageOf = (path: string): string => relative("core", path).split("/")[0] ?? "";

describe("core", () => {
  const files = sourceFiles("core");

  it("has only the folders of the list", () => {
    const folders = readdirSync(join(root, "core"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map((folder) => folder.name).filter((name) => !stages.includes(name))).toEqual([]);
  });

  it("imports upward only, and another stage only through its index (api: by file)", () => {
    const wrong = files.flatMap(importsOf).filter(({ file, target }) => {
      if (!target.startsWith("core/")) return target.startsWith("..") || /^(electron|renderer|test)\//.test(target);
      const [from, to] = [stageOf(file), stageOf(target)];
      if (from === to) return false;
      if (stages.indexOf(to) > stages.indexOf(from)) return true;
      return to !== "api" && to !== "library" && target !== `core/${to}/index.ts` && target !== "core/base/format.ts";
    });
    expect(wrong).toEqual([]);
  });

  it("keeps every methodology apart from the others", () => {
    const wrong = files.flatMap(importsOf).filter(({ file, target }) => {
      const [, own] = /^core\/methodology\/([^/]+)\//.exec(file) ?? [];
      const [, other] = /^core\/methodology\/([^/]+)\//.exec(target) ?? [];
      return own !== undefined && other !== undefined && own !== other && other !== "parts";
    });
    expect(wrong).toEqual([]);
  });

  it("is pure from base to api: no packages but the listed, no clock, no unseeded random, no console", () => {
    const pureFiles = files.filter((file) => pure.has(stageOf(file)));
    const packages = pureFiles.flatMap(importsOf).filter(({ target }) => {
      const name = target
        .split("/")
        .slice(0, target.startsWith("@") ? 2 : 1)
        .join("/");
      return !target.startsWith("core/") && !purePackages.has(name);
    });
    const impure = pureFiles.filter((file) =>
      /\b(Date\.now|new Date\(\)|Math\.random|console|performance\.now|setTimeout|setImmediate|process)\b(?!\s*:)/.test(
        readFileSync(join(root, file), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ""),
      ),
    );
    expect({ packages, impure }).toEqual({ packages: [], impure: [] });
  });
});

describe("the same bits in every engine", () => {
  // The last bits of `**` differ between engines for exponents that are not a small whole number: core/base/power.ts.
  it("has no power in core but squares, and powers of 2, 10 and 1000", () => {
    const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    const powers = sourceFiles("core").flatMap((file) =>
      [...code(readFileSync(join(root, file), "utf8")).matchAll(/([\w.)\]]+) \*\* ([\w.(-]+)|Math\.pow/g)].map(
        ([text, base, exponent]) => ({ file, text, plain: exponent === "2" || /^(2|10n?|1000)$/.test(base ?? "") }),
      ),
    );
    expect(powers.length).toBeGreaterThan(10);
    expect(powers.filter(({ plain }) => !plain)).toEqual([]);
  });
});

describe("electron and renderer", () => {
  it("electron imports only core/host", () => {
    const wrong = sourceFiles("electron")
      .flatMap(importsOf)
      .filter(({ target }) => target.startsWith("core/") && stageOf(target) !== "host");
    expect(wrong).toEqual([]);
  });

  it("renderer imports only the client, the formats and types of the contract", () => {
    const wrong = sourceFiles("renderer")
      .flatMap(importsOf)
      .filter(({ target, typeOnly }) => {
        if (!/^(core|electron|test)\//.test(target)) return false;
        return !rendererMayImport.includes(target) && !(typeOnly && rendererMayImportTypes.includes(target));
      });
    expect(wrong).toEqual([]);
  });

  // Everything inside is painted anew whenever a word in it changes: six times the work of a step of a slider. `data-low` tells heights.
  it("asks no container for its height", () => {
    const styles = filesOf("renderer").filter((name) => name.endsWith(".css"));
    expect(styles.length).toBeGreaterThan(20);
    expect(styles.filter((name) => /container(-type)?:[^;]*\bsize\b/.test(withoutInline(name)))).toEqual([]);
  });
});

function withoutInline(name: string): string {
  return readFileSync(join(root, name), "utf8").replaceAll("inline-size", "");
}
