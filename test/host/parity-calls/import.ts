import type { Earlier, ParityCall } from "./call.ts";
import { marketFile, positionsFile, unknownTable } from "./inputs.ts";

const mapping = { kind: "positions", columns: { symbol: "Kontrakt", quantity: "Menge" }, venue: "deribit" };

/** Files and the portfolios and markets made of them. */
export const importCalls: readonly ParityCall[] = [
  {
    title: "inspection",
    operation: "import.inspect",
    input: { files: [positionsFile, marketFile, unknownTable, { name: "a.json", text: "{" }] },
    expected: "ok",
  },
  {
    title: "wrong file",
    operation: "import.run",
    input: { files: [{ name: "a.json", text: "{" }] },
    expected: "parse-error",
  },
  {
    title: "file without content",
    operation: "import.run",
    input: { files: [{ name: "a.json" }] },
    expected: "invalid-input",
  },
  {
    title: "import",
    operation: "import.run",
    input: { files: [positionsFile, marketFile], name: "Sample book" },
    expected: "ok",
  },
  { title: "listed sample", operation: "import.listed-sample", input: {}, expected: "ok", holdsIds: true },
  {
    title: "import by mapping",
    operation: "import.run",
    input: { files: [unknownTable], mappings: { "table.csv": mapping } },
    expected: "ok",
  },
  {
    title: "inspection of a known table",
    operation: "import.inspect",
    input: { files: [unknownTable] },
    expected: "ok",
  },
  { title: "import by memory", operation: "import.run", input: { files: [unknownTable] }, expected: "ok" },
  { title: "mappings", operation: "mapping.list", input: {}, expected: "ok" },
  { title: "portfolios", operation: "portfolio.list", input: {}, expected: "ok" },
  {
    title: "portfolio",
    operation: "portfolio.get",
    input: (earlier: Earlier) => ({ id: earlier("import", "portfolio") }),
    expected: "ok",
  },
  {
    title: "market",
    operation: "market.get",
    input: (earlier: Earlier) => ({ id: earlier("import", "market") }),
    expected: "ok",
  },
  { title: "no such portfolio", operation: "portfolio.get", input: { id: "none" }, expected: "not-found" },
  {
    title: "renamed market",
    operation: "market.rename",
    input: (earlier: Earlier) => ({ id: earlier("import", "market"), name: "Bücher & Σ" }),
    expected: "ok",
  },
  {
    title: "edited portfolio",
    operation: "portfolio.edit",
    input: (earlier: Earlier) => ({
      id: earlier("import", "portfolio"),
      name: "Edited",
      edits: [{ positionId: "BTC-27NOV26-96000-C", quantity: 0 }],
    }),
    expected: "ok",
  },
  {
    title: "edit of no position",
    operation: "portfolio.edit",
    input: (earlier: Earlier) => ({
      id: earlier("import", "portfolio"),
      name: "Edited",
      edits: [{ positionId: "none", quantity: 0 }],
    }),
    expected: "not-found",
  },
];
