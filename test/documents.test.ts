import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { createResources } from "../core/host/resources.ts";
import { formats } from "../core/import/format-catalog.ts";
import { genericFields } from "../core/import/generic-field.ts";
import { historyFormats } from "../core/import/history/history-catalog.ts";
import { oracles } from "../core/import/oracle/oracle-catalog.ts";

const root = join(import.meta.dirname, "..");
const text = createResources().document("formats") ?? "";

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** `resources/docs/x.md`, with the sections or the term that is pointed to. */
const citation =
  /resources\/docs\/([\w/-]+)\.md(?:, sections? ([\d.]+(?:(?:, | and | to )[\d.]+)*))?(?:,? "([^"]+)")?/g;
const cited = ["core", "renderer", "electron"].flatMap(sources).flatMap((path) =>
  [...readFileSync(path, "utf8").matchAll(citation)].map(([whole, id = "", sections, term]) => ({
    from: `${relative(root, path)}: ${whole}`,
    ...{ id, sections: sections?.split(/, | and | to /).map((name) => name.replace(/\.$/, "")) ?? [], term },
  })),
);

describe("documents that the source cites", () => {
  it("are many", () => expect(cited.length).toBeGreaterThan(50));
  it("ship with the program", () =>
    expect(cited.filter(({ id }) => !existsSync(join(root, "resources/docs", `${id}.md`)))).toEqual([]));
  it("have the sections and terms", () => {
    const missing = cited.flatMap(({ from, id, sections, term }) => {
      const document = createResources().document(id) ?? "";
      const heading = (name: string) => new RegExp(`^#{2,4} ${name.replaceAll(".", "\\.")}[. ]`, "m").test(document);
      const known = term === undefined || document.includes(`**${term}`) || document.includes(`. ${term}\n`);
      return known && sections.every(heading) ? [] : [from];
    });
    expect(missing).toEqual([]);
  });
  it("are nothing that stays outside", () => {
    const outside = ["core", "renderer", "electron"]
      .flatMap(sources)
      .flatMap((path) =>
        [...readFileSync(path, "utf8").matchAll(/@source [^\n]*?(?<![\w/-])([a-z-]+\.md)/g)].map(
          ([whole]) => `${relative(root, path)}: ${whole}`,
        ),
      );
    expect(outside).toEqual([]);
  });
});

describe("formats.md", () => {
  it("names every format, reply and field, and no other format", () => {
    const rows = [...text.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name ?? "");
    const named = new Set(rows.filter((name) => name.includes("-")));
    expect([...named].sort()).toEqual(
      [...new Set([...formats.keys(), ...historyFormats.keys(), ...oracles.keys()])].sort(),
    );
    const fields = [...genericFields.positions, ...genericFields.market].map(({ name }) => name);
    expect(fields.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});
