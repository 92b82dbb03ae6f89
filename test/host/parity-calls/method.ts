import type { ParityCall } from "./call.ts";

/** Methods, their rules and documents. */
export const methodCalls: readonly ParityCall[] = [
  { title: "methods", operation: "methodology.list", input: {}, expected: "ok" },
  { title: "a method", operation: "methodology.get", input: { id: "deribit-portfolio" }, expected: "ok" },
  { title: "no such method", operation: "methodology.get", input: { id: "nowhere-none" }, expected: "not-found" },
  {
    title: "rules of a day",
    operation: "rulebook.resolve",
    input: { methodology: "deribit-portfolio", rules: { date: "2026-11-20" } },
    expected: "ok",
  },
  {
    title: "rules before the first version",
    operation: "rulebook.resolve",
    input: { methodology: "deribit-portfolio", rules: { date: "1999-01-01" } },
    expected: "not-found",
  },
  {
    title: "no such version",
    operation: "rulebook.difference",
    input: { methodology: "deribit-portfolio", from: "erm-2026-02-15", to: "never" },
    expected: "not-found",
  },
  {
    title: "difference of versions",
    operation: "rulebook.difference",
    input: { methodology: "deribit-portfolio", from: "erm-2026-02-15", to: "erm-2026-09-23" },
    expected: "ok",
  },
  { title: "document", operation: "document.get", input: { id: "methodology/deribit-standard" }, expected: "ok" },
  { title: "path as document", operation: "document.get", input: { id: "../../package" }, expected: "not-found" },
];
