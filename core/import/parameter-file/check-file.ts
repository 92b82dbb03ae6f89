import { type FileCounts, familyKey } from "../../parameter-file/index.ts";
import type { Findings, ReadHeader } from "./reader.ts";

/**
 * Warns where the lists of a file disagree: families in no combined commodity or in two, links to families that have no
 * contracts, spreads that name commodities that are not defined.
 *
 * @param header what the file says outside its contracts
 * @param counts what was read
 * @param findings takes the warnings; knows the families read
 */
export function checkFile(header: ReadHeader, counts: FileCounts, findings: Findings): void {
  const { commodities, interSpreads } = header;
  if (counts.contracts === 0) findings.warn("the file holds no contracts");
  const owners = new Map<string, string>();
  for (const { code, families } of commodities) {
    for (const link of families) {
      const key = familyKey(link);
      const other = owners.get(key);
      if (other !== undefined && other !== code)
        findings.warn(`family ${key} belongs to ${other} and to ${code}; the first counts`, code);
      else owners.set(key, code);
      if (!findings.hasFamily(key))
        findings.warn(`${code} links family ${key}, which has no contracts in the file`, code);
    }
  }
  for (const key of findings.familyKeys())
    if (!owners.has(key)) findings.warn(`family ${key} has contracts but belongs to no combined commodity`, key);
  const known = new Set(commodities.map(({ code }) => code));
  for (const { priority, legs } of interSpreads)
    for (const { commodity } of legs)
      if (!known.has(commodity))
        findings.warn(
          `inter-commodity spread ${priority} names ${commodity}, which the file does not define`,
          commodity,
        );
}
