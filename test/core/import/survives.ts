import { expect } from "vitest";
import { canonicalJson, unwatched } from "../../../core/base/index.ts";
import { type ImportFile, importFiles, inspectFiles } from "../../../core/import/index.ts";
import { readOracles } from "../../../core/import/oracle/index.ts";

/** Inspects and imports without throwing; `canonicalJson` throws for any number that is not finite, and a refusal says why. */
export async function survives(file: ImportFile): Promise<void> {
  inspectFiles([file]);
  readOracles([file]);
  const result = await importFiles([file], {
    mappings: {},
    name: "fuzz",
    work: unwatched,
    nowMs: Date.UTC(2026, 0, 1),
  });
  if (result.ok) canonicalJson(result.value);
  else expect(result.failure.message.length).toBeGreaterThan(10);
}
