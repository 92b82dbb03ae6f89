import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { unwatched } from "../../../core/base/index.ts";
import { importFiles } from "../../../core/import/index.ts";
import { jsonFile, textFile } from "./files.ts";

const sample = resolve(import.meta.dirname, "../../../resources/sample");
const book = () => textFile("positions.json", readFileSync(`${sample}/portfolio/synthetic-positions.json`, "utf8"));
const market = () => textFile("summary.json", readFileSync(`${sample}/market/synthetic-book-summary-btc.json`, "utf8"));

/** The same reply without its label, as a venue would send it. */
const unlabelled = (name: string, path: string) => {
  const { synthetic: _label, ...reply } = JSON.parse(readFileSync(`${sample}/${path}`, "utf8"));
  return jsonFile(name, reply);
};

async function labels(files: Parameters<typeof importFiles>[0]) {
  const answer = await importFiles(files, { mappings: {}, name: "Label", work: unwatched });
  if (!answer.ok) throw new Error(answer.failure.message);
  const { portfolio, market: snapshot } = answer.value;
  return { portfolio: portfolio?.synthetic, market: snapshot?.synthetic };
}

describe("the label of generated files", () => {
  it("stays with the portfolio and the market", async () =>
    expect(await labels([book(), market()])).toEqual({ portfolio: true, market: true }));

  it("stays with a market made of positions alone", async () =>
    expect(await labels([book()])).toEqual({ portfolio: true, market: true }));

  it("is of the book alone when the market is a venue's", async () =>
    expect(await labels([book(), unlabelled("summary.json", "market/synthetic-book-summary-btc.json")])).toEqual({
      portfolio: true,
      market: undefined,
    }));

  it("is absent from replies that do not carry it", async () =>
    expect(
      await labels([
        unlabelled("positions.json", "portfolio/synthetic-positions.json"),
        unlabelled("summary.json", "market/synthetic-book-summary-btc.json"),
      ]),
    ).toEqual({ portfolio: undefined, market: undefined }));
});
