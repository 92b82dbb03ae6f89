import { failed, type Result, success, type Work } from "../../base/index.ts";
import { loadParameterFile } from "../../import/index.ts";
import {
  type ContractFamily,
  isUsedBy,
  mergedFamilies,
  type ParameterFile,
  type ParameterFileHeader,
} from "../../parameter-file/index.ts";
import type { Portfolio } from "../../portfolio/index.ts";
import type { ParameterFileSource } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { notStored } from "./entries.ts";
import { importFileOf } from "./files.ts";

/** Files kept parsed: a workstation works on a few at a time. */
const mostKept = 3;

/**
 * Finds the parameter file a request names, with the families that a portfolio depends on. The same stored file and
 * portfolio give the same object, so that others can cache by it.
 */
export function parameterFileReader(
  ports: Ports,
): (source: ParameterFileSource, portfolio: Portfolio, work: Work) => Promise<Result<ParameterFile>> {
  const kept = new Map<string, ParameterFile>();
  return async (source, portfolio, work) => {
    const wanted = isUsedBy(portfolio);
    if ("files" in source) {
      const [file] = source.files.map(importFileOf);
      if (file === undefined) return failed("invalid-input", "no file is given", "/parameterFile/files");
      return loadParameterFile(file, work, wanted);
    }
    const { id } = source;
    const entry = ports.store.parameterFiles.get(id);
    if (entry === undefined) return notStored("parameter file", id);
    const key = `${entry.sha256} ${id} ${heldProducts(portfolio)}`;
    const known = kept.get(key);
    if (known !== undefined) return success(known);
    const file = withFamilies(entry.content, ports.store.parameterFiles.families(id, wanted));
    kept.set(key, file);
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return success(file);
  };
}

/** A file of its header and the families that were read, those of one product as one. */
export function withFamilies(
  { counts: _counts, ...header }: ParameterFileHeader,
  families: readonly ContractFamily[],
): ParameterFile {
  return { ...header, families: mergedFamilies(families) };
}

function heldProducts({ positions }: Portfolio): string {
  const held = positions.flatMap(({ instrument: { listing } }) =>
    listing === undefined ? [] : [`${listing.product}/${listing.type}`],
  );
  return [...new Set(held)].sort().join(",");
}
