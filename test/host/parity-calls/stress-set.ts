import type { Earlier, ParityCall } from "./call.ts";
import { sample } from "./inputs.ts";

const content = (amount: number) => ({
  name: "Parity",
  scenarios: [{ id: "fall", label: "Fall", shocks: [{ kind: "price", factor: "BTC", mode: "relative", amount }] }],
});
const saved = (earlier: Earlier) => ({ id: earlier("stress set") });

/** The scenario library. */
export const stressSetCalls: readonly ParityCall[] = [
  { title: "stress sets that ship", operation: "stress-set.list", input: {}, expected: "ok" },
  {
    title: "historical events",
    operation: "stress-set.get",
    input: { id: "shipped:historical-events" },
    expected: "ok",
  },
  { title: "classes and betas", operation: "stress-set.factors", input: {}, expected: "ok" },
  { title: "check of a stress set", operation: "stress-set.check", input: { content: content(-2) }, expected: "ok" },
  { title: "stress set", operation: "stress-set.save", input: { content: content(-0.2) }, expected: "ok" },
  {
    title: "unsound stress set",
    operation: "stress-set.save",
    input: { content: content(-1) },
    expected: "invalid-input",
  },
  {
    title: "edited stress set",
    operation: "stress-set.save",
    input: (earlier: Earlier) => ({ ...saved(earlier), content: content(-0.3) }),
    expected: "ok",
  },
  {
    title: "renamed stress set",
    operation: "stress-set.rename",
    input: (earlier: Earlier) => ({ ...saved(earlier), name: "Renamed" }),
    expected: "ok",
  },
  {
    title: "approved stress set",
    operation: "stress-set.set-approval",
    input: (earlier: Earlier) => ({ ...saved(earlier), approval: "approved" }),
    expected: "ok",
  },
  { title: "undone approval", operation: "stress-set.undo", input: saved, expected: "ok" },
  {
    title: "restored stress set",
    operation: "stress-set.restore",
    input: (earlier: Earlier) => ({ ...saved(earlier), version: 1 }),
    expected: "ok",
  },
  { title: "copied stress set", operation: "stress-set.copy", input: saved, holdsIds: true, expected: "ok" },
  ...["json", "csv", "xlsx"].map(
    (format): ParityCall => ({
      title: `stress set as ${format}`,
      operation: "stress-set.export",
      input: { content: content(-0.2), format },
      expected: "ok",
    }),
  ),
  {
    title: "imported stress set",
    operation: "stress-set.import",
    input: { file: { name: "a.csv", text: "set,scenario,shock,factor,mode,amount\nA,a,price,BTC,relative,-0.2\n" } },
    expected: "ok",
  },
  {
    title: "import of no stress set",
    operation: "stress-set.import",
    input: { file: { name: "a.json", text: '{"name":' } },
    expected: "parse-error",
  },
  {
    title: "scenarios of a method",
    operation: "stress-set.of-methodology",
    input: { ...sample, methodology: "deribit-portfolio" },
    expected: "ok",
  },
  { title: "deleted stress set", operation: "stress-set.delete", input: saved, expected: "ok" },
  { title: "versions of a stress set", operation: "stress-set.history", input: saved, expected: "ok" },
];
