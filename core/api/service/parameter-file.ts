import { formatQuantity } from "../../base/format.ts";
import { failed, type Result, success, type Work } from "../../base/index.ts";
import { type ImportFile, readParameterFile } from "../../import/index.ts";
import type {
  ArrayFit,
  ContractFamily,
  FileCounts,
  ParameterFile,
  ParameterFileHeader,
} from "../../parameter-file/index.ts";
import { arrayFits } from "../../revaluation/index.ts";
import type { ParameterFileOutcome, ParameterFileSource, ParsedInput } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { notStored } from "./entries.ts";
import { importFileOf } from "./files.ts";
import { withFamilies } from "./parameter-file-source.ts";
import type { ServicePart } from "./part.ts";

/** Stored parameter files, and what can be asked of one. */
export function parameterFile(ports: Ports): ServicePart<"parameter-file"> {
  const stored = () => ports.store.parameterFiles;
  const missing = (id: string) => notStored("parameter file", id);
  return {
    "parameter-file.list": () => success(stored().list()),
    "parameter-file.get": ({ id }) => {
      const entry = stored().get(id);
      return entry === undefined ? missing(id) : success(entry);
    },
    "parameter-file.import": (request, work) => imported(request, ports, work),
    "parameter-file.summary": async ({ parameterFile: source }, work) => {
      if ("files" in source) return readParameterFile(fileOf(source.files), () => {}, work);
      const entry = stored().get(source.id);
      return entry === undefined ? missing(source.id) : success(entry.content);
    },
    "parameter-file.arrays": async ({ parameterFile: source, product, lookAheadYears, base }, work) => {
      const found = await wholeFile(source, ports, work, product);
      if (!found.ok) return found;
      const fits: ArrayFit[] = [];
      for (const fit of arrayFits(found.value, { lookAheadYears, base }, product)) {
        fits.push(fit);
        work.progress(fits.length, found.value.families.length, "families");
        await work.pause();
        if (work.cancelled()) return failed("cancelled", "cancelled");
      }
      return success({ name: found.value.name, lookAheadYears, base, fits });
    },
    "parameter-file.delete": ({ id }) => (stored().remove(id) ? success(null) : missing(id)),
  };
}

function fileOf(files: Extract<ParameterFileSource, { files: unknown }>["files"]): ImportFile {
  const [file] = files.map(importFileOf);
  return file ?? { name: "", bytes: new Uint8Array() };
}

/** A file with every family, or those of one product and all they are written on. */
async function wholeFile(
  source: ParameterFileSource,
  ports: Ports,
  work: Work,
  product: string | undefined,
): Promise<Result<ParameterFile>> {
  const wanted = (family: Pick<ContractFamily, "product" | "type">) =>
    product === undefined || family.product === product || family.type === "PHY" || family.type === "FUT";
  if ("id" in source) {
    const { id } = source;
    const entry = ports.store.parameterFiles.get(id);
    if (entry === undefined) return notStored("parameter file", id);
    return success(withFamilies(entry.content, ports.store.parameterFiles.families(id, wanted)));
  }
  const families: ContractFamily[] = [];
  const read = await readParameterFile(
    fileOf(source.files),
    (family) => {
      if (wanted(family)) families.push(family);
    },
    work,
  );
  if (!read.ok) return read;
  return success(withFamilies(read.value, families));
}

async function imported(
  { file: given, name }: ParsedInput<"parameter-file.import">,
  ports: Ports,
  work: Work,
): Promise<Result<ParameterFileOutcome>> {
  const { parameterFiles } = ports.store;
  const writer = parameterFiles.begin(ports.newId());
  const read = await readParameterFile(importFileOf(given), writer.add, work);
  if (!read.ok) return read;
  const header = read.value;
  const known = parameterFiles.list().find(({ id }) => sameSource(parameterFiles.get(id)?.content, header));
  if (known !== undefined) return success({ file: known, header, alreadyHere: true });
  // From here on the library changes, so this is the last moment to cancel.
  if (work.cancelled()) return failed("cancelled", "the import was cancelled; nothing was saved");
  const note = parameterFileNote(header.counts);
  const file = writer.finish({ name: name ?? header.name, note, savedAtMs: ports.now(), header });
  return success({ file, header, alreadyHere: false });
}

function sameSource(kept: ParameterFileHeader | undefined, { sources }: ParameterFileHeader): boolean {
  return kept !== undefined && kept.sources[0]?.sha256 === sources[0]?.sha256;
}

/** What a list shows of a file: `2,811 contracts in 98 families`. */
export function parameterFileNote({ contracts, families }: FileCounts): string {
  return `${formatQuantity(contracts)} contracts in ${formatQuantity(families)} ${families === 1 ? "family" : "families"}`;
}
