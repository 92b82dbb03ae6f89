import { failed, hashOfBytes, type Result, success } from "../../base/index.ts";
import type { ImportFile } from "../import-result.ts";
import { textPieces } from "../text-pieces.ts";
import { oracles } from "./oracle-catalog.ts";
import { openOracleReply } from "./reply.ts";
import type { VenueStatement } from "./venue-statement.ts";

/**
 * Reads what a venue says it charges from its own replies. Several replies of one venue (account and positions) become one statement.
 *
 * @param files as they arrived, never trusted
 * @returns the statement; a failure names the file that is no such reply, an error reply, of another venue than the first, or cut
 */
export function readOracles(files: readonly ImportFile[]): Result<VenueStatement> {
  let statement: VenueStatement | undefined;
  for (const file of files) {
    const read = readOracle(file);
    if (!read.ok) return read;
    if (statement !== undefined && statement.venue !== read.value.venue)
      return failed(
        "invalid-input",
        `${file.name} is a reply of ${read.value.venue}; the files before it are of ${statement.venue}`,
        file.name,
      );
    statement = statement === undefined ? read.value : together(statement, read.value);
  }
  return statement === undefined ? failed("invalid-input", "no files were given") : success(statement);
}

function readOracle(file: ImportFile): Result<VenueStatement> {
  const text = textOf(file);
  if (!text.ok) return text;
  const reply = openOracleReply(text.value);
  if ("reason" in reply) return failed(reply.reason, `${file.name}: ${reply.message}`, file.name);
  const oracle = [...oracles.values()].find(({ claims }) => claims(reply.content));
  if (oracle === undefined) {
    const known = [...oracles.values()].map(({ title }) => title).join("; ");
    return failed(
      "parse-error",
      `${file.name} is no reply that says what a venue charges; known are: ${known}`,
      file.name,
    );
  }
  const content = oracle.read(reply);
  if (!content.ok) return failed(content.failure.reason, `${file.name}: ${content.failure.message}`, file.name);
  return success({
    ...emptyParts,
    ...content.value,
    formats: [{ id: oracle.id, title: oracle.title }],
    testnet: reply.testnet,
    sources: [{ name: file.name, sha256: hashOfBytes(file.bytes) }],
  });
}

const emptyParts = { parameters: [], quotes: [], indices: [], components: [], balances: [], vectors: [] };

/** Larger than any reply of a venue. */
const largestText = 64 * 1024 * 1024;

function textOf(file: ImportFile): Result<string> {
  const pieces = textPieces(file.bytes, largestText);
  const parts: string[] = [];
  for (;;) {
    const piece = pieces.next();
    if (!piece.done) parts.push(piece.value);
    else if (piece.value === undefined) return success(parts.join(""));
    else return failed(piece.value.reason, `${file.name}: ${piece.value.message}`, file.name);
  }
}

/** The later reply adds to the earlier one; amounts of one id are kept once. */
function together(first: VenueStatement, second: VenueStatement): VenueStatement {
  const asOf = [first.asOfMs, second.asOfMs].filter((instant) => instant !== undefined);
  const known = new Set(first.amounts.map(({ id }) => id));
  const shared = first.methodologies.filter((id) => second.methodologies.includes(id));
  // the wider of the two: a statement of the whole account covers everything
  const covers = first.covers === undefined || second.covers === undefined ? undefined : { ...first.covers };
  const positions = [...(first.positions ?? []), ...(second.positions ?? [])];
  return {
    venue: first.venue,
    formats: [...first.formats, ...second.formats],
    methodologies: shared.length > 0 ? shared : [...first.methodologies, ...second.methodologies],
    ...(asOf.length > 0 ? { asOfMs: Math.max(...asOf) } : {}),
    ...(covers === undefined ? {} : { covers }),
    testnet: first.testnet || second.testnet,
    amounts: [...first.amounts, ...second.amounts.filter(({ id }) => !known.has(id))],
    vectors: [...first.vectors, ...second.vectors],
    parameters: [...first.parameters, ...second.parameters],
    ...(first.positions === undefined && second.positions === undefined ? {} : { positions }),
    quotes: [...first.quotes, ...second.quotes],
    indices: [...first.indices, ...second.indices],
    components: [...first.components, ...second.components],
    balances: [...first.balances, ...second.balances],
    notes: [...first.notes, ...second.notes],
    sources: [...first.sources, ...second.sources],
  };
}
