import { Workbook } from "@cj-tech-master/excelts";
import { describe, expect, it } from "vitest";
import { runDocument } from "../../../core/report/index.ts";
import { memoryCore } from "../api/memory-core.ts";

/** The sample under a method, saved as a run. */
async function savedRun(methodology: string) {
  const { call } = memoryCore();
  const request = { portfolio: { sample: true }, market: { sample: true }, methodology } as const;
  const { id } = await call("run.save", { name: "Friday", request });
  const { result } = (await call("run.get", { id })).content;
  const file = async (format: "csv" | "json" | "html") => {
    const made = await call("run.export", { id, format });
    if ("bytes" in made) throw new Error(`${format} is text`);
    return made;
  };
  const workbook = async () => {
    const made = await call("run.export", { id, format: "xlsx" });
    if (!("bytes" in made)) throw new Error("a workbook is bytes");
    return made;
  };
  return { result, file, workbook };
}

describe("a run as a file", () => {
  it("carries every decomposition with its sum, the history and its hash", async () => {
    const { result, file } = await savedRun("var-es-margin");
    const splits = result.accounts.flatMap(({ decompositions = [] }) => decompositions);
    expect(splits.length).toBeGreaterThan(4);
    const html = await file("html");
    expect(html.name).toMatch(/^Friday_margin_\d{4}-\d{2}-\d{2}\.html$/);
    for (const { title } of splits) expect(html.text).toContain(`: ${title}</h2>`);
    expect(html.text).toContain("the parts add up");
    expect(html.text).toContain(`SHA-256 ${result.inputs.history}`);
    const rows = (await file("csv")).text.trimEnd().split("\r\n");
    expect(rows.filter((row) => row.startsWith("part,"))).toHaveLength(
      splits.reduce((count, { entries }) => count + entries.length, 0),
    );
    expect(rows.filter((row) => row.startsWith("part-sum,"))).toHaveLength(2 * splits.length);
    const json = JSON.parse((await file("json")).text) as { schema: string; result: typeof result };
    expect(json.schema).toBe("margin-run/1");
    expect(json.result).toEqual(JSON.parse(JSON.stringify(result)));
  });

  it("has a line a line of the statement and the scenario that binds", async () => {
    const { result, file } = await savedRun("deribit-portfolio");
    const rows = (await file("csv")).text.split("\r\n");
    const binding = result.accounts.flatMap(({ matrices }) =>
      matrices.filter(({ bindingScenarioId }) => bindingScenarioId !== undefined),
    );
    expect(rows.filter((row) => row.startsWith("scenario,") && row.endsWith(",binds"))).toHaveLength(binding.length);
    for (const { initial } of result.accounts) expect(rows.some((row) => row.includes(`,${initial.id},`))).toBe(true);
    expect((await file("html")).text).not.toContain("the parts add up");
  });

  it("is an Excel workbook with a sheet a table, typed cells and the provenance on its last sheet", async () => {
    const { result, workbook } = await savedRun("var-es-margin");
    const made = await workbook();
    expect(made.name).toMatch(/^Friday_margin_\d{4}-\d{2}-\d{2}\.xlsx$/);
    const book = new Workbook();
    await book.xlsx.load(made.bytes);
    const names = book.worksheets.map(({ name }) => name);
    expect(names[0]).toBe("Requirement");
    expect(names.at(-1)).toBe("About");
    expect(names).toHaveLength(runDocument(result).sections.filter(({ table }) => table !== undefined).length + 1);
    const totals = book.getWorksheet("Requirement");
    expect(totals?.getRow(totals?.rowCount ?? 0).getCell(2).value).toBe(result.totals.initialUsd);
    expect(totals?.views[0]).toMatchObject({ state: "frozen", ySplit: 1 });
    const about = book
      .getWorksheet("About")
      ?.getSheetValues()
      .map((row) => JSON.stringify(row))
      .join("\n");
    expect(about).toContain(result.inputs.portfolio);
    expect(about).toContain(result.inputs.parameters);
    for (const { message } of result.remarks) expect(about).toContain(JSON.stringify(message).slice(1, -1));
    expect((await workbook()).bytes).toEqual(made.bytes);
  });
});
