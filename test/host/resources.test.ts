import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createResources } from "../../core/host/resources.ts";

let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "marginscope-resources-"));
  for (const folder of ["rulebooks", "docs/methodology", "sample/portfolio", "sample/market"]) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  writeFileSync(join(root, "docs/glossary.md"), "# Glossary\n");
  writeFileSync(join(root, "docs/methodology/example-linear.md"), "# Example\n");
  writeFileSync(join(root, "secret.md"), "secret");
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("document", () => {
  it("is found by name, and by folder and name", () => {
    const { document } = createResources(root);
    expect(document("glossary")).toBe("# Glossary\n");
    expect(document("methodology/example-linear")).toBe("# Example\n");
    expect(document("nothing")).toBeUndefined();
  });

  it.each(["../secret", "methodology/../../secret", "/etc/hostname", "docs\\secret", "a/b/c", "", ".", "secret\0"])(
    "is absent for %j, which is no name",
    (id) => expect(createResources(root).document(id)).toBeUndefined(),
  );
});

describe("rulebook", () => {
  it("is absent for a methodology without one and for what is no name", () => {
    const { rulebook } = createResources(root);
    expect(rulebook("example-linear")).toBeUndefined();
    expect(rulebook("../docs/glossary")).toBeUndefined();
  });

  it("throws for a file that is no rulebook: it ships with the program", () => {
    writeFileSync(join(root, "rulebooks/example-linear.json"), `{"methodology":"example-linear","versions":[]}`);
    expect(() => createResources(root).rulebook("example-linear")).toThrow("rulebook example-linear");
  });
});

describe("the files that ship with the program", () => {
  it("are found from the source tree", () => {
    const resources = createResources();
    expect(resources.rulebook("deribit-portfolio")?.methodology).toBe("deribit-portfolio");
    expect(resources.document("methodology/deribit-portfolio")).toMatch(/^#/);
    expect(resources.sample().portfolio.map(({ name }) => name)).toContain("synthetic-positions.json");
  });
});
