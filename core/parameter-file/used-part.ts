import type { ListedType } from "../instrument/index.ts";
import type { Portfolio } from "../portfolio/index.ts";
import type { ContractFamily, ParameterFile } from "./parameter-file.ts";

const optionTypes: ReadonlySet<ListedType> = new Set(["OOF", "OOP", "OOC"]);

/**
 * Whether a family matters to a portfolio: options only of the products held, everything else always (prices of what is
 * written on it, and the index of its commodity).
 */
export function isUsedBy(portfolio: Portfolio): (family: Pick<ContractFamily, "product" | "type">) => boolean {
  const held = new Set(
    portfolio.positions.flatMap(({ instrument: { listing } }) =>
      listing === undefined ? [] : [`${listing.product}/${listing.type}`],
    ),
  );
  return ({ product, type }) => !optionTypes.has(type) || held.has(`${product}/${type}`);
}

/** The part of a file that a run on a portfolio depends on; the same again when taken twice. */
export function usedPart(file: ParameterFile, portfolio: Portfolio): ParameterFile {
  const used = isUsedBy(portfolio);
  return file.families.every(used) ? file : { ...file, families: file.families.filter(used) };
}
