import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { strFromU8 } from "fflate";
import { type Failure, failed, failure, type Result, success, type Work } from "../../base/index.ts";
import type { ContractFamily, ParameterFile, ParameterFileHeader } from "../../parameter-file/index.ts";
import { mergedFamilies } from "../../parameter-file/index.ts";
import type { ImportFile } from "../import-result.ts";
import { bytePieces } from "../text-pieces.ts";
import { checkFile } from "./check-file.ts";
import { lettersDeclared } from "./letters.ts";
import { positionalReader } from "./positional-reader.ts";
import { type FamilySink, Findings, type LayoutReader } from "./reader.ts";
import { xmlReader } from "./xml-reader.ts";

/** Parameter files are large; more than this is refused. */
const largestFile = 4 * 1024 * 1024 * 1024;

/**
 * Reads a clearing house's parameter file piece by piece: XML layout (format 4.00) or the expanded positional layout (U2),
 * plain or packed with gzip. Contracts go into the sink family by family, a large family in several parts; no more of them is
 * held than one part.
 *
 * @param file  name and bytes
 * @param sink  takes families in the order of the file
 * @param work  progress in bytes, cancel, pauses
 * @returns everything but the contracts; a failure names what is damaged, which older layout it is, or `cancelled`
 * @source resources/docs/methodology/span-array.md, sections 10 and 11
 */
export async function readParameterFile(
  file: ImportFile,
  sink: FamilySink,
  work: Work,
): Promise<Result<ParameterFileHeader>> {
  const findings = new Findings();
  const hash = sha256.create();
  const pieces = bytePieces(file.bytes, largestFile);
  const total = file.bytes.length;
  let reader: LayoutReader | undefined;
  let encoding: string | undefined;
  let head = "";
  let done = 0;
  for (;;) {
    const piece = pieces.next();
    if (piece.done) {
      if (piece.value !== undefined) return { ok: false, failure: named(piece.value, file) };
      break;
    }
    const text = strFromU8(piece.value, true);
    if (reader === undefined) {
      head += text;
      if (head.trimStart().length < 64 && piece.value.length > 0) {
        // Too little yet to tell the layout.
        continue;
      }
      const found = layoutOf(head, sink, findings);
      if ("reason" in found) return { ok: false, failure: named(found, file) };
      reader = found;
      encoding = encodingOf(head);
    }
    const broken = reader.push(head === "" ? text : head);
    head = "";
    if (broken !== undefined) return { ok: false, failure: named(broken, file) };
    done += piece.value.length;
    work.progress(Math.min(done, total), total, "bytes");
    await work.pause();
    if (work.cancelled()) return failed("cancelled", "reading the parameter file was cancelled");
  }
  for (let at = 0; at < total; at += hashedAtOnce) {
    hash.update(file.bytes.subarray(at, at + hashedAtOnce));
    await work.pause();
  }
  if (reader === undefined) return failed("parse-error", "the file is too short to be a parameter file", file.name);
  const header = reader.end();
  if ("reason" in header) return { ok: false, failure: named(header, file) };
  const counts = findings.counts();
  checkFile(header, counts, findings);
  return success({
    ...header,
    name: `${header.clearingHouse} ${header.date}${header.cycle === "" ? "" : ` ${header.cycle}`}`,
    ...(encoding === undefined ? {} : { encoding }),
    counts,
    notUnderstood: findings.notUnderstood(),
    warnings: findings.allWarnings(),
    sources: [{ name: file.name, sha256: bytesToHex(hash.digest()) }],
  });
}

const hashedAtOnce = 4 * 1024 * 1024;

/**
 * A whole parameter file in memory.
 *
 * @param keep which families are wanted; all when absent
 * @returns as `readParameterFile`
 */
export async function loadParameterFile(
  file: ImportFile,
  work: Work,
  keep?: (family: ContractFamily) => boolean,
): Promise<Result<ParameterFile>> {
  const families: ContractFamily[] = [];
  const read = await readParameterFile(
    file,
    (family) => {
      if (keep?.(family) !== false) families.push(family);
    },
    work,
  );
  if (!read.ok) return read;
  const { counts: _counts, ...header } = read.value;
  return success({ ...header, families: mergedFamilies(families) });
}

function layoutOf(head: string, sink: FamilySink, findings: Findings): LayoutReader | Failure {
  const start = head.replace(/^(\u00ef\u00bb\u00bf|\s)+/, "");
  if (start.startsWith("<")) {
    const { declared, letters } = lettersDeclared(head);
    if (/^utf-16/i.test(declared))
      return failure("unsupported", `the file declares ${declared}; expected UTF-8 or ISO-8859-1`);
    return xmlReader(sink, findings, letters);
  }
  return positionalReader(sink, findings, start);
}

/** What an XML file declares of its letters, and how they are read. */
function encodingOf(head: string): string | undefined {
  if (!head.replace(/^(\u00ef\u00bb\u00bf|\s)+/, "").startsWith("<")) return undefined;
  const { declared, letters } = lettersDeclared(head);
  return `declared ${declared}, names read as ${letters === "utf-8" ? "UTF-8" : "Windows-1254"}`;
}

function named(found: Failure, { name }: ImportFile): Failure {
  return { ...found, at: found.at === undefined ? name : `${name}, ${found.at}` };
}
