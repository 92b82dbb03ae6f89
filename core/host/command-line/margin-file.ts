import { writeFile } from "node:fs/promises";
import { extname } from "node:path";
import { formatQuantity } from "../../base/format.ts";
import { failed, type Result, success } from "../../base/index.ts";
import type { MarginResult } from "../../margin/index.ts";
import { reportHtml, reportWorkbook, runCsv, runDocument, runJson } from "../../report/index.ts";

/** Writes a margin to a file in the format its ending names; the answer says what was written. */
export async function writeMargin(path: string, result: MarginResult): Promise<Result<string>> {
  const content = await contentOf(extname(path).slice(1).toLowerCase(), result);
  const problem = await writeFile(path, content).then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error,
  );
  if (problem) return failed("invalid-input", `cannot write ${path}: ${problem.message}`);
  return success(
    `wrote ${path}, ${formatQuantity(content.length)} ${typeof content === "string" ? "characters" : "bytes"}`,
  );
}

async function contentOf(format: string, result: MarginResult): Promise<string | Uint8Array> {
  if (format === "xlsx") return reportWorkbook(runDocument(result), result.asOfMs);
  if (format === "csv") return runCsv(result);
  return format === "html" ? reportHtml(runDocument(result)) : runJson(result);
}
