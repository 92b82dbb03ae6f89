import type { ParityCall } from "./call.ts";

/** The program and its contract. */
export const programCalls: readonly ParityCall[] = [
  { title: "version", operation: "program.info", input: {}, expected: "ok" },
  { title: "operations", operation: "contract.operations", input: {}, expected: "ok" },
  { title: "unknown operation", operation: "price.nothing", input: {}, expected: "not-found" },
  { title: "name of a prototype member", operation: "__proto__", input: {}, expected: "not-found" },
  { title: "unknown member", operation: "program.info", input: { colour: "red" }, expected: "invalid-input" },
];
