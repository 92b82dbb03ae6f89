import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { generalDocuments, sectionsOf } from "../../../renderer/app/help/documents.ts";
import { headingAnchor } from "../../../renderer/app/help/heading-anchor.ts";
import { Markdown } from "../../../renderer/app/help/markdown.tsx";
import { termOf, termReferences } from "../../../renderer/app/help/terms.ts";

const root = join(import.meta.dirname, "../../..");
const document = (id: string): string => readFileSync(join(root, `resources/docs/${id}.md`), "utf8");
const drawn = new Map<string, string>();
const html = (id: string): string => {
  const found = drawn.get(id) ?? renderToStaticMarkup(createElement(Markdown, { text: document(id) }));
  drawn.set(id, found);
  return found;
};

/** Whether the help drawer finds the place of `document#section`, as a heading or a term. */
function leadsSomewhere(reference: string): boolean {
  const [id = "", section] = reference.split("#");
  if (section === undefined) return html(id) !== "";
  return html(id).includes(`id="${headingAnchor(`${section} `)}"`) || html(id).includes(`data-term="${section}"`);
}

const sources = readdirSync(join(root, "renderer"), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));

describe("help", () => {
  it("has a section for every panel", () => {
    const ids = readdirSync(join(root, "renderer/screens")).flatMap((folder) => {
      const panel = join(root, "renderer/screens", folder, "panel.tsx");
      return [...readFileSync(panel, "utf8").matchAll(/^ {2}id: "([\w-]+)"/gm)].map(([, id]) => id ?? "");
    });
    expect(ids.length).toBeGreaterThan(25);
    expect(ids.filter((id) => !html("workstation").includes(`id="section-${id}"`))).toEqual([]);
  });

  it("offers every document that ships, and only such", () => {
    const ships = readdirSync(join(root, "resources/docs"))
      .filter((name) => name.endsWith(".md"))
      .map((name) => name.replace(/\.md$/, ""));
    expect(generalDocuments.map(({ id }) => id).sort()).toEqual(ships.sort());
  });

  it("leads somewhere from every word of a header that it explains", () => {
    expect(termReferences.filter((reference) => !leadsSomewhere(reference))).toEqual([]);
  });

  it("leads somewhere from every element that says so itself", () => {
    const given = sources.flatMap((text) =>
      [...text.matchAll(/data-help="([^"{}]+)"/g)].map(([, where]) => where ?? ""),
    );
    expect(given.filter((reference) => !leadsSomewhere(reference))).toEqual([]);
  });

  it.each([
    ["Δ USD/1 %", "glossary#delta"],
    ["Initial margin", "glossary#initial-margin"],
    ["Maintenance margin USD", "glossary#maintenance-margin"],
    ["Stand-alone", "glossary#stand-alone-margin"],
    ["In binding", "glossary#contribution"],
    ["To liquidation (ETH)", "glossary#headroom"],
    ["IV pts", "glossary#volatility"],
    ["Mark", "glossary#mark-price"],
  ])("explains %s at %s", (words, reference) => expect(termOf(words)).toBe(reference));

  it("leaves words of everyday meaning to their panel", () => {
    expect(["Line", "Name", "Saved at", "Venue"].map(termOf)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it("hides the names behind headings, which links use", () => {
    expect(html("workstation")).toContain('<h3 id="section-matrix" tabindex="-1">Risk matrix</h3>');
    expect(html("workstation")).not.toContain("{#");
  });

  it("is cut at its headings for the search", () => {
    const sections = sectionsOf({ id: "workstation", label: "Panels" }, document("workstation"));
    const matrix = sections.find(({ anchor }) => anchor === "matrix");
    expect(matrix?.heading).toBe("Risk matrix");
    expect(matrix?.text).toContain("The cell that binds is framed");
    expect(sections.map(({ text }) => text).join(" ")).toContain("one table, full precision");
  });
});
