import { syntheticXml } from "../../core/import/parameter-file/synthetic-file.ts";
import type { Earlier, ParityCall } from "./call.ts";

const text = [...syntheticXml({ families: 1, months: 1, strikes: 8 })].join("");
const file = { name: "synthetic.spn", text };
const positions = {
  name: "listed.csv",
  text: "product,type,month,strike,right,quantity\nP0,FUT,202509,,,3\nP0,OOP,202509,10.50,C,-2\nP0,OOP,202509,10,C,1\n",
};
const imported = (earlier: Earlier) => earlier("imported parameter file", "file");
const request = { portfolio: { files: [positions] }, methodology: "span-array" };

/** Parameter files of clearing houses. */
export const parameterFileCalls: readonly ParityCall[] = [
  {
    title: "imported parameter file",
    operation: "parameter-file.import",
    input: { file },
    expected: "ok",
    holdsIds: true,
  },
  {
    title: "parameter file again",
    operation: "parameter-file.import",
    input: { file },
    expected: "ok",
    holdsIds: true,
  },
  {
    title: "no parameter file",
    operation: "parameter-file.import",
    input: { file: { name: "a.spn", text: "<spanFile></spanFile>".padEnd(100) } },
    expected: "parse-error",
  },
  { title: "parameter files", operation: "parameter-file.list", input: {}, expected: "ok", holdsIds: true },
  {
    title: "parameter file",
    operation: "parameter-file.get",
    input: (earlier: Earlier) => ({ id: imported(earlier) }),
    expected: "ok",
  },
  {
    title: "summary of a parameter file",
    operation: "parameter-file.summary",
    input: { parameterFile: { files: [file] } },
    expected: "ok",
  },
  {
    title: "arrays made from a parameter file",
    operation: "parameter-file.arrays",
    input: (earlier: Earlier) => ({ parameterFile: { id: imported(earlier) }, product: "P0" }),
    expected: "ok",
  },
  {
    title: "margin by a stored parameter file",
    operation: "margin.run",
    input: (earlier: Earlier) => ({ ...request, parameterFile: { id: imported(earlier) } }),
    expected: "ok",
  },
  {
    title: "margin by a file of the request",
    operation: "margin.run",
    input: { ...request, parameterFile: { files: [file] } },
    expected: "ok",
  },
  { title: "margin without a parameter file", operation: "margin.run", input: request, expected: "invalid-input" },
  {
    title: "saved run by a parameter file",
    operation: "run.save",
    input: (earlier: Earlier) => ({
      name: "Listed",
      request: { ...request, parameterFile: { id: imported(earlier) } },
    }),
    expected: "ok",
  },
  {
    title: "replay by a parameter file",
    operation: "run.replay",
    input: (earlier: Earlier) => ({ id: earlier("saved run by a parameter file") }),
    expected: "ok",
  },
  {
    title: "unknown account type",
    operation: "margin.run",
    input: { ...request, parameterFile: { files: [file] }, overrides: [{ path: "/accountType", value: "X" }] },
    expected: "invalid-input",
  },
  {
    title: "deleted parameter file",
    operation: "parameter-file.delete",
    input: (earlier: Earlier) => ({ id: imported(earlier) }),
    expected: "ok",
  },
  { title: "no such parameter file", operation: "parameter-file.get", input: { id: "none" }, expected: "not-found" },
];
