import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../core/host/bin/built.mjs";
import type { Earlier, ParityCall } from "./call.ts";

const sample = { portfolio: { sample: true }, market: { sample: true } };
const reply = (name: string) => ({ name, bytes: new Uint8Array(readFileSync(join(root, "test/golden/oracle", name))) });
const charged = [reply("deribit-pme-simulate-btc.json")];
const errorReply = { name: "error.json", text: JSON.stringify({ code: "50011", msg: "Too Many Requests", data: [] }) };
const columns = [
  { methodology: "deribit-portfolio" },
  { methodology: "deribit-standard" },
  { methodology: "bybit-portfolio" },
];
const versions = { from: { rules: { name: "erm-2024-02-01" } }, to: { rules: { name: "erm-2026-09-23" } } };

/** Break reports, comparisons and effects of rule changes. */
export const reconcileCalls: readonly ParityCall[] = [
  { title: "reply", operation: "reply.read", input: { charged }, expected: "ok" },
  { title: "error reply", operation: "reply.read", input: { charged: [errorReply] }, expected: "parse-error" },
  { title: "overrides of a reply", operation: "reply.overrides", input: { charged }, expected: "ok" },
  { title: "break report", operation: "break-report.run", input: { charged }, expected: "ok" },
  {
    title: "break report with a gap",
    operation: "break-report.run",
    input: { charged, overrides: [{ path: "/pairs/btc_usd/priceRange", value: 0.3 }] },
    expected: "ok",
  },
  // A break report is over before a cancel comes through every door: `break-report.test.ts` cancels one.
  {
    title: "break report of nothing",
    operation: "break-report.run",
    input: { charged: [] },
    expected: "invalid-input",
  },
  {
    title: "saved break report",
    operation: "break-report.save",
    input: { name: "June", request: { charged } },
    expected: "ok",
  },
  { title: "break reports", operation: "break-report.list", input: {}, expected: "ok" },
  {
    title: "break report of the library",
    operation: "break-report.get",
    input: (earlier: Earlier) => ({ id: earlier("saved break report") }),
    expected: "ok",
  },
  ...["csv", "xlsx", "json", "html"].map(
    (format): ParityCall => ({
      title: `break report as ${format}`,
      operation: "break-report.export",
      input: (earlier: Earlier) => ({ id: earlier("saved break report"), format }),
      expected: "ok",
    }),
  ),
  {
    title: "deleted break report",
    operation: "break-report.delete",
    input: (earlier: Earlier) => ({ id: earlier("saved break report") }),
    expected: "ok",
  },
  {
    title: "break report that is gone",
    operation: "break-report.export",
    input: (earlier: Earlier) => ({ id: earlier("saved break report"), format: "csv" }),
    expected: "not-found",
  },
  { title: "comparison", operation: "margin.comparison", input: { ...sample, columns }, expected: "ok" },
  {
    title: "comparison with no such method",
    operation: "margin.comparison",
    input: { ...sample, columns: [{ methodology: "nowhere-none" }] },
    expected: "not-found",
  },
  {
    title: "effect of a rule change",
    operation: "rulebook.effect",
    input: { ...sample, methodology: "deribit-portfolio", ...versions },
    expected: "ok",
  },
];
