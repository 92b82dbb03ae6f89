import { utf8ToBytes } from "@noble/hashes/utils.js";
import { type Result, success } from "../../base/index.ts";
import {
  readStressSet,
  type StressFileFormat,
  type StressSet,
  stressSetCsv,
  stressSetJson,
  stressSetWorkbook,
} from "../../scenario/index.ts";
import type { ParsedInput, StressSetFile, StressSetImport } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { fileNameOf } from "./file-name.ts";
import { importFileOf } from "./files.ts";
import { addedSet } from "./stress-set-entries.ts";

const mediaTypes = {
  json: "application/json",
  csv: "text/csv",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;

/** A set as a file. */
export async function exportedSet(set: StressSet, format: StressFileFormat): Promise<Result<StressSetFile>> {
  const bytes =
    format === "xlsx"
      ? await stressSetWorkbook(set)
      : utf8ToBytes(format === "json" ? stressSetJson(set) : stressSetCsv(set));
  const name = `${fileNameOf(set.name, "stress-set")}_stress-set.${format}`;
  return success({ name, mediaType: mediaTypes[format], bytes });
}

/** Reads a file and keeps its set as a draft: who approved it elsewhere has not approved it here. */
export async function importedSet(
  ports: Ports,
  input: ParsedInput<"stress-set.import">,
): Promise<Result<StressSetImport>> {
  const file = importFileOf(input.file);
  const read = await readStressSet(file);
  if (!read.ok) return read;
  const { set, format, problems, leftOut, decisions } = read.value;
  const content: StressSet = {
    ...set,
    name: input.name ?? set.name,
    approval: "draft",
    provenance: set.provenance === "" ? `imported from ${file.name}` : set.provenance,
  };
  const told = [
    ...decisions,
    ...(set.approval === "draft" ? [] : [`the file says ${set.approval}; here it begins as a draft`]),
    ...(leftOut.length === 0 ? [] : [`a scenario with anything wrong is left out whole: ${leftOut.join(", ")}`]),
  ];
  const outcome = { content, format, problems, leftOut, decisions: told };
  if (!input.save) return success(outcome);
  const saved = addedSet(ports, content, `imported from ${file.name}`);
  return saved.ok ? success({ saved: saved.value, ...outcome }) : saved;
}
