import { failed, type Result, success, type Work } from "../../base/index.ts";
import { loadParameterFile } from "../../import/index.ts";
import { isUsedBy, mergedFamilies, type ParameterFile } from "../../parameter-file/index.ts";
import type { Portfolio } from "../../portfolio/index.ts";
import type { ParameterFileSource } from "../contract.ts";
import type { Ports } from "../ports.ts";
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
    const entry = ports.store.parameterFiles.get(source.id);
    if (entry === undefined)
      return failed(
        "not-found",
        `the library has no parameter file with the id ${JSON.stringify(source.id)}`,
        source.id,
      );
    const key = `${entry.sha256} ${source.id} ${heldProducts(portfolio)}`;
    const known = kept.get(key);
    if (known !== undefined) return success(known);
    const { counts: _counts, ...header } = entry.content;
    const file = { ...header, families: mergedFamilies(ports.store.parameterFiles.families(source.id, wanted)) };
    kept.set(key, file);
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return success(file);
  };
}

function heldProducts({ positions }: Portfolio): string {
  const held = positions.flatMap(({ instrument: { listing } }) =>
    listing === undefined ? [] : [`${listing.product}/${listing.type}`],
  );
  return [...new Set(held)].sort().join(",");
}
