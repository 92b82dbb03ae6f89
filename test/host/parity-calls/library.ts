import type { Earlier, ParityCall } from "./call.ts";
import { override, sample } from "./inputs.ts";

/** What the library keeps: runs, scenario sets, overrides, settings. */
export const libraryCalls: readonly ParityCall[] = [
  {
    title: "saved run",
    operation: "run.save",
    input: { name: "Friday", request: { ...sample, methodology: "deribit-portfolio" } },
    expected: "ok",
  },
  { title: "run", operation: "run.get", input: (earlier: Earlier) => ({ id: earlier("saved run") }), expected: "ok" },
  ...["csv", "xlsx", "json", "html"].map(
    (format): ParityCall => ({
      title: `run as ${format}`,
      operation: "run.export",
      input: (earlier: Earlier) => ({ id: earlier("saved run"), format }),
      expected: "ok",
    }),
  ),
  {
    title: "replay",
    operation: "run.replay",
    input: (earlier: Earlier) => ({ id: earlier("saved run") }),
    expected: "ok",
  },

  {
    title: "scenario set",
    operation: "scenario-set.save",
    input: {
      name: "Two",
      content: { id: "two", repricer: "model", scenarios: [{ id: "a", label: "a", priceMove: -0.1 }] },
    },
    expected: "ok",
  },
  { title: "scenario sets", operation: "scenario-set.list", input: {}, expected: "ok" },
  {
    title: "overrides",
    operation: "overrides.save",
    input: { name: "Stricter", content: { methodology: "deribit-portfolio", overrides: [override] } },
    expected: "ok",
  },
  {
    title: "stored overrides",
    operation: "overrides.get",
    input: (earlier: Earlier) => ({ id: earlier("overrides") }),
    expected: "ok",
  },
  {
    title: "odd setting",
    operation: "setting.set",
    input: { key: "odd", value: { $bytes: "no tag", nested: [{ $float64: 1 }, null, -0, "\u2028 é 🦉"] } },
    expected: "ok",
  },
  { title: "setting", operation: "setting.get", input: { key: "odd" }, expected: "ok" },
  { title: "setting never set", operation: "setting.get", input: { key: "never" }, expected: "ok" },
  { title: "recent file", operation: "recent.add", input: { path: "/a/b.json", name: "b.json" }, expected: "ok" },
  { title: "recent files", operation: "recent.list", input: {}, expected: "ok" },
  { title: "library", operation: "library.info", input: {}, expected: "ok" },
  {
    title: "import of no library",
    operation: "library.import",
    input: { file: { name: "a.sqlite", text: "no database" } },
    expected: "any refusal",
  },
  {
    title: "deleted run",
    operation: "run.delete",
    input: (earlier: Earlier) => ({ id: earlier("saved run") }),
    expected: "ok",
  },
  {
    title: "run that is gone",
    operation: "run.get",
    input: (earlier: Earlier) => ({ id: earlier("saved run") }),
    expected: "not-found",
  },
];
